import type { Undo, Vm, World } from '../contract.ts'
import { randomStream } from '../random.ts'

/** As serf numbers them (cluster-facts §2.1). */
export const memberStatus = { alive: 1, leaving: 2, left: 3, failed: 4 } as const
export type MemberStatus = (typeof memberStatus)[keyof typeof memberStatus]

export interface Serf {
  /** Of every VM that ever joined. */
  status(vm: string): MemberStatus | undefined
  /** Whether the VM's Consul agent runs. */
  isUp(vm: string): boolean
  /** As `systemctl stop consul`, or `kill -9`. The VM itself goes on. */
  stop(vm: string, how: 'orderly' | 'cut'): void
  start(vm: string): void
}

/** What the server does about its members. */
export interface SerfEvents {
  joined(vm: Vm): void
  left(vm: Vm): void
  failed(vm: Vm): void
  /** The agent's process has ended. */
  stopped(vm: Vm): void
  started(vm: Vm): void
}

/** Seconds of cluster time. */
const timing = {
  /** Agents' start to membership: ready 0.1–0.3 s after the agents' start (cluster-facts §0.1). */
  join: [0.1, 0.3],
  /** SIGTERM to `leaving`, and on to `left`: 0–0.1 and 0.2–0.4 s in recordings/…/watch.ndjson, ~1 s in §1.4. */
  leaving: [0, 0.15],
  leave: [0.2, 0.8],
  /**
   * Power cut until somebody suspects: the next probe and what it takes to give up. With the suspicion
   * 4.6, 5.3, 6.4, 12.6 and 15.6 s were measured (cluster-facts §0.1, §0.2.12), 5–10 and 12–17 modelled
   * (§1.8).
   */
  noticed: [0.5, 5.6],
  /** Suspicion with two confirmations or more, with one, with none, of up to ten members (§2.1). */
  suspicion: { fast: 4, slow: 11.4, slowest: 24 },
} as const

interface Suspicion {
  due: number
  noticedAt: number
  undo: Undo
}

/** What a VM's agent does; by the VM's name. */
interface Acts {
  start(): void
  leave(): void
  die(): void
}

/** Every VM that is up is a member from the beginning. */
export function startSerf(world: World, events: SerfEvents): Serf {
  const random = randomStream(world.seed, 'serf')
  const up = new Set<string>()
  const members = new Map<string, MemberStatus>()
  const suspicions = new Map<Vm, Suspicion>()
  const agents = new Map<string, Acts>()
  const set = (vm: Vm, status: MemberStatus) => {
    members.set(vm.name, status)
    world.log(`consul ${vm.name}`, nameOf(status))
  }
  /** A further death takes confirmers away, which moves what was suspected before. */
  const reconsider = () => {
    const lasts = suspicionMs(members, up)
    for (const [vm, suspicion] of suspicions) {
      const due = Math.max(suspicion.due, suspicion.noticedAt + lasts)
      if (due === suspicion.due) continue
      suspicion.undo()
      suspicion.due = due
      suspicion.undo = world.after(due - world.now(), () => {
        suspicions.delete(vm)
        set(vm, memberStatus.failed)
        events.failed(vm)
      })
    }
  }
  const stop = (vm: Vm) => {
    if (up.delete(vm.name)) events.stopped(vm)
  }
  for (const vm of world.vms.values()) {
    let pending: Undo = () => {}
    const after = (range: readonly [number, number], act: () => void) => {
      pending()
      pending = world.after(drawnMs(range, random()), act)
    }
    if (vm.power === 'running') {
      up.add(vm.name)
      members.set(vm.name, memberStatus.alive)
    }
    const start = () => {
      if (up.has(vm.name)) return
      up.add(vm.name)
      events.started(vm)
      after(timing.join, () => {
        suspicions.get(vm)?.undo()
        suspicions.delete(vm)
        set(vm, memberStatus.alive)
        events.joined(vm)
      })
    }
    const leave = () => {
      if (!up.has(vm.name)) return
      // leave_on_terminate is true for client agents only (cluster-facts §1.4).
      if (vm.isServer) return stop(vm)
      after(timing.leaving, () => {
        set(vm, memberStatus.leaving)
        after(timing.leave, () => {
          set(vm, memberStatus.left)
          events.left(vm)
          stop(vm)
        })
      })
    }
    const die = () => {
      pending()
      stop(vm)
      const status = members.get(vm.name)
      if (
        vm.isServer ||
        status === undefined ||
        status === memberStatus.left ||
        status === memberStatus.failed
      )
        return
      suspicions.get(vm)?.undo()
      const noticedAt = world.now() + drawnMs(timing.noticed, random())
      suspicions.set(vm, { due: 0, noticedAt, undo: () => {} })
      reconsider()
    }
    vm.on('boot', start)
    vm.on('shutdown', leave)
    vm.on('cut', die)
    agents.set(vm.name, { start, leave, die })
  }
  return {
    status: (vm) => members.get(vm),
    isUp: (vm) => up.has(vm),
    stop: (vm, how) => (how === 'cut' ? agents.get(vm)?.die() : agents.get(vm)?.leave()),
    start: (vm) => agents.get(vm)?.start(),
  }
}

/** Milliseconds of a range of seconds. */
export function drawnMs([min, max]: readonly [number, number], luck: number): number {
  return (min + luck * (max - min)) * 1000
}

/**
 * How long a suspected member has to say that it lives: two confirmations are expected where there are
 * members enough to give them, only living members confirm, and more than ten members take their time
 * (cluster-facts §2.1: 4 · max(1, log10 n) · 1 s).
 */
function suspicionMs(members: Map<string, MemberStatus>, up: Set<string>): number {
  const known = [...members.values()].filter((status) => status !== memberStatus.left).length
  return timing.suspicion[confirmed(known, up.size)] * Math.max(1, Math.log10(known)) * 1000
}

function confirmed(known: number, up: number): keyof typeof timing.suspicion {
  if (known - 2 < 2) return 'fast'
  const confirmers = up - 1
  return confirmers >= 2 ? 'fast' : confirmers === 1 ? 'slow' : 'slowest'
}

function nameOf(status: MemberStatus): string {
  return Object.entries(memberStatus).find(([, number]) => number === status)?.[0] ?? ''
}
