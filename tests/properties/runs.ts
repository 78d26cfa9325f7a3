import type { Parameters } from 'fast-check'

/**
 * How often a property is tried: `usual` times with one seed in `npm test`, so that CI's outcome
 * depends on the code alone; PROPERTY_RUNS=50 tries 50 times as often, with PROPERTY_SEED or a seed
 * of chance. A failure prints seed and path: give both to `fc.assert` to see it again.
 */
export function runs<T>(usual: number): Parameters<T> {
  const times = Number(process.env.PROPERTY_RUNS ?? 1)
  const seed = process.env.PROPERTY_SEED ?? (times === 1 ? '20261125' : undefined)
  return { numRuns: usual * times, ...(seed && { seed: Number(seed) }) }
}
