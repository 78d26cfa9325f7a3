import { type Outcome, patience, type Reason } from '../grade/reason.ts'
import type { Budget } from './budget.ts'
import type { Clock } from './clock.ts'

/** Wakes waits: whoever hears of a change calls `notify`; a wait sleeps until then or a fallback. */
export interface Wakes {
  notify(): void
  /** How many changes were heard of. */
  readonly heard: number
  /** Resolves at the first change after `since`, or after `ms` of cluster time. */
  next(since: number, ms: number, signal: AbortSignal): Promise<void>
}

/** Creates the place where event stream and blocking queries meet the waits. */
export function createWakes(clock: Clock): Wakes {
  let heard = 0
  const waiting = new Set<AbortController>()
  return {
    get heard() {
      return heard
    },
    notify() {
      heard++
      for (const controller of waiting) controller.abort()
    },
    async next(since, ms, signal) {
      if (heard !== since) return
      const woken = new AbortController()
      waiting.add(woken)
      const stop = () => woken.abort()
      signal.addEventListener('abort', stop, { once: true })
      try {
        await clock.sleep(ms, woken.signal)
      } catch (error) {
        if (!woken.signal.aborted) throw error
      } finally {
        signal.removeEventListener('abort', stop)
        waiting.delete(woken)
      }
      signal.throwIfAborted()
    },
  }
}

export interface Waited<T> {
  ended: 'met' | 'time' | 'hopeless'
  seen: T
  outcome: Outcome
  /** Cluster milliseconds from the first look to the last. */
  spent: number
  looks: number
}

/** DNS and the wire wake nobody: after a change they are asked again soon, then ever more slowly. */
const fallback = { first: 100, last: 5_000 }

/**
 * Looks until the predicate is met, says hopeless, the budget ends, or one and the same reason has
 * outlasted its patience. Level, not edge: each look asks for the whole state.
 */
export async function eventually<T>(options: {
  clock: Clock
  wakes: Wakes
  budget: Pick<Budget, 'ms' | 'because'>
  signal: AbortSignal
  look: () => Promise<T>
  judge: (seen: T) => Outcome
  onNotYet?: (reason: Reason, spent: number) => void
}): Promise<Waited<T>> {
  const { clock, wakes, budget, signal, look, judge } = options
  const start = clock.now()
  let pause = fallback.first
  let same = { key: '', since: start }
  for (let looks = 1; ; looks++) {
    signal.throwIfAborted()
    const heard = wakes.heard
    const seen = await look()
    const outcome = judge(seen)
    const spent = clock.now() - start
    if (outcome.state !== 'not-yet') return { ended: outcome.state, seen, outcome, spent, looks }
    const { reason } = outcome
    options.onNotYet?.(reason, spent)
    const key = JSON.stringify(reason)
    if (key !== same.key) {
      same = { key, since: clock.now() }
      pause = fallback.first
    }
    const allowed = reason.patienceMs ?? patience[reason.code] ?? Number.POSITIVE_INFINITY
    const limit = allowed * (clock.slack ?? 1)
    const left = Math.min(budget.ms - spent, same.since + limit - clock.now())
    if (left <= 0) return { ended: 'time', seen, outcome, spent, looks }
    await wakes.next(heard, Math.min(pause, left), signal)
    pause = Math.min(pause * 2, fallback.last)
  }
}
