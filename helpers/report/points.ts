import type { ItemResult } from '../grade/result.ts'
import { shareOf, sum } from '../grade/scale.ts'
import { standingOf } from '../grade/standing.ts'

/** An item in whole points, where a reader takes no others. */
export interface Pointed {
  item: ItemResult
  points: number
  max: number
}

/**
 * The items that count, in whole points: of 100 together where that is exact, else of 1000, rounded so
 * that the maxima still make 1000. Something is never rounded to nothing, nor a part to the whole.
 */
export function wholePoints(all: readonly ItemResult[]): Pointed[] {
  const items = all.filter((item) => standingOf(item) !== 'waived')
  const total = sum(items.map(({ max }) => max))
  if (total === 0) return items.map((item) => ({ item, points: 0, max: 0 }))
  const exact = (value: number, of: number) => shareOf(value, total, of, 6)
  const isWhole = (of: number) =>
    items.every(({ points, max }) => [points, max].every((n) => Number.isInteger(exact(n, of))))
  const of = isWhole(100) ? 100 : 1000
  let before = 0
  return items.map((item, at) => {
    const reached = Math.round(exact(sum(items.slice(0, at + 1).map(({ max }) => max)), of))
    const max = reached - before
    before = reached
    return { item, max, points: pointsOf(item, max) }
  })
}

function pointsOf(item: ItemResult, max: number): number {
  if (item.points <= 0 || item.max === 0) return 0
  if (item.points >= item.max) return max
  return Math.min(max - 1, Math.max(1, Math.round(shareOf(item.points, item.max, max, 6))))
}
