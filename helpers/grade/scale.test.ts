import { expect, test } from 'vitest'
import { resultWith, ten } from '../../tests/dialects/class.ts'
import type { Result } from './result.ts'
import { onScale, scales, sum } from './scale.ts'
import { type Scale, scaleSchema } from './scale-schema.ts'
import { isOpen, stateOf } from './standing.ts'

const withPoints = (points: number, max = 10): Result => {
  const result = ten()
  return { ...result, score: { ...result.score, points, low: points, high: points, max } }
}
const on = (points: number, name: string, max = 10) =>
  onScale(withPoints(points, max), scales[name] as Scale).score.scaled

test.each<[string, number, number, number, string, boolean]>([
  ['university-es', 4.94, 10, 4.9, 'SS', false],
  ['university-es', 4.95, 10, 5, 'AP', true],
  ['university-es', 6.94, 10, 6.9, 'AP', true],
  ['university-es', 7, 10, 7, 'NT', true],
  ['university-es', 8.95, 10, 9, 'SB', true],
  ['university-es', 6, 9, 6.7, 'AP', true],
  ['university-es', 0, 10, 0, 'SS', false],
  ['fp-es', 0, 10, 1, '', false],
  ['fp-es', 0.3, 10, 1, '', false],
  ['fp-es', 4.4, 10, 4, '', false],
  ['fp-es', 4.5, 10, 5, '', true],
  ['fp-es', 10, 10, 10, '', true],
  ['percent', 1, 3, 33, '', false],
  ['percent', 5, 10, 50, '', true],
  ['0-10', 1.005, 10, 1.01, '', false],
])('%s: %f of %f is %f %s', (name, points, max, value, label, passed) => {
  expect(on(points, name, max)).toMatchObject({ value, label, passed, low: value, high: value })
})

test('decimal arithmetic: no noise of binary fractions, and the unrounded value beside', () => {
  expect(sum([0.1, 0.2])).toBe(0.3)
  expect(sum(Array.from({ length: 10 }, () => 0.1))).toBe(1)
  expect(on(7.25, 'university-es')).toMatchObject({ value: 7.3, unrounded: '7.25' })
  expect(on(1, 'percent', 3)?.unrounded).toBe('33.3333')
})

test.each([
  ['half-up', 7.3, 7.4],
  ['half-even', 7.2, 7.4],
  ['down', 7.2, 7.3],
  ['up', 7.3, 7.4],
])('rounding %s: 7.25 and 7.35', (rounding, first, second) => {
  const scale = scaleSchema.parse({ rounding })
  const value = (points: number) => onScale(withPoints(points), scale).score.scaled?.value
  expect([value(7.25), value(7.35)]).toEqual([first, second])
})

test('an open mark is an interval and no value; its label only where both ends have it', () => {
  const open = ten({ '02.3': 'inconclusive', '02.2': 'failed', '03.4': 'failed' }, { exitCode: 2 })
  const scaled = onScale(open, scales['university-es'] as Scale).score.scaled
  expect(scaled).toEqual({
    ...{ value: null, low: 7, high: 8, unrounded: '7–8', label: 'NT', passed: true },
  })
})

test('a mark, no mark yet and nothing handed in are three things', () => {
  expect(stateOf(ten())).toBe('graded')
  expect(stateOf(ten({ '02.3': 'inconclusive' }))).toBe('inconclusive')
  // It was judged twice and not alike.
  expect(stateOf(ten({}, { exitCode: 70 }))).toBe('inconclusive')
  const missing = resultWith({ '01.1': 'missing', '01.3': 'missing' })
  expect(stateOf(missing)).toBe('not handed in')
  expect(stateOf(resultWith({ '01.1': 'missing', '01.3': 'failed' }))).toBe('graded')
  expect(missing.items.some(isOpen)).toBe(false)
})
