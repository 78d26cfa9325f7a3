import type { TaskGroup } from '../job/spec.ts'
import type { Allocation } from '../types.ts'

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

/** Nanoseconds: constant, doubling or Fibonacci, up to max_delay. */
export function nextDelay(group: TaskGroup, alloc: Allocation): number {
  const { Delay, DelayFunction, MaxDelay } = group.ReschedulePolicy
  const delays = (alloc.RescheduleTracker?.Events ?? []).map((event) => event.Delay)
  const last = delays.at(-1)
  if (DelayFunction === 'constant' || last === undefined) return Delay
  const next = DelayFunction === 'exponential' ? last * 2 : last + (delays.at(-2) ?? last)
  return MaxDelay ? Math.min(next, MaxDelay) : next
}

/** When its last task ended; milliseconds. */
function failedAt(alloc: Allocation): number {
  const times = Object.values(alloc.TaskStates ?? {}).map((state) =>
    state.FinishedAt ? Date.parse(state.FinishedAt) : 0,
  )
  return Math.max(0, ...times) || alloc.ModifyTime / 1e6
}
