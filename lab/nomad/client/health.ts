import type { Undo, Vm, World } from '../../contract.ts'
import { groupOf, isBatch } from '../job/spec.ts'
import { rfc3339, timeOn } from '../records.ts'
import type { Allocation, DeploymentHealth } from '../types.ts'
import type { Life } from './life.ts'

/** Decides whether an allocation is healthy (client/allochealth). */
export interface HealthTracker {
  /** Something changed: `healthy` is whether all tasks run and all checks pass. */
  look(alloc: Allocation, healthy: boolean, failed: boolean): void
}

export function makeHealthTracker(
  world: World,
  vm: Vm,
  life: Life,
  decide: (health: DeploymentHealth) => void,
): HealthTracker {
  let deployment: string | undefined
  let decided = false
  let steady: Undo | undefined
  let deadline: Undo = () => {}
  const settle = (alloc: Allocation, Healthy: boolean) => {
    decided = true
    steady?.()
    deadline()
    // A failed one has no time (recordings/mistakes: count-in-config).
    const Timestamp = Healthy ? rfc3339(timeOn(world, vm)) : null
    const Canary = alloc.DeploymentStatus?.Canary ?? false
    decide({ Healthy, Timestamp, Canary, ModifyIndex: 0 })
  }
  return {
    look(alloc, healthy, failed) {
      const rules = rulesOf(alloc)
      if (!rules) return
      if (alloc.DeploymentID !== deployment) {
        steady?.()
        steady = undefined
        deadline()
        deployment = alloc.DeploymentID
        decided = typeof alloc.DeploymentStatus?.Healthy === 'boolean'
        if (!decided) deadline = life.after(rules.HealthyDeadline / 1e6, () => settle(alloc, false))
      }
      if (decided) return
      if (failed) return settle(alloc, false)
      if (!healthy) {
        steady?.()
        steady = undefined
      } else {
        steady ??= life.after(rules.MinHealthyTime / 1e6, () => settle(alloc, true))
      }
    },
  }
}

/**
 * Of a deployment its `update` block says when; of none, the `migrate` block or its defaults
 * (health_hook.go getHealthParams; recordings 02.3: healthy after 10 s without a deployment).
 */
function rulesOf(alloc: Allocation): Rules | undefined {
  if (isBatch(alloc.Job)) return undefined
  const group = groupOf(alloc.Job, alloc.TaskGroup)
  if (alloc.DeploymentID) return group?.Update ?? undefined
  return (group?.Migrate as Rules | null | undefined) ?? migrateDefaults
}

/** Nanoseconds. */
interface Rules {
  HealthyDeadline: number
  MinHealthyTime: number
}

const migrateDefaults: Rules = { HealthyDeadline: 300e9, MinHealthyTime: 10e9 }
