import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CsvError, parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { Rubric } from '../../helpers/grade/rubric.ts'
import { onScale, scales } from '../../helpers/grade/scale.ts'
import { inLanguage, type Message } from '../../helpers/language/message.ts'
import { renderHtml } from '../../helpers/report/html.ts'
import { renderJson } from '../../helpers/report/json.ts'
import { renderJunit } from '../../helpers/report/junit.ts'
import { renderMarkdown } from '../../helpers/report/markdown.ts'
import { mergeWorksheet } from '../../helpers/report/moodle-worksheet.ts'
import { readResult } from '../../helpers/result-file.ts'
import { readGrading, readOverrides } from '../../helpers/teacher-file.ts'
import { Fault } from '../../helpers/time/fault.ts'
import { rubric } from '../../suites/rubric.ts'
import { mixed } from '../dialects/class.ts'
import { sampleResult } from '../golden/sample.ts'
import { oddBytes, oddJson, oddText } from './odd.ts'
import { runs } from './runs.ts'

const { items }: Rubric = rubric
const folder = mkdtempSync(join(tmpdir(), 'properties-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Its answer; undefined where it is a Fault of one sentence that names the file. */
async function answerOrFault<T>(path: string, read: () => T): Promise<Awaited<T> | undefined> {
  try {
    return await read()
  } catch (error) {
    expect(error, String((error as Error).stack)).toBeInstanceOf(Fault)
    expect((error as Fault).message).toMatch(/^\S[^\n]*\.$/)
    expect((error as Fault).message).toContain(path)
    return undefined
  }
}

test('a result.json of any bytes is one that every report can tell, or a Fault', async () => {
  const path = join(folder, 'result.json')
  const whole = [sampleResult(), mixed()].map(renderJson)
  const shapes = whole.map((text) => JSON.parse(text) as unknown)
  const bytes = fc.oneof(
    oddBytes(whole),
    oddJson(shapes).map((json) => Buffer.from(JSON.stringify(json) ?? '')),
  )
  await fc.assert(
    fc.asyncProperty(bytes, async (text) => {
      writeFileSync(path, text)
      const result = await answerOrFault(path, () => readResult(path))
      if (!result) return
      expect(JSON.parse(renderJson(result))).toEqual(result)
      for (const render of [renderMarkdown, renderJunit, renderHtml]) render(result)
    }),
    runs(150),
  )
  writeFileSync(path, Buffer.alloc(50_000_000, '['))
  expect(() => readResult(path)).toThrow(/result\.json is no result of this grader\.$/)
})

test('a teacher’s file of any text is read, or a Fault that names the file', async () => {
  const path = join(folder, 'teacher.yaml')
  const grading = [
    'scale: fp-es\n',
    'scale: { min: 1, max: 10, decimals: 0, rounding: up, pass: 5, labels: [{ from: 5, label: AP }] }\n',
    'a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nscale: [*c, *c, *c]\n',
  ]
  const word =
    'overrides:\n  - { student: anna, item: "01.1", marks: 0.5, reason: ill, date: 2026-11-25 }\n'
  const waiver = 'waivers:\n  - { student: &s anna, item: "02.1", reason: *s, until: 2026-12-01 }\n'
  await fc.assert(
    fc.asyncProperty(oddText(grading), oddText([word, word + waiver]), async (scale, teacher) => {
      writeFileSync(path, scale)
      const read = await answerOrFault(path, () => readGrading(path))
      if (read) renderMarkdown(onScale(mixed(), read))
      writeFileSync(path, teacher)
      const said = await answerOrFault(path, () => readOverrides(path, rubric))
      for (const { item, marks } of said?.overrides ?? [])
        expect(marks).toBeLessThanOrEqual(items[item]!.marks)
    }),
    runs(60),
  )
})

const titles = ['Identifier', '"Full name"', 'Grade', '"Maximum Grade"', '"Feedback comments"']
const students = [
  ['Participant 7', '"Núria ""l·l"""', '', '10.00', '""'],
  ['Participant 8', 'anna', '3.00', '10.00', '"two\nlines"'],
  ...Array.from({ length: 12 }, (_, i) => [`Participant ${i + 10}`, `s${i}`, '-', '10.00', '']),
]
const sheets = [',', ';', '\t'].map((delimiter) => ({
  delimiter,
  head: `\ufeff${titles.join(delimiter)}\r\n`,
  body: students.map((cells) => `${cells.join(delimiter)}\r\n`).join(''),
}))
const oddSheets = fc
  .constantFrom(...sheets)
  .chain(({ delimiter, head, body }) =>
    fc.record({ delimiter: fc.constant(delimiter), sheet: oddText([body]).map((b) => head + b) }),
  )

/** What no grader may touch, read by csv-parse alone. */
const others = (text: string, delimiter: string): string[][] =>
  (
    parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
    }) as string[][]
  ).map((row) => row.filter((_, i) => i !== titles.indexOf('Grade') && i !== titles.length - 1))

test('a worksheet of any text is refused in a sentence, or nothing but marks and feedback change', () => {
  const results = ['anna', 'Núria "l·l"', 'Participant 9', 's0', 's5', 's11'].map((student) =>
    onScale(mixed({ student }), scales['0-10']!),
  )
  let changed = 0
  fc.assert(
    fc.property(oddSheets, ({ delimiter, sheet }) => {
      let merged: ReturnType<typeof mergeWorksheet>
      try {
        merged = mergeWorksheet(sheet, results)
      } catch (error) {
        // csv-parse says what is wrong in an error of its own; the grader in a message.
        if (error instanceof Error)
          expect(
            error instanceof CsvError || /^a cell is not as written/.test(error.message),
            error.stack,
          ).toBe(true)
        else expect(inLanguage(error as Message, 'en')).toMatch(/^\S.*\.$/s)
        return
      }
      const { text, changes } = merged
      changed += changes.length
      expect(others(text, delimiter)).toEqual(others(sheet, delimiter))
      // A row that is not among the changes is there as it was, with its line's end.
      const rest = changes.reduce((left, { before }) => left.replace(before, () => ''), sheet)
      const same = changes.reduce((left, { after }) => left.replace(after, () => ''), text)
      expect(same).toBe(rest)
    }),
    runs(200),
  )
  expect(changed).toBeGreaterThan(200)
})
