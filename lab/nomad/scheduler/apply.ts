import type { Job } from '../job/spec.ts'
import { rfc3339 } from '../records.ts'
import type { Write } from '../store.ts'
import type { Allocation, Deployment, Evaluation } from '../types.ts'
import type { Plan } from './plan.ts'

/** Carries a plan out in one write: what is stopped, what is placed, and the deployment's counts. */
export function applyPlan(
  write: Write,
  plan: Plan,
  evaluation: Evaluation,
  known: { job?: Job; deployment?: Deployment },
): void {
  for (const deployment of plan.deploymentUpdates) {
    write.deployment(deployment)
    // A version that was rolled out is what auto_revert goes back to.
    if (deployment.Status === 'successful') write.job({ ...known.job!, Stable: true }, true)
  }
  write.evaluation(evaluation)
  let deployment = plan.deployment ?? known.deployment
  const before = deployment
  for (const alloc of [...plan.changed, ...plan.placed]) {
    const joins = deployment && alloc.DeploymentID === deployment.ID && alloc.AllocModifyIndex === 0
    const counts = joins && alloc.DesiredStatus === 'run' && !alloc.FollowupEvalID
    if (deployment && counts) deployment = withPlaced(deployment, alloc)
  }
  if (deployment && (plan.deployment || deployment !== before)) write.deployment(deployment)
  for (const alloc of [...plan.changed, ...plan.placed]) {
    write.alloc(alloc.AllocModifyIndex === 0 ? { ...alloc, AllocModifyIndex: write.index } : alloc)
  }
}

/** The progress deadline runs from the first placement (state_store.go updateDeploymentWithAlloc). */
function withPlaced(deployment: Deployment, alloc: Allocation): Deployment {
  const group = deployment.TaskGroups[alloc.TaskGroup]
  if (!group) return deployment
  const canary = alloc.DeploymentStatus?.Canary
  const deadline = rfc3339((alloc.CreateTime + group.ProgressDeadline) / 1e6)
  return {
    ...deployment,
    TaskGroups: {
      ...deployment.TaskGroups,
      [alloc.TaskGroup]: {
        ...group,
        PlacedAllocs: group.PlacedAllocs + 1,
        PlacedCanaries: canary ? [...(group.PlacedCanaries ?? []), alloc.ID] : group.PlacedCanaries,
        RequireProgressBy:
          group.ProgressDeadline === 0 ? null : (group.RequireProgressBy ?? deadline),
      },
    },
  }
}
