import type { ConsulAgent, ContainerPort, World } from '../contract.ts'
import { type ClientAgent, startClient } from './client/agent.ts'
import { agentServiceId, checkId } from './client/consul-id.ts'
import type { Containers } from './client/docker.ts'
import { type Drainer, makeDrainer } from './drain.ts'
import { type EventBroker, makeEventBroker } from './events.ts'
import { makeHeartbeats } from './heartbeats.ts'
import { type Jobs, makeJobs } from './jobs.ts'
import { makeNodes, type Nodes } from './nodes.ts'
import { makeScheduler } from './scheduler/scheduler.ts'
import { makeStore, type Store } from './store.ts'
import { takeReports } from './updates.ts'
import { makeWatcher } from './watcher.ts'

/** Nomad in this world: its server's state, and what its doors do. */
export interface Nomad {
  readonly store: Store
  readonly events: EventBroker
  readonly jobs: Jobs
  readonly nodes: Nodes
  readonly drainer: Drainer
  readonly containers: Containers
  /** By the VM's name. */
  readonly clients: ReadonlyMap<string, ClientAgent>
  readonly serverUp: boolean
  readonly serverId: string
  /** When its server became leader (cluster ms). */
  readonly leaderSince: number
  /** The server loses the leadership and is elected again (Others). */
  changeLeader(): void
}

/** From the server's boot until it leads again. Our assumption for one server alone. */
const electionMs = [1500, 3000] as const

/** A lab begins as a cluster that has been up for an hour. */
const upBeforeMs = 3_600_000

/**
 * Starts a server on the world's server and a client on each other VM, settled, as if they had been up
 * for a while; then they live by the VM's events.
 */
export function startNomad(
  world: World,
  consulAgent: (vmName: string) => ConsulAgent,
  container: (
    image: string,
    command: string[],
  ) => ContainerPort | 'exits' | 'nothing listens' | 'gap',
): Nomad {
  let serverUp = true
  let leaderSince = world.now() - upBeforeMs
  const store = makeStore(world)
  const events = makeEventBroker(world, store)
  const scheduler = makeScheduler(world, store, () => serverUp)
  const jobs = makeJobs(world, store, scheduler)
  const nodes = makeNodes(world, store, scheduler)
  const drainer = makeDrainer({ world, store, scheduler }, () => serverUp)
  const heartbeats = makeHeartbeats(world, store, nodes)
  const watcher = makeWatcher(world, store, scheduler, (job) => void jobs.register(job))
  const clients = new Map<string, ClientAgent>()
  for (const vm of world.vms.values()) {
    if (vm.isServer) continue
    const agent = startClient(vm, {
      world,
      store,
      nodes,
      heartbeats,
      consul: consulAgent(vm.name),
      containers: container,
      serverUp: () => serverUp,
      send: (reports) => takeReports(world, store, scheduler, watcher, reports),
    })
    clients.set(vm.name, agent)
  }
  store.onCommit(({ lines }) => {
    for (const event of lines.flat()) {
      if (event.Topic !== 'Allocation') continue
      const alloc = store.allocs.get(event.Key)!
      for (const client of clients.values()) client.saw(alloc, event.Type !== 'AllocationUpdated')
    }
  })

  const { server } = world
  registerServer(server.ip, consulAgent(server.name))
  const halt = () => {
    serverUp = false
    heartbeats.halt()
  }
  server.on('shutdown', halt)
  server.on('cut', halt)
  const elect = () => {
    world.after(world.between(...electionMs), () => {
      if (server.power !== 'running') return
      serverUp = true
      leaderSince = world.now()
      heartbeats.elect()
      drainer.elect()
      registerServer(server.ip, consulAgent(server.name))
    })
  }
  server.on('boot', elect)
  return {
    store,
    events,
    jobs,
    nodes,
    drainer,
    containers: container,
    clients,
    get serverUp() {
      return serverUp
    },
    serverId: world.uuid(),
    get leaderSince() {
      return leaderSince
    },
    changeLeader() {
      halt()
      elect()
    },
  }
}

/** Service `nomad`, three times (cluster-facts §2.2; recordings: consul-101-agent-services.json). */
function registerServer(ip: string, consul: ConsulAgent): void {
  if (!consul.up) return
  const parts = [
    { tag: 'http', port: 4646, name: 'Nomad Server HTTP Check', type: 'http' },
    { tag: 'rpc', port: 4647, name: 'Nomad Server RPC Check', type: 'tcp' },
    { tag: 'serf', port: 4648, name: 'Nomad Server Serf Check', type: 'tcp' },
  ]
  for (const { tag, port, name, type } of parts) {
    const id = agentServiceId('server', tag)
    consul.register({
      id,
      name: 'nomad',
      tags: [tag],
      address: ip,
      port,
      meta: { 'external-source': 'nomad' },
      checks: [{ id: checkId(id), name, status: 'passing', type }],
    })
  }
}
