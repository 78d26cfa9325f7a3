import type { Journal } from './cluster/journal.ts'
import type { Watcher } from './cluster/reaper.ts'
import { bootIdOf, bringBack, type Stopped } from './cluster/return.ts'
import { stopVm } from './cluster/stop.ts'
import type { Connected } from './connect.ts'
import type { StopRecord } from './grade/evidence.ts'
import { met, notYetLab, type Outcome } from './grade/reason.ts'
import type { NodeState } from './grade/view.ts'
import type { Memory } from './observe.ts'
import type { Budget } from './time/budget.ts'
import { eventually } from './time/eventually.ts'
import { Fault, tell } from './time/fault.ts'

export interface Machines {
  /** Names of the clients this run grades on: those fit when the present item began. */
  readonly clients: readonly string[]
  /** Takes the fit clients of now, and those that we have stopped; what changed, in a sentence. */
  takeClients(fit: readonly string[]): string
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
  bringBack(): Promise<string>
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
export async function lookAtStanding({ nomad, consul }: Connected): Promise<Standing> {
  const [nodes, members] = await Promise.all([nomad.nodes(), consul.members()])
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
  atFirst: readonly string[],
  say: (sentence: string) => void,
  signal: () => AbortSignal,
): Machines {
  const { journal, watcher } = by
  let clients = [...atFirst]
  const off = new Set<string>()
  /** What is known of them. */
  const stopped = new Map<string, Stopped>()
  const starting = new Map<string, { under: AbortSignal; done: Promise<void> }>()
  let unwatched = ''
  /** What the last start of a VM came to, where it did not come back. */
  const troubles = new Map<string, string>()
  const { clock, wakes } = cluster

  const look = () => lookAtStanding(cluster)

  return {
    get clients() {
      return clients
    },
    off,
    takeClients(fit) {
      const before = clients
      clients = [...new Set([...fit, ...off])]
      const gone = before.filter((name) => !clients.includes(name))
      const come = clients.filter((name) => !before.includes(name))
      return [
        gone.length > 0 && `${gone.join(', ')} is not fit any more.`,
        come.length > 0 && `${come.join(', ')} is fit now.`,
      ]
        .filter(Boolean)
        .join(' ')
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
          throw new Fault(troubles.get(vm.name) ?? `${vm.name} was stopped already.`, {
            code: 'vm-off',
            cure: 'Run it again.',
          })
        journal.stopping(vm)
        off.add(vm.name)
        stopped.set(vm.name, vm)
      }
      await Promise.all(
        vms.map(async (vm) => {
          say(`${vm.name}: stopping (${how})`)
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
      return { kind: 'stop', how, vms: took }
    },
    async start(name) {
      const vm = stopped.get(name)
      if (!vm || starting.has(name)) return
      say(`${name}: starting`)
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
      if (missing) return troubles.get(missing) ?? `${missing} did not come back.`
      if (names.length === 0) return ''
      const judge = (seen: Standing): Outcome => {
        const unfit = names.find((name) => !isFit(seen, name))
        return unfit ? notYetLab('client-missing', { vm: unfit, status: 'not fit' }) : met
      }
      const waited = await eventually({
        clock,
        wakes,
        budget: fitAgain,
        signal: signal(),
        look,
        judge,
      })
      return waited.ended === 'met' ? '' : `${names.join(', ')} came back, but not all fit.`
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
      await bringBack(vm, cluster, { budgetMs: bootMs, signal: under })
      journal.back(vm.name)
      off.delete(vm.name)
      stopped.delete(vm.name)
      memory.backAt.set(vm.name, clock.now())
      memory.returning.delete(vm.name)
      say(`${vm.name}: back`)
    } catch (error) {
      if (under.aborted) return
      troubles.set(vm.name, tell(error))
      say(tell(error))
    } finally {
      starting.delete(vm.name)
    }
  }
}

/** A VM that is about to be stopped, and what tells later whether it has booted again. */
async function victimOf({ nomad, ssh }: Connected, name: string): Promise<Stopped> {
  const node = (await nomad.nodes()).find((n) => n.name === name)
  if (!node)
    throw new Fault(`Nomad knows no client ${name}.`, { code: 'vm-unknown', cure: 'Run it again.' })
  const host = node.address
  return { name, host, bootId: await bootIdOf(ssh, { name, host }), accepted: false }
}

/** Ready, eligible and with Docker in Nomad, alive in Consul. */
export function isFit(seen: Standing, name: string): boolean {
  const node = seen.nodes.find((n) => n.name === name)
  return (
    node !== undefined &&
    node.status === 'ready' &&
    node.eligibility === 'eligible' &&
    node.dockerHealthy &&
    seen.members.get(node.address) === 'alive'
  )
}

function statesOf(seen: Standing, vms: { name: string; host: string }[]): StopRecord['vms'] {
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
