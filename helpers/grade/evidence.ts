import type { Language, Text } from '../language/message.ts'
import type { Job } from '../submission/job.ts'
import type { Places } from '../submission/types.ts'
import type { Fact } from './fact.ts'
import type { Result } from './result.ts'
import type { CriterionId, RubricItem, Talk } from './rubric.ts'
import type { View } from './view.ts'

/**
 * evidence.ndjson: one record a line, in the order in which things happened. The verdict is a pure
 * function of these records and the rubric (judge.ts), so everything that is judged is in here.
 * `at` is cluster time in milliseconds since the epoch.
 */
export type Evidence =
  | RunRecord
  | ({ at: number; item: string; attempt: number } & ItemRecord)
  | { at: number; kind: 'note'; text: Text }
  | { at: number; kind: 'unfit'; code: string; sentence: Text; cure: Text }
  | { at: number; kind: 'finished' }

export interface RunRecord {
  at: number
  kind: 'run'
  schema: 'nomad-consul-evidence/1'
  student: string
  grader: string
  rubric: string
  cluster: Result['cluster']
  submission: {
    dir: string
    stages: { id: string; file: string; origin: string; detail: Text }[]
    unused: { file: string; why: Text }[]
    problems: Text[]
  }
  /** What its reports are written in; English where an older grader did not say. */
  language?: Language
  asked: string[]
  /** What was graded beside the items of the mark, with its rows: they may be a teacher's own. */
  bonus?: Record<string, RubricItem>
}

export type ItemRecord =
  | { kind: 'begin' }
  | DeployRecord
  | StopRecord
  /** A VM that we had stopped was asked to start. */
  | { kind: 'start'; vm: string }
  | CheckRecord
  | RegisteredRecord
  | FactRecord
  | { kind: 'change'; who: string; saw: Text }
  | { kind: 'item-note'; text: Text }
  /** Something outside the student's work went wrong; `own`: the grader's own check threw. */
  | { kind: 'fault'; code: string; sentence: Text; cure: Text; own: boolean }
  | { kind: 'end' }

/** A stage's file on its way to Nomad. */
export interface DeployRecord {
  kind: 'deploy'
  stage: string
  service: string
  file: string
  origin: string
  /** The item cannot begin: no file, or which one? */
  missing?: 'not handed in' | 'ambiguous'
  candidates?: Text[]
  problem?: { code: string; sentence: Text; line?: number }
  /** Repository names of its docker images, without registry and tag. */
  images: string[]
  /** The one that was wanted, where the service does not say it. */
  image?: string
  refusals: { code: string; sentence: Text; place?: string }[]
  /** Nomad's refusal, where it refused. */
  rejected?: { status: number; text: string }
  job?: Job
  places: Places
  /** The job file's text, or the derived job's: the report shows the lines it speaks of. */
  text?: string
  registered: boolean
}

export interface StopRecord {
  kind: 'stop'
  /** When the first of them was asked to; the times below count from here. */
  askedAt?: number
  how: 'orderly' | 'cut'
  /** When both witnesses said so: Nomad down or disconnected, Consul failed or left. */
  vms: {
    name: string
    nomad: string
    consul: string
    effective: boolean
    /** Ms from the wish until Nomad was seen to miss it, and what its heartbeat had foretold. */
    missedMs?: number
    foretoldMs?: number
  }[]
}

/** One wait: what was wanted, what was allowed and why, what was seen at its end. */
export interface CheckRecord {
  kind: 'check'
  want: Want
  criteria: CriterionId[]
  budget: { ms: number; because: string[] }
  /** Milliseconds of cluster time from first to last look. */
  spent: number
  looks: number
  ended: 'met' | 'time' | 'hopeless'
  /** The job as registered and where things stand in its file; with them the look is judged. */
  job: Job
  places: Places
  file: string
  /** The last look before the hold, then every differing look of the hold. */
  views: View[]
  /** 02.2: what the browser was given, bounded. */
  page?: { address: string; port: number; html: string }
  /** Looks of 03.2–03.4 at each agent. */
  agents?: AgentLook[]
  /** Was the cluster itself able to do what was wanted? Taken when the wait did not end `met`. */
  control?: Control
}

export interface Want {
  /** Item's service in Consul. */
  service: string
  /** What the wire must say. */
  server: 'nginx' | 'httpd' | Talk
  replicas: number
  /** Why this many, for sentences: `count`, or the fit clients left. */
  port?: number
  ownVm?: boolean
  /** VMs where no replica may be. */
  avoiding?: string[]
  /** Allocations that must have been replaced, by their chain of NextAllocation. */
  replacing?: string[]
  /** A VM that was started again and must be ready first (02.3). */
  returning?: string
  /** The count asks for more than there can be: Nomad must hold the rest back. */
  heldBack?: boolean
  /** The number is of clients left that the job may use (02.3). */
  asFits?: boolean
  /** No deployment may be under way (02.3). */
  deploymentDone?: boolean
  /** Clients that must be ready all the while. */
  clients: string[]
}

export interface AgentLook {
  vm: string
  address: string
  via: 'http' | 'ssh'
  /** '' when it answered. */
  error: Text
  /** X-Consul-Index, 0 where there is none. */
  index: number
  /** /v1/agent/services: entries of the item's service. */
  entries?: { id: string; address: string; port: number }[]
  /** /v1/catalog/services: names, sorted. */
  services?: string[]
  /** /v1/catalog/service/<name>. */
  catalog?: { id: string; node: string; nodeAddress: string; address: string; port: number }[]
}

/** A look at whether the cluster could have done it. */
export interface Control {
  leader: boolean
  fit: number
  needed: number
  /** A tiny job of the grader's own: placed or not; absent where it was not needed. */
  probe?: boolean
  /** A sentence when something is wrong with the cluster. */
  trouble: Text
}

/** Whether anything is registered under the service by the student's job. */
export interface RegisteredRecord {
  kind: 'registered'
  service: string
  found: boolean
  /** Asked for where nothing was found. */
  control?: Control
}

/** What the cluster itself showed at the end of a wait (00 and 04). */
export interface FactRecord {
  kind: 'fact'
  criterion: CriterionId
  spent: number
  looks: number
  ended: CheckRecord['ended']
  fact: Fact
}
