import TinyQueue from 'tinyqueue'
import type { LabClock, LabOptions, Undo } from './contract.ts'
import { makeQuiet, type Quiet } from './quiet.ts'

/** The lab's time: the grader's clock and the world's timers share one queue. */
export interface LabTime {
  readonly clock: LabClock
  readonly quiet: Quiet
  now(): number
  after(ms: number, act: () => void): Undo
  /** An error of the lab itself: whoever sleeps gets it, and so does everybody who tries later. */
  fail(error: unknown): void
  readonly failure: Error | undefined
  /** Whoever still sleeps gets an error; nothing happens any more. */
  close(): void
}

interface Event {
  at: number
  /** Events of one moment keep the order in which they were asked for. */
  turn: number
  /** A clock.sleep that ends, or something of the world. */
  wakes: boolean
  act: (() => void) | undefined
}

interface Sleeper {
  reject(reason: unknown): void
}

export function makeTime(kind: LabOptions['time'], start: number): LabTime {
  const queue = makeQueue()
  const sleepers = new Set<Sleeper>()
  const quiet = makeQuiet()
  let ended: Error | undefined
  let failure: Error | undefined

  const end = (error: Error) => {
    ended ??= error
    for (const sleeper of [...sleepers]) sleeper.reject(ended)
    runner.stop()
  }
  const fail = (error: unknown) => {
    failure ??= error instanceof Error ? error : new Error(String(error))
    end(failure)
  }
  const inside = { ...queue, fail, quiet, sleeping: () => sleepers.size > 0 && !ended }
  const runner =
    kind.kind === 'virtual' ? virtual(inside, start, kind.pace) : wall(inside, start, kind.speed)
  const plan = (ms: number, wakes: boolean, act: () => void): Undo => {
    const undo = queue.push(runner.now() + wholeMs(ms), wakes, act)
    runner.moved()
    return undo
  }
  const sleep = (ms: number, signal?: AbortSignal) => {
    if (ended) return Promise.reject(ended)
    if (signal?.aborted) return Promise.reject(signal.reason)
    return sleepUntil(sleepers, quiet, signal, (wake) => plan(ms, true, wake))
  }
  const virtually = kind.kind === 'virtual'
  return {
    clock: {
      now: runner.now,
      sleep,
      hold: virtually ? quiet.hold : () => () => {},
      track: virtually ? quiet.track : () => {},
    },
    quiet,
    now: runner.now,
    after: (ms, act) => plan(ms, false, act),
    fail,
    get failure() {
      return failure
    },
    close: () => end(new Error('The lab was closed while somebody still waited on its clock.')),
  }
}

function makeQueue() {
  const queue = new TinyQueue<Event>([], (a, b) => a.at - b.at || a.turn - b.turn)
  let turns = 0
  return {
    /** The next event that was not undone. */
    next(): Event | undefined {
      while (queue.peek() && !queue.peek()?.act) queue.pop()
      return queue.peek()
    },
    push(at: number, wakes: boolean, act: () => void): Undo {
      const event: Event = { at, turn: turns++, wakes, act }
      queue.push(event)
      return () => {
        event.act = undefined
      }
    },
    /** Runs the next event; true when it was somebody's sleep. */
    take(): boolean {
      const event = queue.pop()
      const act = event?.act
      if (!event || !act) return false
      event.act = undefined
      act()
      return event.wakes
    },
  }
}

function sleepUntil(
  sleepers: Set<Sleeper>,
  quiet: Quiet,
  signal: AbortSignal | undefined,
  plan: (wake: () => void) => Undo,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const aborted = () => sleeper.reject(signal?.reason)
  const leave = () => {
    undo()
    sleepers.delete(sleeper)
    signal?.removeEventListener('abort', aborted)
    quiet.stir()
  }
  const sleeper: Sleeper = {
    reject(reason) {
      leave()
      reject(reason)
    },
  }
  sleepers.add(sleeper)
  const undo = plan(() => {
    leave()
    resolve()
  })
  signal?.addEventListener('abort', aborted, { once: true })
  quiet.stir()
  return promise
}

/** Times are whole milliseconds, so that they can be written as nanoseconds. */
function wholeMs(ms: number): number {
  return Math.max(0, Math.ceil(ms))
}

interface Inside extends Pick<ReturnType<typeof makeQueue>, 'next' | 'take'> {
  fail(error: unknown): void
  quiet: Quiet
  sleeping(): boolean
}

interface Runner {
  now(): number
  /** Something was put into the queue. */
  moved(): void
  stop(): void
}

/**
 * Stands still while anything is unanswered, and when nobody sleeps. Else it jumps from event to event
 * until one of them ends a sleep or touches a wire.
 */
function virtual(inside: Inside, start: number, pace: number | undefined): Runner {
  let now = start
  let running = false
  let stopped = false
  let jumped = performance.now()
  const goOn = () => !stopped && inside.sleeping()

  async function run() {
    while (goOn()) {
      await inside.quiet.reached(goOn)
      if (!goOn()) return
      const event = inside.next()
      if (!event) return
      if (pace && (await paced((event.at - now) / pace))) continue
      jump()
    }
  }
  function jump() {
    const before = inside.quiet.pulse()
    for (let event = inside.next(); event && goOn(); event = inside.next()) {
      now = Math.max(now, event.at)
      const woke = inside.take()
      if (woke || pace || inside.quiet.pulse() !== before || inside.quiet.busy()) break
    }
    jumped = performance.now()
  }
  /** Waits a little for a human's sake; true when it is still too early. */
  async function paced(wallMs: number): Promise<boolean> {
    const left = jumped + wallMs - performance.now()
    if (left <= 1) return false
    await new Promise((resolve) => setTimeout(resolve, Math.min(left, 50)))
    return true
  }
  const wake = () => {
    if (running || !goOn()) return
    running = true
    run()
      .catch(inside.fail)
      .finally(() => {
        running = false
        // Somebody may have begun to sleep after the loop had ended.
        if (inside.next()) wake()
      })
  }
  return {
    now: () => now,
    moved: wake,
    stop() {
      stopped = true
    },
  }
}

const longestTimeout = 2_000_000_000

/** Runs with the wall's clock, `speed` times as fast. */
function wall(inside: Inside, start: number, speed: number): Runner {
  const began = performance.now()
  const now = () => start + Math.floor((performance.now() - began) * speed)
  let timer: NodeJS.Timeout | undefined
  let armedFor = Number.POSITIVE_INFINITY
  let stopped = false

  const arm = () => {
    const event = inside.next()
    if (stopped || !event) return
    if (timer && armedFor <= event.at) return
    clearTimeout(timer)
    armedFor = event.at
    timer = setTimeout(due, Math.min(longestTimeout, Math.max(0, (event.at - now()) / speed)))
  }
  const due = () => {
    timer = undefined
    armedFor = Number.POSITIVE_INFINITY
    try {
      for (
        let event = inside.next();
        event && event.at <= now() && !stopped;
        event = inside.next()
      ) {
        inside.take()
      }
    } catch (error) {
      const heard = inside.sleeping()
      inside.fail(error)
      // Nobody waits for anything: the process must not go on as if all were well.
      if (!heard) throw error
    }
    arm()
  }
  return {
    now,
    moved: arm,
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
