import type { ConsulAgent, Vm, World } from '../../contract.ts'
import { type Heartbeats, newTtl } from '../heartbeats.ts'
import type { Nodes } from '../nodes.ts'
import type { Store } from '../store.ts'
import { type Allocation, isClientTerminal, type TaskState } from '../types.ts'
import { keepInStep, probationMs, registerAgent, removeAgent } from './agent-services.ts'
import type { Containers } from './docker.ts'
import { type ImageUsers, makeImageUsers } from './images.ts'
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
  /** `undefined` when it does not run such an allocation. */
  runner(allocId: string): AllocRunner | undefined
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

/** An agent from its VM's first boot on; what belongs to one life begins anew with each boot. */
interface Agent {
  readonly vm: Vm
  readonly around: Surroundings
  readonly nodeId: string
  /** What it keeps on disk. */
  readonly kept: Map<string, Record<string, TaskState>>
  readonly images: ImageUsers
  life: Life
  /** The Consul agent, as the client of this life speaks to it. */
  consul: ConsulAgent
  runners: Map<string, AllocRunner>
  waiting: { allocId: string; act: () => void }[]
  dirty: Set<AllocRunner>
  registered: boolean
  /** Whether its Docker could not be asked at the last heartbeat. */
  dockerDead: boolean
  heartbeatTtl: number
  lastHeartbeat: number
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
/** After the boot until Nomad first speaks to Consul (recordings: 0.7 to 0.9 s after `ready`). */
const consulMs = [850, 1100] as const
/** When the server does not answer (client.go registerRetryIntv). */
const retryMs = [15_000, 30_000] as const

export function startClient(vm: Vm, around: Surroundings): ClientAgent {
  const { world, store } = around
  const agent: Agent = {
    vm,
    around,
    nodeId: around.nodes.idOf(vm),
    kept: new Map(),
    images: makeImageUsers(vm),
    life: makeLife(world),
    consul: around.consul,
    runners: new Map(),
    waiting: [],
    dirty: new Set(),
    registered: false,
    dockerDead: false,
    heartbeatTtl: 0,
    lastHeartbeat: 0,
  }
  vm.on('boot', () => boot(agent))
  vm.on('shutdown', () => {
    // Only its own service is taken out, tasks go on (cluster-facts §1.4).
    removeAgent(vm, around.consul)
    agent.life.end()
  })
  vm.on('cut', () => agent.life.end())
  if (vm.power === 'running') beginSettled(agent)
  else agent.life.end()
  return {
    get up() {
      return !agent.life.over
    },
    nodeId: agent.nodeId,
    get heartbeatTtl() {
      return agent.heartbeatTtl
    },
    get lastHeartbeat() {
      return agent.lastHeartbeat
    },
    get allocations() {
      return [...agent.runners.values()].filter((runner) => !runner.dead).length
    },
    runner: (allocId) => agent.runners.get(allocId),
    saw(alloc, byServer) {
      if (agent.life.over || !agent.registered) return
      if (byServer && alloc.NodeID === agent.nodeId) {
        agent.life.after(world.between(...pollMs), () => {
          const newest = store.allocs.get(alloc.ID)
          if (newest) take(agent, newest)
        })
      }
      if (!isClientTerminal(alloc)) return
      const ready = agent.waiting.filter((one) => one.allocId === alloc.ID)
      agent.waiting = agent.waiting.filter((one) => one.allocId !== alloc.ID)
      for (const { act } of ready) act()
    },
  }
}

function beat(agent: Agent): void {
  const { around, life, nodeId } = agent
  const { world, heartbeats, nodes } = around
  if (!around.serverUp()) {
    life.after(world.between(...retryMs), () => beat(agent))
    return
  }
  agent.heartbeatTtl = heartbeats.beat(nodeId)
  agent.lastHeartbeat = world.now()
  nodes.setStatus(nodeId, 'ready')
  // A real client looks at its drivers every 30 s (cluster-facts §1.3).
  const isDead = world.faults.dockerDead.has(agent.vm.name)
  if (agent.dockerDead && !isDead) nodes.healed(nodeId)
  agent.dockerDead = isDead
  life.after(agent.heartbeatTtl, () => beat(agent))
}

/** The cluster has been up for a while: the node is ready, somewhere between two heartbeats. */
function beginSettled(agent: Agent): void {
  const { vm, around, life, nodeId } = agent
  const { world, heartbeats, nodes, consul } = around
  nodes.register(vm)
  nodes.setStatus(nodeId, 'ready')
  agent.registered = true
  const ttl = newTtl(world, world.vms.size - 1)
  const ago = world.between(0, ttl)
  agent.heartbeatTtl = ttl
  agent.lastHeartbeat = world.now() - ago
  heartbeats.beatBefore(nodeId, ago, ttl)
  life.after(ttl - ago, () => beat(agent))
  agent.consul = keepInStep(world, consul, life, 0)
  registerAgent(vm, agent.consul, life)
}

function boot(agent: Agent): void {
  const { vm, around, images } = agent
  const { world, consul } = around
  agent.life.end()
  const life = makeLife(world)
  images.clear()
  Object.assign(agent, { life, runners: new Map(), waiting: [], dirty: new Set() })
  agent.registered = false
  life.after(world.between(...registerMs), () => register(agent))
  agent.consul = keepInStep(world, consul, life, probationMs)
  life.after(world.between(...consulMs), () => registerAgent(vm, agent.consul, life))
}

function register(agent: Agent): void {
  const { vm, around, life } = agent
  const { world, nodes } = around
  if (!around.serverUp()) {
    life.after(world.between(...retryMs), () => register(agent))
    return
  }
  nodes.register(vm)
  life.after(world.between(...readyMs), () => {
    agent.registered = true
    beat(agent)
    life.after(world.between(...restoreMs), () => restore(agent))
  })
}

function restore(agent: Agent): void {
  const { around, kept, runners, nodeId } = agent
  for (const [allocId, states] of kept) {
    if (runners.has(allocId)) continue
    const alloc = around.store.allocs.get(allocId)
    if (alloc) runners.set(allocId, runAlloc(surroundings(agent), alloc, states))
    else kept.delete(allocId)
  }
  for (const alloc of around.store.allocsOn(nodeId)) take(agent, alloc)
}

function take(agent: Agent, alloc: Allocation): void {
  const runner = agent.runners.get(alloc.ID)
  if (runner) {
    runner.updated(alloc)
    return
  }
  if (alloc.ClientStatus !== 'pending') return
  const started = runAlloc(surroundings(agent), alloc)
  agent.runners.set(alloc.ID, started)
  // Stopped before it came: it ends without having begun.
  if (alloc.DesiredStatus !== 'run') started.updated(alloc)
  note(agent, started)
}

/** Keeps what is new of an allocation, and tells the server with the next update. */
function note(agent: Agent, runner: AllocRunner): void {
  const { kept, dirty, life, around } = agent
  const { allocId, TaskStates } = runner.report
  kept.set(allocId, TaskStates)
  if (dirty.size === 0) life.after(around.world.between(20, syncMs), () => flush(agent))
  dirty.add(runner)
}

function flush(agent: Agent): void {
  const { around, life, kept } = agent
  if (!around.serverUp()) {
    life.after(syncMs, () => flush(agent))
    return
  }
  const told = [...agent.dirty]
  agent.dirty = new Set()
  around.send(told.map((runner) => runner.report))
  for (const runner of told) if (runner.dead) kept.delete(runner.report.allocId)
}

function surroundings(agent: Agent): Around {
  const { vm, around, life, consul, images, nodeId } = agent
  const { world, store, containers } = around
  return {
    world,
    vm,
    node: () => store.nodes.get(nodeId)!,
    life,
    consul,
    containers,
    imageUsed: (image) => images.use(life, image),
    whenEnded(allocId, act) {
      const alloc = store.allocs.get(allocId)
      // Of one that is unknown nobody knows when it ends (cluster-facts §0.2.17: replaced at once).
      const unknown = alloc?.ClientStatus === 'unknown'
      if (!alloc || unknown || isClientTerminal(alloc)) act()
      else agent.waiting.push({ allocId, act })
    },
    changed: (runner) => note(agent, runner),
  }
}
