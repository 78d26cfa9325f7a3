import type { AgentService, ConsulAgent, Undo, Vm, World } from '../contract.ts'
import { randomStream, uuidFrom } from '../random.ts'
import { type Catalog, makeCatalog, serfHealth } from './catalog.ts'
import { type Kv, makeKv } from './kv.ts'
import { makeRaft, type Raft } from './raft.ts'
import { drawnMs, type MemberStatus, memberStatus, startSerf } from './serf.ts'

/** One Consul 1.14.4 datacenter: a server on box-1 and an agent on every VM. */
export interface Consul {
  readonly raft: Raft
  readonly catalog: Catalog
  readonly kv: Kv
  agent(vm: string): ConsulAgent
  nodeId(vm: string): string
  /** Of every VM that ever joined, in no order. */
  members(): { vm: Vm; status: MemberStatus }[]
  /** Whether the server answers: without it agents know only what is their own. */
  hasLeader(): boolean
  /** As `systemctl stop consul` or `kill -9` on a VM that goes on, and `systemctl start consul`. */
  stop(vm: string, how: 'orderly' | 'cut'): void
  start(vm: string): void
  /** Called when an agent's process begins (its ports open). */
  onStart(act: (vm: Vm) => void): void
  /** Called when an agent's process ends (its ports close). */
  onStop(act: (vm: Vm) => void): void
}

export function startConsul(world: World): Consul {
  const random = randomStream(world.seed, 'consul')
  const raft = makeRaft()
  const catalog = makeCatalog(raft)
  const nodeIds = new Map([...world.vms.keys()].map((name) => [name, uuidFrom(random)]))
  const stops: ((vm: Vm) => void)[] = []
  const starts: ((vm: Vm) => void)[] = []
  const nodeId = (vm: string) => nodeIds.get(vm) ?? ''
  const enter = (vm: Vm) => {
    catalog.registerNode({ id: nodeId(vm.name), name: vm.name, address: vm.ip })
    catalog.setCheck(vm.name, { id: serfHealth.id, status: 'passing', output: serfHealth.alive })
    if (vm.isServer) catalog.registerService(vm.name, ownService)
  }
  const kv = makeKv(world, raft, random)
  const serf = startSerf(world, {
    joined(vm) {
      enter(vm)
      agents.get(vm.name)?.syncSoon(drawnMs(syncSeconds, random()))
    },
    left(vm) {
      // The leader deregisters the whole node (cluster-facts §1.4, §2.1).
      catalog.deregisterNode(vm.name)
      kv.nodeGone(vm.name)
    },
    failed(vm) {
      // Node and services stay in the catalog (cluster-facts §2.1).
      catalog.setCheck(vm.name, {
        id: serfHealth.id,
        status: 'critical',
        output: serfHealth.failed,
      })
      kv.nodeGone(vm.name)
    },
    started(vm) {
      for (const act of starts) act(vm)
    },
    stopped(vm) {
      agents.get(vm.name)?.stop()
      for (const act of stops) act(vm)
    },
  })
  const agents = new Map(
    [...world.vms.values()].map((vm) => [
      vm.name,
      makeAgent(vm, catalog, {
        up: () => serf.isUp(vm.name),
        member: () => serf.isUp(vm.name) && serf.status(vm.name) === memberStatus.alive,
        after: world.after,
        log: (what) => world.log(`consul ${vm.name}`, what),
      }),
    ]),
  )
  for (const vm of world.vms.values()) {
    if (vm.power === 'off') continue
    enter(vm)
    agents.get(vm.name)?.sync()
  }
  return {
    raft,
    catalog,
    kv,
    agent(vm) {
      const agent = agents.get(vm)
      if (!agent) throw new Error(`lab: there is no Consul agent on ${vm}: no such VM`)
      return agent
    },
    nodeId,
    members: () =>
      [...world.vms.values()].flatMap((vm) => {
        const status = serf.status(vm.name)
        return status === undefined ? [] : [{ vm, status }]
      }),
    hasLeader: () => serf.isUp(world.server.name),
    stop: serf.stop,
    start: serf.start,
    onStart: (act) => void starts.push(act),
    onStop: (act) => void stops.push(act),
  }
}

/** The server registers itself, without an agent (recordings: not in /v1/agent/services). */
const ownService: AgentService = {
  id: 'consul',
  name: 'consul',
  tags: [],
  address: '',
  port: 8300,
  meta: {
    grpc_tls_port: '8503',
    non_voter: 'false',
    raft_version: '3',
    read_replica: 'false',
    serf_protocol_current: '2',
    serf_protocol_max: '5',
    serf_protocol_min: '1',
    version: '1.14.4',
  },
  checks: [],
}

/**
 * Seconds from membership until the agent first tells the server what it has: nothing of it is in the
 * catalog before (recordings/…/watch.ndjson: 0.2, 0.8 and 0.9 s from `serf` to `consul health`).
 */
const syncSeconds = [0.15, 0.95] as const

interface AgentInside extends ConsulAgent {
  /** Tells the server everything this agent has; from now on it tells each change. */
  sync(): void
  syncSoon(ms: number): void
  stop(): void
}

interface AgentState {
  up(): boolean
  member(): boolean
  log(what: string): void
  after: World['after']
}

/**
 * An agent keeps its services on disk: after a boot it registers them again, passing, before anybody
 * has looked whether they still live. These are the ghosts (cluster-facts §0.2.1, §2.4).
 */
function makeAgent(vm: Vm, catalog: Catalog, state: AgentState): AgentInside {
  const local = new Map<string, AgentService>()
  let synced = false
  let pending: Undo = () => {}
  const tells = () => synced && state.member()
  const put = (service: AgentService) => {
    local.set(service.id, service)
    if (tells()) catalog.registerService(vm.name, service)
  }
  const agent: AgentInside = {
    get up() {
      return state.up()
    },
    register(service) {
      if (!state.up()) return
      state.log(`registers ${service.id}`)
      put(structuredClone(service))
    },
    deregister(id) {
      if (!state.up() || !local.delete(id)) return
      state.log(`deregisters ${id}`)
      if (tells()) catalog.deregisterService(vm.name, id)
    },
    setCheck(id, status, output) {
      if (!state.up()) return
      const owner = [...local.values()].find((one) => one.checks.some((check) => check.id === id))
      if (!owner) return
      // A new output alone is kept back for check_update_interval, 5 minutes (docs/discoveries.md).
      if (owner.checks.some((check) => check.id === id && check.status === status)) return
      const checks = owner.checks.map((check) => (check.id === id ? { ...check, status } : check))
      local.set(owner.id, { ...owner, checks })
      if (tells()) catalog.setCheck(vm.name, { id, status, output })
    },
    services: () => [...local.values()].map((service) => structuredClone(service)),
    sync() {
      synced = true
      for (const service of local.values()) catalog.registerService(vm.name, service)
      for (const id of catalog.node(vm.name)?.services.keys() ?? []) {
        const own = vm.isServer && id === ownService.id
        if (!own && !local.has(id)) catalog.deregisterService(vm.name, id)
      }
    },
    syncSoon(ms) {
      pending()
      pending = state.after(ms, () => agent.sync())
    },
    stop() {
      pending()
      synced = false
    },
  }
  return agent
}
