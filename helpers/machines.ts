import { type Asides, createAsides } from './aside.ts'
import type { FitNow } from './clients.ts'
import type { Journal } from './cluster/journal.ts'
import type { Watcher } from './cluster/reaper.ts'
import { bootIdOf, bringBack, type Stopped } from './cluster/return.ts'
import { stopVm } from './cluster/stop.ts'
import type { Connected } from './connect.ts'
import type { Fitness } from './fit.ts'
import type { StopRecord } from './grade/evidence.ts'
import { takesReplicas } from './grade/placing.ts'
import { met, notYetLab, type Outcome } from './grade/reason.ts'
import type { NodeState } from './grade/view.ts'
import { asMessage, msg, type Text } from './language/message.ts'
import { lookAtMembers, lookAtNodes, type Memory } from './observe.ts'
import type { Budget } from './time/budget.ts'
import { eventually } from './time/eventually.ts'
import { Fault, told } from './time/fault.ts'
import { type Look, sharedLook } from './time/kept.ts'

export interface Machines {
  /** Names of the clients this run grades on: those fit when the present item began. */
  readonly clients: readonly string[]
  /** What this run has made ineligible, by node id. */
  readonly aside: Asides['all']
  /**
   * Takes the fit clients of now, and those that we have stopped. The unfit are set aside, and what
   * was set aside in mid-run is taken back once it is fit. What changed, in sentences.
   */
  takeClients(now: FitNow): Promise<Text[]>
  /** Those of them that we have stopped and not yet proved back. */
  readonly off: ReadonlySet<string>
  /**
   * Stops VMs and waits until Nomad and Consul both say so, within the budget. `foretell` is asked
   * at the last moment: VM → when Nomad will miss it, in cluster ms since the epoch.
   */
  stop(
    names: string[],
    budget: Budget,
    foretell: () => Promise<Map<string, number>>,
  ): Promise<StopRecord>
  /** Starts a stopped VM without waiting for it. */
  start(name: string): Promise<void>
  /** Starts what is off and waits until all of it is fit again; '' or a sentence on what is not. */
  bringBack(): Promise<Text>
}

const bootMs = 240_000
/** Docker's own fingerprint comes every 30 s (cluster-facts §1.3). */
const fitAgain = { ms: 75_000, because: ['Nomad looks at Docker every 30 s'] }

/** Nomad's nodes, and Consul's word on each address. */
export interface Standing {
  nodes: NodeState[]
  members: Map<string, string>
}

/** Who is there, by both witnesses. */
export async function lookAtStanding(cluster: Connected, how?: Look): Promise<Standing> {
  const [nodes, members] = await Promise.all([
    lookAtNodes(cluster, how),
    lookAtMembers(cluster, how),
  ])
  return { nodes, members: new Map(members.map((m) => [m.address, m.status])) }
}

/**
 * How a run stops and starts the VMs of its clients; each act is in the journal before it is done,
 * and where there is a watcher it is seen to watch before.
 */
export function createMachines(
  cluster: Connected,
  by: { journal: Journal; watcher?: Watcher | undefined },
  memory: Memory,
  atFirst: Pick<Fitness, 'clients' | 'setAside'>,
  say: (sentence: Text) => void,
  signal: () => AbortSignal,
): Machines {
  const { journal, watcher } = by
  let clients = [...atFirst.clients]
  const aside = createAsides(cluster, journal, atFirst.setAside)
  const off = new Set<string>()
  /** What is known of them. */
  const stopped = new Map<string, Stopped>()
  const starting = new Map<string, { under: AbortSignal; done: Promise<void> }>()
  let unwatched: Text = ''
  /** What the last start of a VM came to, where it did not come back. */
  const troubles = new Map<string, Text>()
  const { clock, wakes } = cluster

  const look = (how: Look) => lookAtStanding(cluster, how)

  return {
    get clients() {
      return clients
    },
    off,
    aside: aside.all,
    async takeClients(now) {
      const { fit, changed } = await aside.follow(now, off)
      const before = clients
      clients = [...new Set([...fit, ...off])]
      const gone = before.filter((name) => !clients.includes(name))
      const come = clients.filter((name) => !before.includes(name))
      if (gone.length > 0) changed.push(msg('{names} is not fit any more.', { names: gone }))
      if (come.length > 0) changed.push(msg('{names} is fit now.', { names: come }))
      return changed
    },
    async stop(names, budget, foretell) {
      const how = cluster.power.how
      // What an earlier try stopped may still be on its way back.
      await Promise.all(names.map((name) => starting.get(name)?.done))
      const vms = await Promise.all(names.map((name) => victimOf(cluster, name)))
      await seeWatched()
      const foretold = await foretell()
      const before = clock.now()
      for (const vm of vms) {
        if (off.has(vm.name))
          throw new Fault(
            asMessage(troubles.get(vm.name) ?? msg('{vm} was stopped already.', { vm: vm.name })),
            {
              code: 'vm-off',
              cure: msg('Run it again.'),
            },
          )
        journal.stopping(vm)
        off.add(vm.name)
        stopped.set(vm.name, vm)
      }
      await Promise.all(
        vms.map(async (vm) => {
          say(
            how === 'cut'
              ? msg('{vm}: stopping by a cut', { vm: vm.name })
              : msg('{vm}: stopping in order', { vm: vm.name }),
          )
          await stopVm(vm, how, { ...cluster, say })
          journal.accepted(vm.name)
          vm.accepted = true
        }),
      )
      const missed = new Map<string, number>()
      const judge = (seen: Standing) => {
        for (const { name, nomad } of statesOf(seen, vms))
          if (isDown(nomad) && !missed.has(name)) missed.set(name, clock.now())
        return gone(seen, vms)
      }
      const waited = await eventually({ clock, wakes, budget, signal: signal(), look, judge })
      const took = statesOf(waited.seen, vms).map((vm) => {
        const [real, told] = [missed.get(vm.name), foretold.get(vm.name)]
        return {
          ...vm,
          ...(real !== undefined && { missedMs: real - before }),
          ...(told !== undefined && { foretoldMs: told - before }),
        }
      })
      return { kind: 'stop', askedAt: before, how, vms: took }
    },
    async start(name) {
      const vm = stopped.get(name)
      if (!vm || starting.has(name)) return
      say(msg('{vm}: starting', { vm: name }))
      memory.returning.add(name)
      starting.set(name, { under: signal(), done: proveBack(vm) })
    },
    async bringBack() {
      // What an interrupt ended is begun anew: everything is brought back then too.
      const ended = [...starting.values()].filter(({ under }) => under.aborted)
      await Promise.all(ended.map(({ done }) => done))
      const names = [...off]
      await Promise.all(names.map((name) => this.start(name)))
      await Promise.all([...starting.values()].map(({ done }) => done))
      const [missing] = off
      if (missing) return troubles.get(missing) ?? msg('{vm} did not come back.', { vm: missing })
      if (names.length === 0) return ''
      const judge = (seen: Standing): Outcome => {
        const unfit = names.find((name) => !isFit(seen, name))
        return unfit ? notYetLab('client-missing', { vm: unfit, status: msg('not fit') }) : met
      }
      const waited = await eventually({
        clock,
        wakes,
        budget: fitAgain,
        signal: signal(),
        look,
        judge,
      })
      return waited.ended === 'met' ? '' : msg('{names} came back, but not all fit.', { names })
    },
  }

  /** Without a watcher the next run restores: that is said once, and hinders nobody. */
  async function seeWatched(): Promise<void> {
    const trouble = (await watcher?.ready()) ?? ''
    if (trouble !== unwatched && trouble !== '') say(trouble)
    unwatched = trouble
  }

  /** Asks for the start and waits in the background; what went wrong is said, and stays off. */
  async function proveBack(vm: Stopped): Promise<void> {
    const under = signal()
    try {
      const nomad = { ...cluster.nomad, nodes: () => nodesUntilReady(cluster, vm.name) }
      await bringBack(vm, { ...cluster, nomad }, { budgetMs: bootMs, signal: under })
      journal.back(vm.name)
      off.delete(vm.name)
      stopped.delete(vm.name)
      memory.backAt.set(vm.name, clock.now())
      memory.returning.delete(vm.name)
      say(msg('{vm}: back', { vm: vm.name }))
    } catch (error) {
      if (under.aborted) return
      troubles.set(vm.name, told(error))
      say(told(error))
    } finally {
      starting.delete(vm.name)
    }
  }
}

/** A VM that is about to be stopped, and what tells later whether it has booted again. */
/** Asked for when Nomad told of a node; that this one is ready is never an answer from before. */
async function nodesUntilReady(cluster: Connected, name: string): Promise<NodeState[]> {
  const how = sharedLook()
  const nodes = await lookAtNodes(cluster, how)
  const ready = nodes.some((node) => node.name === name && node.status === 'ready')
  return how.reused && ready ? cluster.nomad.nodes() : nodes
}

async function victimOf(cluster: Connected, name: string): Promise<Stopped> {
  const nodes = await lookAtNodes(cluster, sharedLook())
  const node = nodes.find((n) => n.name === name)
  if (!node)
    throw new Fault(msg('Nomad knows no client {name}.', { name }), {
      code: 'vm-unknown',
      cure: msg('Run it again.'),
    })
  const host = node.address
  return { name, host, bootId: await bootIdOf(cluster.ssh, { name, host }), accepted: false }
}

/** Nomad gives it work, and it is alive in Consul. */
export function isFit(seen: Standing, name: string): boolean {
  const node = seen.nodes.find((n) => n.name === name)
  return node !== undefined && takesReplicas(node) && seen.members.get(node.address) === 'alive'
}

/** What both witnesses say of VMs that were stopped, and whether that is effective. */
export function statesOf(seen: Standing, vms: { name: string; host: string }[]): StopRecord['vms'] {
  return vms.map(({ name, host }) => {
    const nomad = seen.nodes.find((n) => n.name === name)?.status ?? 'unknown'
    const consul = seen.members.get(host) ?? 'left'
    const effective = isDown(nomad) && ['failed', 'left'].includes(consul)
    return { name, nomad, consul, effective }
  })
}

const isDown = (nomad: string) => ['down', 'disconnected'].includes(nomad)

function gone(seen: Standing, vms: { name: string; host: string }[]): Outcome {
  const bad = statesOf(seen, vms).find((vm) => !vm.effective)
  return bad
    ? notYetLab('not-stopped', { vm: bad.name, nomad: bad.nomad, consul: bad.consul })
    : met
}
