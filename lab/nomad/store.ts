import type { World } from '../contract.ts'
import type { Job } from './job/spec.ts'
import type { Allocation, Deployment, Evaluation, Node, Summary } from './types.ts'
import { makeWrite } from './write.ts'

export type Table =
  | 'jobs'
  | 'job_version'
  | 'job_summary'
  | 'allocs'
  | 'evals'
  | 'deployment'
  | 'nodes'

export type Topic = 'Job' | 'Evaluation' | 'Allocation' | 'Deployment' | 'Node'

export interface StoreEvent {
  Topic: Topic
  Type: string
  Key: string
  FilterKeys: string[] | null
  Index: number
  record: Job | Evaluation | Allocation | Deployment | Node
}

/** What a write changed: the tables, and the event stream's lines. */
export interface Commit {
  index: number
  tables: ReadonlySet<Table>
  lines: StoreEvent[][]
}

/**
 * The server's state. Records are never changed in place, so that an event keeps what was true when
 * it happened; each write has an index, and each table the index of its last write (cluster-facts §3.2).
 */
export interface Store {
  readonly index: number
  readonly tables: Readonly<Record<Table, number>>
  readonly jobs: ReadonlyMap<string, Job>
  /** Newest first. */
  readonly versions: ReadonlyMap<string, readonly Job[]>
  readonly summaries: ReadonlyMap<string, Summary>
  readonly allocs: ReadonlyMap<string, Allocation>
  readonly evals: ReadonlyMap<string, Evaluation>
  readonly deployments: ReadonlyMap<string, Deployment>
  readonly nodes: ReadonlyMap<string, Node>
  allocsOf(jobId: string): Allocation[]
  allocsOn(nodeId: string): Allocation[]
  evalsOf(jobId: string): Evaluation[]
  /** Newest last. */
  deploymentsOf(jobId: string): Deployment[]
  /** One write; `type` is the type of its events. Returns its index. */
  write(type: string, act: (write: Write) => void): number
  onCommit(act: (commit: Commit) => void): void
}

export interface Write {
  readonly index: number
  /** A new version of a job, or a change of the present one when `keepVersion`. */
  job(job: Job, keepVersion?: boolean): void
  purge(jobId: string, withDeployments: boolean): void
  alloc(alloc: Allocation): void
  evaluation(evaluation: Evaluation): void
  deployment(deployment: Deployment): void
  node(node: Node): void
  /** Further events go into a line of their own. */
  nextLine(): void
}

/** Where the index of a cluster that has been up for a while stands (recordings: 00-empty). */
const firstIndex = 7

export function makeStore(world: World): Store {
  const maps = {
    jobs: new Map<string, Job>(),
    versions: new Map<string, Job[]>(),
    summaries: new Map<string, Summary>(),
    allocs: new Map<string, Allocation>(),
    evals: new Map<string, Evaluation>(),
    deployments: new Map<string, Deployment>(),
    nodes: new Map<string, Node>(),
  }
  const tables: Record<Table, number> = {
    jobs: 0,
    job_version: 0,
    job_summary: 0,
    allocs: 0,
    evals: 0,
    deployment: 0,
    nodes: 0,
  }
  const listeners: ((commit: Commit) => void)[] = []
  const store = {
    index: firstIndex,
    tables,
    ...maps,
    allocsOf: (jobId: string) => [...maps.allocs.values()].filter((one) => one.Job.ID === jobId),
    allocsOn: (nodeId: string) => [...maps.allocs.values()].filter((one) => one.NodeID === nodeId),
    evalsOf: (jobId: string) => [...maps.evals.values()].filter((one) => one.JobID === jobId),
    deploymentsOf: (jobId: string) =>
      [...maps.deployments.values()].filter((one) => one.JobID === jobId),
    write(type: string, act: (write: Write) => void): number {
      const index = ++store.index
      const commit = { index, tables: new Set<Table>(), lines: [[]] as StoreEvent[][] }
      const write = makeWrite(maps, commit, { type, nanoseconds: world.now() * 1e6 })
      act(write)
      write.settleJobs()
      for (const table of commit.tables) tables[table] = index
      commit.lines = commit.lines.filter((line) => line.length > 0)
      for (const listener of listeners) listener(commit)
      return index
    },
    onCommit: (act: (commit: Commit) => void) => void listeners.push(act),
  }
  return store
}
