import type { Text } from '../language/message.ts'

/**
 * What one look at the cluster saw: plain JSON, normalised, enough to judge from. Missing fields of
 * the APIs are already 0, '' or [] here (cluster-facts §4). Times are milliseconds since the epoch.
 */
export interface View {
  /** Cluster time of the look. */
  at: number
  nomad: NomadView | Unseen
  consul: ConsulView | Unseen
  dns: DnsView | Unseen
  /** One look at the wire per replica. */
  web: WebLook[]
}

/** A witness that could not be asked. */
export interface Unseen {
  error: Text
}

export interface NomadView {
  /** null: Nomad knows no such job. `changedAt`: its JobModifyIndex, that of its last registering. */
  job: { id: string; version: number; stop: boolean; status: string; changedAt?: number } | null
  /** All allocations of the job, of every version. */
  allocations: Allocation[]
  evaluations: Evaluation[]
  deployment: Deployment | null
  /** The summary's `Queued` per group. */
  queued: Record<string, number>
  nodes: NodeState[]
}

export interface Allocation {
  id: string
  name: string
  nodeId: string
  nodeName: string
  version: number
  group: string
  desired: string
  client: string
  createdAt: number
  modifiedAt: number
  /** Allocation that replaces this one, '' when none. */
  next: string
  ports: { label: string; value: number; to: number; ip: string }[]
  tasks: TaskState[]
  deploymentHealthy: boolean | null
  canary: boolean
}

export interface TaskState {
  name: string
  state: string
  failed: boolean
  restarts: number
  /** The last events, oldest first. */
  events: { type: string; message: string; at: number }[]
}

export interface Evaluation {
  id: string
  status: string
  triggeredBy: string
  description: string
  blockedEval: string
  createIndex: number
  /** FailedTGAllocs, reduced to what is judged. */
  failed: Record<string, PlacementFailure>
}

export interface PlacementFailure {
  nodesEvaluated: number
  nodesFiltered: number
  nodesExhausted: number
  nodesAvailable: Record<string, number>
  constraintFiltered: Record<string, number>
  dimensionExhausted: Record<string, number>
  coalesced: number
}

export interface Deployment {
  id: string
  version: number
  status: string
  description: string
  groups: Record<
    string,
    { desired: number; placed: number; healthy: number; canaries: number; promoted: boolean }
  >
}

export interface NodeState {
  id: string
  name: string
  address: string
  datacenter: string
  status: string
  eligibility: string
  dockerHealthy: boolean
}

export interface ConsulView {
  /** Entries of /v1/health/service/<service>. */
  instances: Instance[]
  /** 03.3 only: entries of nginx, to say whether they are leftovers. */
  others?: Instance[]
  members: {
    name: string
    address: string
    status: 'alive' | 'leaving' | 'left' | 'failed' | 'none'
  }[]
}

export interface Instance {
  id: string
  node: string
  nodeAddress: string
  /** ServiceAddress, or the node's where that is empty. */
  address: string
  /** 0 when the service has none. */
  port: number
  checks: { id: string; status: string; output: string }[]
  /** UUID in the ServiceID, '' when it carries none. */
  allocation: string
  /** What Nomad and the run know of that allocation; null: not one that the grader registered. */
  owner: Owner | null
}

/** An allocation of a job that this grader registered, as it stood at the look. */
export interface Owner {
  job: string
  version: number
  /** '' : Nomad no longer knows it. */
  client: string
  desired: string
  nodeName: string
  nodeStatus: string
  /** When we first saw it no longer meant to run; 0 while it runs. */
  stoppedAt: number
  /** When its VM was last started again by us; 0 if never. */
  vmBackAt: number
}

export interface DnsView {
  name: string
  via: 'udp' | 'tcp'
  rcode: string
  addresses: string[]
}

export interface WebLook {
  allocation: string
  address: string
  port: number
  /** 0 when nothing answered. */
  status: number
  server: string
  /** 'nginx', 'httpd' or '' by the default page, asked only where the header is missing. */
  page: string
  title: string
  /** ECONNREFUSED, ECONNRESET, EHOSTUNREACH, ETIMEDOUT, or '' when it answered. */
  error: string
  /** Answered from inside the VM over SSH though not from here: a firewall. */
  insideAnswers?: boolean
}

export const unseen = (part: object): part is Unseen => 'error' in part
