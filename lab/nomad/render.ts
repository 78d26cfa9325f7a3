import type { Job } from './job/spec.ts'
import { omitEmpty } from './job/structs.ts'
import { allocationJson } from './render-alloc.ts'
import { nodeJson } from './render-node.ts'
import type { StoreEvent } from './store.ts'
import type { Allocation, Deployment, Evaluation, Metrics, Node, Summary } from './types.ts'

export type Version = '1.4.4' | '2.0.5'
export type Json = Record<string, unknown>

/** Evaluations leave out what is empty (cluster-facts §4). */
export function evaluationJson(evaluation: Evaluation, version: Version): Json {
  const { FailedTGAllocs, ...rest } = evaluation
  const { QueuedAllocations, CreateIndex, ModifyIndex, CreateTime, ModifyTime, ...head } = rest
  const { SnapshotIndex, ...first } = head
  return {
    ID: first.ID,
    Namespace: 'default',
    ...omitEmpty(first),
    ...(FailedTGAllocs && { FailedTGAllocs: failuresJson(FailedTGAllocs, version) }),
    ...(QueuedAllocations && Object.keys(QueuedAllocations).length > 0 && { QueuedAllocations }),
    ...omitEmpty({ SnapshotIndex, CreateIndex, ModifyIndex, CreateTime, ModifyTime }),
  }
}

export function failuresJson(failures: Record<string, Metrics>, version: Version): Json {
  return Object.fromEntries(
    Object.entries(failures).map(([group, metrics]) => [group, metricsJson(metrics, version)]),
  )
}

export function metricsJson(metrics: Metrics, version: Version): Json {
  const newer = version === '2.0.5'
  return {
    NodesEvaluated: metrics.NodesEvaluated,
    NodesFiltered: metrics.NodesFiltered,
    ...(newer && { NodesInPool: metrics.NodesInPool, NodePool: 'default' }),
    NodesAvailable: metrics.NodesAvailable,
    ClassFiltered: null,
    ConstraintFiltered: metrics.ConstraintFiltered,
    NodesExhausted: metrics.NodesExhausted,
    ClassExhausted: null,
    DimensionExhausted: metrics.DimensionExhausted,
    QuotaExhausted: null,
    ResourcesExhausted: newer ? withNumbers(metrics) : metrics.ResourcesExhausted,
    Scores: null,
    ScoreMetaData: metrics.ScoreMetaData,
    AllocationTime: metrics.AllocationTime,
    CoalescedFailures: metrics.CoalescedFailures,
  }
}

/** Nomad 2 knows more kinds of resources. */
function withNumbers({ ResourcesExhausted }: Metrics): Json | null {
  if (!ResourcesExhausted) return null
  const tasks = Object.entries(ResourcesExhausted).map(([task, resources]) => [
    task,
    { ...(resources as Json), NUMA: null, SecretsMB: 0 },
  ])
  return Object.fromEntries(tasks)
}

export function deploymentJson(deployment: Deployment, version: Version): Json {
  const { CreateTime, ModifyTime, ...rest } = deployment
  return version === '2.0.5' ? { ...deployment } : rest
}

export function summaryJson(summary: Summary): Json {
  return {
    JobID: summary.JobID,
    Namespace: 'default',
    Summary: summary.Summary,
    Children: { Pending: 0, Running: 0, Dead: 0 },
    CreateIndex: summary.CreateIndex,
    ModifyIndex: summary.ModifyIndex,
  }
}

/** A line of `/v1/jobs`. */
export function jobStub(job: Job, summary: Summary | undefined, version: Version): Json {
  return {
    ID: job.ID,
    ParentID: '',
    Name: job.Name,
    Namespace: job.Namespace,
    Datacenters: job.Datacenters,
    ...(version === '2.0.5' && { NodePool: job.NodePool }),
    Multiregion: job.Multiregion,
    Type: job.Type,
    Priority: job.Priority,
    Periodic: job.Periodic !== null,
    ParameterizedJob: job.ParameterizedJob !== null,
    Stop: job.Stop,
    Status: job.Status,
    StatusDescription: job.StatusDescription,
    JobSummary: summary ? summaryJson(summary) : null,
    CreateIndex: job.CreateIndex,
    ModifyIndex: job.ModifyIndex,
    JobModifyIndex: job.JobModifyIndex,
    SubmitTime: job.SubmitTime,
    Meta: job.Meta,
  }
}

/** One event of the stream; an allocation comes without its job (cluster-facts §3.2). */
export function eventJson(event: StoreEvent, version: Version): Json {
  const { record, Topic, ...head } = event
  const payloads = {
    Job: () => record,
    Evaluation: () => evaluationJson(record as Evaluation, version),
    Deployment: () => deploymentJson(record as Deployment, version),
    Node: () => nodeJson(record as Node, version, false),
    Allocation: () => allocationJson(record as Allocation, version, false),
  }
  return {
    Topic,
    Type: head.Type,
    Key: head.Key,
    Namespace: Topic === 'Node' ? '' : 'default',
    FilterKeys: head.FilterKeys,
    Index: head.Index,
    Payload: { [Topic]: payloads[Topic]() },
  }
}
