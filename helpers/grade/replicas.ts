import { type Message, msg } from '../language/message.ts'
import type { Group, Job, Service, Task } from '../submission/job.ts'
import type { Want } from './evidence.ts'
import {
  type Allocation,
  type ConsulView,
  type Instance,
  type NomadView,
  unseen,
  type View,
} from './view.ts'

/** How long a stopped allocation's Consul entry may take to go before it is set aside (rubric). */
export const closingMs = 30_000
/** How long after its VM came back an old entry may stand (rubric; 60 s measured, facts §0.2.1). */
const ghostMs = 120_000

/** A running allocation of the job's newest version in a group that registers the item's service. */
export interface Replica {
  allocation: Allocation
  vm: string
  /** Host address and port where its service is meant to answer; port 0 when there is none. */
  address: string
  port: number
}

/** A group's services and its tasks', with the names that Nomad gives them. */
function namedServices(job: Job, group: Group): Service[] {
  const named = (task: string) => (service: Service) => ({
    ...service,
    name: interpolate(service.name, job, group, task),
  })
  return [
    ...group.services.map(named('')),
    ...group.tasks.flatMap((task) => task.services.map(named(task.name))),
  ]
}

/** The variables that a service's name may have and that the job alone decides. */
function interpolate(name: string, job: Job, group: Group, task: string): string {
  if (!name.includes('$')) return name
  const base = [job.name, group.name, task].filter((part) => part !== '').join('-')
  const known: Record<string, string> = {
    JOB: job.name,
    TASKGROUP: group.name,
    TASK: task,
    BASE: base,
    NOMAD_JOB_NAME: job.name,
    NOMAD_JOB_ID: job.id,
    NOMAD_GROUP_NAME: group.name,
    NOMAD_TASK_NAME: task,
  }
  return name.replace(/\$\{(?:env\.)?(\w+)\}/g, (whole, key: string) => known[key] ?? whole)
}

/** Every service name of the job. */
export function serviceNames(job: Job): string[] {
  return job.groups.flatMap((group) => namedServices(job, group)).map((service) => service.name)
}

/** Groups of the job that register `service`, each with its entry. */
export function registering(job: Job, service: string): { group: Group; entry: Service }[] {
  return job.groups.flatMap((group) =>
    namedServices(job, group)
      .filter((entry) => entry.name === service)
      .map((entry) => ({ group, entry })),
  )
}

/**
 * The tasks that can be what answers for `service`: those that publish its port, else those that
 * register it, else all of its groups; every task where no group registers it. An idle task of the
 * right image beside the one that serves is none of them.
 */
export function tasksServing(job: Job, service: string): Task[] {
  const all = job.groups.flatMap((group) => group.tasks)
  const groups = registering(job, service).map(({ group, entry }) => {
    const publishing = group.tasks.filter((task) => task.ports.includes(entry.port))
    const owning = group.tasks.filter((task) =>
      task.services.some((each) => interpolate(each.name, job, group, task.name) === service),
    )
    if (publishing.length > 0) return publishing
    return owning.length > 0 ? owning : group.tasks
  })
  return groups.length > 0 ? [...new Set(groups.flat())] : all
}

/** How many replicas of `service` the job asks for: a group counts once, however often it registers it. */
export function askedReplicas(job: Job, service: string): number {
  const groups = new Set(registering(job, service).map(({ group }) => group))
  return [...groups].reduce((sum, group) => sum + group.count, 0)
}

/** The replicas that Nomad shows (rubric, Words). */
export function replicasOf(nomad: NomadView, job: Job, want: Pick<Want, 'service'>): Replica[] {
  const groups = new Map(registering(job, want.service).map((r) => [r.group.name, r.entry.port]))
  return nomad.allocations
    .filter(
      (a) =>
        a.desired === 'run' &&
        a.client === 'running' &&
        a.version === nomad.job?.version &&
        groups.has(a.group),
    )
    .map((allocation) => {
      const label = groups.get(allocation.group)
      const port = allocation.ports.find((p) => p.label === label) ?? allocation.ports[0]
      return {
        allocation,
        vm: allocation.nodeName,
        address: port?.ip ?? '',
        port: port?.value ?? 0,
      }
    })
}

export type Leftover = { instance: Instance; kind: 'closing' | 'ghost' | 'stale'; age: number }

/**
 * Entries of allocations that the grader registered and that are no longer meant to run: set aside
 * and named (rubric, leftover). What is not explained here is never set aside.
 */
export function leftoversOf(consul: ConsulView, at: number): Leftover[] {
  return consul.instances.flatMap((instance): Leftover[] => {
    const { owner } = instance
    if (!owner || isLive(owner)) return []
    if (owner.nodeStatus !== 'ready') return [{ instance, kind: 'stale', age: 0 }]
    // 0, never: long ago.
    if (at - owner.vmBackAt < ghostMs)
      return [{ instance, kind: 'ghost', age: at - owner.vmBackAt }]
    const age = owner.stoppedAt > 0 ? at - owner.stoppedAt : 0
    return [{ instance, kind: 'closing', age }]
  })
}

const isLive = (owner: NonNullable<Instance['owner']>) =>
  owner.desired === 'run' &&
  (owner.client === 'running' || owner.client === 'pending') &&
  (owner.nodeStatus === 'ready' || owner.nodeStatus === 'initializing')

/** Consul's entries without the leftovers. */
export function standing(consul: ConsulView, at: number): Instance[] {
  const aside = new Set(leftoversOf(consul, at).map((l) => l.instance))
  return consul.instances.filter((instance) => !aside.has(instance))
}

/** Addresses that members of the cluster have, in Nomad's and Consul's words. */
export function memberAddresses(view: Pick<View, 'nomad' | 'consul'>): Set<string> {
  const addresses = new Set<string>()
  if (!unseen(view.nomad)) for (const node of view.nomad.nodes) addresses.add(node.address)
  if (!unseen(view.consul)) for (const member of view.consul.members) addresses.add(member.address)
  return addresses
}

const leftoverKinds: Record<Leftover['kind'], Message> = {
  closing: msg('closing'),
  ghost: msg('ghost'),
  stale: msg('stale'),
}

/** One sentence per leftover, for the item's notes. */
export function leftoverNotes(view: View): Message[] {
  if (unseen(view.consul)) return []
  return leftoversOf(view.consul, view.at).map(
    ({ instance: { allocation, node, address, port }, kind }) =>
      msg(
        "Set aside: Consul's entry of allocation {id} on {node} at {where} is a leftover ({kind}).",
        {
          id: allocation.slice(0, 8),
          node,
          where: `${address}:${port}`,
          kind: leftoverKinds[kind],
        },
      ),
  )
}

/** How long the job's slowest check may take to pass: a new instance is critical until it first does. */
export function slowestCheckMs(job: Job): number {
  const checks = job.groups.flatMap((group) => namedServices(job, group)).flatMap((s) => s.checks)
  return Math.max(0, ...checks.map((check) => 3 * (check.intervalMs + check.timeoutMs)))
}
