import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { evidenceIn, readEvidence } from '../helpers/evidence-file.ts'
import { conclude } from '../helpers/grade/conclude.ts'
import type { Result } from '../helpers/grade/result.ts'
import { causes, explain } from '../helpers/grade/sentences.ts'
import { languages, msg } from '../helpers/language/message.ts'
import { renderAllure } from '../helpers/report/allure.ts'
import { renderJunit } from '../helpers/report/junit.ts'
import { renderMarkdown } from '../helpers/report/markdown.ts'
import { renderScreen } from '../helpers/report/screen.ts'
import { rubric } from '../suites/rubric.ts'
import { sampleResult } from './golden/sample.ts'
import { grade, lastState, mistake, reference, tempFolder, withStage } from './harness.ts'

const file = { file: 'evidence.ndjson', sha256: '' }
const others = languages.filter((language) => language !== 'en')

/** Whatever a sentence may be filled with. */
const anything = {
  ...{ text: 'x1', service: 'nginx', names: 'web', name: 'web', have: 1, want: 3, vm: 'box-5' },
  ...{ status: 'down', datacenter: 'dc2', filter: 'f', group: 'g', dimension: 'd', task: 't' },
  ...{ canaries: 1, queued: 2, port: 80, allocation: 'a', reasons: 'r', address: '10.0.0.1' },
  ...{ id: 'i', where: '10.0.0.1:80', error: 'E', server: 's', nomad: 'down', consul: 'left' },
  ...{ files: 'a', unread: '', because: msg('the task runs a command of its own') },
  ...{ sentence: msg('There was no leader.'), cure: msg('Run this item again.') },
}

test.each(causes)(
  '%s: cause and cure are said in each language, with everything filled in',
  (code) => {
    const english = explain({ code, blame: 'lab', values: anything })
    expect(english.sentence).not.toMatch(/[{}]/)
    for (const language of others) {
      const told = explain({ code, blame: 'lab', values: anything }, language)
      expect(told.sentence).not.toBe(english.sentence)
      expect(told.sentence).not.toMatch(/[{}]/)
      expect(told.hint === '', told.hint).toBe(english.hint === '')
      if (told.hint !== '') expect(told.hint).not.toBe(english.hint)
    }
  },
)

/** Every text of the verdicts; those of the submission and of the run are the run's own test. */
const textsOf = (result: Result) =>
  result.items.flatMap(({ title, sentence, hint, criteria }) => [
    title,
    sentence,
    hint,
    ...criteria.flatMap((c) => [c.title, c.why]),
  ])

const withoutTexts = ({ items, score, exitCode }: Result) => ({
  items: items.map(({ id, verdict, points, cause, file, line, seconds }) => [
    ...[id, verdict, points, cause, file, line, seconds],
  ]),
  ...{ score, exitCode },
})

test('recorded runs are told in each language, and the verdict is the same', () => {
  const folder = fileURLToPath(new URL('evidence/', import.meta.url))
  const kept = readdirSync(folder)
  const [whole = ''] = kept.filter((name) => name.includes('10-of-10'))
  // Whole runs differ in their times only; each mistake has sentences of its own.
  for (const name of [whole, ...kept.filter((one) => !one.includes('10-of-10'))]) {
    const text = gunzipSync(readFileSync(join(folder, name))).toString('utf8')
    const records = evidenceIn(text, name)
    const english = conclude(records, rubric, file)
    const said = textsOf(english)
    for (const language of others) {
      const other = conclude(records, rubric, file, { language })
      expect(withoutTexts(other)).toEqual(withoutTexts(english))
      expect(textsOf(other).filter((told, i) => told !== '' && told === said[i])).toEqual([])
    }
  }
})

const runs: [string, (folder: string) => string, number][] = [
  ['the last state, with five clients', () => lastState, 5],
  ['a mistake', (folder) => withStage(folder, '02.1-nginx.nomad', mistake('no-service')), 3],
  ['nothing handed in', (folder) => folder, 3],
  ['the reference', () => reference, 3],
]

test.each(runs)('a run in Catalan has nothing in English: %s', async (_, make, clients) => {
  using folder = tempFolder()
  using out = tempFolder()
  const language = 'ca'
  const asked = ['01.1', '01.2', '01.3', '02.1']
  const result = await grade(make(folder.path), { clients, language, asked, runDir: out.path })
  const evidence = readEvidence(join(out.path, 'evidence.ndjson'))
  expect(result.language).toBe('ca')
  // Judged again it is told in its own language, unless another is asked for.
  expect(conclude(evidence, rubric, result.evidence)).toEqual(result)
  const english = conclude(evidence, rubric, file, { language: 'en' })
  expect(wordsOf(result).filter((told) => new Set(wordsOf(english)).has(told))).toEqual([])
})

test('reports have their labels, numbers and dates in the language of the result', () => {
  const [result, english] = ['ca', 'en'].map((language) => {
    const sample = sampleResult({ language })
    sample.score = { ...sample.score, points: 7.5, low: 7.5, high: 7.5, max: 10 }
    return sample
  }) as [Result, Result]
  const look = { color: false, columns: 100, rewrites: false }
  const reports = (of: Result) => [
    renderMarkdown(of),
    renderScreen(of, 'reports/latest', look),
    renderJunit(of),
    renderAllure(of)
      .map(({ content }) => content)
      .join(),
  ]
  const label =
    /What to do|Marks:|Verdict|Score|Report|tries|not handed in|not met|7\.5 of| of 1\b|\bat nginx/
  for (const text of reports(english)) expect(text).toMatch(label)
  for (const text of reports(result)) {
    expect(text).not.toMatch(label)
    expect(text).toMatch(/ de 1\b/)
  }
  expect(renderMarkdown(result)).toContain('7,5 de 10')
  expect(renderMarkdown(result)).toContain('25 de novembre del 2026')
  expect(renderScreen(result, 'r', look)).toContain('Nota: 7,5 de 10')
})

/** All that is told of a run, but for what is only names and numbers. */
function wordsOf(result: Result): string[] {
  const { stages, unused, problems } = result.submission
  return [
    ...textsOf(result),
    ...result.notes,
    ...problems,
    ...stages.map(({ detail }) => detail),
    ...unused.map(({ why }) => why),
    ...result.items.flatMap(({ notes, changes }) => [...notes, ...changes.map(({ saw }) => saw)]),
  ].filter((told) => !/^(\S*: .*\d+\.\d.*|\S+ → .*|\S+ [A-Z]+|)$/.test(told))
}
