import type { Clock } from './clock.ts'

const first = 1000
const longest = 15_000

/** Pauses between tries of something that fails, in cluster time: 1 s, doubled each time, up to 15 s. */
export function createPauses(clock: Clock, signal: AbortSignal) {
  let pause = first
  return {
    /** It works again: the next pause is a short one. */
    worked(): void {
      pause = first
    },
    /** Resolves after the pause, or with false as soon as the signal aborts. */
    async next(): Promise<boolean> {
      if (signal.aborted) return false
      try {
        await clock.sleep(pause, signal)
      } catch {
        return false
      }
      pause = Math.min(pause * 2, longest)
      return true
    },
  }
}
