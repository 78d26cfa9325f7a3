import { inLanguage, type Value } from '../language/message.ts'
import type { Constraint, Group, Job, Service, Task } from '../submission/job.ts'
import { judgeCriterion } from './criteria.ts'
import type { AgentLook, CheckRecord, Want } from './evidence.ts'
import type { Outcome } from './reason.ts'
import type { CriterionId } from './rubric.ts'
import type { Allocation, ConsulView, DnsView, Instance, NomadView, View } from './view.ts'

/**
 * For the tests of this folder: a cluster on which everything is as it should be, to spoil one fact
 * of. VMs are box-1, box-2 … at 192.168.56.101, .102 …; the server is not among them.
 */
export interface Scene {
  job: Job
  want: Want
  view: View & { nomad: NomadView; consul: ConsulView; dns: DnsView }
  agents: AgentLook[]
}

export const now = Date.UTC(2026, 10, 25)

export const serviceOf = (more: Partial<Service> = {}): Service => ({
  name: 'nginx',
  provider: 'consul',
  port: 'http',
  addressMode: 'auto',
  address: '',
  checks: [],
  gateway: false,
  sidecar: null,
  ...more,
})

export const taskOf = (more: Partial<Task> = {}): Task => ({
  name: 'server',
  driver: 'docker',
  config: {},
  image: 'nginx:1.22.1',
  ports: ['http'],
  services: [serviceOf()],
  resources: { cpu: 100, cores: 0, memory: 300, memoryMax: 0 },
  artifacts: 0,
  templates: [],
  vault: false,
  identities: [],
  secrets: 0,
  dispatchPayload: false,
  csiPlugin: false,
  volumeMounts: 0,
  constraints: [],
  affinities: [],
  killTimeoutMs: 5_000,
  shutdownDelayMs: 0,
  ...more,
})

export const groupOf = (count: number, more: Partial<Group> = {}): Group => ({
  name: 'web',
  count,
  networks: [{ mode: '', ports: [{ label: 'http', value: 0, to: 80 }] }],
  services: [],
  update: {
    maxParallel: 1,
    minHealthyTimeMs: 10_000,
    healthyDeadlineMs: 300_000,
    progressDeadlineMs: 600_000,
    staggerMs: 30_000,
    canary: 0,
    autoPromote: false,
  },
  restart: { attempts: 2, intervalMs: 1_800_000, delayMs: 15_000, mode: 'fail' },
  reschedule: { attempts: 0, delayMs: 30_000, maxDelayMs: 3_600_000, unlimited: true },
  constraints: [],
  affinities: [],
  spreads: [],
  volumes: [],
  consulNamespace: '',
  shutdownDelayMs: 0,
  tasks: [taskOf()],
  ...more,
})

export const jobOf = (groups: Group[], more: Partial<Job> = {}): Job => ({
  id: 'nginx',
  name: 'nginx',
  type: 'service',
  namespace: 'default',
  datacenters: ['dc1'],
  periodic: false,
  parameterized: false,
  vault: false,
  constraints: [],
  affinities: [],
  spreads: [],
  groups,
  unresolved: [],
  ...more,
})

export const constraint = (
  attribute: string,
  operator: string,
  value: string,
  weight = 0,
): Constraint => ({ attribute, operator, value, weight })

const vm = (n: number) => `box-${n}`
const ip = (n: number) => `192.168.56.${100 + n}`
export const uuid = (n: number) => `${String(n).repeat(8)}-1111-2222-3333-444444444444`

export const allocationOn = (n: number, more: Partial<Allocation> = {}): Allocation => ({
  id: uuid(n),
  name: `nginx.web[${n - 1}]`,
  nodeId: `node-${n}`,
  nodeName: vm(n),
  version: 0,
  group: 'web',
  desired: 'run',
  client: 'running',
  createdAt: now - 60_000,
  modifiedAt: now - 50_000,
  next: '',
  ports: [{ label: 'http', value: 20_000 + n, to: 80, ip: ip(n) }],
  tasks: [{ name: 'server', state: 'running', failed: false, restarts: 0, events: [] }],
  deploymentHealthy: null,
  canary: false,
  ...more,
})

export const instanceOn = (n: number, more: Partial<Instance> = {}): Instance => ({
  id: `_nomad-task-${uuid(n)}-server-nginx-http`,
  node: vm(n),
  nodeAddress: ip(n),
  address: ip(n),
  port: 20_000 + n,
  checks: [{ id: 'serfHealth', status: 'passing', output: '' }],
  allocation: uuid(n),
  owner: {
    job: 'nginx',
    version: 0,
    client: 'running',
    desired: 'run',
    nodeName: vm(n),
    nodeStatus: 'ready',
    stoppedAt: 0,
    vmBackAt: 0,
  },
  ...more,
})

/** `count` replicas on as many of `clients` VMs, seen by every witness. */
export function scene(count: number, clients = 3): Scene {
  const all = Array.from({ length: clients }, (_, i) => i + 1)
  const used = all.slice(0, count)
  return {
    job: jobOf([groupOf(count)]),
    want: { service: 'nginx', server: 'nginx', replicas: count, clients: all.map(vm) },
    view: {
      at: now,
      nomad: {
        job: { id: 'nginx', version: 0, stop: false, status: 'running' },
        allocations: used.map((n) => allocationOn(n)),
        evaluations: [],
        deployment: null,
        queued: { web: 0 },
        nodes: all.map((n) => ({
          id: `node-${n}`,
          name: vm(n),
          address: ip(n),
          datacenter: 'dc1',
          status: 'ready',
          eligibility: 'eligible',
          dockerHealthy: true,
        })),
      },
      consul: {
        instances: used.map((n) => instanceOn(n)),
        members: all.map((n) => ({ name: vm(n), address: ip(n), status: 'alive' })),
      },
      dns: { name: 'nginx.service.consul', via: 'udp', rcode: 'NOERROR', addresses: used.map(ip) },
      web: used.map((n) => ({
        allocation: uuid(n),
        address: ip(n),
        port: 20_000 + n,
        status: 200,
        server: 'nginx/1.22.1',
        page: '',
        title: '',
        error: '',
      })),
    },
    agents: all.map((n) => {
      const own = used.includes(n)
      return {
        vm: vm(n),
        address: ip(n),
        via: 'http',
        error: '',
        index: 7,
        entries: own ? [entryOn(n)] : [],
        services: ['consul', 'nginx', 'nomad', 'nomad-client'],
        catalog: used.map((each) => ({ ...entryOn(each), node: vm(each), nodeAddress: ip(each) })),
      }
    }),
  }
}

const entryOn = (n: number) => ({
  id: instanceOn(n).id,
  address: ip(n),
  port: 20_000 + n,
})

/** The same at the static port 80, as the sheet's second part has it. */
export function atPort80(count: number, clients = 3): Scene {
  const seen = scene(count, clients)
  for (const network of seen.job.groups.flatMap((group) => group.networks))
    for (const port of network.ports) port.value = 80
  for (const allocation of seen.view.nomad.allocations)
    for (const port of allocation.ports) port.value = 80
  for (const entry of [...seen.view.consul.instances, ...seen.view.web]) entry.port = 80
  for (const agent of seen.agents)
    for (const entry of [...(agent.entries ?? []), ...(agent.catalog ?? [])]) entry.port = 80
  seen.want.port = 80
  return seen
}

/** One apache on box-1, nothing of nginx left, every agent asked (03.2-03.4). */
export function apache(): Scene {
  const seen = scene(1)
  seen.want.service = 'apache'
  seen.want.server = 'httpd'
  for (const service of seen.job.groups.flatMap((g) => g.tasks.flatMap((t) => t.services)))
    service.name = 'apache'
  for (const agent of seen.agents) agent.services = ['apache', 'consul', 'nomad', 'nomad-client']
  return seen
}

/** What a predicate reads: the scene as a wait records it, with one look. */
export const factsOf = (
  seen: Scene,
): Pick<CheckRecord, 'want' | 'job' | 'views' | 'agents' | 'criteria'> => ({
  want: seen.want,
  job: seen.job,
  views: [seen.view],
  agents: seen.agents,
  criteria: [],
})

/**
 * An outcome in one line: `met`, or who is to blame, the code, whether waiting is hopeless (!), the
 * place in the file and the values.
 */
export function said(outcome: Outcome | undefined): string {
  if (!outcome) return 'nothing'
  if (outcome.state === 'met') return 'met'
  const { blame, code, place, values } = outcome.reason
  const told = Object.entries(values).map(([key, value]) => `${key}=${inEnglish(value)}`)
  const hopeless = outcome.state === 'hopeless' ? '!' : ''
  return [`${blame} ${code}${hopeless}`, place && `@${place}`, ...told].filter(Boolean).join(' ')
}

/** A value of a reason, which may be a message that is told in the reader's language. */
export const inEnglish = (value: Value) =>
  typeof value === 'object' ? inLanguage({ text: '{value}', values: { value } }, 'en') : value

export type Change = (seen: Scene) => void

/** What a predicate says of a scene of which something was changed. */
export function judged(id: CriterionId, change: Change, of: Scene): string {
  change(of)
  return said(judgeCriterion(id, factsOf(of)))
}

export const allocation = (seen: Scene, n = 0) => seen.view.nomad.allocations[n]!
