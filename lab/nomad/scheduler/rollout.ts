import type { World } from '../../contract.ts'
import type { Job } from '../job/spec.ts'
import type { Deployment } from '../types.ts'

/** The deployment that the job is in, and the one that has lost its meaning. */
export function deploymentFor(
  all: Deployment[],
  job: Job | undefined,
): { active?: Deployment; cancelled?: Deployment } {
  const latest = all.at(-1)
  if (!latest) return {}
  const over = latest.Status === 'successful' || latest.Status === 'cancelled'
  const stale =
    !job ||
    job.Stop ||
    latest.JobVersion !== job.Version ||
    latest.JobCreateIndex !== job.CreateIndex
  if (!stale) return over ? {} : { active: latest }
  if (latest.Status !== 'running') return {}
  const StatusDescription =
    !job || job.Stop ? 'Cancelled because job is stopped' : 'Cancelled due to newer version of job'
  return { cancelled: { ...latest, Status: 'cancelled', StatusDescription } }
}

export function newDeployment(world: World, job: Job): Deployment {
  return {
    ID: world.uuid(),
    Namespace: 'default',
    JobID: job.ID,
    JobVersion: job.Version,
    JobModifyIndex: job.ModifyIndex,
    JobSpecModifyIndex: job.JobModifyIndex,
    JobCreateIndex: job.CreateIndex,
    IsMultiregion: false,
    TaskGroups: {},
    Status: 'running',
    StatusDescription: 'Deployment is running',
    EvalPriority: job.Priority,
    CreateIndex: 0,
    ModifyIndex: 0,
    CreateTime: 0,
    ModifyTime: 0,
  }
}

/** Every group has as many healthy allocations as it wants, and no canary waits for its promotion. */
export function isComplete(deployment: Deployment): boolean {
  return Object.values(deployment.TaskGroups).every(
    (group) =>
      group.HealthyAllocs >= Math.max(group.DesiredTotal, group.DesiredCanaries) &&
      (group.DesiredCanaries === 0 || group.Promoted),
  )
}
