import type { Job, Task, TaskGroup } from '../job/spec.ts'

/** These may change under a running task (scheduler/util.go tasksUpdated; cluster-facts §1.5). */
const harmless = new Set([
  'Services',
  'RestartPolicy',
  'KillTimeout',
  'ShutdownDelay',
  'LogConfig',
  'Constraints',
  'Affinities',
  'Leader',
  'KillSignal',
  'Lifecycle',
])

/** Whether allocations of `from` must be replaced to become `to`. */
export function isDestructive(from: Job, to: Job, groupName: string): boolean {
  const before = from.TaskGroups.find((group) => group.Name === groupName)
  const after = to.TaskGroups.find((group) => group.Name === groupName)
  if (!before || !after) return true
  const parts = (group: TaskGroup) => [
    group.EphemeralDisk,
    group.Networks,
    group.Affinities,
    group.Spreads,
    group.Volumes,
    group.Meta,
    (group.Services ?? []).map((service) => service.Connect),
  ]
  if (!same(parts(before), parts(after))) return true
  if (!same(from.Meta, to.Meta) || !same(from.Affinities, to.Affinities)) return true
  if (before.Tasks.length !== after.Tasks.length) return true
  return after.Tasks.some((task) => {
    const old = before.Tasks.find((one) => one.Name === task.Name)
    return !old || !same(essence(old), essence(task))
  })
}

function essence(task: Task): unknown {
  return Object.entries(task).filter(([key]) => !harmless.has(key))
}

/** What the user wrote is the same; ids of versions and moments are not looked at (job.SpecChanged). */
export function sameSpec(a: Job, b: Job): boolean {
  return same(spec(a), spec(b))
}

const bookkeeping = new Set([
  'Status',
  'StatusDescription',
  'Stable',
  'Version',
  'SubmitTime',
  'CreateIndex',
  'ModifyIndex',
  'JobModifyIndex',
])

function spec(job: Job): unknown {
  return Object.entries(job).filter(([key]) => !bookkeeping.has(key))
}

/** Equal as JSON, whatever the order of keys. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return entries.map(([key, one]) => [key, sorted(one)])
}
