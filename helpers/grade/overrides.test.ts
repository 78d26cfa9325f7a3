import { expect, test } from 'vitest'
import { interval, mixed, ten } from '../../tests/dialects/class.ts'
import { renderCsv } from '../report/csv.ts'
import { renderHtml } from '../report/html.ts'
import { renderJunit } from '../report/junit.ts'
import { renderMarkdown } from '../report/markdown.ts'
import { applyOverrides, type Overrides } from './overrides.ts'
import { standingOf, stateOf } from './standing.ts'

const student = 'Núria l·l'
const override = (item: string, marks: number) => ({
  ...{ student, item, marks, reason: 'Shown in class.', date: '2026-11-20' },
})
const waiver = (item: string, until: string) => ({ student, item, until, reason: 'Was ill.' })
const word = (overrides: Overrides['overrides'], waivers: Overrides['waivers'] = []) => ({
  overrides,
  waivers,
})

test('the teacher’s marks count, the verdict stays, and every report says whose they are', () => {
  const result = applyOverrides(mixed(), word([override('02.1', 1)]))
  expect(result.score).toMatchObject({ points: 6.3, low: 6.3, high: 6.3, max: 10 })
  const item = result.items.find(({ id }) => id === '02.1')
  expect(item).toMatchObject({ verdict: 'failed', points: 1, override: { date: '2026-11-20' } })
  expect(item && standingOf(item)).toBe('passed')
  for (const text of [renderHtml(result), renderMarkdown(result), renderJunit(result)])
    expect(text).toMatch(/By the teacher, 2026-11-20: 1 of 1 marks, whatever was seen\. Shown in/)
  expect(renderMarkdown(result)).toContain('The teacher decided on 02.1: see there.')
  expect(renderCsv([result], 'en')).toMatch(/,1,passed,.*,02\.1,2026-11-25T/)
})

test('marks for an inconclusive item make the interval a mark', () => {
  const result = applyOverrides(interval(), word([override('02.3', 0)]))
  expect(result.score).toMatchObject({ points: 7.3, low: 7.3, high: 7.3 })
  expect([stateOf(result), result.exitCode]).toEqual(['graded', 1])
  const both = applyOverrides(ten({ '01.1': 'inconclusive' }), word([override('01.1', 1)]))
  expect(both.exitCode).toBe(0)
})

test('a waiver lifts its item out of the mark until its last day, and then is told only', () => {
  const result = applyOverrides(interval(), word([], [waiver('02.3', '2026-11-24')]))
  expect(result.score).toMatchObject({ points: 7.3, low: 7.3, high: 7.3, max: 9 })
  expect(stateOf(result)).toBe('graded')
  expect(renderMarkdown(result)).toMatch(/Waived by the teacher until 2026-11-24.*Was ill\./)
  const late = applyOverrides(interval(), word([], [waiver('02.3', '2026-11-23')]))
  expect(late.score).toMatchObject({ low: 7.3, high: 8.3, max: 10 })
  expect(late.notes.at(-1)).toMatch(/The waiver of 02\.3 ended on 2026-11-23 and was not applied/)
})

test('what is of another student, or nothing, changes nothing', () => {
  const other = { ...override('02.1', 1), student: 'Nuria' }
  expect(applyOverrides(mixed(), word([other]))).toEqual(mixed())
  // The same letters, written by another keyboard.
  const decomposed = { ...override('02.1', 1), student: student.normalize('NFD') }
  expect(applyOverrides(mixed(), word([decomposed])).score.points).toBe(6.3)
})

test('70 stays where no item is open: it was judged twice and not alike', () => {
  const result = applyOverrides(mixed({ exitCode: 70 }), word([override('02.1', 1)]))
  expect(result.exitCode).toBe(70)
})
