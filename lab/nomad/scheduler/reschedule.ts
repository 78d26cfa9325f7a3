import { groupOf, type ReschedulePolicy, type TaskGroup } from '../job/spec.ts'
import type { Allocation, Deployment, RescheduleEvent } from '../types.ts'

/** Nomad looks this far ahead instead of making an evaluation for it (reconcile.go). */
const windowMs = 1000

/** Whether a failed allocation is to be placed anew: now, at a time (ms), or never (cluster-facts §1.7). */
export function rescheduleOf(
  group: TaskGroup,
  alloc: Allocation,
  evalId: string,
  now: number,
): 'now' | 'never' | { at: number } {
  const policy = group.ReschedulePolicy
  const earlier = alloc.RescheduleTracker?.Events ?? []
  if (!policy.Unlimited) {
    const since = now * 1e6 - policy.Interval
    const recent = earlier.filter((event) => event.RescheduleTime >= since)
    if (recent.length >= policy.Attempts) return 'never'
  }
  const at = failedAt(alloc) + nextDelay(group, alloc) / 1e6
  if (alloc.FollowupEvalID === evalId || at <= now + windowMs) return 'now'
  return alloc.FollowupEvalID ? 'never' : { at }
}

/**
 * When Nomad 2 replaces an allocation that is unknown, or becomes it now: after the delay of its
 * `reschedule` block; never where its deployment was going on then (filters.go updateByReschedulable;
 * both seen on a real 2.0.5, docs/discoveries.md).
 */
export function replaceUnknown(
  alloc: Allocation,
  active: Deployment | undefined,
  evalId: string,
  now: number,
): 'now' | 'never' | { at: number } {
  if (active?.Status === 'running' && alloc.DeploymentID === active.ID && !alloc.mayReschedule)
    return 'never'
  if (alloc.disconnectedAt !== undefined) return alloc.FollowupEvalID === evalId ? 'now' : 'never'
  const group = groupOf(alloc.Job, alloc.TaskGroup)
  if (!group || !(group.ReschedulePolicy.Unlimited || group.ReschedulePolicy.Attempts))
    return 'never'
  const at = now + nextDelay(group, alloc) / 1e6
  return at <= now + windowMs ? 'now' : { at }
}

/**
 * Nanoseconds: constant, doubling or Fibonacci, up to max_delay; one that ran longer than that begins
 * anew (structs.go Allocation.NextDelay; read, not run).
 */
export function nextDelay(group: TaskGroup, alloc: Allocation): number {
  const { Delay, MaxDelay } = group.ReschedulePolicy
  const next = growing(group.ReschedulePolicy, alloc.RescheduleTracker?.Events ?? [])
  if (!MaxDelay || next <= MaxDelay) return next
  const last = alloc.RescheduleTracker?.Events.at(-1)
  const lived = last ? failedAt(alloc) * 1e6 - last.RescheduleTime : 0
  return lived > MaxDelay ? Delay : MaxDelay
}

function growing(
  { Delay, DelayFunction, MaxDelay }: ReschedulePolicy,
  events: readonly RescheduleEvent[],
): number {
  const [older, last] = [events.at(-2)?.Delay, events.at(-1)?.Delay]
  if (DelayFunction === 'constant' || last === undefined) return Delay
  if (DelayFunction === 'exponential') return last * 2
  if (older === undefined || (older === MaxDelay && last === Delay)) return Delay
  return older + last
}

/** When its last task ended; milliseconds. */
function failedAt(alloc: Allocation): number {
  const times = Object.values(alloc.TaskStates ?? {}).map((state) =>
    state.FinishedAt ? Date.parse(state.FinishedAt) : 0,
  )
  return Math.max(0, ...times) || alloc.ModifyTime / 1e6
}
