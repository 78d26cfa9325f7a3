import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { rubric } from '../suites/rubric.ts'
import { readGrading, readOverrides } from './teacher-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'teacher-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(...lines: string[]): string {
  const path = join(folder, 'own.yaml')
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

const one = ['  - student: anna', '    item: "01.1"', '    marks: 1', '    reason: shown in class']
const override = (...lines: string[]) => ['overrides:', ...lines]

test('overrides.yaml: overrides and waivers, or nothing at all', async () => {
  const path = file(...override(...one, '    date: 2026-11-20'))
  expect(await readOverrides(path, rubric)).toEqual({
    overrides: [
      { student: 'anna', item: '01.1', marks: 1, reason: 'shown in class', date: '2026-11-20' },
    ],
    waivers: [],
  })
  expect(await readOverrides(file('# none yet'), rubric)).toEqual({ overrides: [], waivers: [] })
})

test.each<[string[], RegExp]>([
  [override(...one, '    date: yesterday'), /:6: overrides\.0\.date/],
  [override(...one), /:2: overrides\.0\.date is missing/],
  [override('  - student: a', '    item: 1.1'), /:3: overrides\.0\.item must be text/],
  [
    override('  - student: a', '    item: "09.9"', ...one.slice(2), '    date: 2026-11-20'),
    /:3: there is no item 09\.9: there are 01\.1, /,
  ],
  [
    override(...one.with(2, '    marks: 3'), '    date: 2026-11-20'),
    /:4: 01\.1 has 1 marks at most/,
  ],
  [
    override(...one, '    date: 2026-11-20', ...one, '    date: 2026-11-21'),
    /:7: 01\.1 of anna is there twice/,
  ],
  [['waiver: []'], /:1: there is no key "waiver" here/],
  [['waivers: ['], /:\d: it is not YAML/],
  [['waivers:', '  - *x'], /own\.yaml: it is not YAML/],
])('overrides.yaml %j: its line and what is wrong', async (lines, says) => {
  await expect(readOverrides(file(...lines), rubric)).rejects.toThrow(says)
})

test('grading.yaml: a scale by name or written out', async () => {
  expect(await readGrading(file('scale: fp-es'))).toMatchObject({ min: 1, decimals: 0, pass: 5 })
  const own = ['scale:', '  max: 20', '  pass: 10', '  labels: [{ from: 0, label: apte }]']
  expect(await readGrading(file(...own))).toMatchObject({ min: 0, max: 20, rounding: 'half-up' })
})

test.each<[string[], RegExp]>([
  [['scale: ten'], /:1: scale must be: 0-10, university-es, fp-es or percent|:1: scale/],
  [['scale:', '  min: 1', '  decimals: many'], /:3: scale\.decimals must be/],
  [['scale:', '  min: 10', '  max: 5'], /:2: scale\.min: min must be below max/],
  [['scale:', '  minimum: 1'], /:2: there is no key "minimum" here/],
  [['grade: 1'], /:1: /],
])('grading.yaml %j: its line and what is wrong', async (lines, says) => {
  await expect(readGrading(file(...lines))).rejects.toThrow(says)
})

test('a file that is not there', async () => {
  await expect(readGrading(join(folder, 'none.yaml'))).rejects.toThrow(/cannot be read \(ENOENT\)/)
})
