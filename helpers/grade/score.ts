import type { ItemVerdict } from './judge.ts'
import type { ItemResult, Result } from './result.ts'
import type { Rubric } from './rubric.ts'
import { sum } from './scale.ts'
import { isOpen, standingOf } from './standing.ts'

/** The mark, or the interval that inconclusive items leave open, over the items asked for. */
export function scoreOf(
  verdicts: Map<string, ItemVerdict>,
  asked: string[],
  rubric: Rubric,
): Result['score'] {
  const marks = (id: string) => rubric.items[id]?.marks ?? 0
  const verdict = (id: string) => verdicts.get(id)?.verdict ?? 'inconclusive'
  const given = asked.filter((id) => verdict(id) === 'passed').map(marks)
  const open = asked.filter((id) => verdict(id) === 'inconclusive').map(marks)
  const points = sum(given)
  return { points, low: points, high: sum([...given, ...open]), max: sum(asked.map(marks)), asked }
}

/**
 * The same of items as they stand, with the teacher's word. Of an item that was asked for and has no
 * verdict the marks are in `without`.
 */
export function scoreOfItems(
  items: readonly ItemResult[],
  asked: string[],
  without = 0,
): Result['score'] {
  const counted = items.filter((item) => standingOf(item) !== 'waived')
  const points = sum(counted.map((item) => item.points))
  const high = counted.map((item) => (isOpen(item) ? item.max : item.points))
  const max = counted.map((item) => item.max)
  return {
    points,
    low: points,
    high: sum([...high, without]),
    max: sum([...max, without]),
    asked,
  }
}

/**
 * 0 all passed, 1 a mark was lost, 2 something inconclusive (2 beats 1), 70 the grader's own fault
 * (70 beats 2).
 */
export function exitCodeOf(verdicts: Map<string, ItemVerdict>, asked: string[]): number {
  const of = asked.map((id) => verdicts.get(id))
  if (of.some((v) => v?.verdict === 'inconclusive' && v.own)) return 70
  if (of.some((v) => !v || v.verdict === 'inconclusive')) return 2
  return of.some((v) => v?.verdict !== 'passed') ? 1 : 0
}
