import { expect, test } from 'vitest'
import { z } from 'zod'
import { applyOverrides } from '../../helpers/grade/overrides.ts'
import type { Result } from '../../helpers/grade/result.ts'
import { renderClassroom50 } from '../../helpers/report/classroom50.ts'
import { renderReporter } from '../../helpers/report/reporter.ts'
import { hostileResult, hostileTexts } from '../golden/sample.ts'
import { interval, mixed, nothing, students, ten } from './class.ts'

interface Runner {
  status: string
  max_score?: number
  tests: Record<string, string | number>[]
}

/** The step's outputs as the reporter gets them: by the id in `runners`, out of the environment. */
function runnersOf(result: Result): Runner[] {
  const lines = renderReporter(result).trimEnd().split('\n')
  const outputs = Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)))
  const runners: string = outputs.runners
  // What the reporter takes for a list; an id with anything else hides every error behind this.
  expect(runners).toMatch(/^([a-zA-Z0-9]+,)*[a-zA-Z0-9]+$/)
  return runners.split(',').map((id) => {
    const encoded: string = outputs[id]
    expect(encoded.length).toBeLessThan(131_071)
    return JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'))
  })
}

/** The reporter's log table: passed of all tests, times max, for each runner. */
const tableOf = (runners: Runner[]) =>
  runners.reduce((sum, { max_score, tests }) => {
    const passed = tests.filter(({ status }) => status === 'pass').length
    return sum + (passed / tests.length) * (max_score || 0)
  }, 0)

/** Its notice: Σ score and Σ max_score of runners that have one; no notice without any. */
function noticeOf(runners: Runner[]): string | undefined {
  const counted = runners.filter(({ max_score }) => max_score)
  const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0)
  const max = sum(counted.map(({ max_score }) => max_score ?? 0))
  const points = sum(counted.flatMap(({ tests }) => tests.map(({ score }) => score as number)))
  return max === 0 ? undefined : `Points ${points}/${max}`
}

test('reporter: its two formulas agree where no mark is partial', () => {
  const right = runnersOf(ten())
  expect([noticeOf(right), tableOf(right)]).toEqual(['Points 100/100', 100])
  const lost = runnersOf(ten({ '02.1': 'failed', '02.2': 'blocked', '03.4': 'missing' }))
  expect([noticeOf(lost), tableOf(lost)]).toEqual(['Points 70/100', 70])
  const partly = runnersOf(mixed())
  expect([noticeOf(partly), tableOf(partly)]).toEqual(['Points 53/100', 50])
  expect(noticeOf(runnersOf(nothing()))).toBe('Points 0/100')
})

test('reporter: an inconclusive run says no points at all, and its item is an error', () => {
  const runners = runnersOf(interval())
  expect(noticeOf(runners)).toBeUndefined()
  expect(runners.map(({ status }) => status).filter((one) => one === 'error')).toHaveLength(1)
})

test('reporter: every field that its code reads is there, whole, whatever the text', () => {
  for (const result of [mixed(), interval(), ...hostileTexts.map(hostileResult)])
    for (const { status, tests } of runnersOf(result)) {
      expect(['pass', 'fail', 'error']).toContain(status)
      expect(tests).toHaveLength(1)
      const [one = {}] = tests
      expect(one.line_no).toBe(0)
      expect(Number.isInteger(one.score)).toBe(true)
      expect(Buffer.byteLength(JSON.stringify(tests))).toBeLessThan(60_000)
      // It prints these at the beginning of a line of the log.
      for (const text of [one.name, one.test_code, one.message])
        expect(text).not.toMatch(/^\s*::|\n|##\[|\p{Cc}/u)
    }
})

test('reporter: a runner for each item, by an id of letters and digits', () => {
  const [first] = renderReporter(ten()).split('\n')
  expect(first).toMatch(/^runners=item0101,item0102,item0103,item0201,.*,item0304$/)
})

test('reporter: the sentence stands where a failed test shows it', () => {
  const [, , , failed] = runnersOf(mixed())
  expect(failed?.tests[0]).toMatchObject({ status: 'fail', score: 0, test_code: 'It failed.' })
})

const whole = z.int().min(0)
/** classroom50/result/v1: nothing else at the top, whole scores, score ≤ max-score. */
const classroom50 = z
  .strictObject({
    schema: z.literal('classroom50/result/v1'),
    classroom: z.string().min(1),
    assignment: z.string().min(1),
    assignment_type: z.string().min(1),
    owner: z.string().min(1),
    submission: z.string().min(1),
    commit: z.url(),
    release: z.url(),
    review: z.url(),
    datetime: z.iso.datetime(),
    graded_at: z.iso.datetime(),
    score: whole,
    'max-score': whole,
    tests: z.array(
      z
        .looseObject({
          'test-name': z.string().min(1),
          passed: z.boolean(),
          score: whole,
          'max-score': whole,
        })
        .refine((one) => one.score <= one['max-score'])
        .refine((one) => one.passed === (one.score === one['max-score'])),
    ),
  })
  .refine((one) => one.score === one.tests.reduce((sum, { score }) => sum + score, 0))
  .refine((one) => one['max-score'] === one.tests.reduce((sum, t) => sum + t['max-score'], 0))

const env = {
  CLASSROOM: 'asix',
  ASSIGNMENT: 'nomad',
  SUBMISSION_TAG: 'submit/2026-11-25T10-00-00Z-abc',
  USERNAME: 'anna',
  OWNER: 'anna',
  ASSIGNMENT_TYPE: 'individual',
  COMMIT_URL: 'https://example.org/commit/1',
  RELEASE_URL: 'https://example.org/release/1',
  REVIEW_URL: '',
}

test('classroom50: whole scores by its schema, for all verdicts and any name', () => {
  const results = [ten(), mixed(), nothing(), ...students.map((student) => mixed({ student }))]
  for (const result of results) {
    const files = renderClassroom50(result, env)
    const read = classroom50.parse(JSON.parse(files?.['result.json'] ?? ''))
    expect(read['max-score']).toBe(100)
    expect(files?.['release-body.md']).not.toMatch(/<script|^::/m)
  }
  const read = classroom50.parse(JSON.parse(renderClassroom50(mixed(), env)?.['result.json'] ?? ''))
  expect(read.score).toBe(53)
  expect(read.tests.map(({ score }) => score)).toEqual([10, 10, 10, 0, 0, 0, 3, 10, 10, 0])
})

test('classroom50: no file while an item is open, so that the earlier grade stays', () => {
  expect(renderClassroom50(interval(), env)).toBeUndefined()
  expect(renderClassroom50(ten({}, { exitCode: 70 }), env)).toBeUndefined()
})

test('the teacher’s word is what both go by, and what they say', () => {
  const word = { student: 'Núria l·l', item: '02.1', marks: 1, reason: 'Shown in class.' }
  const overrides = [{ ...word, date: '2026-11-20' }]
  const result = applyOverrides(mixed(), { overrides, waivers: [] })
  const [, , , own] = runnersOf(result)
  expect(own).toMatchObject({ status: 'pass', max_score: 10, tests: [{ score: 10 }] })
  const files = renderClassroom50(result, env)
  const [, , , graded] = JSON.parse(files?.['result.json'] ?? '').tests
  expect(graded).toMatchObject({ passed: true, score: 10, verdict: 'failed' })
  expect(graded.reason).toMatch(/^By the teacher, 2026-11-20: .*Shown in class\./)
})
