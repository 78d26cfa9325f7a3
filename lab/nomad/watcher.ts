import type { Undo, World } from '../contract.ts'
import type { Job } from './job/spec.ts'
import { newEvaluation, rfc3339 } from './records.ts'
import { sameSpec } from './scheduler/changes.ts'
import type { Scheduler } from './scheduler/scheduler.ts'
import type { Store } from './store.ts'
import type { Allocation, Deployment, Evaluation } from './types.ts'

export interface DeploymentWatcher {
  /** The client says that an allocation is healthy or not; called inside of the write that says so. */
  healthChanged(alloc: Allocation): Deployment | undefined
  /** After that write. */
  look(deploymentId: string): void
}

/** From a change of health to the watcher's evaluation (recordings: 1.25 s, twice 1.00). */
const batchMs = [1000, 1280] as const

interface Watching {
  world: World
  store: Store
  scheduler: Scheduler
  /** Registers a job's former version again. */
  register(job: Job): void
}

export function makeWatcher(
  world: World,
  store: Store,
  scheduler: Scheduler,
  register: (job: Job) => void,
): DeploymentWatcher {
  const watching = { world, store, scheduler, register }
  const planned = new Set<string>()
  watchDeadlines(watching)
  return {
    healthChanged(alloc) {
      const deployment = store.deployments.get(alloc.DeploymentID)
      return deployment && withHealth(deployment, alloc)
    },
    look(deploymentId) {
      if (planned.has(deploymentId)) return
      planned.add(deploymentId)
      world.after(world.between(...batchMs), () => {
        planned.delete(deploymentId)
        goOn(watching, deploymentId)
      })
    },
  }
}

/** Fails a deployment that made no progress in time. */
function watchDeadlines(watching: Watching): void {
  const { world, store } = watching
  const deadlines = new Map<string, { at: number; undo: Undo }>()
  const expire = (deploymentId: string) => {
    deadlines.delete(deploymentId)
    const deployment = store.deployments.get(deploymentId)
    if (deployment?.Status === 'running') {
      fail(watching, deployment, 'Failed due to progress deadline')
    }
  }
  store.onCommit(({ lines }) => {
    for (const event of lines.flat()) {
      if (event.Topic !== 'Deployment') continue
      const deployment = event.record as Deployment
      const at = deadlineOf(deployment)
      const known = deadlines.get(deployment.ID)
      if (known?.at === at) continue
      known?.undo()
      deadlines.delete(deployment.ID)
      if (!Number.isFinite(at)) continue
      const undo = world.after(Math.max(0, at - world.now()), () => expire(deployment.ID))
      deadlines.set(deployment.ID, { at, undo })
    }
  })
}

/** Milliseconds since the epoch, or never. */
function deadlineOf(deployment: Deployment): number {
  if (deployment.Status !== 'running') return Number.POSITIVE_INFINITY
  const times = Object.values(deployment.TaskGroups)
    .filter((group) => group.HealthyAllocs < group.DesiredTotal)
    .flatMap((group) => (group.RequireProgressBy ? [Date.parse(group.RequireProgressBy)] : []))
  return Math.min(...times)
}

function fail(watching: Watching, deployment: Deployment, reason: string): void {
  const { store, scheduler } = watching
  const wanted = Object.values(deployment.TaskGroups).some((group) => group.AutoRevert)
  const back = wanted ? stableBefore(store, deployment) : undefined
  const end = back
    ? ` - rolling back to job version ${back.Version}`
    : wanted
      ? ' - no stable job version to auto revert to'
      : ''
  const evaluation = evaluationFor(watching, deployment)
  store.write('DeploymentStatusUpdate', (write) => {
    write.deployment({ ...deployment, Status: 'failed', StatusDescription: reason + end })
    write.evaluation(evaluation)
  })
  if (back) watching.register(back)
  scheduler.enqueue(evaluation.ID)
}

function stableBefore(store: Store, deployment: Deployment): Job | undefined {
  const versions = store.versions.get(deployment.JobID) ?? []
  const failed = versions.find((job) => job.Version === deployment.JobVersion)
  const stable = versions.find((job) => job.Stable && job.Version < deployment.JobVersion)
  return stable && failed && !sameSpec(stable, failed) ? stable : undefined
}

function evaluationFor({ world, store }: Watching, deployment: Deployment): Evaluation {
  return newEvaluation(world, store.jobs.get(deployment.JobID), {
    TriggeredBy: 'deployment-watcher',
    JobID: deployment.JobID,
    DeploymentID: deployment.ID,
  })
}

/** Promotes, allows failed allocations to be placed anew, and has the scheduler go on. */
function goOn(watching: Watching, deploymentId: string): void {
  const { store, scheduler } = watching
  const deployment = store.deployments.get(deploymentId)
  if (deployment?.Status !== 'running') return
  const own = store.allocsOf(deployment.JobID).filter((one) => one.DeploymentID === deploymentId)
  const unhealthy = own.filter((one) => one.DeploymentStatus?.Healthy === false)
  if (unhealthy.some((one) => deployment.TaskGroups[one.TaskGroup]?.AutoRevert)) {
    fail(watching, deployment, 'Failed due to unhealthy allocations')
    return
  }
  const evaluation = evaluationFor(watching, deployment)
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

function withHealth(deployment: Deployment, alloc: Allocation): Deployment {
  const group = deployment.TaskGroups[alloc.TaskGroup]
  const health = alloc.DeploymentStatus
  if (!group || health?.Healthy === null || !health) return deployment
  // By the client's clock, and never back (state_store.go updateDeploymentWithAlloc).
  const next = health.Timestamp ? Date.parse(health.Timestamp) + group.ProgressDeadline / 1e6 : 0
  const known = group.RequireProgressBy
  const progress = next > Date.parse(known ?? '1970-01-01') ? rfc3339(next) : known
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
