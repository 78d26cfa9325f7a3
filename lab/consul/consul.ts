import type { AgentService, ConsulAgent, Vm, World } from '../contract.ts'
import { randomStream, uuidFrom } from '../random.ts'
import { type Catalog, makeCatalog, serfHealth } from './catalog.ts'
import { type Kv, makeKv } from './kv.ts'
import { makeRaft, type Raft } from './raft.ts'
import { type MemberStatus, startSerf } from './serf.ts'

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
  /** Called when an agent's process ends (its ports close). */
  onStop(act: (vm: Vm) => void): void
}

export function startConsul(world: World): Consul {
  const random = randomStream(world.seed, 'consul')
  const raft = makeRaft()
  const catalog = makeCatalog(raft)
  const nodeIds = new Map([...world.vms.keys()].map((name) => [name, uuidFrom(random)]))
  const stops: ((vm: Vm) => void)[] = []
  const nodeId = (vm: string) => nodeIds.get(vm) ?? ''
  const joined = (vm: Vm) => {
    catalog.registerNode({ id: nodeId(vm.name), name: vm.name, address: vm.ip })
    catalog.setCheck(vm.name, { id: serfHealth.id, status: 'passing', output: serfHealth.alive })
    if (vm.isServer) catalog.registerService(vm.name, ownService)
    agents.get(vm.name)?.sync()
  }
  const kv = makeKv(world, raft, random)
  const serf = startSerf(world, {
    joined,
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
    stopped(vm) {
      for (const act of stops) act(vm)
    },
  })
  const agents = new Map(
    [...world.vms.values()].map((vm) => [
      vm.name,
      makeAgent(vm, catalog, {
        up: () => serf.isUp(vm.name),
        member: () => serf.isUp(vm.name) && serf.status(vm.name) === 1,
        log: (what) => world.log(`consul ${vm.name}`, what),
      }),
    ]),
  )
  for (const vm of world.vms.values()) joined(vm)
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

interface AgentInside extends ConsulAgent {
  /** Tells the server everything this agent has, as it does when it joins. */
  sync(): void
}

/**
 * An agent keeps its services on disk: after a boot it registers them again, passing, before anybody
 * has looked whether they still live. These are the ghosts (cluster-facts §0.2.1, §2.4).
 */
function makeAgent(
  vm: Vm,
  catalog: Catalog,
  state: { up(): boolean; member(): boolean; log(what: string): void },
): AgentInside {
  const local = new Map<string, AgentService>()
  const put = (service: AgentService) => {
    local.set(service.id, service)
    if (state.member()) catalog.registerService(vm.name, service)
  }
  return {
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
      if (state.member()) catalog.deregisterService(vm.name, id)
    },
    setCheck(id, status, output) {
      if (!state.up()) return
      const owner = [...local.values()].find((one) => one.checks.some((check) => check.id === id))
      if (!owner) return
      // A new output alone is kept back for check_update_interval, 5 minutes (docs/discoveries.md).
      if (owner.checks.some((check) => check.id === id && check.status === status)) return
      const checks = owner.checks.map((check) => (check.id === id ? { ...check, status } : check))
      local.set(owner.id, { ...owner, checks })
      if (state.member()) catalog.setCheck(vm.name, { id, status, output })
    },
    services: () => [...local.values()].map((service) => structuredClone(service)),
    sync() {
      for (const service of local.values()) catalog.registerService(vm.name, service)
      for (const id of catalog.node(vm.name)?.services.keys() ?? []) {
        const own = vm.isServer && id === ownService.id
        if (!own && !local.has(id)) catalog.deregisterService(vm.name, id)
      }
    },
  }
}
