import type { Job, Spread, TaskGroup } from '../job/spec.ts'
import type { Allocation, Node } from '../types.ts'
import { valueOn } from './feasible.ts'

/** What the values that are not targets may share (scheduler/spread.go implicitTarget). */
const others = '*'
/** A node without the attribute, or with a value that nobody wants. */
const penalty = -1

export function spreadsOf(job: Job, group: TaskGroup): Spread[] {
  return [...(job.Spreads ?? []), ...(group.Spreads ?? [])]
}

/** How much a node gains or loses by the group's spreads (read in scheduler/spread.go; not run). */
export function spreadScore(
  job: Job,
  group: TaskGroup,
  node: Node,
  nodes: Node[],
  on: (node: Node) => Allocation[],
): number {
  const spreads = spreadsOf(job, group)
  const weights = spreads.reduce((sum, { Weight }) => sum + Weight, 0)
  let total = 0
  for (const { Attribute, Weight, SpreadTarget } of spreads) {
    const value = valueOn(node, Attribute)
    if (value === undefined) {
      total += penalty
      continue
    }
    const used = usedBy(Attribute, job, group, nodes, on)
    const desired = desiredOf(SpreadTarget ?? [], group.Count)
    if (desired.size === 0) {
      total += evenly(used, value)
      continue
    }
    const wanted = desired.get(value) ?? desired.get(others)
    if (!wanted) total += penalty
    else total += ((wanted - (used.get(value) ?? 0) - 1) / wanted) * (Weight / weights)
  }
  return total
}

/** Allocations of the group by the attribute's value; a value that has none is not there. */
function usedBy(
  attribute: string,
  job: Job,
  group: TaskGroup,
  nodes: Node[],
  on: (node: Node) => Allocation[],
): Map<string, number> {
  const used = new Map<string, number>()
  for (const node of nodes) {
    const value = valueOn(node, attribute)
    const own = on(node).filter((one) => one.Job.ID === job.ID && one.TaskGroup === group.Name)
    if (value !== undefined && own.length > 0) {
      used.set(value, (used.get(value) ?? 0) + own.length)
    }
  }
  return used
}

function desiredOf(
  targets: { Value: string; Percent: number }[],
  count: number,
): Map<string, number> {
  const desired = new Map(targets.map(({ Value, Percent }) => [Value, (Percent / 100) * count]))
  const sum = [...desired.values()].reduce((total, one) => total + one, 0)
  if (sum > 0 && sum < count) desired.set(others, count - sum)
  return desired
}

/** Without targets: the least used value gains, the others lose (evenSpreadScoreBoost). */
function evenly(used: Map<string, number>, value: string): number {
  if (used.size === 0) return 0
  const own = used.get(value) ?? 0
  const least = Math.min(...used.values())
  const most = Math.max(...used.values())
  if (own !== least) return (least - own) / least
  return least === most ? -1 : (most - least) / least
}
