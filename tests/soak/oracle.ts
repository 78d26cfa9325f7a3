import type { Rubric } from '../../helpers/grade/rubric.ts'
import { rubric } from '../../suites/rubric.ts'

export interface Wrong {
  item: string
  /** What may be seen there: the stated sign, and `?` where the fault's table allows it. */
  allowed: string
  seen: string
}

const items: Rubric['items'] = rubric.items
export const itemIds = Object.keys(items).sort()

/** Item → sign, of ten signs as an entry writes them. */
export const signs = (row: string): Record<string, string> =>
  Object.fromEntries(itemIds.map((id, i) => [id, row.replaceAll(' ', '')[i] ?? '']))

/**
 * What is wrong with ten verdicts. Each must be the one that the gallery states for the submission;
 * `?` is right too where the fault's table has it, in `hidden` items, and in what builds on an item
 * that is `?` itself. Without a fault only a stated `?` is one.
 */
export function wrongIn(
  stated: string,
  fault: string | undefined,
  seen: string,
  hidden: readonly string[] = [],
): Wrong[] {
  const [want, may, got] = [signs(stated), signs(fault ?? ''), signs(seen)]
  return itemIds.flatMap((item) => {
    const base = items[item]?.buildsOn?.item
    const isHidden = fault !== undefined && want[item] !== '-'
    const isUnknown = may[item] === '?' || hidden.includes(item) || (base && got[base] === '?')
    const mayBeUnknown = isHidden && isUnknown
    const allowed = `${want[item]}${mayBeUnknown ? '?' : ''}`
    const sign = got[item] ?? ''
    return sign !== '' && allowed.includes(sign) ? [] : [{ item, allowed, seen: sign }]
  })
}
