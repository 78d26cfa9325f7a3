import type { World } from '../../contract.ts'
import { newEvaluation, rfc3339 } from '../records.ts'
import type { Store } from '../store.ts'
import type { Evaluation } from '../types.ts'
import { applyPlan } from './apply.ts'
import { type Blocked, makeBlocked } from './blocked.ts'
import { annotations, isEmpty, makePlan, type Plan } from './plan.ts'

export interface Scheduler {
  /** Takes an evaluation that has been written as pending. */
  enqueue(evalId: string): void
  /** Room became free somewhere. */
  unblock(): void
  forget(jobId: string): void
}

interface Working {
  world: World
  store: Store
  blocked: Blocked
  enqueue(evalId: string): void
}

/** From an evaluation to its plan, and from the plan to `complete` (recordings: 3 and 4 ms). */
const thinkMs = [2, 6] as const
const finishMs = [0.5, 5] as const
/** How often a scheduler that is switched off looks whether it may work again; the lab's own. */
const deadMs = 1000

/** Takes evaluations one after the other, in the order they came. */
export function makeScheduler(world: World, store: Store, serverUp: () => boolean): Scheduler {
  const queue: string[] = []
  let busy = false
  function enqueue(evalId: string): void {
    if (!queue.includes(evalId)) queue.push(evalId)
    kick()
  }
  function kick(): void {
    if (busy || queue.length === 0) return
    busy = true
    world.after(world.between(...thinkMs), () => {
      if (world.faults.schedulerDead || !serverUp()) world.after(deadMs, rest)
      else evaluate(working, queue.shift()!, rest)
    })
  }
  function rest(): void {
    busy = false
    kick()
  }
  const blocked = makeBlocked(store, enqueue)
  const working: Working = { world, store, blocked, enqueue }
  return { enqueue, unblock: blocked.unblock, forget: blocked.forget }
}

function evaluate(working: Working, evalId: string, done: () => void): void {
  const { world, store, blocked } = working
  const evaluation = store.evals.get(evalId)
  if (!evaluation || !['pending', 'blocked'].includes(evaluation.Status)) {
    done()
    return
  }
  const { JobID } = evaluation
  const job = store.jobs.get(JobID)
  const plan = makePlan({ world, store, job, jobId: JobID, evalId })
  const failed = Object.keys(plan.failures).length > 0
  const wasBlocked = evaluation.Status === 'blocked'
  const BlockedEval = failed && !wasBlocked ? block(working, evaluation, plan) : ''
  if (!failed) blocked.forget(JobID)
  followUp(working, evaluation, plan)
  const deployment = store.deploymentsOf(JobID).findLast((one) => one.Status === 'running')
  if (!isEmpty(plan)) {
    store.write('PlanResult', (write) => applyPlan(write, plan, evaluation, { job, deployment }))
  }
  world.after(world.between(...finishMs), () => {
    finish(working, evaluation.ID, plan, BlockedEval, failed && wasBlocked)
    done()
  })
}

/** What found no place waits in an evaluation of its own. */
function block({ world, store, blocked }: Working, evaluation: Evaluation, plan: Plan): string {
  const blockedEval = newEvaluation(world, store.jobs.get(evaluation.JobID), {
    TriggeredBy: 'queued-allocs',
    JobID: evaluation.JobID,
    JobModifyIndex: evaluation.JobModifyIndex,
    Status: 'blocked',
    StatusDescription: 'created to place remaining allocations',
    PreviousEval: evaluation.ID,
    SnapshotIndex: store.index,
    ...failuresOf(plan),
  })
  store.write('EvaluationUpdated', (write) => write.evaluation(blockedEval))
  blocked.add(blockedEval)
  return blockedEval.ID
}

/** Failed and unknown allocations are looked at again when their time is over (cluster-facts §1.7). */
function followUp(working: Working, evaluation: Evaluation, plan: Plan): void {
  const { world, store, enqueue } = working
  for (const { alloc, at, trigger } of plan.later) {
    const later = newEvaluation(world, store.jobs.get(evaluation.JobID), {
      TriggeredBy: trigger,
      JobID: evaluation.JobID,
      JobModifyIndex: alloc.Job.ModifyIndex,
      StatusDescription:
        trigger === 'max-disconnect-timeout' ? '' : 'created for delayed rescheduling',
      WaitUntil: rfc3339(at),
      PreviousEval: evaluation.ID,
      SnapshotIndex: store.index,
    })
    store.write('EvaluationUpdated', (write) => write.evaluation(later))
    const known = plan.changed.findIndex((one) => one.ID === alloc.ID)
    const changed = { ...(plan.changed[known] ?? alloc), FollowupEvalID: later.ID }
    plan.changed.splice(known < 0 ? plan.changed.length : known, known < 0 ? 0 : 1, changed)
    world.after(Math.max(0, at - world.now()), () => enqueue(later.ID))
  }
}

function finish(
  { world, store, blocked }: Working,
  evalId: string,
  plan: Plan,
  BlockedEval: string,
  again: boolean,
): void {
  const evaluation = store.evals.get(evalId)
  if (!evaluation || evaluation.Status === 'canceled') return
  const deployment = store.deploymentsOf(evaluation.JobID).at(-1)
  const done: Evaluation = {
    ...evaluation,
    Status: again ? 'blocked' : 'complete',
    StatusDescription: again ? evaluation.StatusDescription : '',
    DeploymentID: again ? '' : (deployment?.ID ?? ''),
    BlockedEval,
    QueuedAllocations: plan.queued,
    SnapshotIndex: evaluation.SnapshotIndex || evaluation.CreateIndex,
    FailedTGAllocs: Object.keys(plan.failures).length > 0 ? plan.failures : null,
    ...(again && failuresOf(plan)),
    PlanAnnotations: world.versions.nomad === '2.0.5' ? annotations(plan, '2.0.5') : null,
  }
  store.write('EvaluationUpdated', (write) => write.evaluation(done))
  if (again) blocked.add(done)
}

function failuresOf(
  plan: Plan,
): Pick<Evaluation, 'FailedTGAllocs' | 'ClassEligibility' | 'EscapedComputedClass'> {
  return {
    FailedTGAllocs: plan.failures,
    ClassEligibility: plan.escaped ? null : plan.classes,
    EscapedComputedClass: plan.escaped,
  }
}
