import type { Job, Port } from './job/spec.ts'

/** Records as the server keeps them. Field names are Nomad's, so that answers are the records. */

export interface TaskEvent {
  Type: string
  Time: number
  Message: string
  DisplayMessage: string
  Details: Record<string, string>
  [more: string]: unknown
}

export interface TaskState {
  State: 'pending' | 'running' | 'dead'
  Failed: boolean
  Restarts: number
  LastRestart: string | null
  StartedAt: string | null
  FinishedAt: string | null
  Events: TaskEvent[]
}

export interface DeploymentHealth {
  Healthy: boolean | null
  Timestamp: string | null
  Canary: boolean
  ModifyIndex: number
}

export interface RescheduleEvent {
  RescheduleTime: number
  PrevAllocID: string
  PrevNodeID: string
  Delay: number
}

export interface Metrics {
  NodesEvaluated: number
  NodesFiltered: number
  NodesAvailable: Record<string, number>
  ConstraintFiltered: Record<string, number> | null
  NodesExhausted: number
  DimensionExhausted: Record<string, number> | null
  ResourcesExhausted: Record<string, unknown> | null
  ScoreMetaData: { NodeID: string; Scores: Record<string, number>; NormScore: number }[] | null
  AllocationTime: number
  CoalescedFailures: number
  [more: string]: unknown
}

export interface Allocation {
  ID: string
  EvalID: string
  Name: string
  NodeID: string
  NodeName: string
  NodeIP: string
  Job: Job
  TaskGroup: string
  Ports: (Port & { HostIP: string; reserved: boolean })[]
  Metrics: Metrics
  DesiredStatus: 'run' | 'stop' | 'evict'
  DesiredDescription: string
  ClientStatus: 'pending' | 'running' | 'complete' | 'failed' | 'lost' | 'unknown'
  ClientDescription: string
  TaskStates: Record<string, TaskState> | null
  PreviousAllocation: string
  NextAllocation: string
  DeploymentID: string
  DeploymentStatus: DeploymentHealth | null
  /** Set by the deployment watcher: a failed allocation of a deployment may be placed anew. */
  mayReschedule: boolean
  /** Its VM is drained: it is to run elsewhere (DesiredTransition.Migrate). */
  migrate: boolean
  /** Since when its VM is not heard of (cluster ms), until it runs again; of groups that allow it. */
  disconnectedAt?: number | undefined
  FollowupEvalID: string
  RescheduleTracker: { Events: RescheduleEvent[] } | null
  CreateIndex: number
  ModifyIndex: number
  AllocModifyIndex: number
  CreateTime: number
  ModifyTime: number
}

export interface Evaluation {
  ID: string
  Priority: number
  Type: string
  TriggeredBy: string
  JobID: string
  JobModifyIndex: number
  NodeID: string
  NodeModifyIndex: number
  DeploymentID: string
  Status: 'pending' | 'complete' | 'blocked' | 'canceled' | 'failed'
  StatusDescription: string
  /** RFC 3339; of a delayed evaluation. */
  WaitUntil: string | null
  BlockedEval: string
  PreviousEval: string
  FailedTGAllocs: Record<string, Metrics> | null
  ClassEligibility: Record<string, boolean> | null
  EscapedComputedClass: boolean
  QueuedAllocations: Record<string, number> | null
  PlanAnnotations: unknown
  SnapshotIndex: number
  CreateIndex: number
  ModifyIndex: number
  CreateTime: number
  ModifyTime: number
}

export interface DeploymentGroup {
  AutoRevert: boolean
  AutoPromote: boolean
  ProgressDeadline: number
  RequireProgressBy: string | null
  Promoted: boolean
  PlacedCanaries: string[] | null
  DesiredCanaries: number
  DesiredTotal: number
  PlacedAllocs: number
  HealthyAllocs: number
  UnhealthyAllocs: number
}

export interface Deployment {
  ID: string
  Namespace: string
  JobID: string
  JobVersion: number
  JobModifyIndex: number
  JobSpecModifyIndex: number
  JobCreateIndex: number
  IsMultiregion: boolean
  TaskGroups: Record<string, DeploymentGroup>
  Status: 'running' | 'successful' | 'failed' | 'cancelled'
  StatusDescription: string
  EvalPriority: number
  CreateIndex: number
  ModifyIndex: number
  CreateTime: number
  ModifyTime: number
}

export interface DrainStrategy {
  /** Nanoseconds: 0 is without, less than 0 is at once. */
  Deadline: number
  IgnoreSystemJobs: boolean
  ForceDeadline: string
  StartedAt: string
}

export interface NodeEvent {
  Message: string
  Subsystem: string
  Details: Record<string, string> | null
  Timestamp: string
  CreateIndex: number
}

export interface Node {
  ID: string
  Name: string
  ip: string
  Datacenter: string
  Attributes: Record<string, string>
  ComputedClass: string
  cpuMhz: number
  memoryMb: number
  Status: 'initializing' | 'ready' | 'down' | 'disconnected'
  StatusUpdatedAt: number
  SchedulingEligibility: 'eligible' | 'ineligible'
  DrainStrategy: DrainStrategy | null
  LastDrain: {
    StartedAt: string
    UpdatedAt: string
    Status: 'draining' | 'complete' | 'canceled'
    AccessorID: string
    Meta: Record<string, string> | null
  } | null
  Events: NodeEvent[]
  CreateIndex: number
  ModifyIndex: number
}

export interface GroupSummary {
  Queued: number
  Complete: number
  Failed: number
  Running: number
  Starting: number
  Lost: number
  Unknown: number
}

export interface Summary {
  JobID: string
  Summary: Record<string, GroupSummary>
  CreateIndex: number
  ModifyIndex: number
}

/** Not to be run any more, or ended (structs.Allocation.TerminalStatus). */
export function isTerminal(alloc: Allocation): boolean {
  return alloc.DesiredStatus !== 'run' || isClientTerminal(alloc)
}

export function isClientTerminal(alloc: Allocation): boolean {
  return ['complete', 'failed', 'lost'].includes(alloc.ClientStatus)
}
