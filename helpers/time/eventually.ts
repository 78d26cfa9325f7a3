import { type Outcome, patience, type Reason } from '../grade/reason.ts'
import type { Budget } from './budget.ts'
import type { Clock } from './clock.ts'
import { Fault } from './fault.ts'
import type { Look } from './kept.ts'

/** Wakes waits: whoever hears of a change calls `notify`; a wait sleeps until then or a fallback. */
export interface Wakes {
  notify(): void
  /** How many changes were heard of. */
  readonly heard: number
  /**
   * Resolves soon after the first change after `since`, or after `ms` of cluster time. Changes that
   * come together wake once.
   */
  next(since: number, ms: number, signal: AbortSignal): Promise<void>
}

/**
 * Cluster ms. One act of Nomad's is several commits, and Consul's word follows: all of it is told
 * within `together`. Wakes are `apart` at least, which bounds the questions of a second.
 */
const pace = { together: 10, apart: 40 }

/** Why a sleep ends. Without a reason, each wake would make an error, and with it a stack. */
const wake = 'a change was told'

/** Creates the place where event stream and blocking queries meet the waits. */
export function createWakes(clock: Clock): Wakes {
  let heard = 0
  let woke = 0
  const waiting = new Set<AbortController>()
  return {
    get heard() {
      return heard
    },
    notify() {
      heard++
      for (const controller of waiting) controller.abort(wake)
    },
    async next(since, ms, signal) {
      const end = clock.now() + ms
      if (heard === since) await change(ms, signal)
      const now = clock.now()
      const pause = Math.min(end, Math.max(now + pace.together, woke + pace.apart)) - now
      if (pause > 0) await clock.sleep(pause, signal)
      woke = clock.now()
    },
  }

  /** Resolves at the next change, or after `ms`. */
  async function change(ms: number, signal: AbortSignal): Promise<void> {
    const woken = new AbortController()
    waiting.add(woken)
    const stop = () => woken.abort(wake)
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
 * What a server, or the way to it, may do for a moment: an election, a restart, a limit. Any other
 * fault of a look is thrown at once.
 */
const momentary = /^(E[A-Z]+|HTTP_\w+|(NOMAD|CONSUL)_(429|5\d\d|STALE))$/
/** Cluster ms: a server boots and is elected in that time. */
const momentMs = 60_000

function faultOfAMoment(error: unknown): Fault {
  if (error instanceof Fault && momentary.test(error.code)) return error
  throw error
}

/**
 * Looks until the predicate is met, says hopeless, the budget ends, or one and the same reason has
 * outlasted its patience. Level, not edge: each look is of the whole state, and what decides was asked
 * for at that moment. A look that no server answers is no look: it is tried again, for a minute at
 * most, and then its fault is thrown.
 */
export async function eventually<T>(options: {
  clock: Clock
  wakes: Wakes
  budget: Pick<Budget, 'ms' | 'because'>
  signal: AbortSignal
  look: (how: Look) => Promise<T>
  judge: (seen: T) => Outcome
  onNotYet?: (reason: Reason, spent: number) => void
  /** What it waits for has only just been asked for: the first look decides nothing. */
  justAsked?: boolean
}): Promise<Waited<T>> {
  const { clock, wakes, budget, signal, look, judge } = options
  const start = clock.now()
  let pause = fallback.first
  let same = { key: '', since: start }
  let unanswered = start
  let fresh = !options.justAsked
  for (let looks = 1; ; looks++) {
    signal.throwIfAborted()
    const heard = wakes.heard
    const how: Look = { fresh, reused: false }
    fresh = false
    const seen = await look(how).catch(faultOfAMoment)
    const spent = clock.now() - start
    if (seen instanceof Fault) {
      if (clock.now() - unanswered >= momentMs || spent >= budget.ms) throw seen
      await wakes.next(heard, pause, signal)
      pause = Math.min(pause * 2, fallback.last)
      continue
    }
    unanswered = clock.now()
    const outcome = judge(seen)
    if (outcome.state !== 'not-yet') {
      if (!how.reused) return { ended: outcome.state, seen, outcome, spent, looks }
      fresh = true
      continue
    }
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
    if (left <= 0) {
      if (!how.reused) return { ended: 'time', seen, outcome, spent, looks }
      fresh = true
      continue
    }
    const { againIn = Number.POSITIVE_INFINITY } = how
    await wakes.next(heard, Math.min(pause, left, againIn), signal)
    if (againIn > pause) pause = Math.min(pause * 2, fallback.last)
  }
}
