import type { Vm, World } from '../contract.ts'
import { isSystem } from './job/spec.ts'
import { newNode } from './node-record.ts'
import { newEvaluation, rfc3339 } from './records.ts'
import type { Scheduler } from './scheduler/scheduler.ts'
import type { Store } from './store.ts'
import { isClientTerminal, type Node, type NodeEvent } from './types.ts'

export interface Nodes {
  /** A client agent registers: the node is `initializing` until its first heartbeat (§0.1). */
  register(vm: Vm): void
  setStatus(nodeId: string, status: Node['Status'], message?: string): void
  setEligibility(nodeId: string, eligibility: Node['SchedulingEligibility']): Eligibility
  /** A driver of it is healthy again: what waits for room is looked at once more. */
  healed(nodeId: string): void
  idOf(vm: Vm): string
}

export interface Eligibility {
  index: number
  evalIds: string[]
  evalIndex: number
}

/** What changes nodes. */
export interface NodeServer {
  world: World
  store: Store
  scheduler: Scheduler
}

export function makeNodes(world: World, store: Store, scheduler: Scheduler): Nodes {
  const server = { world, store, scheduler }
  const ids = new Map<string, string>()
  const idOf = (vm: Vm) => {
    const id = ids.get(vm.name) ?? world.uuid()
    ids.set(vm.name, id)
    return id
  }
  return {
    idOf,
    register: (vm) => register(server, vm, idOf(vm)),
    setStatus: (nodeId, status, message) => setStatus(server, nodeId, status, message),
    healed(nodeId) {
      scheduler.unblock()
      evaluateNode(server, store.nodes.get(nodeId)!)
    },
    setEligibility: (nodeId, eligibility) => setEligibility(server, nodeId, eligibility),
  }
}

function register(server: NodeServer, vm: Vm, id: string): void {
  const { world, store } = server
  const known = store.nodes.get(id)
  const node = known ?? newNode(world, vm, id)
  const message = known ? 'Node re-registered' : 'Node registered'
  // Nomad 2.0.5 leaves a node down until its heartbeat (recordings: nomad-events.ndjson of both).
  const stays = known?.Status === 'down' && world.versions.nomad === '2.0.5'
  const Status = stays ? 'down' : 'initializing'
  store.write('NodeRegistration', (write) =>
    write.node({
      ...node,
      Status,
      StatusUpdatedAt: stays ? node.StatusUpdatedAt : Math.floor(world.now() / 1000),
      Events: withEvent(server, node, message, known ? write.index : 0),
    }),
  )
  evaluateNode(server, node)
}

function setStatus(
  server: NodeServer,
  nodeId: string,
  Status: Node['Status'],
  message: string | undefined,
): void {
  const { world, store, scheduler } = server
  const node = store.nodes.get(nodeId)
  if (!node || node.Status === Status) return
  world.log(node.Name, `Nomad says ${Status}`)
  store.write('NodeStreamEvent', (write) =>
    write.node({
      ...node,
      Status,
      StatusUpdatedAt: Math.floor(world.now() / 1000),
      Events: message ? withEvent(server, node, message, write.index) : node.Events,
    }),
  )
  if (Status === 'ready') scheduler.unblock()
  evaluateNode(server, node)
}

function setEligibility(
  server: NodeServer,
  nodeId: string,
  SchedulingEligibility: Node['SchedulingEligibility'],
): Eligibility {
  const { store, scheduler } = server
  const node = store.nodes.get(nodeId)!
  const changed = node.SchedulingEligibility !== SchedulingEligibility
  const message = `Node marked as ${SchedulingEligibility} for scheduling`
  const index = store.write('NodeDrain', (write) => {
    const Events = changed ? withEvent(server, node, message, write.index) : node.Events
    write.node({ ...node, SchedulingEligibility, Events })
  })
  if (SchedulingEligibility === 'ineligible') return { index, evalIds: [], evalIndex: 0 }
  scheduler.unblock()
  const evalIds = evaluateNode(server, node)
  return { index, evalIds, evalIndex: evalIds.length ? index + 1 : 0 }
}

/** Ten events are kept, as Nomad does. */
export function withEvent(
  { world }: NodeServer,
  node: Node,
  Message: string,
  CreateIndex: number,
  Subsystem: 'Cluster' | 'Drain' = 'Cluster',
  Details: NodeEvent['Details'] = null,
): NodeEvent[] {
  const Timestamp = rfc3339(world.now())
  const event = { Message, Subsystem, Details, Timestamp, CreateIndex }
  return [...node.Events, event].slice(-10)
}

/**
 * One evaluation for each job that has allocations on the node (cluster-facts §1.1). That of a purged
 * job changes something only where one of its containers had not ended. Each system job may want one there
 * (node_endpoint.go createNodeEvals).
 */
export function evaluateNode({ world, store, scheduler }: NodeServer, { ID }: Node): string[] {
  const known = store
    .allocsOn(ID)
    .filter((alloc) => store.jobs.has(alloc.Job.ID) || !isClientTerminal(alloc))
  const system = [...store.jobs.values()].filter(isSystem)
  const jobs = new Set([...known.map((alloc) => alloc.Job.ID), ...system.map((job) => job.ID)])
  const evals = [...jobs].map((JobID) =>
    newEvaluation(world, store.jobs.get(JobID), {
      TriggeredBy: 'node-update',
      JobID,
      NodeID: ID,
      NodeModifyIndex: store.nodes.get(ID)!.ModifyIndex,
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
