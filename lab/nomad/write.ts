import type { Job } from './job/spec.ts'
import type { StoreEvent, Table, Topic, Write } from './store.ts'
import { jobStatus, startSummary, summaryAfterAlloc, summaryAfterEval } from './summary.ts'
import type { Allocation, Deployment, Evaluation, Node, Summary } from './types.ts'

/** The store's records, open for writing. */
export interface Maps {
  jobs: Map<string, Job>
  versions: Map<string, Job[]>
  summaries: Map<string, Summary>
  allocs: Map<string, Allocation>
  evals: Map<string, Evaluation>
  deployments: Map<string, Deployment>
  nodes: Map<string, Node>
}

interface Record {
  ID: string
  CreateIndex: number
  ModifyIndex: number
}

type SummaryChange = (known: Summary | undefined) => Summary | undefined

interface Commit {
  index: number
  tables: Set<Table>
  lines: StoreEvent[][]
}

/** `nanoseconds` since the epoch is when the write happens; `type` is that of its events. */
export function makeWrite(
  maps: Maps,
  commit: Commit,
  { type, nanoseconds }: { type: string; nanoseconds: number },
): Write & { settleJobs(): void } {
  const { index } = commit
  const touched = new Set<string>()
  function put<T extends Record & StoreEvent['record']>(
    map: Map<string, T>,
    table: Table,
    topic: Topic,
    record: T,
    FilterKeys: string[] | null,
  ): T {
    const next = { ...record, CreateIndex: record.CreateIndex || index, ModifyIndex: index }
    map.set(record.ID, next)
    commit.tables.add(table)
    const head = { Topic: topic, Type: type, Key: record.ID, FilterKeys, Index: index }
    commit.lines.at(-1)!.push({ ...head, record: next })
    return next
  }
  const timed = <T extends { CreateTime: number; ModifyTime: number }>(record: T): T => ({
    ...record,
    CreateTime: record.CreateTime || nanoseconds,
    ModifyTime: nanoseconds,
  })
  const summarize = (jobId: string, change: SummaryChange) => {
    const known = maps.summaries.get(jobId)
    const summary = change(known)
    touched.add(jobId)
    if (!summary || summary === known) return
    maps.summaries.set(jobId, { ...summary, ModifyIndex: index })
    commit.tables.add('job_summary')
  }
  const write: Write & { settleJobs(): void } = {
    index,
    job(job: Job, keepVersion = false) {
      const next = put(maps.jobs, 'jobs', 'Job', job, null)
      const versions = maps.versions.get(job.ID) ?? []
      maps.versions.set(job.ID, [next, ...versions.slice(keepVersion ? 1 : 0)])
      commit.tables.add('job_version')
      summarize(job.ID, (known) => startSummary(known, next))
    },
    purge(jobId: string, withDeployments: boolean) {
      for (const map of [maps.jobs, maps.versions, maps.summaries]) map.delete(jobId)
      commit.tables.add('jobs').add('job_version').add('job_summary')
      if (!withDeployments) return
      for (const { ID, JobID } of maps.deployments.values()) {
        if (JobID === jobId) maps.deployments.delete(ID)
      }
      commit.tables.add('deployment')
    },
    alloc(alloc: Allocation) {
      const before = maps.allocs.get(alloc.ID)
      const keys = [alloc.Job.ID, alloc.DeploymentID]
      const next = put(maps.allocs, 'allocs', 'Allocation', timed(alloc), keys)
      summarize(alloc.Job.ID, (known) => summaryAfterAlloc(known, before, next))
    },
    evaluation(evaluation: Evaluation) {
      const { JobID, DeploymentID } = evaluation
      put(maps.evals, 'evals', 'Evaluation', timed(evaluation), [JobID, DeploymentID])
      summarize(JobID, (known) => summaryAfterEval(known, evaluation))
    },
    deployment(deployment: Deployment) {
      const { JobID } = deployment
      put(maps.deployments, 'deployment', 'Deployment', timed(deployment), [JobID])
    },
    node: (node: Node) => void put(maps.nodes, 'nodes', 'Node', node, null),
    nextLine: () => void commit.lines.push([]),
    settleJobs: () => settleJobs(maps, touched, write.job),
  }
  return write
}

/** A job's status follows from its allocations and evaluations. */
function settleJobs(maps: Maps, touched: Set<string>, put: Write['job']): void {
  for (const jobId of touched) {
    const job = maps.jobs.get(jobId)
    if (!job) continue
    const status = jobStatus(job, maps.allocs.values(), maps.evals.values())
    if (status !== job.Status) put({ ...job, Status: status }, true)
  }
}
