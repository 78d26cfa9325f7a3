import { expect, test } from 'vitest'
import type { Fault } from './fault.ts'
import { check, hidden, reasons } from './run-fault.ts'

/** Whether variants are run as often as the others. */
const isWhole = process.env.FAULTS === 'whole'

/**
 * Both sizes of the table and three seeds, in three runs: an orderly stop and a cut at the smaller
 * size, an orderly stop at the larger.
 */
const runs = [
  { seed: 1, size: 3 },
  { seed: 2, size: 3 },
  { seed: 3, size: 4 },
]

/** Tests of each fault of a table: no mark is lost, and only what the table says is not known. */
export function show(faults: readonly Fault[]): void {
  for (const fault of faults) {
    // What only waits for a socket may wait beside others.
    const each = fault.hangs ? test.concurrent : test
    for (const at of fault.variant && !isWhole ? runs.slice(1, 2) : runs)
      each(
        `${fault.name}: ${fault.rows[at.size]} (seed ${at.seed}, ${at.size} clients)`,
        async () => {
          expect(await check(fault, at)).toBe('')
        },
      )
  }
  test('whatever is not known has its reason, and nothing else has one', () => {
    for (const fault of faults) expect(Object.keys(reasons(fault)).sort()).toEqual(hidden(fault))
  })
}
