import type { Socket } from 'node:net'
import { setTimeout as wallSleep } from 'node:timers/promises'

/**
 * Cluster time. Budgets, holds and estimates are counted on it; socket deadlines never are (they are
 * wall time). On a real cluster both run together. The embedded lab brings a clock of its own that
 * stands still while anything is unanswered, so that no slow machine can change a verdict.
 */
export interface Clock {
  /**
   * How many times as long as on a cluster waits may take; 1 when absent. A lab that runs faster than
   * the wall shares its machine with the grader: what is slow there is the machine.
   */
  readonly slack?: number
  /** Milliseconds since the epoch, in cluster time. */
  now(): number
  /** Waits `ms` of cluster time; rejects with the signal's reason when it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Cluster time may not pass until the returned function is called (a no-op on real clusters). */
  hold(): () => void
  /** Tells the clock of a socket whose unread bytes are unanswered work (a no-op on real clusters). */
  track(socket: Socket): void
}

/**
 * The clock of real clusters, and of a lab in a process of its own, whose cluster time runs `speed`
 * times as fast as the wall's.
 */
export function wallClock(speed = 1): Clock {
  const start = Date.now()
  return {
    slack: 1 + (speed - 1) / 4,
    now: () => start + (Date.now() - start) * speed,
    sleep: (ms, signal) => wallSleep(ms / speed, undefined, { signal }),
    hold: () => () => {},
    track: () => {},
  }
}

/** Runs `work` while cluster time stands still: every look and every act goes through here. */
export async function held<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
  const release = clock.hold()
  try {
    return await work()
  } finally {
    release()
  }
}
