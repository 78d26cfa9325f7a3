import type { World } from '../../contract.ts'
import type { Job, TaskGroup } from '../job/spec.ts'
import type { Allocation, Deployment } from '../types.ts'
import { isCurrent } from './counts.ts'
import type { Changes, Situation } from './reconcile.ts'

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

/** A deployment begins with a new version, and with an update of what runs. */
export function planDeployment(
  { world, job }: Situation,
  changes: Changes,
  group: TaskGroup,
  all: Allocation[],
  active: Deployment | undefined,
  found: { updates: number; canaries: boolean; total: number },
): void {
  if (active || !group.Update || group.Update.MaxParallel === 0 || found.total === 0) return
  // Nomad 2 forgets what it has stopped itself: a group that lost all of its VMs is deployed anew
  // (filterServerTerminalAllocs; a real 2.0.5). 1.4 remembers that it ran.
  const forgets = world.versions.nomad !== '1.4.4'
  const known = all.filter((alloc) => !forgets || alloc.DesiredStatus === 'run')
  const ranBefore = known.some((alloc) => isCurrent(alloc, job!))
  if (ranBefore && found.updates === 0) return
  changes.deployment ??= newDeployment(world, job!)
  if (found.canaries) {
    const how = group.Update.AutoPromote ? 'automatic' : 'manual'
    changes.deployment.StatusDescription = `Deployment is running but requires ${how} promotion`
  }
  changes.deployment.TaskGroups[group.Name] = {
    AutoRevert: group.Update.AutoRevert,
    AutoPromote: group.Update.AutoPromote,
    ProgressDeadline: group.Update.ProgressDeadline,
    RequireProgressBy: null,
    Promoted: false,
    PlacedCanaries: null,
    DesiredCanaries: found.canaries ? group.Update.Canary : 0,
    DesiredTotal: found.total,
    PlacedAllocs: 0,
    HealthyAllocs: 0,
    UnhealthyAllocs: 0,
  }
}
