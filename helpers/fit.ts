import { networkInterfaces } from 'node:os'
import type { Connected } from './connect.ts'
import { met, notYetLab, type Outcome } from './grade/reason.ts'
import { type NodeState, unseen, type View } from './grade/view.ts'
import { isFit, lookAtStanding } from './machines.ts'
import { eventually } from './time/eventually.ts'
import { Fault } from './time/fault.ts'

/** What a run needs to know of a fit cluster. */
export interface Fitness {
  leader: string
  /** Names of the fit clients in the sheet's datacenter. */
  clients: string[]
  /** Ready but not fit, or not to be stopped: to be made ineligible for the run. */
  setAside: { name: string; id: string; why: string }[]
  versions: { nomad: string; consul: string }
  /** Longest heartbeat plus grace. */
  heartbeatMs: number
}

/** Longest time to live that Nomad gives a client of a small cluster (cluster-facts §1.1). */
const longestTtlMs = 20_000
export const fewestClients = 3
const labServices = ['consul', 'nomad', 'nomad-client']

/**
 * Is the cluster fit (rubric, 00)? Rejects with one Fault, found before time is spent; waits only for
 * clients that are about to be ready, and for VMs that a restore has just started.
 */
export async function whatIsFit(cluster: Connected, signal: AbortSignal): Promise<Fitness> {
  const { file, nomad, consul } = cluster
  await serversReady(cluster, signal)
  const standing = await clientsStanding(cluster, signal)
  const [leader, self, versions] = await Promise.all([
    nomad.leader(),
    nomad.self(),
    consul.self(file.server),
  ])
  return {
    leader,
    ...standing,
    versions: { nomad: self.version, consul: versions.version },
    heartbeatMs: longestTtlMs + self.graceMs,
  }
}

/** A cluster that was just started has its leaders, services and DNS within seconds: that is waited. */
async function serversReady(cluster: Connected, signal: AbortSignal): Promise<void> {
  const { seen } = await eventually({
    clock: cluster.clock,
    wakes: cluster.wakes,
    budget: { ms: 30_000, because: ['servers elect a leader and register after a start'] },
    signal,
    look: () => serversTrouble(cluster),
    judge: (trouble) => (trouble ? notYetLab('unfit') : met),
  })
  if (seen) throw seen
}

/** What the servers lack, as a Fault; rejects at once where nobody answers at all. */
async function serversTrouble(cluster: Connected): Promise<Fault | undefined> {
  const { file, nomad, consul } = cluster
  const [forNomad, forConsul] = await Promise.all([
    nomad.leader().catch(unreachable('Nomad', file.server, file.nomad.port)),
    consul.leader().catch(unreachable('Consul', file.server, file.consul.port)),
  ])
  const without = forNomad === '' ? 'Nomad' : forConsul === '' ? 'Consul' : undefined
  if (without) return unfit(`${without} has no leader.`, `See ${without}'s log on ${file.server}.`)
  const { services } = await consul.catalogServices(file.server)
  const missing = labServices.find((name) => !services.includes(name))
  if (missing)
    return unfit(
      `The service ${missing} is not in Consul's catalog.`,
      'See that every Nomad agent has a consul block that reaches its Consul agent.',
    )
  return dnsTrouble(cluster)
}

function unreachable(who: string, host: string, port: number): (error: unknown) => never {
  return (error) => {
    throw unfit(
      `${who} at ${host}:${port} cannot be asked: ${error instanceof Error ? error.message : error}`,
      `Start the server's VM and ${who} on it, or correct the address in the cluster file.`,
    )
  }
}

function unfit(sentence: string, cure: string): Fault {
  return new Fault(sentence, { code: 'unfit', cure })
}

async function dnsTrouble(cluster: Connected): Promise<Fault | undefined> {
  const dns = await cluster.dns('consul.service.consul')
  const where = `${cluster.file.server}:${cluster.file.dns.port}`
  if ('error' in dns)
    return unfit(
      `Consul DNS at ${where} does not answer: ${dns.error}`,
      'Set client_addr = "0.0.0.0" in the configuration of Consul on the server.',
    )
  if (dns.addresses.length > 0) return undefined
  return unfit(
    `Consul DNS at ${where} knows no consul.service.consul (${dns.rcode}).`,
    `See Consul's log on ${cluster.file.server}.`,
  )
}

interface Clients {
  nodes: NodeState[]
  /** Those that may be graded on, fit or not. */
  wanted: NodeState[]
  fit: NodeState[]
  /** Addresses whose machines must never be stopped. */
  kept: Set<string>
}

async function lookAtClients(cluster: Connected): Promise<Clients> {
  const { file } = cluster
  const [seen, kept] = await Promise.all([lookAtStanding(cluster), neverStopped(cluster)])
  const { nodes } = seen
  const named = nodes.filter((n) => file.clients === 'discover' || file.clients.includes(n.name))
  const wanted = named.filter((n) => !file.exclude.includes(n.name) && !kept.has(n.address))
  const fit = wanted.filter((n) => isFit(seen, n.name) && n.datacenter === file.datacenter)
  return { nodes, wanted, fit, kept }
}

/** Addresses of the servers, and of the machine that the grader itself runs on (rubric, 00). */
async function neverStopped({ file, nomad, consul }: Connected): Promise<Set<string>> {
  const own = Object.values(networkInterfaces()).flatMap((all) => all ?? [])
  const leaders = await Promise.all([nomad.leader(), consul.leader()])
  const hosts = leaders.map((leader) => leader.slice(0, leader.lastIndexOf(':')))
  return new Set([file.server, ...hosts, ...own.map((one) => one.address)])
}

/**
 * Names of the clients that are fit when an item begins: between two items a client may have come or
 * gone. One of `before` that is missing is waited for: Consul may call a VM that came back `leaving`
 * for a while (docs/discoveries.md).
 */
export async function fitClients(
  cluster: Connected,
  before: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  const { seen } = await eventually({
    clock: cluster.clock,
    wakes: cluster.wakes,
    budget: { ms: 75_000, because: ['members and nodes are looked over every minute'] },
    signal,
    look: async () => namesOf((await lookAtClients(cluster)).fit),
    judge: (fit): Outcome => {
      const missing = before.find((name) => !fit.includes(name))
      return missing ? notYetLab('client-missing', { vm: missing, status: 'not fit' }) : met
    },
  })
  return seen
}

const namesOf = (nodes: NodeState[]) =>
  nodes.map((n) => n.name).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))

async function clientsStanding(
  cluster: Connected,
  signal: AbortSignal,
): Promise<Pick<Fitness, 'clients' | 'setAside'>> {
  const { file } = cluster
  const judge = ({ fit, wanted }: Clients): Outcome => {
    const coming = wanted.some((n) => n.status === 'initializing')
    if (fit.length >= fewestClients && !coming) return met
    return notYetLab('unfit', { fit: fit.length })
  }
  const { seen } = await eventually({
    clock: cluster.clock,
    wakes: cluster.wakes,
    budget: { ms: 45_000, because: ['a client that starts needs up to 30 s (facts §0.2.13)'] },
    signal,
    look: () => lookAtClients(cluster),
    judge,
  })
  const { fit, wanted, nodes, kept } = seen
  if (fit.length < fewestClients) throw tooFew(wanted, fit, file.datacenter)
  const setAside = nodes
    .filter((n) => n.status === 'ready' && n.eligibility === 'eligible' && !fit.includes(n))
    .map((n) => ({ name: n.name, id: n.id, why: whyNot(n, kept) }))
  return { clients: namesOf(fit), setAside }
}

function tooFew(wanted: NodeState[], fit: NodeState[], datacenter: string): Fault {
  const elsewhere = wanted.find((n) => n.datacenter !== datacenter)
  if (elsewhere && fit.length === 0)
    return unfit(
      `The clients are in the datacenter ${elsewhere.datacenter}, the sheet names ${datacenter}.`,
      `Name the datacenter ${datacenter} in Nomad's and Consul's configuration.`,
    )
  const bad = wanted.filter((n) => !fit.includes(n)).map((n) => `${n.name} is ${n.status}`)
  return unfit(
    `Only ${fit.length} clients are fit and ${fewestClients} are needed${bad.length > 0 ? `: ${bad.join(', ')}` : ''}.`,
    'Start the VMs, and see nomad node status and consul members.',
  )
}

function whyNot(node: NodeState, kept: Set<string>): string {
  if (kept.has(node.address)) return 'it is a server, or the machine the grader runs on'
  return node.dockerHealthy
    ? 'it is not alive in Consul or not asked for'
    : 'its Docker is not healthy'
}

/** Jobs and instances called nginx or apache that are not ours hinder a run: which, in a sentence. */
export async function whatHinders(
  cluster: Connected,
  ours: readonly string[],
  allowed: { purge: boolean; shared: boolean },
): Promise<string | undefined> {
  const { purge, shared } = allowed
  const jobs = await cluster.nomad.jobs()
  const foreign = jobs.filter((j) => ['nginx', 'apache'].includes(j.id) && !ours.includes(j.id))
  if (purge) for (const job of foreign) await cluster.nomad.purge(job.id)
  const [job] = purge ? [] : foreign
  if (job) return `A job called ${job.id} runs here that this grader did not register.`
  const other = jobs.find(
    (j) => j.status === 'running' && !ours.includes(j.id) && !foreign.includes(j),
  )
  if (other && !shared)
    return `The job ${other.id} runs here, and VMs that it uses would be stopped (--shared allows it).`
  for (const service of ['nginx', 'apache']) {
    const instances = await cluster.consul.health(service)
    const foreign = instances.find((i) => i.allocation === '')
    if (foreign) return `Somebody else's service ${service} stands in Consul on ${foreign.node}.`
  }
  return undefined
}

/** The VM on which something answers at port 80 though nothing of Nomad's is placed there. */
export async function whoHoldsPort80(
  cluster: Connected,
  clients: string[],
): Promise<string | undefined> {
  const nodes = (await cluster.nomad.nodes()).filter((n) => clients.includes(n.name))
  const looks = await Promise.all(nodes.map((n) => cluster.web(n.address, 80)))
  const held = looks.findIndex((look) => look.error === '')
  return nodes[held]?.name
}

/** Throws when a client that is not `known` has joined: nobody of ours started it. */
export function guardMembership({ nomad, consul }: View, known: readonly string[]): void {
  if (unseen(nomad) || unseen(consul)) return
  const members = new Map(consul.members.map((m) => [m.address, m.status]))
  // Nomad calls a client that has just died ready for up to 30 s: both must know it.
  const seen = { nodes: nomad.nodes, members }
  const joined = nomad.nodes.find((n) => isFit(seen, n.name) && !known.includes(n.name))
  if (joined)
    throw new Fault(`The client ${joined.name} joined the cluster while an item was graded.`, {
      code: 'client-joined',
      cure: 'Start all VMs before grading, and run this item again.',
    })
}
