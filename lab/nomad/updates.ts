import type { World } from '../contract.ts'
import type { Report } from './client/runner.ts'
import { newEvaluation } from './records.ts'
import type { Scheduler } from './scheduler/scheduler.ts'
import type { Store, Write } from './store.ts'
import { type Allocation, type Evaluation, isClientTerminal } from './types.ts'
import type { DeploymentWatcher } from './watcher.ts'

/** Takes what a client reports: one write, then the evaluations that follow from it (fsm.go). */
export function takeReports(
  world: World,
  store: Store,
  scheduler: Scheduler,
  watcher: DeploymentWatcher,
  reports: Report[],
): void {
  const evals: Evaluation[] = []
  const deployments = new Set<string>()
  let freed = false
  store.write('AllocationUpdated', (write) => {
    for (const report of reports) {
      const before = store.allocs.get(report.allocId)
      if (!before) continue
      const after = merged(write, before, report)
      const decided = isDecided(after) && !isDecided(before)
      const deployment = decided ? watcher.healthChanged(after) : undefined
      if (deployment) {
        write.deployment(deployment)
        deployments.add(deployment.ID)
      }
      write.alloc(after)
      if (after.disconnectedAt !== undefined && after.ClientStatus === 'running') {
        const job = store.jobs.get(after.Job.ID)
        const given = { JobID: after.Job.ID, TriggeredBy: 'reconnect', NodeID: after.NodeID }
        if (job) evals.push(newEvaluation(world, job, given))
      }
      if (!isClientTerminal(after) || before.ClientStatus === after.ClientStatus) continue
      freed = true
      const evaluation = evaluationAfter(world, store, after)
      if (evaluation) evals.push(evaluation)
    }
    write.nextLine()
    for (const evaluation of evals) write.evaluation(evaluation)
  })
  for (const id of deployments) watcher.look(id)
  if (freed) scheduler.unblock()
  for (const evaluation of evals) scheduler.enqueue(evaluation.ID)
}

function merged(write: Write, before: Allocation, report: Report): Allocation {
  const { ClientStatus, ClientDescription, TaskStates } = report
  const health = report.DeploymentStatus
  const known = before.DeploymentStatus
  const DeploymentStatus =
    health && known?.Healthy !== health.Healthy
      ? { ...health, ModifyIndex: write.index }
      : before.DeploymentStatus
  return { ...before, ClientStatus, ClientDescription, TaskStates, DeploymentStatus }
}

function isDecided(alloc: Allocation): boolean {
  return typeof alloc.DeploymentStatus?.Healthy === 'boolean'
}

/** A failure is to be looked at; so is the end of an allocation whose job is gone. */
function evaluationAfter(world: World, store: Store, alloc: Allocation): Evaluation | undefined {
  const job = store.jobs.get(alloc.Job.ID)
  const given = { JobID: alloc.Job.ID }
  if (!job) {
    return newEvaluation(world, alloc.Job, { ...given, TriggeredBy: 'job-deregister' })
  }
  if (alloc.ClientStatus !== 'failed' || alloc.DesiredStatus !== 'run') return undefined
  return newEvaluation(world, job, { ...given, TriggeredBy: 'alloc-failure' })
}
