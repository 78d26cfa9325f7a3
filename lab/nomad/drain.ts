import type { World } from '../contract.ts'
import { isSystem } from './job/spec.ts'
import { evaluateNode, type NodeServer, withEvent } from './nodes.ts'
import { newEvaluation, rfc3339 } from './records.ts'
import {
  type Allocation,
  type DrainStrategy,
  isClientTerminal,
  isTerminal,
  type Node,
} from './types.ts'

/** What `nomad node drain` asks for; nanoseconds: 0 is without a deadline, less than 0 is at once. */
export interface DrainSpec {
  Deadline: number
  IgnoreSystemJobs: boolean
}

export interface DrainAsked {
  spec: DrainSpec | null
  markEligible: boolean
  meta: Record<string, string> | null
}

/** nomad/drainer of 1.4.4 and 2.0.5; what a real 2.0.5 made of it is in docs/discoveries.md. */
export interface Drainer {
  set(nodeId: string, asked: DrainAsked): { index: number; evalIds: string[] }
  /** A new leader looks at everything again. */
  elect(): void
}

/** Marks are collected for so long (drainer.go BatchUpdateInterval). */
const batchMs = 1000
/** The watchers' blocking queries. */
const lookMs = [1, 10] as const

/** Go's zero time: there is no deadline, or it is past. */
const never = '0001-01-01T00:00:00Z'

interface Draining extends NodeServer {
  serverUp(): boolean
  /** Whether a batch of marks is on its way: until then nobody looks. */
  batch: { ids: Set<string>; after: (() => void)[] } | undefined
  planned: boolean
}

export function makeDrainer(server: NodeServer, serverUp: () => boolean): Drainer {
  const draining: Draining = { ...server, serverUp, batch: undefined, planned: false }
  server.store.onCommit(({ lines }) => {
    const seen = lines.flat().some(({ Topic }) => Topic === 'Allocation')
    if (seen) lookSoon(draining)
  })
  return {
    set: (nodeId, asked) => setDrain(draining, nodeId, asked),
    elect() {
      for (const node of drainedNodes(draining)) watchDeadline(draining, node)
      lookSoon(draining)
    },
  }
}

const drainedNodes = ({ store }: Draining): Node[] =>
  [...store.nodes.values()].filter((node) => node.DrainStrategy !== null)

/** node_endpoint.go UpdateDrain and state_store.go updateNodeDrainImpl. */
function setDrain(draining: Draining, nodeId: string, asked: DrainAsked) {
  const { world, store, scheduler } = draining
  const node = store.nodes.get(nodeId)!
  const { spec, markEligible, meta } = asked
  const DrainStrategy = spec && strategyOf(world, spec, node.DrainStrategy)
  const message = eventOf(node.DrainStrategy !== null, spec !== null)
  const eligible = spec ? 'ineligible' : markEligible ? 'eligible' : node.SchedulingEligibility
  const index = store.write('NodeDrain', (write) =>
    write.node({
      ...node,
      DrainStrategy,
      SchedulingEligibility: eligible,
      StatusUpdatedAt: Math.floor(world.now() / 1000),
      LastDrain: lastDrain(world, node, spec ? 'draining' : 'canceled', meta),
      Events: message ? withEvent(draining, node, message, write.index, 'Drain') : node.Events,
    }),
  )
  const drained = store.nodes.get(nodeId)!
  if (spec) {
    world.log(node.Name, 'Nomad drains it')
    watchDeadline(draining, drained)
    lookSoon(draining)
    return { index, evalIds: [] }
  }
  if (!markEligible) return { index, evalIds: [] }
  scheduler.unblock()
  const turned = node.SchedulingEligibility === 'ineligible'
  return { index, evalIds: turned ? evaluateNode(draining, drained) : [] }
}

function strategyOf(world: World, spec: DrainSpec, known: DrainStrategy | null): DrainStrategy {
  const timed = spec.Deadline > 0
  return {
    ...spec,
    ForceDeadline: timed ? rfc3339(world.now() + spec.Deadline / 1e6) : never,
    StartedAt: known?.StartedAt ?? rfc3339(world.now()),
  }
}

function eventOf(before: boolean, after: boolean): string {
  if (after) return before ? 'Node drain strategy updated' : 'Node drain strategy set'
  return before ? 'Node drain disabled' : ''
}

function lastDrain(
  world: World,
  node: Node,
  Status: 'draining' | 'complete' | 'canceled',
  meta: Record<string, string> | null,
): Node['LastDrain'] {
  if (!node.DrainStrategy && Status !== 'draining') return node.LastDrain
  const UpdatedAt = rfc3339(Math.floor(world.now() / 1000) * 1000).replace(/\.\d+Z$/, 'Z')
  const begins = !node.DrainStrategy || !node.LastDrain
  const known = begins ? { StartedAt: UpdatedAt, AccessorID: '', Meta: null } : node.LastDrain!
  return { ...known, UpdatedAt, Status, Meta: meta ?? known.Meta }
}

/** All that is left is told to stop, and the drain is over (drainer.go handleDeadlinedNodes). */
function watchDeadline(draining: Draining, { ID, DrainStrategy }: Node): void {
  const { world, store } = draining
  if (!DrainStrategy || DrainStrategy.Deadline === 0) return
  const at = DrainStrategy.Deadline < 0 ? world.now() : Date.parse(DrainStrategy.ForceDeadline)
  world.after(Math.max(0, at - world.now()), () => {
    const node = store.nodes.get(ID)!
    if (node.DrainStrategy !== DrainStrategy || !draining.serverUp()) return
    markSoon(draining, remaining(draining, node), () => complete(draining, ID, true))
  })
}

function lookSoon(draining: Draining): void {
  if (draining.planned || draining.batch || drainedNodes(draining).length === 0) return
  draining.planned = true
  draining.world.after(draining.world.between(...lookMs), () => {
    draining.planned = false
    if (draining.batch || !draining.serverUp()) return
    for (const node of drainedNodes(draining))
      if (isDone(draining, node)) complete(draining, node.ID)
    const due = drainable(draining)
    if (due.length > 0) markSoon(draining, due)
  })
}

/** Nothing is left but system jobs. 1.4.4 does not wait for the end of what was told to stop. */
function isDone({ world, store }: Draining, node: Node): boolean {
  const ended = world.versions.nomad === '1.4.4' ? isTerminal : isClientTerminal
  return store.allocsOn(node.ID).every((alloc) => isSystemAlloc(alloc) || ended(alloc))
}

const isSystemAlloc = ({ Job }: Allocation) => isSystem(Job)

function remaining({ store }: Draining, { ID, DrainStrategy }: Node): Allocation[] {
  const keepsSystem = DrainStrategy?.IgnoreSystemJobs
  return store
    .allocsOn(ID)
    .filter((alloc) => !isTerminal(alloc) && !(keepsSystem && isSystemAlloc(alloc)))
}

/**
 * What may be told to move now: so many of a group that count less `migrate.max_parallel` healthy ones
 * are left (watch_jobs.go handleTaskGroup). Batch jobs run until the deadline.
 */
function drainable({ store, world }: Draining): Allocation[] {
  const draining = (alloc: Allocation) => store.nodes.get(alloc.NodeID)?.DrainStrategy != null
  const ended = world.versions.nomad === '1.4.4' ? isTerminal : isClientTerminal
  return [...store.jobs.values()]
    .filter(({ Type }) => Type === 'service')
    .flatMap((job) => {
      const all = store.allocsOf(job.ID)
      if (!all.some(draining)) return []
      return job.TaskGroups.flatMap((group) => {
        const own = all.filter((alloc) => alloc.TaskGroup === group.Name)
        // 1.4.4 counts those that are marked, too: all but the first wait until the others are gone.
        const unmarked = own.filter((alloc) => world.versions.nomad === '1.4.4' || !alloc.migrate)
        const healthy = unmarked.filter((alloc) => !isTerminal(alloc) && hasHealth(alloc))
        const movable = own.filter((alloc) => draining(alloc) && !ended(alloc) && !alloc.migrate)
        const { MaxParallel = 1 } = (group.Migrate ?? {}) as { MaxParallel?: number }
        return movable.slice(0, Math.max(0, healthy.length - (group.Count - MaxParallel)))
      })
    })
}

const hasHealth = ({ DeploymentStatus }: Allocation) =>
  typeof DeploymentStatus?.Healthy === 'boolean'

/** Joins the batch that is on its way, or begins one. */
function markSoon(draining: Draining, allocs: Allocation[], act = () => {}): void {
  const { world, store } = draining
  if (!draining.batch) {
    draining.batch = { ids: new Set(), after: [] }
    world.after(batchMs, () => {
      const { ids, after } = draining.batch!
      draining.batch = undefined
      if (!draining.serverUp()) return
      mark(draining, [...ids].map((id) => store.allocs.get(id)!).filter(Boolean))
      for (const act of after) act()
      lookSoon(draining)
    })
  }
  for (const { ID } of allocs) draining.batch.ids.add(ID)
  draining.batch.after.push(act)
}

function mark({ world, store, scheduler }: Draining, allocs: Allocation[]): void {
  if (allocs.length === 0) return
  const jobs = new Map(allocs.map(({ Job }) => [Job.ID, Job]))
  const evals = [...jobs.values()].map((job) =>
    newEvaluation(world, job, { TriggeredBy: 'node-drain', JobID: job.ID }),
  )
  store.write('AllocationUpdateDesiredStatus', (write) => {
    for (const alloc of allocs) write.alloc({ ...alloc, migrate: true })
    for (const evaluation of evals) write.evaluation(evaluation)
  })
  for (const { ID } of evals) scheduler.enqueue(ID)
}

/** The node stays ineligible (drainer.go handleMigratedAllocs). */
function complete(draining: Draining, nodeId: string, late = false): void {
  const { world, store } = draining
  const node = store.nodes.get(nodeId)!
  if (!node.DrainStrategy) return
  if (!late) mark(draining, remaining(draining, node))
  const details = late ? { deadline_reached: 'true' } : null
  world.log(node.Name, 'Nomad has drained it')
  store.write('NodeDrain', (write) =>
    write.node({
      ...node,
      DrainStrategy: null,
      StatusUpdatedAt: Math.floor(world.now() / 1000),
      LastDrain: lastDrain(world, node, 'complete', null),
      Events: withEvent(draining, node, 'Node drain complete', write.index, 'Drain', details),
    }),
  )
}
