import type { Undo, World } from '../contract.ts'
import type { Job } from './job/spec.ts'
import { newEvaluation, rfc3339 } from './records.ts'
import { sameSpec } from './scheduler/changes.ts'
import type { Scheduler } from './scheduler/scheduler.ts'
import type { Store } from './store.ts'
import type { Allocation, Deployment } from './types.ts'

export interface DeploymentWatcher {
  /** The client says that an allocation is healthy or not; called inside of the write that says so. */
  healthChanged(alloc: Allocation): Deployment | undefined
  /** After that write. */
  look(deploymentId: string): void
}

/** From a change of health to the watcher's evaluation (recordings: 1.25 s, twice 1.00). */
const batchMs = [1000, 1280] as const

export function makeWatcher(
  world: World,
  store: Store,
  scheduler: Scheduler,
  register: (job: Job) => void,
): DeploymentWatcher {
  const planned = new Set<string>()
  const deadlines = new Map<string, { at: number; undo: Undo }>()

  store.onCommit(({ lines }) => {
    for (const event of lines.flat()) {
      if (event.Topic === 'Deployment') watchDeadline(event.record as Deployment)
    }
  })

  function watchDeadline(deployment: Deployment): void {
    const times = Object.values(deployment.TaskGroups)
      .filter((group) => group.HealthyAllocs < group.DesiredTotal)
      .flatMap((group) => (group.RequireProgressBy ? [Date.parse(group.RequireProgressBy)] : []))
    const at = deployment.Status === 'running' ? Math.min(...times) : Number.POSITIVE_INFINITY
    const known = deadlines.get(deployment.ID)
    if (known?.at === at) return
    known?.undo()
    deadlines.delete(deployment.ID)
    if (!Number.isFinite(at)) return
    const undo = world.after(Math.max(0, at - world.now()), () => expire(deployment.ID))
    deadlines.set(deployment.ID, { at, undo })
  }

  function expire(deploymentId: string): void {
    deadlines.delete(deploymentId)
    const deployment = store.deployments.get(deploymentId)
    if (deployment?.Status === 'running') fail(deployment, 'Failed due to progress deadline')
  }

  function fail(deployment: Deployment, reason: string): void {
    const wanted = Object.values(deployment.TaskGroups).some((group) => group.AutoRevert)
    const back = wanted ? stableBefore(deployment) : undefined
    const text = back
      ? `${reason} - rolling back to job version ${back.Version}`
      : wanted
        ? `${reason} - no stable job version to auto revert to`
        : reason
    const evaluation = evaluationFor(deployment)
    store.write('DeploymentStatusUpdate', (write) => {
      write.deployment({ ...deployment, Status: 'failed', StatusDescription: text })
      write.evaluation(evaluation)
    })
    if (back) register(back)
    else scheduler.enqueue(evaluation.ID)
  }

  function stableBefore(deployment: Deployment): Job | undefined {
    const versions = store.versions.get(deployment.JobID) ?? []
    const failed = versions.find((job) => job.Version === deployment.JobVersion)
    const stable = versions.find((job) => job.Stable && job.Version < deployment.JobVersion)
    return stable && failed && !sameSpec(stable, failed) ? stable : undefined
  }

  const evaluationFor = (deployment: Deployment) =>
    newEvaluation(world, store.jobs.get(deployment.JobID), {
      TriggeredBy: 'deployment-watcher',
      JobID: deployment.JobID,
      DeploymentID: deployment.ID,
    })

  /** Promotes, allows failed allocations to be placed anew, and has the scheduler go on. */
  function goOn(deploymentId: string): void {
    planned.delete(deploymentId)
    const deployment = store.deployments.get(deploymentId)
    if (deployment?.Status !== 'running') return
    const own = store.allocsOf(deployment.JobID).filter((one) => one.DeploymentID === deploymentId)
    const unhealthy = own.filter((one) => one.DeploymentStatus?.Healthy === false)
    const revert = unhealthy.some((one) => deployment.TaskGroups[one.TaskGroup]?.AutoRevert)
    if (revert) return void fail(deployment, 'Failed due to unhealthy allocations')
    const evaluation = evaluationFor(deployment)
    store.write('AllocationUpdateDesiredStatus', (write) => {
      const promoted = autoPromoted(deployment, own)
      if (promoted) write.deployment(promoted)
      for (const alloc of unhealthy) {
        if (!alloc.mayReschedule) write.alloc({ ...alloc, mayReschedule: true })
      }
      write.evaluation(evaluation)
    })
    scheduler.enqueue(evaluation.ID)
  }

  return {
    healthChanged(alloc) {
      const deployment = store.deployments.get(alloc.DeploymentID)
      return deployment && withHealth(deployment, alloc)
    },
    look(deploymentId) {
      if (planned.has(deploymentId)) return
      planned.add(deploymentId)
      world.after(world.between(...batchMs), () => goOn(deploymentId))
    },
  }
}

function withHealth(deployment: Deployment, alloc: Allocation): Deployment {
  const group = deployment.TaskGroups[alloc.TaskGroup]
  const health = alloc.DeploymentStatus
  if (!group || health?.Healthy === null || !health) return deployment
  const progress = health.Timestamp
    ? rfc3339(Date.parse(health.Timestamp) + group.ProgressDeadline / 1e6)
    : group.RequireProgressBy
  return {
    ...deployment,
    TaskGroups: {
      ...deployment.TaskGroups,
      [alloc.TaskGroup]: {
        ...group,
        HealthyAllocs: group.HealthyAllocs + (health.Healthy ? 1 : 0),
        UnhealthyAllocs: group.UnhealthyAllocs + (health.Healthy ? 0 : 1),
        RequireProgressBy: progress,
      },
    },
  }
}

/** With `auto_promote`, once every canary is healthy. */
function autoPromoted(deployment: Deployment, allocs: Allocation[]): Deployment | undefined {
  const waiting = Object.entries(deployment.TaskGroups).filter(
    ([, group]) => group.DesiredCanaries > 0 && !group.Promoted,
  )
  const ready = waiting.every(([, group]) => {
    const canaries = allocs.filter((one) => group.PlacedCanaries?.includes(one.ID))
    const healthy = canaries.filter((one) => one.DeploymentStatus?.Healthy)
    return group.AutoPromote && healthy.length >= group.DesiredCanaries
  })
  if (waiting.length === 0 || !ready) return undefined
  const promoted = waiting.map(([name, group]) => [name, { ...group, Promoted: true }])
  return {
    ...deployment,
    StatusDescription: 'Deployment is running',
    TaskGroups: { ...deployment.TaskGroups, ...Object.fromEntries(promoted) },
  }
}
