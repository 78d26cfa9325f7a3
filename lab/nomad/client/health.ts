import type { Undo, World } from '../../contract.ts'
import { groupOf } from '../job/spec.ts'
import { rfc3339 } from '../records.ts'
import type { Allocation, DeploymentHealth } from '../types.ts'
import type { Life } from './life.ts'

/** Decides whether an allocation of a deployment is healthy (client/allochealth). */
export interface HealthTracker {
  /** Something changed: `healthy` is whether all tasks run and all checks pass. */
  look(alloc: Allocation, healthy: boolean, failed: boolean): void
}

export function makeHealthTracker(
  world: World,
  life: Life,
  decide: (health: DeploymentHealth) => void,
): HealthTracker {
  let deployment = ''
  let decided = false
  let steady: Undo | undefined
  let deadline: Undo = () => {}
  const settle = (alloc: Allocation, Healthy: boolean) => {
    decided = true
    steady?.()
    deadline()
    // A failed one has no time (recordings/mistakes: count-in-config).
    const Timestamp = Healthy ? rfc3339(world.now()) : null
    const Canary = alloc.DeploymentStatus?.Canary ?? false
    decide({ Healthy, Timestamp, Canary, ModifyIndex: 0 })
  }
  return {
    look(alloc, healthy, failed) {
      const update = groupOf(alloc.Job, alloc.TaskGroup)?.Update
      if (!alloc.DeploymentID || !update) return
      if (alloc.DeploymentID !== deployment) {
        steady?.()
        steady = undefined
        deadline()
        deployment = alloc.DeploymentID
        decided = typeof alloc.DeploymentStatus?.Healthy === 'boolean'
        if (!decided)
          deadline = life.after(update.HealthyDeadline / 1e6, () => settle(alloc, false))
      }
      if (decided) return
      if (failed) return settle(alloc, false)
      if (!healthy) {
        steady?.()
        steady = undefined
      } else {
        steady ??= life.after(update.MinHealthyTime / 1e6, () => settle(alloc, true))
      }
    },
  }
}
