import type { Job, TaskGroup } from '../job/spec.ts'
import type { Allocation, Deployment } from '../types.ts'
import type { Placement } from './reconcile.ts'

export function isCurrent(alloc: Allocation, job: Job): boolean {
  return alloc.Job.Version === job.Version && alloc.Job.CreateIndex === job.CreateIndex
}

/** `nginx.nginx[2]` → 2. */
export function indexOf(alloc: Pick<Allocation, 'Name'>): number {
  return Number(/\[(\d+)\]$/.exec(alloc.Name)?.[1] ?? 0)
}

/** More than the count: first what promoted canaries replace, then the highest names. */
export function superfluousOf(
  kept: Allocation[],
  canaries: Allocation[],
  count: number,
  inCanaries: boolean,
  promoted = false,
): Allocation[] {
  const others = kept.filter((alloc) => !canaries.includes(alloc))
  let surplus = kept.length - count - (inCanaries ? canaries.length : 0)
  if (surplus <= 0) return []
  const replaced = promoted
    ? others.filter((alloc) => canaries.some((canary) => canary.Name === alloc.Name))
    : []
  const first = replaced.slice(0, surplus)
  surplus -= first.length
  const rest = others
    .filter((alloc) => !first.includes(alloc))
    .sort((a, b) => indexOf(b) - indexOf(a))
  return [...first, ...rest.slice(0, surplus)]
}

export function replacements(
  job: Job,
  group: TaskGroup,
  kept: Allocation[],
  canaries: Allocation[],
  lost: Allocation[],
  rescheduled: Allocation[],
  inCanaries: boolean,
): Placement[] {
  const result: Placement[] = rescheduled.map((previous) => ({
    group,
    name: previous.Name,
    previous,
    canary: false,
    rescheduled: true,
  }))
  let existing = kept.length - (inCanaries ? canaries.length : 0) + rescheduled.length
  for (const previous of lost) {
    if (existing >= group.Count) break
    existing++
    result.push({ group, name: previous.Name, previous, canary: false, rescheduled: false })
  }
  const named = [...kept, ...result.map((one) => ({ Name: one.name }))]
  for (const name of freeNames(job, group, named, group.Count - existing)) {
    result.push({ group, name, canary: false, rescheduled: false })
  }
  return result
}

export function freeNames(
  job: Job,
  group: TaskGroup,
  taken: Pick<Allocation, 'Name'>[],
  count: number,
): string[] {
  const used = new Set(taken.map(indexOf))
  const names: string[] = []
  for (let i = 0; names.length < count; i++) {
    if (!used.has(i)) names.push(`${job.Name}.${group.Name}[${i}]`)
  }
  return names
}

/** How many may be replaced now: max_parallel less those of the deployment not yet healthy. */
export function rollingLimit(
  group: TaskGroup,
  active: Deployment | undefined,
  kept: Allocation[],
  ready: boolean,
): number {
  if (!ready) return 0
  const parallel = group.Update?.MaxParallel || group.Count
  if (!active) return parallel
  const part = kept.filter((alloc) => alloc.DeploymentID === active.ID)
  if (part.some((alloc) => alloc.DeploymentStatus?.Healthy === false)) return 0
  const unsettled = part.filter((alloc) => alloc.DeploymentStatus?.Healthy !== true)
  return Math.max(0, parallel - unsettled.length)
}
