/** Records as the server keeps them. Field names are Nomad's, so that answers are the records. */

export interface Constraint {
  LTarget: string
  RTarget: string
  Operand: string
}

export interface Affinity extends Constraint {
  Weight: number
}

export interface Update {
  Stagger: number
  MaxParallel: number
  HealthCheck: string
  /** Nanoseconds, as all durations of a job. */
  MinHealthyTime: number
  HealthyDeadline: number
  ProgressDeadline: number
  AutoRevert: boolean
  AutoPromote: boolean
  Canary: number
}

export interface Port {
  Label: string
  Value: number
  To: number
}

export interface NetworkAsked {
  Mode: string
  ReservedPorts: Port[] | null
  DynamicPorts: Port[] | null
}

export interface Check {
  Name: string
  Type: string
  Path: string
  PortLabel: string
  Interval: number
  Timeout: number
  InitialStatus: string
}

export interface Service {
  Name: string
  PortLabel: string
  Address: string
  AddressMode: string
  Tags: string[] | null
  Meta: Record<string, string> | null
  Checks: Check[] | null
  Connect: unknown
  Provider: string
}

export interface RestartPolicy {
  Attempts: number
  Interval: number
  Delay: number
  Mode: string
}

export interface ReschedulePolicy {
  Attempts: number
  Interval: number
  Delay: number
  DelayFunction: string
  MaxDelay: number
  Unlimited: boolean
}

export interface Task {
  Name: string
  Driver: string
  Config: Record<string, unknown> | null
  Services: Service[] | null
  Constraints: Constraint[] | null
  Affinities: Affinity[] | null
  Resources: { CPU: number; Cores: number; MemoryMB: number; MemoryMaxMB: number }
  RestartPolicy: RestartPolicy
  KillTimeout: number
  ShutdownDelay: number
  Leader: boolean
  Lifecycle: unknown
  [more: string]: unknown
}

export interface TaskGroup {
  Name: string
  Count: number
  Update: Update | null
  Constraints: Constraint[] | null
  Affinities: Affinity[] | null
  Spreads: { Attribute: string; Weight: number }[] | null
  RestartPolicy: RestartPolicy
  ReschedulePolicy: ReschedulePolicy
  EphemeralDisk: { SizeMB: number }
  Networks: NetworkAsked[] | null
  Services: Service[] | null
  Tasks: Task[]
  ShutdownDelay: number | null
  MaxClientDisconnect: number | null
  [more: string]: unknown
}

export interface Job {
  ID: string
  Name: string
  Namespace: string
  Type: string
  Priority: number
  Datacenters: string[]
  Constraints: Constraint[] | null
  Affinities: Affinity[] | null
  Spreads: { Attribute: string; Weight: number }[] | null
  TaskGroups: TaskGroup[]
  Stop: boolean
  Status: 'pending' | 'running' | 'dead'
  Stable: boolean
  Version: number
  SubmitTime: number
  CreateIndex: number
  ModifyIndex: number
  JobModifyIndex: number
  [more: string]: unknown
}

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

export interface NodeEvent {
  Message: string
  Subsystem: string
  Details: null
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

export function groupOf(job: Job, name: string): TaskGroup | undefined {
  return job.TaskGroups.find((group) => group.Name === name)
}
