import { setTimeout as wallSleep } from 'node:timers/promises'
import { type Language, type Message, msg } from '../language/message.ts'
import { runFolder } from '../report/folder.ts'
import { wallClock } from '../time/clock.ts'
import { createPool, type Slot } from './pool.ts'
import { openItems, resultOfRuns } from './results.ts'
import type { Ended, Engine, Hears, Task } from './types.ts'
import { createWorker, type Work, type WorkEnd } from './worker.ts'

export interface Here {
  slots: readonly Slot[]
  /** Path of the program that a worker process runs. */
  program: string
  out: string
  language: Language
  /** What the worker grades by. */
  configOf(task: Task, slot: Slot): unknown
  boundsOf(slot: Slot): Bounds
}

/** Wall ms. */
export interface Bounds {
  /** After so long a run is told to end, */
  longestMs: number
  /** and after so long again its process is killed. */
  restoreMs: number
  /** A parked cluster is left alone for so long before it is tried again. */
  restMs: number
}

/** A student whose worker died goes on in another; after that the cluster is tried at the end. */
const mostWorkers = 2

/** Grades on this machine: worker processes, each with one lab at a time or with some clusters. */
export function createHere(options: Here): Engine {
  const { slots, out, language } = options
  const pool = createPool(slots)
  const workers = slots.map(({ worker }) => worker)
  const byNumber = new Map([...new Set(workers)].map((n) => [n, createWorker(options.program)]))
  const clock = wallClock()
  /** Of each slot that was parked, until when it is left alone (wall). */
  const restsUntil = new Map<Slot, number>()

  /** Runs until one of them ends by itself. */
  async function runsOn(slot: Slot, task: Task, hears: Hears, signal: AbortSignal) {
    const dirs: string[] = []
    let { asked } = task
    let end: WorkEnd = { how: 'graded' }
    for (let nth = 0; nth < mostWorkers && asked.length > 0; nth++) {
      const runDir = await runFolder(out, task.student, new Date(clock.now()))
      hears.began(runDir, slot.where)
      dirs.push(runDir)
      const order = {
        ...{ slot: slots.indexOf(slot), runDir },
        config: options.configOf({ ...task, asked }, slot),
      }
      const work = byNumber.get(slot.worker)?.grade(order, hears)
      if (!work) throw new Error(`no worker ${slot.worker}`)
      end = await bounded(work, options.boundsOf(slot), signal, slot.cluster)
      if (end.how !== 'died' || signal.aborted) break
      asked = openItems(resultOfRuns(dirs, language), task.asked)
      if (asked.length === 0) end = { how: 'graded' }
    }
    return { end, dirs }
  }

  return {
    atOnce: slots.length,
    async grade(task, hears, signal) {
      const slot = await pool.take(task.cluster, signal).catch(() => undefined)
      if (!slot) return { kind: 'interrupted', dirs: [] }
      if ('parked' in slot) return { kind: 'parked', why: slot.parked, dirs: [] }
      let unfit: Message | undefined
      try {
        const rest = (restsUntil.get(slot) ?? 0) - performance.now()
        if (rest > 0) await wallSleep(rest, undefined, { signal })
        const { end, dirs } = await runsOn(slot, task, hears, signal)
        unfit = end.park
        return ended(end, dirs)
      } catch (error) {
        if (signal.aborted) return { kind: 'interrupted', dirs: [] }
        throw error
      } finally {
        if (unfit) restsUntil.set(slot, performance.now() + options.boundsOf(slot).restMs)
        pool.give(slot, unfit)
      }
    },
    again: () => pool.again(),
    async close() {
      await Promise.all([...byNumber.values()].map((worker) => worker.end()))
    },
  }
}

function ended({ how, why, own }: WorkEnd, dirs: string[]): Ended {
  if (how === 'graded' || how === 'interrupted') return { kind: how, dirs }
  return { kind: 'parked', why: why ?? msg('It was not graded.'), dirs, ...(own && { own }) }
}

/** What a run comes to that may take so long, and is stopped when the signal aborts. */
async function bounded(
  work: Work,
  { longestMs, restoreMs }: Bounds,
  signal: AbortSignal,
  cluster: string,
): Promise<WorkEnd> {
  let late = false
  let killing: NodeJS.Timeout | undefined
  const stop = () => {
    work.stop()
    killing ??= setTimeout(() => work.kill(), restoreMs)
  }
  const bound = setTimeout(() => {
    late = true
    stop()
  }, longestMs)
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  try {
    const end = await work.ended
    if (!late || end.how === 'graded') return end
    const minutes = Math.round(longestMs / 60_000)
    const why = msg('It took longer than {minutes} minutes and was stopped.', { minutes })
    // Labs and local clusters are made anew.
    return { how: 'open', why, ...(!['lab', 'local'].includes(cluster) && { park: why }) }
  } finally {
    clearTimeout(bound)
    clearTimeout(killing)
    signal.removeEventListener('abort', stop)
  }
}
