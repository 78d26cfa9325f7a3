import type { Message } from '../language/message.ts'

/** Why something is not (yet) so: a code, whose fault it is, and what a sentence needs. */
export interface Reason {
  code: ReasonCode
  /** `lab`: the cluster, host, network or grader; never a lost mark. */
  blame: 'student' | 'lab'
  /** Key of Places: where in the job file. */
  place?: string
  values: Values
  /** Instead of the table's: the job's own settings ask for more. */
  patienceMs?: number
}

/** The answer of a predicate: met, not yet (why), hopeless (why). */
export type Outcome =
  | { state: 'met'; notes?: string[] }
  | { state: 'not-yet'; reason: Reason }
  | { state: 'hopeless'; reason: Reason }

export const met: Outcome = { state: 'met' }

export type Values = Readonly<Record<string, string | number | Message>>

export function notYet(code: ReasonCode, values: Values = {}, place?: string): Outcome {
  return { state: 'not-yet', reason: { code, blame: 'student', values, ...(place && { place }) } }
}

/** Not yet, for as long as the job's own settings may need. */
export function patiently(outcome: Outcome, patienceMs: number): Outcome {
  if (outcome.state !== 'not-yet') return outcome
  const least = patience[outcome.reason.code] ?? 0
  return { ...outcome, reason: { ...outcome.reason, patienceMs: Math.max(least, patienceMs) } }
}

export function hopeless(code: ReasonCode, values: Values = {}, place?: string): Outcome {
  return { state: 'hopeless', reason: { code, blame: 'student', values, ...(place && { place }) } }
}

/** Not yet, and if it stays so the lab is at fault. */
export function notYetLab(code: ReasonCode, values: Values = {}): Outcome {
  return { state: 'not-yet', reason: { code, blame: 'lab', values } }
}

/** Waiting cannot help, and the lab is at fault. */
export function hopelessLab(code: ReasonCode, values: Values = {}): Outcome {
  return { state: 'hopeless', reason: { code, blame: 'lab', values } }
}

/**
 * How long, in milliseconds of cluster time, one and the same reason may last while nothing else
 * changes before the wait ends early; without an entry only the budget ends it. Each is longer than
 * any healthy cluster was seen to need (cluster-facts §0.1, §2.2: full Consul sync every 30 s).
 */
export const patience: Partial<Record<ReasonCode, number>> = {
  // It may only be that an answer is older than the registering.
  'job-vanished': 20_000,
  'count-other': 20_000,
  'placement-datacenter': 20_000,
  'placement-constraint': 20_000,
  'placement-resources': 20_000,
  'placement-port': 45_000,
  'client-missing': 60_000,
  crashing: 60_000,
  'driver-failure': 60_000,
  'deployment-failed': 5_000,
  'not-held-back': 20_000,
  'held-back-otherwise': 20_000,
  'replaced-by-none': 60_000,
  'wire-refused': 30_000,
  'wire-server': 30_000,
  'wire-no-port': 5_000,
  'consul-absent': 75_000,
  'consul-critical': 60_000,
  'consul-address': 10_000,
  'consul-no-port': 10_000,
  'consul-foreign': 75_000,
  'consul-extra': 75_000,
  'port-other': 10_000,
  'shared-vm': 20_000,
  'dns-differs': 30_000,
  'serves-not': 30_000,
  'agents-differ': 60_000,
  'entries-differ': 60_000,
  'catalog-absent': 75_000,
  'member-missing': 30_000,
  'member-other': 10_000,
  'key-other': 10_000,
  'dns-servers': 30_000,
  'ui-absent': 10_000,
  'intention-other': 10_000,
}

export type ReasonCode =
  // what Nomad says
  | 'nomad-unseen'
  | 'job-vanished'
  | 'service-missing'
  | 'service-other-name'
  | 'service-unclear'
  | 'service-provider'
  | 'count-asked'
  | 'count-other'
  | 'client-missing'
  | 'evaluating'
  | 'placement-datacenter'
  | 'placement-constraint'
  | 'placement-resources'
  | 'placement-port'
  | 'placement-lab'
  | 'placement-unfit'
  | 'pulling'
  | 'image-unknown'
  | 'registry'
  | 'config-invalid'
  | 'setup-failed'
  | 'docker-port-label'
  | 'host-port-taken'
  | 'disk-full'
  | 'driver-failure'
  | 'crashing'
  | 'starting'
  | 'rolling'
  | 'deployment-failed'
  | 'canary'
  | 'old-version'
  | 'queued'
  // where the replicas are
  | 'port-other'
  | 'port-asked'
  | 'shared-vm'
  | 'spread-forced'
  | 'constraint-unclear'
  | 'not-moved'
  | 'replaced-by-none'
  // what Consul says
  | 'consul-unseen'
  | 'consul-absent'
  | 'consul-critical'
  | 'consul-address'
  | 'consul-no-port'
  | 'consul-foreign'
  | 'consul-extra'
  | 'consul-double'
  | 'closing'
  | 'nat-address'
  // DNS and the wire
  | 'dns-unseen'
  | 'dns-differs'
  | 'wire-refused'
  | 'wire-silent'
  | 'wire-server'
  | 'wire-no-port'
  | 'firewall'
  | 'serves-not'
  // the rest
  | 'not-stopped'
  | 'restarted'
  | 'replicas-changed'
  | 'replicas-moved'
  | 'not-held-back'
  | 'held-back-otherwise'
  | 'no-more'
  | 'agents-differ'
  | 'agent-unseen'
  | 'catalog-absent'
  | 'catalog-behind'
  | 'catalog-lab'
  | 'catalog-nginx'
  | 'catalog-unsteady'
  | 'entries-differ'
  | 'image-other'
  | 'not-handed-in'
  | 'ambiguous'
  | 'parse'
  | 'refused'
  | 'rejected'
  | 'evidence-ends'
  | 'unfit'
  | 'control'
  | 'threw'
  // 00 and 04, beside the ten items
  | 'member-missing'
  | 'member-other'
  | 'key-other'
  | 'dns-servers'
  | 'ui-absent'
  | 'not-here'
  | 'mesh-service'
  | 'mesh-no-sidecar'
  | 'count-none'
  | 'not-cut'
  | 'intention-other'
  // what a job file alone says
  | 'only-nomad'
  | 'label-unknown'
  | 'dead-end'
  | 'fault'
