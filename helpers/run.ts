import { rubric } from '../suites/rubric.ts'
import { closeRun } from './closing.ts'
import type { Journal } from './cluster/journal.ts'
import type { Watcher } from './cluster/reaper.ts'
import type { Connected } from './connect.ts'
import type { Lock } from './consul/lock.ts'
import { takeControl } from './control.ts'
import { type Fitness, guardMembership } from './fit.ts'
import type { Control, Want } from './grade/evidence.ts'
import type { ItemResult, Result } from './grade/result.ts'
import { type CriterionId, type Rubric, withRows } from './grade/rubric.ts'
import type { View } from './grade/view.ts'
import { heardUnderLeader, isNewLeadership } from './heartbeats.ts'
import type { Item } from './item.ts'
import { createJobs, type Jobs } from './jobs.ts'
import type { Language } from './language/message.ts'
import { createMachines, type Machines } from './machines.ts'
import type { Wanted } from './matchers.ts'
import type { Memory } from './observe.ts'
import { createTeller, type Progress, type Teller } from './progress.ts'
import type { EvidenceFile } from './recorder.ts'
import type { Deployed } from './student.ts'
import type { Job } from './submission/job.ts'
import type { StageName, Submission } from './submission/types.ts'
import type { BudgetFacts } from './time/budget.ts'
import { gradeItem } from './trying.ts'

export interface RunOptions {
  student: string
  /** What its reports are written in. */
  language: Language
  submission: Submission
  cluster: Connected
  journal: Journal
  /** Brings the VMs back if this process dies; an embedded lab has none, for it dies too. */
  watcher?: Watcher
  /** The right to grade on this cluster. */
  lock: Lock
  runDir: string
  /** Ids of the items to grade; what they build on is run too, without a verdict of its own. */
  asked: string[]
  /** Rows of the items that are graded beside those of the mark. */
  bonus?: Rubric['items']
  /** No single wait is longer, and no run (cluster time). */
  maxWaitMs: number
  deadlineMs: number
  /** Leaves the last job running. */
  keep: boolean
  /** Purges jobs called nginx or apache that are not ours. */
  purge: boolean
  /** Jobs of others may run on VMs that are stopped. */
  shared: boolean
  /** Makes a picture of the page of 02.2, where a browser is installed. */
  screenshot?: boolean
  progress: Progress
  signal: AbortSignal
}

/** One student's run on one cluster: the state that an item's words share. */
export interface Run {
  readonly options: RunOptions
  readonly cluster: Connected
  readonly submission: Submission
  readonly memory: Memory
  readonly machines: Machines
  readonly jobs: Jobs
  readonly evidence: EvidenceFile
  /** Aborts the item under way; closing goes on under a signal of its own. */
  signal: AbortSignal
  /** The ten items, and what is graded beside them. */
  readonly rubric: Rubric
  /** Stage → what was registered for it last. */
  readonly deployed: Map<StageName, Deployed>
  /** Stage → the expectation that its own item met. */
  readonly proved: Map<StageName, Want>
  /** Job → the last look at it, to tell changes by. */
  readonly lastView: Map<string, View>
  /** Waits until every client was heard under the present leader, so that its timer is a short one. */
  heartbeatsSeen(): Promise<void>
  /** How long Nomad waits beyond a heartbeat's time to live, in ms. */
  readonly graceMs: number
  /** Milliseconds until `--deadline`. */
  timeLeft(): number
  budgetFacts(job?: Job, stopped?: number): BudgetFacts
  /** Clients of the run that are up now. */
  clientsUp(): string[]
  wantOf(deployed: Pick<Deployed, 'service' | 'server'>, wanted: Wanted): Want
  /** Those of `ids` that the present item's rubric has, in its order. */
  criteriaOf(ids: CriterionId[]): CriterionId[]
  control(needed: number, probe: boolean): Promise<Control>
  /** Throws when a client joined that nobody of ours started. */
  guardMembership(view: View): void
  /** Says what is waited for, and in which item. */
  readonly teller: Teller
  /** Grades one item, and what it builds on where that has not been graded. */
  grade(item: Item, all: readonly Item[]): Promise<ItemResult>
  /** Brings everything back, judges the evidence once more and writes the reports. */
  close(): Promise<Result>
}

/** The state of a run on a cluster of which `fitness` was found at `startedAt`. */
export function createRun(
  options: RunOptions,
  evidence: EvidenceFile,
  memory: Memory,
  fitness: Fitness,
  startedAt: number,
): Run {
  const { cluster, progress } = options
  const { clock } = cluster
  const machines = createMachines(cluster, options, memory, fitness, progress.say, () => run.signal)
  const heard = { leader: fitness.leader, since: startedAt, done: false, fresh: false }

  const run: Run = {
    options,
    cluster,
    submission: options.submission,
    memory,
    machines,
    jobs: createJobs(cluster, options.journal, memory, () => run.signal),
    evidence,
    signal: options.signal,
    rubric: withRows(rubric, options.bonus),
    deployed: new Map(),
    proved: new Map(),
    lastView: new Map(),
    teller: createTeller(progress, clock),

    async heartbeatsSeen() {
      if (heard.done && !(await isNewLeadership(cluster, heard))) return
      heard.fresh = !(await heardUnderLeader(run, heard))
      heard.done = true
    },

    graceMs: fitness.graceMs,

    timeLeft: () => startedAt + options.deadlineMs - clock.now(),

    budgetFacts: (job, stopped = 0) => ({
      job,
      heartbeatMs: fitness.heartbeatMs,
      freshLeader: heard.fresh,
      stopped,
      slack: clock.slack ?? 1,
      capMs: Math.max(0, Math.min(options.maxWaitMs, run.timeLeft())),
    }),

    clientsUp: () => machines.clients.filter((name) => !machines.off.has(name)),

    wantOf: (deployed, wanted) => ({
      service: deployed.service,
      server: deployed.server,
      clients: run.clientsUp(),
      ...wanted,
    }),

    criteriaOf: (ids) =>
      (run.rubric.items[run.teller.item]?.criteria ?? [])
        .map((c) => c.id)
        .filter((id) => ids.includes(id)),

    control: (needed, probe) => takeControl(run, needed, probe),

    guardMembership: (view) =>
      guardMembership(
        view,
        [...machines.clients, ...fitness.setAside.map((n) => n.name)],
        [...machines.off].filter((name) => !memory.returning.has(name)),
      ),

    async grade(item, all) {
      const result = await gradeItem(run, item, all)
      const isAsked = options.asked.includes(item.id) || options.bonus?.[item.id] !== undefined
      if (isAsked) progress.settled(result)
      return result
    },

    close: () => closeRun(run),
  }
  return run
}
