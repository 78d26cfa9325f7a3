import { createHash } from 'node:crypto'
import type { Vm, World } from '../contract.ts'
import { newEvaluation, rfc3339 } from './records.ts'
import type { Scheduler } from './scheduler/scheduler.ts'
import type { Store } from './store.ts'
import type { Node } from './types.ts'

export interface Nodes {
  /** A client agent registers: the node is `initializing` until its first heartbeat (§0.1). */
  register(vm: Vm): void
  setStatus(nodeId: string, status: Node['Status'], message?: string): void
  setEligibility(nodeId: string, eligibility: Node['SchedulingEligibility']): Eligibility
  idOf(vm: Vm): string
}

export interface Eligibility {
  index: number
  evalIds: string[]
  evalIndex: number
}

export function makeNodes(world: World, store: Store, scheduler: Scheduler): Nodes {
  const ids = new Map<string, string>()
  const event = (Message: string, CreateIndex: number) => ({
    Message,
    Subsystem: 'Cluster',
    Details: null,
    Timestamp: rfc3339(world.now()),
    CreateIndex,
  })

  /** One evaluation for each job that has allocations on the node (cluster-facts §1.1). */
  function evaluate(node: Node): string[] {
    const jobs = new Set(store.allocsOn(node.ID).map((alloc) => alloc.Job.ID))
    const evals = [...jobs]
      .filter((jobId) => store.jobs.has(jobId))
      .map((JobID) =>
        newEvaluation(world, store.jobs.get(JobID), {
          TriggeredBy: 'node-update',
          JobID,
          NodeID: node.ID,
          NodeModifyIndex: store.nodes.get(node.ID)!.ModifyIndex,
        }),
      )
    if (evals.length > 0) {
      store.write('EvaluationUpdated', (write) => {
        for (const evaluation of evals) write.evaluation(evaluation)
      })
    }
    for (const evaluation of evals) scheduler.enqueue(evaluation.ID)
    return evals.map((evaluation) => evaluation.ID)
  }

  return {
    idOf(vm) {
      const known = ids.get(vm.name)
      if (known) return known
      const id = world.uuid()
      ids.set(vm.name, id)
      return id
    },
    register(vm) {
      const id = this.idOf(vm)
      const known = store.nodes.get(id)
      const StatusUpdatedAt = Math.floor(world.now() / 1000)
      const fresh = known ?? newNode(world, vm, id)
      const node: Node = { ...fresh, Status: 'initializing', StatusUpdatedAt }
      const message = known ? 'Node re-registered' : 'Node registered'
      store.write('NodeRegistration', (write) => {
        const at = known ? write.index : 0
        write.node({ ...node, Events: [...fresh.Events, event(message, at)].slice(-10) })
      })
      evaluate(node)
    },
    setStatus(nodeId, Status, message) {
      const node = store.nodes.get(nodeId)
      if (!node || node.Status === Status) return
      world.log(node.Name, `Nomad says ${Status}`)
      const StatusUpdatedAt = Math.floor(world.now() / 1000)
      store.write('NodeStreamEvent', (write) => {
        const more = message ? [event(message, write.index)] : []
        const Events = [...node.Events, ...more].slice(-10)
        write.node({ ...node, Status, StatusUpdatedAt, Events })
      })
      if (Status === 'ready') scheduler.unblock()
      evaluate(node)
    },
    setEligibility(nodeId, SchedulingEligibility) {
      const node = store.nodes.get(nodeId)!
      const changed = node.SchedulingEligibility !== SchedulingEligibility
      const message = `Node marked as ${SchedulingEligibility} for scheduling`
      const index = store.write('NodeDrain', (write) => {
        const more = changed ? [event(message, write.index)] : []
        write.node({ ...node, SchedulingEligibility, Events: [...node.Events, ...more].slice(-10) })
      })
      if (SchedulingEligibility === 'ineligible') return { index, evalIds: [], evalIndex: 0 }
      scheduler.unblock()
      const evalIds = evaluate(node)
      return { index, evalIds, evalIndex: evalIds.length ? index + 1 : 0 }
    },
  }
}

function newNode(world: World, vm: Vm, ID: string): Node {
  const digits = createHash('sha1').update(ID).digest('hex').slice(0, 15)
  return {
    ID,
    Name: vm.name,
    ip: vm.ip,
    Datacenter: world.datacenter,
    Attributes: attributesOf(world, vm),
    ComputedClass: `v1:${BigInt(`0x${digits}`)}`,
    cpuMhz: vm.cpuMhz,
    memoryMb: vm.memoryMb,
    Status: 'initializing',
    StatusUpdatedAt: 0,
    SchedulingEligibility: 'eligible',
    Events: [],
    CreateIndex: 0,
    ModifyIndex: 0,
  }
}

function attributesOf(world: World, vm: Vm): Record<string, string> {
  const { nomad, consul } = world.versions
  return {
    'consul.connect': 'true',
    'consul.datacenter': world.datacenter,
    'consul.ft.namespaces': 'false',
    'consul.grpc': '-1',
    'consul.server': 'false',
    'consul.sku': 'oss',
    'consul.version': consul,
    'cpu.arch': 'amd64',
    'cpu.frequency': String(Math.floor(vm.cpuMhz / 2)),
    'cpu.numcores': '2',
    'cpu.reservablecores': '2',
    'cpu.totalcompute': String(vm.cpuMhz),
    'driver.docker': '1',
    'driver.docker.bridge_ip': '172.17.0.1',
    'driver.docker.os_type': 'linux',
    'driver.docker.runtimes': 'io.containerd.runc.v2,io.containerd.runtime.v1.linux,runc',
    'driver.docker.version': '20.10.24+dfsg1',
    'driver.exec': '1',
    'kernel.arch': 'x86_64',
    'kernel.name': 'linux',
    'memory.totalbytes': String(vm.memoryMb * 1024 * 1024),
    'nomad.advertise.address': `${vm.ip}:4646`,
    'nomad.service_discovery': 'true',
    'nomad.version': nomad,
    'os.name': 'debian',
    'os.version': '12.11',
    'unique.consul.name': vm.name,
    'unique.hostname': vm.name,
    'unique.network.ip-address': vm.ip,
  }
}
