import { expect, test } from 'vitest'
import { grade, notPassed, reference } from './harness.ts'

/** Clusters × ways to stop × seeds: the sheet's own files pass everywhere, with no other result. */
const seeds = Number(process.env.SEEDS ?? 20)

for (const clients of [3, 4, 5]) {
  for (const stop of ['orderly', 'cut'] as const) {
    test(`the sheet's files get 10 of 10: ${clients} clients, ${stop} stops, ${seeds} seeds`, async () => {
      for (let seed = 1; seed <= seeds; seed++) {
        const result = await grade(reference, { clients, stop, seed })
        expect(notPassed(result), `seed ${seed}`).toEqual([])
        expect(result.score).toMatchObject({ points: 10, low: 10, high: 10, max: 10 })
        expect(result.exitCode).toBe(0)
      }
    }, 300_000)
  }
}
