import type { Others, Undo, Vm, World } from './contract.ts'
import { randomStream, uuidFrom } from './random.ts'
import { makeVm, type VmInside, type VmSize } from './vm.ts'

/** The world with what only the lab's own doors may see. */
export interface WorldInside extends World {
  readonly vms: ReadonlyMap<string, VmInside>
  /** By address. */
  readonly vmAt: ReadonlyMap<string, VmInside>
  others: Others
  /** Each line of the history, as it is said. */
  onLog(act: () => void): void
}

/** What the world needs of the clock (lab/clock.ts). */
export interface WorldTime {
  now(): number
  after(ms: number, act: () => void): Undo
}

export interface WorldOptions extends Pick<World, 'seed' | 'versions' | 'faults'> {
  clients: number
  /** Clients that are off at the beginning. */
  later?: number
}

/** The exercise sheet's order, then on from box-9. */
const firstClients = [5, 7, 8, 6]
/** 192.168.56.254 is the last address of the network. */
const mostClients = 150
const longestHistory = 20_000

/** All VMs are up but for the later ones; agents are started by who makes them. */
export function makeWorld(options: WorldOptions, time: WorldTime): WorldInside {
  const { seed, versions, faults, clients, later = 0 } = options
  if (!(Number.isInteger(clients) && clients >= 1 && clients <= mostClients)) {
    throw new Error(`lab: ${clients} clients asked for; it can be 1 to ${mostClients}`)
  }
  const random = randomStream(seed, 'world')
  const history: { at: number; who: string; what: string }[] = []
  const heard: (() => void)[] = []
  const log = (who: string, what: string) => {
    if (history.length < longestHistory) history.push({ at: time.now(), who, what })
    for (const act of heard) act()
  }
  const size = vmSize(seed)
  const vms = new Map<string, VmInside>()
  const numbers = vmNumbers(clients + later)
  for (const n of numbers) {
    const own = randomStream(seed, `box-${n}`)
    const vm = makeVm(n, size, {
      now: time.now,
      after: time.after,
      log,
      random: own,
      uuid: () => uuidFrom(own),
      neverReturns: (name) => faults.vmsThatNeverReturn.has(name),
      doesNotStop: (name) => faults.vmsThatDoNotStop.has(name),
      stopSeconds: (name) => faults.vmsThatStopLate.get(name),
    })
    if (numbers.indexOf(n) > clients) vm.power = 'off'
    vms.set(vm.name, vm)
  }
  return {
    seed,
    versions,
    datacenter: 'dc1',
    faults,
    vms,
    vmAt: new Map([...vms.values()].map((vm) => [vm.ip, vm])),
    server: vms.get('box-1') as Vm,
    now: time.now,
    after: time.after,
    random,
    between: (min, max) => min + random() * (max - min),
    uuid: () => uuidFrom(random),
    log,
    history,
    others: nobody,
    onLog: (act) => void heard.push(act),
  }
}

/** Before the agents have started. */
const nobody: Others = {
  changeLeader() {},
  setEligible() {},
  drain() {},
  runJob: async () => {},
  stopConsul() {},
  startConsul() {},
  registerService() {},
}

function vmNumbers(clients: number): number[] {
  const numbers = [...firstClients]
  for (let n = 9; numbers.length < clients; n++) numbers.push(n)
  return [1, ...numbers.slice(0, clients)]
}

/**
 * Three of four labs have the course's 2 cores and 4 GB (lab-conventions §1), where three replicas
 * always spread; one of four has the small VMs where 2+1 occurs (cluster-facts §1.6).
 */
function vmSize(seed: number): VmSize {
  const small = randomStream(seed, 'size')() < 0.25
  return small ? { cpuMhz: 2600, memoryMb: 961 } : { cpuMhz: 5000, memoryMb: 3900 }
}
