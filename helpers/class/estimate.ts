/** Tells when a class will have ended, by those of this command that have. */
export interface Estimate {
  ended(ms: number): void
  /** Wall ms until all are done, undefined while nobody has ended. */
  left(waiting: number, running: readonly number[]): number | undefined
}

/**
 * `atOnce`: how many are graded side by side. Each of `running` has taken so many ms already. The
 * longest that is under way is the least that is left.
 */
export function createEstimate(atOnce: number): Estimate {
  let count = 0
  let sum = 0
  return {
    ended(ms) {
      count++
      sum += ms
    },
    left(waiting, running) {
      if (count === 0) return undefined
      const usual = sum / count
      const rest = running.map((ms) => Math.max(0, usual - ms))
      const all = waiting * usual + rest.reduce((a, b) => a + b, 0)
      return Math.max(all / Math.max(1, atOnce), ...rest)
    },
  }
}
