import type { Result } from '../grade/result.ts'
import type { Known } from './ledger-records.ts'
import { lostItems, newItems, openItems } from './results.ts'

/** Whom a command is for; without any wish, whoever is not done. */
export interface Wishes {
  /** Ids of the items to grade. */
  asked: readonly string[]
  /** Only those who lost marks, for the items that lost them. */
  failed: boolean
  /** Only those with open items, those whom no cluster could grade, and those never graded. */
  pending: boolean
}

/**
 * Which items of a student are graded now; none: what there is is kept. Who was cut in the middle goes
 * on with what is not settled; who is done is not graded again unless that is wished for.
 */
export function itemsToGrade(
  known: Pick<Known, 'runs' | 'ended'>,
  result: Result | undefined,
  { asked, failed, pending }: Wishes,
): string[] {
  const cut = known.ended === undefined || known.ended.how !== 'graded'
  const unfinished = cut ? openItems(result, asked) : newItems(result, asked)
  if (!failed && !pending) return unfinished
  const wanted = new Set([
    ...(failed ? lostItems(result, asked) : []),
    ...(pending ? openItems(result, asked) : []),
  ])
  return asked.filter((id) => wanted.has(id))
}
