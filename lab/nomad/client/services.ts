import type { AgentService, ConsulAgent, Vm, World } from '../../contract.ts'
import type { Check, Service } from '../job/spec.ts'
import type { Allocation, Node } from '../types.ts'
import { checkId } from './consul-id.ts'
import type { Container } from './docker.ts'
import { interpolate } from './interpolate.ts'
import type { Life } from './life.ts'

/** The services of one workload (a task, or `group-<group>`) of one allocation in Consul. */
export interface Registration {
  /** Every check passes (true where there is none). */
  readonly healthy: boolean
  remove(): void
}

export interface Surroundings {
  world: World
  vm: Vm
  life: Life
  consul: ConsulAgent
  /** Called when a check changes. */
  changed(): void
}

/** While Consul does not answer, Nomad tries again. Our assumption for its back-off. */
const retryMs = 1000

/** Registers what goes to Consul; `node` is for what Nomad fills into tags. */
export function registerServices(
  around: Surroundings,
  alloc: Allocation,
  node: Node,
  workload: string,
  services: Service[],
  served: Container | undefined,
): Registration {
  const { life, consul, changed } = around
  const own = services.filter((service) => service.Provider === 'consul')
  const passing = new Map<string, boolean>()
  const undos: (() => void)[] = []
  const made = own.map((service) => ({
    service,
    made: agentService(around.vm, alloc, node, workload, service),
  }))
  for (const { made: one } of made) {
    for (const check of one.checks) passing.set(check.id, check.status === 'passing')
  }
  const act = () => {
    if (!consul.up) {
      undos.push(life.after(retryMs, act))
      return
    }
    for (const { service, made: one } of made) {
      consul.register(one)
      undos.push(...watchChecks(around, one, service.Checks ?? [], served, passing))
    }
    changed()
  }
  act()
  const takeOut = () => {
    if (life.over) return
    if (!consul.up) life.after(retryMs, takeOut)
    else for (const { made: one } of made) consul.deregister(one.id)
  }
  return {
    get healthy() {
      return [...passing.values()].every(Boolean)
    },
    remove() {
      for (const undo of undos) undo()
      takeOut()
    },
  }
}

/** cluster-facts §2.2: ids, addresses, `external-source`. */
function agentService(
  vm: Vm,
  alloc: Allocation,
  node: Node,
  workload: string,
  service: Service,
): AgentService {
  const fill = (text: string) => interpolate(text, alloc, node, workload)
  const id = `_nomad-task-${alloc.ID}-${workload}-${service.Name}-${service.PortLabel}`
  const { address, port } = addressOf(vm, alloc, workload, service)
  return {
    id,
    name: fill(service.Name),
    tags: (service.Tags ?? []).map(fill),
    address: service.Address ? fill(service.Address) : address,
    port,
    meta: { ...service.Meta, 'external-source': 'nomad' },
    checks: (service.Checks ?? []).map((check, i) => ({
      id: checkId(id, String(i)),
      name: check.Name,
      status: check.InitialStatus === 'passing' ? 'passing' : 'critical',
      type: check.Type,
    })),
  }
}

function addressOf(
  vm: Vm,
  alloc: Allocation,
  workload: string,
  service: Service,
): { address: string; port: number } {
  const label = service.PortLabel
  const port = alloc.Ports.find((one) => one.Label === label)
  if (service.AddressMode === 'driver' && port) {
    // The container's own bridge address: nobody outside reaches it (cluster-facts §0.2.16).
    return { address: `172.30.${vm.n}.2`, port: port.To || port.Value }
  }
  if (port) return { address: port.HostIP, port: port.Value }
  if (/^\d+$/.test(label)) return { address: '', port: Number(label) }
  const group = workload.startsWith('group-') && alloc.Ports.length > 0
  return { address: group ? vm.ip : '', port: 0 }
}

function watchChecks(
  around: Surroundings,
  service: AgentService,
  checks: Check[],
  served: Container | undefined,
  passing: Map<string, boolean>,
): (() => void)[] {
  const { world, vm, life, consul } = around
  return checks.map((check, i) => {
    const id = service.checks[i]!.id
    const intervalMs = Math.max(1e9, check.Interval) / 1e6
    // Consul's first run is at a random moment of the interval.
    return life.each(world.between(0, intervalMs), intervalMs, () => {
      if (!consul.up) return
      const { status, output } = run(vm, service, check, served)
      consul.setCheck(id, status, output)
      const before = passing.get(id)
      passing.set(id, status === 'passing')
      if (before !== (status === 'passing')) around.changed()
    })
  })
}

function run(
  vm: Vm,
  { address, port }: AgentService,
  check: Check,
  served: Container | undefined,
): { status: 'passing' | 'critical'; output: string } {
  const host = `${address || vm.ip}:${port}`
  const url = `http://${host}${check.Path}`
  const live = (address === '' || address === vm.ip) && vm.isListening(port)
  if (!live) {
    const refused = `dial tcp ${host}: connect: connection refused`
    return {
      status: 'critical',
      output: check.Type === 'http' ? `Get "${url}": ${refused}` : refused,
    }
  }
  if (check.Type === 'tcp') return { status: 'passing', output: `TCP connect ${host}: Success` }
  const path = check.Path.split('?')[0]
  const found = served !== undefined && ['', '/', '/index.html'].includes(path ?? '')
  const answer = found ? '200 OK' : '404 Not Found'
  return {
    status: found ? 'passing' : 'critical',
    output: `HTTP GET ${url}: ${answer} Output: `,
  }
}
