import pLimit from 'p-limit'
import type { Journal } from './cluster/journal.ts'
import type { Connected } from './connect.ts'
import type { Want } from './grade/evidence.ts'
import { memberAddresses, type Replica, replicasOf } from './grade/replicas.ts'
import {
  type Allocation,
  type ConsulView,
  type Instance,
  type NodeState,
  type NomadView,
  type Owner,
  type Unseen,
  unseen,
  type View,
  type WebLook,
} from './grade/view.ts'
import { type By, nodesPart } from './nomad/client.ts'
import type { Job } from './submission/job.ts'
import { sentenceOf } from './time/fault.ts'
import { freshLook, type Look, sharedLook } from './time/kept.ts'

/** What the run remembers of each allocation of a job that the grader registered. */
export interface Remembered {
  job: string
  version: number
  client: string
  desired: string
  nodeName: string
  /** When it was first seen no longer meant to run; 0 while it runs. */
  stoppedAt: number
}

/** What the grader registered and started again: what leftovers are told by. */
export interface Memory {
  allocations: Map<string, Remembered>
  /** VM name → when we last started it again (cluster time). */
  backAt: Map<string, number>
  /** Names of VMs that were asked to start and are not yet proved back: as if back just now. */
  returning: Set<string>
  /** Allocation → the page it gave last. */
  pages: Map<string, string>
  /** Where a later run finds them. */
  journal: Pick<Journal, 'allocations'>
}

export interface Subject {
  jobId: string
  job: Job
}

/** At most so many questions on the wire at once. */
const wire = pLimit(16)

/**
 * Cluster ms that an answer may be used again, in looks that do not decide: where a watch tells of
 * changes, and where none does.
 */
const keptFor = { watched: 2000, unwatched: 1000, members: 250 }

/** Questions to Nomad: those of a view, and pages of what was placed or stopped meanwhile. */
const ofALook = 9

/** One look at everything that is judged: Nomad, Consul, DNS and the wire, side by side. */
export async function lookAtCluster(
  cluster: Connected,
  memory: Memory,
  subject: Subject,
  want: Pick<Want, 'service' | 'server'>,
  how: Look = freshLook(),
): Promise<View> {
  if (how.fresh) await cluster.pace.room(ofALook)
  const [nomad, seen, dns] = await Promise.all([
    orUnseen(lookAtNomad(cluster, memory, subject.jobId, how)),
    orUnseen(lookAtConsul(cluster, want.service, how)),
    cluster.dns(`${want.service}.service.consul`),
  ])
  const at = cluster.clock.now()
  const consul = unseen(seen) ? seen : await withOwners(cluster, memory, nomad, seen)
  const replicas = unseen(nomad) ? [] : replicasOf(nomad, subject.job, want)
  // Only addresses of the cluster's own members are ever asked (rubric, Who may be asked).
  const members = memberAddresses({ nomad, consul })
  const isAsked = typeof want.server !== 'object' || want.server.say !== ''
  const web = await Promise.all(
    replicas
      .filter((r) => isAsked && members.has(r.address))
      .map((r) => wire(() => lookAtReplica(cluster, memory, r, want.server, how))),
  )
  return { at, nomad, consul, dns, web }
}

async function orUnseen<T>(looking: Promise<T>): Promise<T | Unseen> {
  try {
    return await looking
  } catch (error) {
    return { error: sentenceOf(error) }
  }
}

const keptBy =
  ({ kept }: Connected, how: Look): By =>
  (key, part, ask) =>
    kept.answer(how, key, { ms: keptFor.watched, ...part }, ask)

/** Nomad's word on all its clients. */
export const lookAtNodes = (cluster: Connected, how: Look = freshLook()): Promise<NodeState[]> =>
  keptBy(cluster, how)('nodes', nodesPart, () => cluster.nomad.nodes())

/** Consul's word on all machines. No watch tells of it: it is asked again soon. */
export const lookAtMembers = (
  { consul, kept }: Connected,
  how: Look = freshLook(),
): Promise<ConsulView['members']> =>
  kept.answer(how, 'members', { ms: keptFor.members }, () => consul.members())

/** Nomad's word on what becomes of the allocations of one job, and on nothing else. */
export async function lookAtAllocations(
  cluster: Connected,
  memory: Memory,
  jobId: string,
): Promise<Allocation[]> {
  const allocations = await cluster.nomad.allocationsInShort(jobId)
  remember(memory, jobId, allocations, cluster.clock.now())
  return allocations
}

/** Whether Consul lists an allocation of that job under the service: whose one is never changes. */
export async function isListed(
  cluster: Connected,
  memory: Memory,
  jobId: string,
  service: string,
): Promise<boolean> {
  const nomad = await lookAtNomad(cluster, memory, jobId, sharedLook())
  const instances = await lookAtService(cluster, memory, nomad, service)
  return instances.some(({ owner }) => owner?.job === jobId)
}

/** Nomad's word on one job. */
export async function lookAtNomad(
  cluster: Connected,
  memory: Memory,
  jobId: string,
  how: Look = freshLook(),
): Promise<NomadView> {
  const view = await cluster.nomad.view(jobId, keptBy(cluster, how))
  remember(memory, jobId, view.allocations, cluster.clock.now())
  return view
}

function remember(memory: Memory, job: string, allocations: Allocation[], now: number) {
  memory.journal.allocations(
    job,
    allocations.map((a) => a.id),
  )
  for (const a of allocations) {
    const before = memory.allocations.get(a.id)
    const live = a.desired === 'run' && (a.client === 'running' || a.client === 'pending')
    memory.allocations.set(a.id, {
      job,
      version: a.version,
      client: a.client,
      desired: a.desired,
      nodeName: a.nodeName,
      stoppedAt: live ? 0 : before?.stoppedAt || now,
    })
  }
}

async function lookAtConsul(cluster: Connected, service: string, how: Look): Promise<ConsulView> {
  const { consul, kept } = cluster
  const [instances, members] = await Promise.all([
    kept.answer(how, `health ${service}`, { ms: keptFor.watched, topics: [service] }, () =>
      consul.health(service),
    ),
    lookAtMembers(cluster, how),
  ])
  return { instances: instances.map((entry) => ({ ...entry, owner: null })), members }
}

/** Nomad's names for Consul's nodes, and whose allocation each entry is. */
async function withOwners(
  cluster: Connected,
  memory: Memory,
  nomad: NomadView | Unseen,
  consul: ConsulView,
): Promise<ConsulView> {
  const nodes = unseen(nomad) ? [] : nomad.nodes
  const names = new Map(nodes.map((n) => [n.address, n.name]))
  const status = new Map(nodes.map((n) => [n.name, n.status]))
  const shown = new Set(unseen(nomad) ? [] : nomad.allocations.map((a) => a.id))
  const backAt = (vm: string) =>
    memory.returning.has(vm) ? cluster.clock.now() : (memory.backAt.get(vm) ?? 0)
  const instances = await Promise.all(
    consul.instances.map(async (entry): Promise<Instance> => {
      const owner = await ownerOf(cluster, memory, shown, entry.allocation)
      return {
        ...entry,
        node: names.get(entry.nodeAddress) ?? entry.node,
        owner: owner && {
          ...owner,
          nodeStatus: status.get(owner.nodeName) ?? '',
          vmBackAt: backAt(owner.nodeName),
        },
      }
    }),
  )
  return { ...consul, instances }
}

async function ownerOf(
  cluster: Connected,
  memory: Memory,
  shown: Set<string>,
  id: string,
): Promise<Omit<Owner, 'nodeStatus' | 'vmBackAt'> | null> {
  const known = id === '' ? undefined : memory.allocations.get(id)
  if (!known) return null
  // Of a job that was purged, or an earlier run's: ask for this one allocation.
  if (!shown.has(id)) {
    const now = await cluster.nomad.allocation(id)
    remember(memory, known.job, now ? [now] : [], cluster.clock.now())
    if (!now) {
      known.client = ''
      known.desired = 'stop'
      known.stoppedAt ||= cluster.clock.now()
    }
  }
  const { job, version, client, desired, nodeName, stoppedAt } = memory.allocations.get(id) ?? known
  return { job, version, client, desired, nodeName, stoppedAt }
}

async function lookAtReplica(
  cluster: Connected,
  memory: Memory,
  replica: Replica,
  server: Want['server'],
  how: Look,
): Promise<WebLook> {
  const { address, port } = replica
  const key = `${replica.allocation.id} ${address}:${port}`
  const keeping = { ms: keptFor.unwatched }
  const talk = typeof server === 'object' ? server : undefined
  const ask = () => (talk ? cluster.talk(address, port, talk) : cluster.web(address, port))
  const well = ({ status, error }: { status: number; error: string }) =>
    talk ? error === '' : status >= 200 && status < 400
  const { body, ...look } = await cluster.kept.answer(how, key, keeping, ask, well)
  memory.pages.set(replica.allocation.id, body)
  const said = ['', 'ECONNREFUSED', 'ECONNRESET', 'EPROTO']
  const silent = !talk && !said.includes(look.error)
  const inside = silent
    ? await cluster.answersInside(replica.vm, replica.address, replica.port)
    : false
  return { allocation: replica.allocation.id, ...look, ...(inside && { insideAnswers: true }) }
}

/** The page at the address that DNS gave first, else at any: what the browser of 02.2 opens. */
export function pageSeen(
  memory: Memory,
  view: View | undefined,
): { page?: { address: string; port: number; html: string } } {
  const first = view && !unseen(view.dns) ? view.dns.addresses[0] : undefined
  const look = view?.web.find((w) => w.address === first) ?? view?.web[0]
  const html = memory.pages.get(look?.allocation ?? '')
  return look && html ? { page: { address: look.address, port: look.port, html } } : {}
}

/** Entries of another service, with owners: 03.3 asks it for what is left of nginx. */
export async function lookAtService(
  cluster: Connected,
  memory: Memory,
  nomad: NomadView | Unseen,
  service: string,
): Promise<Instance[]> {
  const instances = (await cluster.consul.health(service)).map((e) => ({ ...e, owner: null }))
  const view = await withOwners(cluster, memory, nomad, { instances, members: [] })
  return view.instances
}
