import type { ItemResult, Result, Verdict } from './result.ts'

/**
 * What an item counts as. The teacher's word comes before the verdict, which stays beside it: what
 * the evidence says is not changed by anybody.
 */
export type Standing = Verdict | 'waived'

export function standingOf(item: ItemResult): Standing {
  if (item.waiver) return 'waived'
  if (!item.override) return item.verdict
  if (item.override.marks >= item.max) return 'passed'
  return item.override.marks > 0 ? 'partial' : 'failed'
}

/** Its marks are not known yet. */
export const isOpen = (item: ItemResult) => standingOf(item) === 'inconclusive'

/** Three different things: a mark (0 too), no mark yet, and nothing to mark. */
export type State = 'graded' | 'inconclusive' | 'not handed in'

/**
 * Whether a result is a grade. One open item makes the mark an interval, which is none; nor is one
 * that was judged twice and not alike (exit code 70).
 */
export function stateOf(result: Result): State {
  const { items, score, exitCode } = result
  const judged = new Set(items.map(({ id }) => id))
  // Where none of the mark's items was asked for there is no mark.
  const none = score.asked.length === 0
  const open = none || score.low !== score.high || score.asked.some((id) => !judged.has(id))
  if (open || items.some(isOpen) || exitCode === 70) return 'inconclusive'
  const counted = items.filter(({ waiver }) => !waiver)
  // What builds on a file that is not there is blocked with the same cause.
  const nothing = counted.every(({ cause, override }) => cause === 'not-handed-in' && !override)
  return nothing && counted.length > 0 ? 'not handed in' : 'graded'
}
