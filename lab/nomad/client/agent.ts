import type { ConsulAgent, Undo, Vm, World } from '../../contract.ts'
import { type Heartbeats, newTtl } from '../heartbeats.ts'
import type { Nodes } from '../nodes.ts'
import type { Store } from '../store.ts'
import type { Allocation, TaskState } from '../types.ts'
import { agentServiceId, checkId } from './consul-id.ts'
import type { Containers } from './docker.ts'
import { type Life, makeLife } from './life.ts'
import { type AllocRunner, type Around, type Report, runAlloc } from './runner.ts'

export interface ClientAgent {
  readonly up: boolean
  readonly nodeId: string
  /** `stats.client` of the agent (cluster-facts §0.2.7); milliseconds. */
  readonly heartbeatTtl: number
  readonly lastHeartbeat: number
  readonly allocations: number
  /** Every change of an allocation on any node, after its write. */
  saw(alloc: Allocation, byServer: boolean): void
}

export interface Surroundings {
  world: World
  store: Store
  nodes: Nodes
  heartbeats: Heartbeats
  consul: ConsulAgent
  containers: Containers
  serverUp(): boolean
  /** Reports of allocations, as the server takes them. */
  send(reports: Report[]): void
}

/** After the boot until the agent registers, and then until its first heartbeat (§0.1: 0.1–0.3 s). */
const registerMs = [60, 180] as const
const readyMs = [45, 105] as const
/** From `ready` until restored allocations are looked after (recordings: 0.23 to 0.25 s). */
const restoreMs = [230, 255] as const
/** The client's long poll for its allocations. */
const pollMs = [4, 14] as const
/** Updates are sent together (client.go allocSyncIntv). */
const syncMs = 200
/** Unknown services are left alone so long after the agent's start (cluster-facts §2.2, §0.2.1). */
const probationMs = [60_000, 60_700] as const
/** When the server does not answer (client.go registerRetryIntv). */
const retryMs = [15_000, 30_000] as const
/** An image is removed so long after its last container (cluster-facts §0.2.14). */
const imageDelayMs = 180_000

export function startClient(vm: Vm, around: Surroundings): ClientAgent {
  const { world, store, nodes, heartbeats, consul } = around
  const nodeId = nodes.idOf(vm)
  /** What the agent keeps on disk. */
  const kept = new Map<string, Record<string, TaskState>>()
  let runners = new Map<string, AllocRunner>()
  let waiting: { allocId: string; act: () => void }[] = []
  let dirty = new Set<AllocRunner>()
  let life: Life = makeLife(world)
  let registered = false
  let heartbeatTtl = 0
  let lastHeartbeat = 0

  function beat(): void {
    if (!around.serverUp()) {
      life.after(world.between(...retryMs), beat)
      return
    }
    heartbeatTtl = heartbeats.beat(nodeId)
    lastHeartbeat = world.now()
    nodes.setStatus(nodeId, 'ready')
    life.after(heartbeatTtl, beat)
  }

  /** The cluster has been up for a while: the node is ready, somewhere between two heartbeats. */
  function beginSettled(): void {
    nodes.register(vm)
    nodes.setStatus(nodeId, 'ready')
    registered = true
    heartbeatTtl = newTtl(world, world.vms.size - 1)
    const ago = world.between(0, heartbeatTtl)
    lastHeartbeat = world.now() - ago
    heartbeats.beatBefore(nodeId, ago, heartbeatTtl)
    life.after(heartbeatTtl - ago, beat)
    registerAgent()
  }

  function boot(): void {
    life.end()
    life = makeLife(world)
    runners = new Map()
    waiting = []
    dirty = new Set()
    registered = false
    life.after(world.between(...registerMs), register)
    life.after(world.between(...probationMs), removeGhosts)
    life.after(0, registerAgent)
  }

  function register(): void {
    if (!around.serverUp()) {
      life.after(world.between(...retryMs), register)
      return
    }
    nodes.register(vm)
    life.after(world.between(...readyMs), () => {
      registered = true
      beat()
      life.after(world.between(...restoreMs), restore)
    })
  }

  function restore(): void {
    for (const [allocId, states] of kept) {
      if (runners.has(allocId)) continue
      const alloc = store.allocs.get(allocId)
      if (alloc) runners.set(allocId, runAlloc(inside(life), alloc, states))
      else kept.delete(allocId)
    }
    for (const alloc of store.allocsOn(nodeId)) take(alloc)
  }

  /** Ghosts are passing, but checks of theirs begin anew (cluster-facts §2.4). */
  function registerAgent(): void {
    if (!consul.up) {
      life.after(syncMs, registerAgent)
      return
    }
    for (const ghost of ghosts()) {
      for (const check of ghost.checks) consul.setCheck(check.id, 'critical', '')
    }
    const id = agentServiceId('client', vm.name)
    consul.register({
      id,
      name: 'nomad-client',
      tags: ['http'],
      address: vm.ip,
      port: 4646,
      meta: { 'external-source': 'nomad' },
      checks: [
        { id: checkId(id), name: 'Nomad Client HTTP Check', status: 'passing', type: 'http' },
      ],
    })
  }

  function ghosts() {
    return consul.services().filter(({ id }) => {
      const allocId = /^_nomad-task-([0-9a-f-]{36})-/.exec(id)?.[1]
      const runner = allocId && runners.get(allocId)
      return allocId !== undefined && !(runner && runner.report.ClientStatus === 'running')
    })
  }

  function removeGhosts(): void {
    if (!consul.up) return
    for (const { id } of ghosts()) consul.deregister(id)
  }

  function take(alloc: Allocation): void {
    const runner = runners.get(alloc.ID)
    if (runner) return void runner.updated(alloc)
    if (alloc.ClientStatus !== 'pending') return
    const started = runAlloc(inside(life), alloc)
    runners.set(alloc.ID, started)
    // Stopped before it came: it ends without having begun.
    if (alloc.DesiredStatus !== 'run') started.updated(alloc)
    note(started)
  }

  function note(runner: AllocRunner): void {
    const { report } = runner
    kept.set(report.allocId, report.TaskStates)
    if (dirty.size === 0) life.after(world.between(20, syncMs), flush)
    dirty.add(runner)
  }

  function flush(): void {
    if (!around.serverUp()) {
      life.after(syncMs, flush)
      return
    }
    const told = [...dirty]
    dirty = new Set()
    around.send(told.map((runner) => runner.report))
    for (const runner of told) if (runner.dead) kept.delete(runner.report.allocId)
  }

  /** How many containers of each image there are. */
  const users = new Map<string, number>()

  function inside(own: Life): Around {
    return {
      world,
      vm,
      node: () => store.nodes.get(nodeId)!,
      life: own,
      consul,
      containers: around.containers,
      imageUsed: (image) => useImage(own, image),
      whenEnded(allocId, act) {
        const ended = ['complete', 'failed', 'lost', undefined]
        if (ended.includes(store.allocs.get(allocId)?.ClientStatus)) act()
        else waiting.push({ allocId, act })
      },
      changed: note,
    }
  }

  function useImage(own: Life, image: string): Undo {
    users.set(image, (users.get(image) ?? 0) + 1)
    return () => {
      users.set(image, (users.get(image) ?? 1) - 1)
      own.after(imageDelayMs, () => {
        if (!users.get(image)) vm.images.delete(image)
      })
    }
  }

  vm.on('boot', () => {
    users.clear()
    boot()
  })
  vm.on('shutdown', () => {
    // Only its own service is taken out, tasks go on (cluster-facts §1.4).
    if (consul.up) consul.deregister(agentServiceId('client', vm.name))
    life.end()
  })
  vm.on('cut', () => life.end())
  beginSettled()

  return {
    get up() {
      return !life.over
    },
    nodeId,
    get heartbeatTtl() {
      return heartbeatTtl
    },
    get lastHeartbeat() {
      return lastHeartbeat
    },
    get allocations() {
      return [...runners.values()].filter((runner) => !runner.dead).length
    },
    saw(alloc, byServer) {
      if (life.over || !registered) return
      if (byServer && alloc.NodeID === nodeId) {
        life.after(world.between(...pollMs), () => {
          const newest = store.allocs.get(alloc.ID)
          if (newest) take(newest)
        })
      }
      if (!['complete', 'failed', 'lost'].includes(alloc.ClientStatus)) return
      const ready = waiting.filter((one) => one.allocId === alloc.ID)
      waiting = waiting.filter((one) => one.allocId !== alloc.ID)
      for (const { act } of ready) act()
    },
  }
}
