import type { ItemVerdict } from './judge.ts'
import type { Result } from './result.ts'
import type { Rubric } from './rubric.ts'

/** The mark, or the interval that inconclusive items leave open, over the items asked for. */
export function scoreOf(
  verdicts: Map<string, ItemVerdict>,
  asked: string[],
  rubric: Rubric,
): Result['score'] {
  let points = 0
  let open = 0
  let max = 0
  for (const id of asked) {
    const marks = rubric.items[id]?.marks ?? 0
    const verdict = verdicts.get(id)?.verdict ?? 'inconclusive'
    max += marks
    if (verdict === 'passed') points += marks
    if (verdict === 'inconclusive') open += marks
  }
  return { points, low: points, high: points + open, max, asked }
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
