/** The parts of a job as the server keeps it; field names are Nomad's. */

export interface Constraint {
  LTarget: string
  RTarget: string
  Operand: string
}

export interface Affinity extends Constraint {
  Weight: number
}

export interface Spread {
  Attribute: string
  Weight: number
  SpreadTarget: { Value: string; Percent: number }[] | null
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
  HostNetwork?: string
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
  CheckRestart: unknown
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
  Resources: {
    CPU: number
    Cores: number
    MemoryMB: number
    MemoryMaxMB: number
    Devices?: unknown
    Networks?: unknown
    NUMA?: unknown
  }
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
  Spreads: Spread[] | null
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
  Spreads: Spread[] | null
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

export function groupOf(job: Job, name: string): TaskGroup | undefined {
  return job.TaskGroups.find((group) => group.Name === name)
}

/** It ends: what has exited with 0 is done. */
export function isBatch({ Type }: Pick<Job, 'Type'>): boolean {
  return Type === 'batch' || Type === 'sysbatch'
}

/** One allocation on each client. */
export function isSystem({ Type }: Pick<Job, 'Type'>): boolean {
  return Type === 'system' || Type === 'sysbatch'
}
