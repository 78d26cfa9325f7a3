import type { World } from '../contract.ts'
import type { Job } from './job/spec.ts'
import { nanoseconds, newEvaluation } from './records.ts'
import { evaluationJson, failuresJson, type Json } from './render.ts'
import { sameSpec } from './scheduler/changes.ts'
import { annotations, makePlan } from './scheduler/plan.ts'
import type { Scheduler } from './scheduler/scheduler.ts'
import type { Store } from './store.ts'

export interface Registered {
  EvalID: string
  EvalCreateIndex: number
  JobModifyIndex: number
  Index: number
}

export interface Jobs {
  register(job: Job): Registered
  /** `undefined` when there is no such job. */
  deregister(jobId: string, purge: boolean): Registered | undefined
  /** A dry run: nothing is written (cluster-facts §4.1). */
  plan(job: Job): Json
}

export function makeJobs(world: World, store: Store, scheduler: Scheduler): Jobs {
  const { versions } = world
  /** Evaluates the job in the write that also does `act`, and after it. */
  function evaluated(
    type: string,
    TriggeredBy: string,
    job: Job,
    act?: (write: Parameters<Parameters<Store['write']>[1]>[0]) => void,
  ): Registered {
    let evaluation = newEvaluation(world, job, { TriggeredBy, JobID: job.ID })
    const index = store.write(type, (write) => {
      act?.(write)
      write.nextLine()
      const JobModifyIndex =
        TriggeredBy === 'job-register' ? (store.jobs.get(job.ID)?.JobModifyIndex ?? 0) : 0
      evaluation = { ...evaluation, JobModifyIndex }
      write.evaluation(evaluation)
    })
    scheduler.enqueue(evaluation.ID)
    const JobModifyIndex = store.jobs.get(job.ID)?.JobModifyIndex ?? index
    return { EvalID: evaluation.ID, EvalCreateIndex: index, JobModifyIndex, Index: index }
  }

  return {
    register(job) {
      const existing = store.jobs.get(job.ID)
      // The same job again is evaluated but makes no new version (cluster-facts §1.5).
      if (existing && sameSpec(existing, job)) {
        return evaluated('EvaluationUpdated', 'job-register', existing)
      }
      world.log('nomad', `job ${job.ID} version ${existing ? existing.Version + 1 : 0} registered`)
      return evaluated('JobRegistered', 'job-register', job, (write) =>
        write.job({
          ...job,
          Version: existing ? existing.Version + 1 : 0,
          Stable: false,
          Status: existing?.Status ?? 'pending',
          SubmitTime: nanoseconds(world),
          CreateIndex: existing?.CreateIndex ?? 0,
          JobModifyIndex: write.index,
        }),
      )
    },
    deregister(jobId, purge) {
      const existing = store.jobs.get(jobId)
      if (!existing) return undefined
      world.log('nomad', `job ${jobId} ${purge ? 'purged' : 'stopped'}`)
      scheduler.forget(jobId)
      return evaluated('JobDeregistered', 'job-deregister', existing, (write) => {
        if (purge) return write.purge(jobId)
        const Version = existing.Version + 1
        write.job({ ...existing, Stop: true, Version, Stable: false, JobModifyIndex: write.index })
      })
    },
    plan(job) {
      const existing = store.jobs.get(job.ID)
      const same = existing && sameSpec(existing, job)
      const planned: Job = same
        ? existing
        : {
            ...job,
            Version: existing ? existing.Version + 1 : 0,
            CreateIndex: existing?.CreateIndex ?? 0,
            JobModifyIndex: existing?.JobModifyIndex ?? 0,
          }
      const evaluation = newEvaluation(world, job, { TriggeredBy: 'job-register', JobID: job.ID })
      const evalId = evaluation.ID
      const plan = makePlan({ world, store, job: planned, jobId: job.ID, evalId })
      const failed = Object.keys(plan.failures).length > 0
      const blocked = newEvaluation(world, job, {
        TriggeredBy: 'queued-allocs',
        JobID: job.ID,
        Status: 'blocked',
        StatusDescription: 'created to place remaining allocations',
        PreviousEval: evalId,
        FailedTGAllocs: plan.failures,
        ClassEligibility: plan.escaped ? null : plan.classes,
        EscapedComputedClass: plan.escaped,
        ModifyTime: nanoseconds(world),
      })
      return {
        Annotations: annotations(plan, versions.nomad),
        FailedTGAllocs: failed ? failuresJson(plan.failures, versions.nomad) : null,
        JobModifyIndex: existing?.JobModifyIndex ?? 0,
        CreatedEvals: failed ? [evaluationJson(blocked, versions.nomad)] : null,
        Diff: null,
        NextPeriodicLaunch: null,
        Index: existing?.ModifyIndex ?? 0,
      }
    },
  }
}
