import { expect, test } from 'vitest'
import { grade, notPassed, reference } from './harness.ts'

/**
 * The sheet's own files pass on every cluster, with no other result. `npm test` takes few seeds of
 * each; the whole matrix of 5 sizes × 2 ways to stop × 20 seeds is
 * `CLIENTS=3,4,5,20,100 SEEDS=20 npx vitest run tests/reference.test.ts`.
 */
const few = [
  { clients: 3, seeds: 10 },
  { clients: 4, seeds: 10 },
  { clients: 5, seeds: 10 },
  { clients: 20, seeds: 4 },
  { clients: 100, seeds: 1 },
]
const asked = process.env.CLIENTS?.split(',').map(Number)
const seedsAsked = process.env.SEEDS ? Number(process.env.SEEDS) : undefined
const matrix = asked?.map((clients) => ({ clients, seeds: 20 })) ?? few

for (const { clients, seeds: usual } of matrix) {
  const seeds = seedsAsked ?? usual
  for (const stop of ['orderly', 'cut'] as const) {
    test(`the sheet's files get 10 of 10: ${clients} clients, ${stop} stops, ${seeds} seeds`, async () => {
      for (let seed = 1; seed <= seeds; seed++) {
        const result = await grade(reference, { clients, stop, seed })
        expect(notPassed(result), `seed ${seed}`).toEqual([])
        expect(result.score).toMatchObject({ points: 10, low: 10, high: 10, max: 10 })
        expect(result.exitCode).toBe(0)
      }
    }, 600_000)
  }
}
