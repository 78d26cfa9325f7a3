import { type Affinity, groupOf, type Job, type TaskGroup } from '../job/spec.ts'
import type { Allocation, Node } from '../types.ts'
import { meets } from './feasible.ts'

export interface Need {
  cpu: number
  memory: number
  disk: number
}

export function needOf(group: TaskGroup): Need {
  return {
    cpu: group.Tasks.reduce((sum, task) => sum + task.Resources.CPU, 0),
    memory: group.Tasks.reduce((sum, task) => sum + task.Resources.MemoryMB, 0),
    disk: group.EphemeralDisk.SizeMB,
  }
}

export function usedBy(allocs: Allocation[]): Need {
  const total = { cpu: 0, memory: 0, disk: 0 }
  for (const alloc of allocs) {
    const need = needOf(groupOf(alloc.Job, alloc.TaskGroup)!)
    total.cpu += need.cpu
    total.memory += need.memory
    total.disk += need.disk
  }
  return total
}

/** 0 for an empty node to 1 for a full one (cluster-facts §1.6: structs.ScoreFitBinPack / 18). */
export function binpack(node: Node, used: Need): number {
  const freeCpu = 1 - used.cpu / node.cpuMhz
  const freeMemory = 1 - used.memory / node.memoryMb
  const score = 20 - (10 ** freeCpu + 10 ** freeMemory)
  return Math.max(0, Math.min(18, score)) / 18
}

/** The mean of what applies (cluster-facts §1.6); `Scores` names the parts as the metrics do. */
export function scoreOf(
  job: Job,
  group: TaskGroup,
  node: Node,
  allocs: Allocation[],
  after: Need,
  penalty: boolean,
  spread: number,
): { score: number; parts: Record<string, number> } {
  const collisions = allocs.filter(
    (alloc) => alloc.Job.ID === job.ID && alloc.TaskGroup === group.Name,
  ).length
  const fit = binpack(node, after)
  const antiAffinity = collisions > 0 ? -(collisions + 1) / group.Count : 0
  const affinity = affinityScore(job, group, node)
  const applied = [
    fit,
    ...(collisions > 0 ? [antiAffinity] : []),
    ...(penalty ? [-1] : []),
    ...(affinity === 0 ? [] : [affinity]),
    ...(spread === 0 ? [] : [spread]),
  ]
  return {
    score: applied.reduce((sum, one) => sum + one, 0) / applied.length,
    parts: {
      binpack: fit,
      'job-anti-affinity': antiAffinity,
      'node-reschedule-penalty': penalty ? -1 : 0,
      'node-affinity': affinity,
      ...(spread !== 0 && { 'allocation-spread': spread }),
    },
  }
}

export function affinitiesOf(job: Job, group: TaskGroup): Affinity[] {
  return [
    ...(job.Affinities ?? []),
    ...(group.Affinities ?? []),
    ...group.Tasks.flatMap((task) => task.Affinities ?? []),
  ]
}

function affinityScore(job: Job, group: TaskGroup, node: Node): number {
  const all = affinitiesOf(job, group)
  const weights = all.reduce((sum, one) => sum + Math.abs(one.Weight), 0)
  if (weights === 0) return 0
  const met = all.filter((one) => meets(node, one)).reduce((sum, one) => sum + one.Weight, 0)
  return met / weights
}
