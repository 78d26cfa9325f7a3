/**
 * A job, normalised: what finding, policy and judging read of it. Made from the student's text
 * (parse.ts) or from Nomad's own canonical JSON (canonical.ts); defaults are Nomad's, filled in.
 */
export interface Job {
  id: string
  name: string
  type: string
  namespace: string
  datacenters: string[]
  /** It has a `periodic` block. */
  periodic: boolean
  /** It has a `parameterized` block. */
  parameterized: boolean
  /** A Vault token or namespace is written in the job itself. */
  vault: boolean
  constraints: Constraint[]
  affinities: Constraint[]
  spreads: Spread[]
  groups: Group[]
  /** Attributes whose value is an expression that only Nomad can evaluate: `group nginx count`. */
  unresolved: string[]
}

export interface Group {
  name: string
  count: number
  networks: Network[]
  services: Service[]
  update: Update
  restart: { attempts: number; intervalMs: number; delayMs: number; mode: string }
  reschedule: { attempts: number; delayMs: number; maxDelayMs: number; unlimited: boolean }
  /** Its replicas are `unknown`, not lost, for a while when their VM falls silent. */
  mayBeUnknown?: true
  constraints: Constraint[]
  affinities: Constraint[]
  spreads: Spread[]
  /** Host and CSI volumes. */
  volumes: { name: string; type: string }[]
  consulNamespace: string
  shutdownDelayMs: number
  tasks: Task[]
}

export interface Network {
  /** '' is Nomad's default, host. */
  mode: string
  ports: Port[]
}

export interface Port {
  label: string
  /** The static port, 0 when it is dynamic. */
  value: number
  /** The port inside the container, 0 when the file does not say. */
  to: number
}

export interface Service {
  /** With Nomad's default filled in: `<job>-<group>-<task>`, or `<job>-<group>` in a group. */
  name: string
  provider: string
  /** A port's label, a number as text, or ''. */
  port: string
  addressMode: string
  address: string
  checks: Check[]
  /** Connect: it starts a gateway, or a sidecar task of the student's own. */
  gateway: boolean
  sidecar: Task | null
}

/**
 * In bridge mode Nomad itself forwards a group's ports into its network: no task need publish them
 * (networking_bridge_linux.go's portmap; read, not run).
 */
export const isForwarded = ({ networks }: Group): boolean =>
  networks.some(({ mode }) => mode === 'bridge' || mode.startsWith('cni/'))

export interface Check {
  type: string
  path: string
  /** 0 when the file does not say. */
  intervalMs: number
  timeoutMs: number
}

export interface Task {
  name: string
  driver: string
  /** The driver's own configuration, as it is. */
  config: Record<string, unknown>
  /** config.image, '' when there is none. */
  image: string
  /** config.ports: labels that Docker publishes. */
  ports: string[]
  services: Service[]
  resources: { cpu: number; cores: number; memory: number; memoryMax: number }
  artifacts: number
  templates: Template[]
  vault: boolean
  /** `identity` blocks and `secret` blocks that were written by the student. */
  identities: string[]
  secrets: number
  dispatchPayload: boolean
  csiPlugin: boolean
  volumeMounts: number
  constraints: Constraint[]
  affinities: Constraint[]
  killTimeoutMs: number
  shutdownDelayMs: number
}

export interface Template {
  data: string
  source: string
  destination: string
  left: string
  right: string
}

export interface Constraint {
  attribute: string
  operator: string
  value: string
  /** Affinities only, else 0. */
  weight: number
}

export interface Spread {
  attribute: string
  weight: number
}

export interface Update {
  maxParallel: number
  minHealthyTimeMs: number
  healthyDeadlineMs: number
  progressDeadlineMs: number
  staggerMs: number
  canary: number
  autoPromote: boolean
}

/** A group's services and those of its tasks. */
export function servicesOf(group: Group): Service[] {
  return [...group.services, ...group.tasks.flatMap((task) => task.services)]
}

/** Groups that register `service` in Consul, once for each allocation. */
export function groupsRegistering(job: Job, service: string): Group[] {
  return job.groups.filter((group) =>
    servicesOf(group).some((each) => each.name === service && each.provider === 'consul'),
  )
}

/** How many replicas of `service` the job asks for. */
export function wantedReplicas(job: Job, service: string): number {
  return groupsRegistering(job, service).reduce((sum, group) => sum + group.count, 0)
}

/** The port that a label means in a group, or undefined when the group has no such port. */
export function portOf(group: Group, label: string): Port | undefined {
  for (const network of group.networks) {
    const port = network.ports.find((each) => each.label === label)
    if (port) return port
  }
  return undefined
}

/** Every task that may run, sidecars of Connect included. */
export function tasksOf(group: Group): Task[] {
  const sidecars = servicesOf(group).flatMap((service) => service.sidecar ?? [])
  return [...group.tasks, ...sidecars]
}
