import type { World } from '../../contract.ts'
import { isBatch, type Job, type TaskGroup } from '../job/spec.ts'
import { nodeDiskMb } from '../render-node.ts'
import type { Allocation, Metrics, Node } from '../types.ts'
import type { Draft } from './draft.ts'
import { distinctOf, infeasible, valueOn } from './feasible.ts'
import { assignPorts } from './ports.ts'
import { affinitiesOf, needOf, scoreOf, usedBy } from './score.ts'
import { spreadScore, spreadsOf } from './spread.ts'

export interface Option {
  node: Node
  ports: Allocation['Ports']
  score: number
}

/** Looks for nodes for one evaluation. It goes on where it stopped, like Nomad's iterator. */
export interface Stack {
  /** The best node of those it looks at (cluster-facts §1.6), and what it saw on the way. */
  select(job: Job, group: TaskGroup, penalty: string[]): { option?: Option; metrics: Metrics }
  /** Class of each node that was looked at: may it run the group at all. */
  readonly classes: Record<string, boolean>
}

/** `ready` are the nodes that may be used; they are looked at in a seeded order. */
export function makeStack(world: World, ready: Node[], draft: Draft, available: Available): Stack {
  const nodes = shuffled(world, ready)
  const classes: Record<string, boolean> = {}
  let offset = 0
  return {
    classes,
    select(job, group, penalty) {
      const metrics = emptyMetrics(world, available, ready.length)
      let seen = 0
      const next = (): Option | undefined => {
        while (seen < nodes.length) {
          const node = nodes[offset++ % nodes.length]!
          seen++
          metrics.NodesEvaluated++
          const option = look(world, job, group, node, { nodes, draft, metrics, classes, penalty })
          if (option) return option
        }
        return undefined
      }
      const option = best(limited(next, limitFor(job, group, nodes.length)))
      if (!option) metrics.ResourcesExhausted = exhaustedResources(group, metrics)
      return { option, metrics }
    },
  }
}

/** Nodes that could be used, by datacenter. */
export type Available = Record<string, number>

/** At most max(2, ceil(log2 n)) candidates (cluster-facts §1.6; a batch job: 2); all of them with affinity or spread. */
function limitFor(job: Job, group: TaskGroup, nodes: number): number {
  if (affinitiesOf(job, group).length > 0 || spreadsOf(job, group).length > 0) return nodes
  return isBatch(job) ? 2 : Math.max(2, Math.ceil(Math.log2(nodes)))
}

const mostSkipped = 3

/** Up to three candidates with a score that is not above 0 are put off (scheduler/select.go). */
function limited(next: () => Option | undefined, limit: number): Option[] {
  const chosen: Option[] = []
  const skipped: Option[] = []
  while (chosen.length < limit) {
    let option = next()
    while (option && option.score <= 0 && skipped.length < mostSkipped) {
      skipped.push(option)
      option = next()
    }
    option ??= skipped.shift()
    if (!option) break
    chosen.push(option)
  }
  return chosen
}

function best(options: Option[]): Option | undefined {
  return options.reduce<Option | undefined>(
    (top, one) => (top && top.score >= one.score ? top : one),
    undefined,
  )
}

interface Looking {
  nodes: Node[]
  draft: Draft
  metrics: Metrics
  classes: Record<string, boolean>
  penalty: string[]
}

function look(
  world: World,
  job: Job,
  group: TaskGroup,
  node: Node,
  { nodes, draft, metrics, classes, penalty }: Looking,
): Option | undefined {
  const reason = infeasible(world, job, group, node)
  classes[node.ComputedClass] = reason === ''
  const filtered = reason || distinctReason(job, group, node, nodes, draft)
  if (filtered) {
    metrics.NodesFiltered++
    metrics.ConstraintFiltered = count(metrics.ConstraintFiltered, filtered)
    return undefined
  }
  const allocs = draft.on(node)
  const ports = assignPorts(world, group, node, allocs)
  const need = needOf(group)
  const used = usedBy(allocs)
  const after = {
    cpu: used.cpu + need.cpu,
    memory: used.memory + need.memory,
    disk: used.disk + need.disk,
  }
  const exhausted = typeof ports === 'string' ? ports : exhaustedBy(node, after)
  if (exhausted) {
    metrics.NodesExhausted++
    metrics.DimensionExhausted = count(metrics.DimensionExhausted, exhausted)
    return undefined
  }
  const spread = spreadScore(job, group, node, nodes, draft.on)
  const penalized = penalty.includes(node.ID)
  const { score, parts } = scoreOf(job, group, node, allocs, after, penalized, spread)
  metrics.ScoreMetaData = [
    ...(metrics.ScoreMetaData ?? []),
    { NodeID: node.ID, Scores: parts, NormScore: score },
  ]
  return { node, ports: ports as Allocation['Ports'], score }
}

function distinctReason(
  job: Job,
  group: TaskGroup,
  node: Node,
  nodes: Node[],
  draft: Draft,
): string {
  for (const constraint of distinctOf(job, group)) {
    const jobWide = job.Constraints?.includes(constraint) ?? false
    const own = (one: Node) =>
      draft
        .on(one)
        .filter((alloc) => alloc.Job.ID === job.ID && (jobWide || alloc.TaskGroup === group.Name))
    if (constraint.Operand === 'distinct_hosts') {
      if (own(node).length > 0) return 'distinct_hosts'
      continue
    }
    const value = valueOn(node, constraint.LTarget)
    if (value === undefined) return `missing property "${constraint.LTarget}"`
    const allowed = Number(constraint.RTarget) || 1
    const users = nodes
      .filter((one) => valueOn(one, constraint.LTarget) === value)
      .flatMap(own).length
    if (users >= allowed) {
      return `distinct_property: ${constraint.LTarget}=${value} used by ${users} allocs`
    }
  }
  return ''
}

function exhaustedBy(node: Node, after: { cpu: number; memory: number; disk: number }): string {
  if (after.cpu > node.cpuMhz) return 'cpu'
  if (after.memory > node.memoryMb) return 'memory'
  return after.disk > nodeDiskMb ? 'disk' : ''
}

/** Only cpu and memory get numbers (cluster-facts §1.5). */
function exhaustedResources(
  group: TaskGroup,
  { DimensionExhausted }: Metrics,
): Record<string, unknown> | null {
  if (!DimensionExhausted) return null
  const none = {
    CPU: 0,
    Cores: 0,
    MemoryMB: 0,
    MemoryMaxMB: 0,
    DiskMB: 0,
    IOPS: 0,
    Networks: null,
    Devices: null,
  }
  return Object.fromEntries(
    group.Tasks.map((task) => [
      task.Name,
      {
        ...none,
        CPU: DimensionExhausted.cpu ? task.Resources.CPU : 0,
        MemoryMB: DimensionExhausted.memory ? task.Resources.MemoryMB : 0,
      },
    ]),
  )
}

function count(counts: Record<string, number> | null, key: string): Record<string, number> {
  return { ...counts, [key]: (counts?.[key] ?? 0) + 1 }
}

export function emptyMetrics(world: World, available: Available, inPool: number): Metrics {
  return {
    NodesEvaluated: 0,
    NodesFiltered: 0,
    NodesInPool: inPool,
    NodesAvailable: available,
    ConstraintFiltered: null,
    NodesExhausted: 0,
    DimensionExhausted: null,
    ResourcesExhausted: null,
    ScoreMetaData: null,
    AllocationTime: Math.round(world.between(20_000, 90_000)),
    CoalescedFailures: 0,
  }
}

function shuffled<T>(world: World, list: T[]): T[] {
  const result = [...list]
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(world.between(0, i + 1))
    ;[result[i], result[j]] = [result[j]!, result[i]!]
  }
  return result
}
