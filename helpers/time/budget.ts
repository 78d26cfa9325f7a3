import { slowestCheckMs } from '../grade/replicas.ts'
import type { Job } from '../submission/job.ts'

/** How long a wait may take, in milliseconds of cluster time, and why. */
export interface Budget {
  ms: number
  /** What a healthy cluster needs (cluster-facts §0.1): the progress bar's estimate, no limit. */
  usualMs: number
  because: string[]
}

/** What budgets are derived from (rubric, Budgets). */
export interface BudgetFacts {
  /** Absent where no job is waited for. */
  job: Job | undefined
  /** Longest time to live of a heartbeat (cluster-facts §1.1: 10–20 s) plus the server's grace. */
  heartbeatMs: number
  /** A leader that no client has yet heartbeat to: Nomad waits 300 s (cluster-facts §0.2.19). */
  freshLeader: boolean
  /** VMs that were stopped for this wait. */
  stopped: number
  /** Clock.slack: a lab in fast motion gets longer. */
  slack: number
  /** `--max-wait`, or what is left until `--deadline`. */
  capMs: number
}

type Part = [ms: number, because: string]

const s = 1000
/** Pull of an image that is not on the VM, over a slow line (cluster-facts §1.8: 10–120 s). */
const pull: Part = [120 * s, 'an image may have to be pulled']
/** Scheduler, container start and registration, on a slow VM (cluster-facts §1.8: 2–9 s typical). */
const start: Part = [60 * s, 'a container starts and registers']
const failover: Part = [300 * s, "a new leader gives every client's first heartbeat 300 s"]

function sum(parts: Part[], { capMs, slack }: BudgetFacts, usualMs: number): Budget {
  const total = parts.reduce((ms, [part]) => ms + part * slack, 0)
  const because = parts.map(([ms, why]) => `${Math.round(ms / s)} s: ${why}`)
  if (slack > 1) because.push(`${slack} times that: the lab runs in fast motion`)
  if (total <= capMs) return { ms: total, usualMs, because }
  return {
    ms: capMs,
    usualMs,
    because: [...because, `cut to ${Math.round(capMs / s)} s by --max-wait or --deadline`],
  }
}

const tasksOf = (job: Job | undefined) => job?.groups.flatMap((g) => g.tasks) ?? []

/** kill_timeout and shutdown_delay of the slowest task, in milliseconds. */
export const slowestEndMs = (job: Job | undefined) =>
  Math.max(0, ...tasksOf(job).map((task) => task.killTimeoutMs + task.shutdownDelayMs))

/** What the job's own settings add to each start of a replica. */
function ownDelays({ job }: BudgetFacts): Part[] {
  const end = slowestEndMs(job)
  const check = job ? slowestCheckMs(job) : 0
  return [
    ...(end > 0 ? [[end, 'kill_timeout and shutdown_delay of the job'] as Part] : []),
    ...(check > 0 ? [[check, 'the checks of the job'] as Part] : []),
  ]
}

function dying({ heartbeatMs, freshLeader, stopped }: BudgetFacts): Part[] {
  if (stopped === 0) return []
  return freshLeader
    ? [failover]
    : [[heartbeatMs + 15 * s, `the heartbeat of ${stopped} VM(s) runs out, and some slack`]]
}

/** How long Nomad 2 leaves an unknown replica before it replaces it (a real 2.0.5). */
function unknownFor({ job }: BudgetFacts): Part[] {
  const groups = job?.groups.filter((group) => group.mayBeUnknown) ?? []
  const delay = Math.max(0, ...groups.map((group) => group.reschedule.delayMs))
  return delay > 0 ? [[delay, 'the delay of its reschedule block, for it is unknown first']] : []
}

/** How long "stays" is watched, in ms (rubric, Words): 3 s, and 5 s with two VMs off (02.3). */
export const holdMs = { settled: 3_000, twoOff: 5_000 }

/** The budgets that a suite may name. */
export const within = {
  /** From registering until it runs and answers. */
  startup: (f: BudgetFacts) => sum([start, pull, ...ownDelays(f)], f, 5 * s),
  /** From the stop of its VM until it runs elsewhere. */
  reschedule: (f: BudgetFacts) =>
    sum([...dying(f), ...unknownFor(f), start, pull, ...ownDelays(f)], f, 5 * s),
  /** A rolling update, one after the other (cluster-facts §1.5: 3 × (stop, start, 10 s healthy)). */
  update: (f: BudgetFacts) => {
    const groups = f.job?.groups ?? []
    const longest = (perRound: (minHealthyMs: number) => number) =>
      Math.max(
        0,
        ...groups.map((g) => {
          const rounds = Math.ceil(g.count / Math.max(1, g.update.maxParallel))
          return rounds * perRound(g.update.minHealthyTimeMs)
        }),
      )
    const each = ownDelays(f).reduce((ms, [part]) => ms + part, 30 * s)
    const rolling: Part = [longest((ms) => ms + each), 'the update goes on one by one']
    const usualMs = longest((ms) => ms + 2 * s)
    return sum([start, pull, rolling], f, usualMs)
  },
  /** A stopped VM boots, and what was held back is placed on it. */
  comeback: (f: BudgetFacts) =>
    sum([[240 * s, 'a VM boots and its agents join'], start, pull, ...ownDelays(f)], f, 20 * s),
  /** Something that should be so at once. */
  lookup: (f: BudgetFacts) => sum([[90 * s, "Consul's own full sync, three times"]], f, 1 * s),
  /** Until a stop is seen by Nomad and Consul. */
  death: (f: BudgetFacts) => sum([...dying(f), [30 * s, 'an orderly shutdown']], f, 20 * s),
}

export type Within = (facts: BudgetFacts) => Budget
