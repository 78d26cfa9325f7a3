import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { reportCommand } from '../../bin/report.ts'
import { evidenceIn } from '../../helpers/evidence-file.ts'
import { conclude } from '../../helpers/grade/conclude.ts'
import { resultSchema } from '../../helpers/grade/result.ts'
import { writeReports } from '../../helpers/report/write.ts'
import { rubric } from '../../suites/rubric.ts'
import { sampleResult } from '../golden/sample.ts'
import { tempFolder } from '../harness.ts'
import { interval } from './class.ts'

/** `grade report` as a teacher types it: folders of runs in, a dialect out. */
const program = fileURLToPath(new URL('../../bin/grade.js', import.meta.url))
const folder = tempFolder()
const cwd = folder.path
const at = (name: string) => join(cwd, name)

const report = (args: string[], env: Record<string, string> = {}) =>
  execa(process.execPath, [program, 'report', ...args], {
    cwd,
    env: { LC_ALL: 'C', ...env },
    reject: false,
    timeout: 30_000,
  })

/** In this process, where nothing but a refusal is to be seen. */
const here = (args: string[]) => reportCommand('en').parseAsync(args, { from: 'user' })

beforeAll(async () => {
  await writeReports(sampleResult(), at('simulated'))
  await writeReports(interval(), at('open'))
  const handed = sampleResult()
  handed.submission.dir = cwd
  await writeReports(handed, at('handed'))
  const kept = fileURLToPath(new URL('../evidence/', import.meta.url))
  const name = readdirSync(kept).find((one) =>
    one.includes('2.0.5-consul-1.21.4-3-clients-orderly-count-2'),
  )
  const text = gunzipSync(readFileSync(join(kept, name ?? ''))).toString('utf8')
  const sha256 = createHash('sha256').update(text).digest('hex')
  const file = { file: 'evidence.ndjson', sha256 }
  await writeReports(conclude(evidenceIn(text, ''), rubric, file), at('real'))
  writeFileSync(at('real/evidence.ndjson'), text)
})
afterAll(() => folder[Symbol.dispose]())

test('a simulated result is no grade: one sentence and exit 64, but where it is asked for', async () => {
  for (const dialect of ['reporter', 'classroom50', 'moodle-csv', 'moodle-worksheet'])
    await expect(here([at('simulated'), '--as', dialect])).rejects.toThrow(
      /SIMULATED.*--simulated-counts\.$/,
    )
  const refused = await report(['simulated', '--as', 'csv'])
  expect([refused.exitCode, refused.stdout]).toEqual([64, ''])
  expect(refused.stderr).toMatch(/^grade: .*SIMULATED.*--simulated-counts\.$/)
  const { exitCode, stdout } = await report(['simulated', '--as', 'csv', '--simulated-counts'])
  expect(exitCode).toBe(0)
  expect(stdout).toContain('Núria l·l,inconclusive,-,2.3,3.3,7,')
})

const job = {
  CLASSROOM: 'asix',
  ASSIGNMENT: 'nomad',
  SUBMISSION_TAG: 'submit/1',
  COMMIT_URL: 'https://example.org/c',
  RELEASE_URL: 'https://example.org/r',
  USERNAME: 'anna',
}

test('classroom50: exit 0 with two files whatever the mark, and 2 with none while it is open', async () => {
  const graded = await report(['real', '--as', 'classroom50', '--out', 'c50'], job)
  expect([graded.exitCode, graded.stderr]).toEqual([
    0,
    'grade: The grade of student is over these items only: 01.3.',
  ])
  expect(readdirSync(at('c50')).sort()).toEqual(['release-body.md', 'result.json'])
  expect(JSON.parse(readFileSync(at('c50/result.json'), 'utf8')).score).toBeLessThan(100)
  const open = await report(['open', '--as', 'classroom50', '--out', 'none'], job)
  expect(open.exitCode).toBe(2)
  expect(open.stderr).toMatch(/no grade yet/)
  expect(readdirSync(cwd)).not.toContain('none')
  await expect(here([at('real'), '--as', 'classroom50'])).rejects.toThrow(/CLASSROOM, ASSIGNMENT/)
})

test('another language is told from the evidence, with the same verdicts', async () => {
  const { stdout } = await report(['real', '--as', 'json', '--lang', 'ca'])
  const told = resultSchema.parse(JSON.parse(stdout))
  const own = resultSchema.parse(JSON.parse(readFileSync(at('real/result.json'), 'utf8')))
  expect(told.items.map(({ verdict }) => verdict)).toEqual(own.items.map(({ verdict }) => verdict))
  expect(told.items[0]?.sentence).not.toBe(own.items[0]?.sentence)
  await expect(here([at('open'), at('real'), '--as', 'md'])).rejects.toThrow(/of one student/)
  const { stdout: page } = await report(['open', 'real', '--as', 'html'])
  const [, students] = page.split('class="grid"')
  expect(students?.match(/<th scope="row">/g)).toHaveLength(2)
  const twice = [at('open'), at('handed'), '--as', 'md']
  await expect(here(twice)).rejects.toThrow(/has no evidence\.ndjson/)
})

test('a scale and the teacher’s word: the mark is on the one and by the other', async () => {
  const word = { student: 'student', item: '01.3', marks: 0.75, reason: 'r', date: '2026-11-20' }
  writeFileSync(at('o.yaml'), JSON.stringify({ overrides: [word] }))
  writeFileSync(at('grading.yaml'), 'scale: university-es\n')
  const csv = ['real', '--as', 'csv', '--lang', 'es', '--overrides', 'o.yaml']
  const [head, row] = (await report(csv)).stdout.split('\n')
  expect(head).toMatch(/^estudiante;estado;puntos;/)
  expect(row).toMatch(/^student;corregido;0,75;0,75;0,75;1;7,5;7,5;NT;university-es;0,75;parcial;/)
  // --scale comes before the file; what a student hands in says no mark.
  expect((await report([...csv, '--scale', 'percent'])).stdout).toContain(';75;75;;percent;')
  const own = [at('handed'), '--as', 'md', '--overrides', at('o.yaml')]
  await expect(here(own)).rejects.toThrow(/is in the folder that was graded/)
  expect((await report(['handed', '--as', 'md'])).stdout).not.toContain('university-es')
})
