import pLimit from 'p-limit'
import { clearTheWay } from './clear-the-way.ts'
import { type Clients, fitOnes, lookAtClients, tooFew, toSetAside } from './clients.ts'
import type { Aside } from './cluster/aside.ts'
import type { Connected } from './connect.ts'
import { dnsSilent, labServicesMissing } from './doctor/catalog.ts'
import { asFault, type Finding, fatal, inOrder } from './doctor/finding.ts'
import type { Ours } from './doctor/foreign.ts'
import { port80Taken } from './doctor/port80.ts'
import { noWayToSwitch, switchOf } from './doctor/power.ts'
import { whyNotStoppable } from './doctor/reach.ts'
import { lookAtServer } from './doctor/server.ts'
import { type Client, fewestClients } from './doctor/standing.ts'
import { met, notYetLab, type Outcome } from './grade/reason.ts'
import { unseen, type View } from './grade/view.ts'
import { type Message, msg } from './language/message.ts'
import { isFit } from './machines.ts'
import { eventually } from './time/eventually.ts'
import { Fault } from './time/fault.ts'

/** What a run needs to know of a fit cluster. */
export interface Fitness {
  leader: string
  /** Names of the fit clients in the sheet's datacenter. */
  clients: string[]
  /** Ready but not fit, or not to be stopped: to be made ineligible for the run. */
  setAside: Aside[]
  versions: { nomad: string; consul: string }
  /** Longest heartbeat plus grace. */
  heartbeatMs: number
  /** How long after a heartbeat's time to live Nomad still waits. */
  graceMs: number
}

export interface FitOptions {
  signal: AbortSignal
  /** Whether an item of the run stops VMs: then they must be stoppable and startable. */
  stops: boolean
  /** What this grader registered earlier. */
  ours: Ours
  /** Jobs called nginx or apache that are not ours are purged. */
  purge: boolean
  /** Jobs of others may run on VMs that are stopped. */
  shared: boolean
  say(sentence: Message): void
}

/** Longest time to live that Nomad gives a client of a small cluster (cluster-facts §1.1). */
const longestTtlMs = 20_000
/** VMs that are asked together, over SSH and by their hypervisor. */
const atOnce = 10

/**
 * Is the cluster fit (rubric, 00)? Rejects with one Fault, found before time is spent; waits only for
 * servers and clients that are about to be ready. `grade doctor` makes the same checks, and more.
 */
export async function whatIsFit(cluster: Connected, options: FitOptions): Promise<Fitness> {
  const noWay = options.stops ? noWayToSwitch(cluster) : undefined
  const servers = await serversReady(cluster, options.signal)
  if (noWay) throw asFault(noWay)
  const standing = await clientsStanding(cluster, options.signal)
  const port80 = await clearTheWay(cluster, options)
  const good = standing.clients.filter((one) => !standing.troubles.has(one.name))
  const more = await troublesOf(cluster, good, options, port80)
  const troubles = new Map([...standing.troubles, ...more])
  const clients = standing.clients.filter((one) => !troubles.has(one.name))
  if (clients.length < fewestClients) throw tooFew(clients.length, [...troubles.values()])
  return {
    leader: servers.leader,
    clients: inOrder(clients.map((one) => one.name)),
    setAside: toSetAside(standing, troubles),
    versions: servers.versions,
    heartbeatMs: longestTtlMs + servers.graceMs,
    graceMs: servers.graceMs,
  }
}

/** A cluster that was just started has its leaders, services and DNS within seconds: that is waited. */
async function serversReady(cluster: Connected, signal: AbortSignal) {
  const { seen } = await eventually({
    clock: cluster.clock,
    wakes: cluster.wakes,
    budget: { ms: 30_000, because: ['servers elect a leader and register after a start'] },
    signal,
    look: async () => {
      const { nomad, consul, findings } = await lookAtServer(cluster)
      const [first] = findings
      // Only an election is a matter of seconds.
      if (first && first.what !== 'no-leader') throw asFault(first)
      if (first || !nomad || !consul) return { trouble: first }
      const [trouble] = [...(await labServicesMissing(cluster)), ...(await dnsSilent(cluster))]
      return { trouble, nomad, consul }
    },
    judge: ({ trouble }) => (trouble ? notYetLab('unfit') : met),
  })
  if (seen.trouble) throw asFault(seen.trouble)
  const { nomad, consul } = seen
  return {
    leader: nomad?.leader ?? '',
    versions: { nomad: nomad?.version ?? '', consul: consul?.version ?? '' },
    graceMs: nomad?.graceMs ?? 0,
  }
}

/** Waits for clients that are about to be ready; how many are, is judged later. */
async function clientsStanding(cluster: Connected, signal: AbortSignal): Promise<Clients> {
  const { seen } = await eventually({
    clock: cluster.clock,
    wakes: cluster.wakes,
    budget: { ms: 45_000, because: ['a client that starts needs up to 30 s (facts §0.2.13)'] },
    signal,
    look: () => lookAtClients(cluster),
    judge: (found): Outcome => {
      const coming = found.clients.some(({ node }) => node?.status === 'initializing')
      const fit = fitOnes(found).length
      return fit >= fewestClients && !coming ? met : notYetLab('unfit', { fit })
    },
  })
  return seen
}

/** What only the VMs themselves and their hypervisor can tell: the first thing for each. */
async function troublesOf(
  cluster: Connected,
  clients: readonly Client[],
  { stops, signal }: FitOptions,
  placed: ReadonlySet<string>,
): Promise<Map<string, Finding>> {
  const limit = pLimit(atOnce)
  const stoppable = () =>
    clients.map((client) =>
      limit(async () => {
        const vm = { name: client.name, host: client.host }
        const [why, known] = await Promise.all([
          whyNotStoppable(cluster, vm),
          switchOf(cluster, vm.name),
        ])
        return why ?? known.trouble
      }),
    )
  const [taken, ...others] = await Promise.all([
    portsTaken(cluster, clients, placed, signal),
    ...(stops ? stoppable() : []),
  ])
  const byName = [...taken, ...others].flatMap((one) => (one ? [[one.vms[0] ?? '', one]] : []))
  return new Map(byName as [string, Finding][])
}

/** Clients whose port 80 is not free. A container that was just stopped still closes it: that is waited. */
async function portsTaken(
  cluster: Connected,
  clients: readonly Client[],
  placed: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Finding[]> {
  const { seen } = await eventually({
    clock: cluster.clock,
    wakes: cluster.wakes,
    budget: { ms: 15_000, because: ['a stopped container has its port for 5 s (kill_timeout)'] },
    signal,
    look: () => port80Taken(cluster, clients, placed),
    judge: (taken) => (taken.length > 0 ? notYetLab('unfit') : met),
  })
  const placedHere = clients.filter(({ name }) => placed.has(name))
  return [
    ...seen,
    ...placedHere.map(({ name }) =>
      fatal(
        'port-80',
        msg("Somebody's job holds port 80 on {name}.", { name }),
        msg('Stop that job.'),
        [name],
      ),
    ),
  ]
}

/**
 * Throws when a client that is not `known` has joined, or one that we stopped, and did not start, is
 * there again (rubric, The items).
 */
export function guardMembership(
  { nomad, consul }: View,
  known: readonly string[],
  stopped: readonly string[],
): void {
  if (unseen(nomad) || unseen(consul)) return
  const members = new Map(consul.members.map((m) => [m.address, m.status]))
  // Nomad calls a client that has just died ready for up to 30 s: both must know it.
  const seen = { nodes: nomad.nodes, members }
  const joined = nomad.nodes.find((n) => isFit(seen, n.name) && !known.includes(n.name))
  if (joined)
    throw new Fault(
      msg('The client {name} joined the cluster while an item was graded.', { name: joined.name }),
      {
        code: 'client-joined',
        cure: msg('Start all VMs before grading, and run this item again.'),
      },
    )
  const back = stopped.find((name) => isFit(seen, name))
  if (back)
    throw new Fault(msg('{vm} came back by itself while it had to be off.', { vm: back }), {
      code: 'client-joined',
      cure: msg('Find out what starts it, and run this item again.'),
    })
}
