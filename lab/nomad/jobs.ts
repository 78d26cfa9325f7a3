import type { World } from '../contract.ts'
import type { Job } from './job/spec.ts'
import { nanoseconds, newEvaluation } from './records.ts'
import { evaluationJson, failuresJson, type Json } from './render.ts'
import { sameSpec } from './scheduler/changes.ts'
import { annotations, makePlan } from './scheduler/plan.ts'
import type { Scheduler } from './scheduler/scheduler.ts'
import type { Store, Write } from './store.ts'

export interface Registered {
  EvalID: string
  EvalCreateIndex: number
  JobModifyIndex: number
  Index: number
}

export interface Jobs {
  register(job: Job): Registered
  /** `undefined` when there is no such job. */
  deregister(jobId: string, purge: boolean): Registered
  /** `nomad alloc stop`: it ends, and another takes its place. `undefined` when there is none such. */
  stopAllocation(id: string): Pick<Registered, 'EvalID' | 'Index'> | undefined
  /** A dry run: nothing is written (cluster-facts §4.1). */
  plan(job: Job): Json
}

interface Server {
  world: World
  store: Store
  scheduler: Scheduler
}

export function makeJobs(world: World, store: Store, scheduler: Scheduler): Jobs {
  const server = { world, store, scheduler }
  return {
    register: (job) => register(server, job),
    deregister: (jobId, purge) => deregister(server, jobId, purge),
    stopAllocation: (id) => stopAllocation(server, id),
    plan: (job) => plan(server, job),
  }
}

/** Evaluates the job in the write that also does `act`, and after it. */
function evaluated(
  { world, store, scheduler }: Server,
  type: string,
  TriggeredBy: string,
  job: Job,
  act?: (write: Write) => void,
): Registered {
  const evaluation = newEvaluation(world, job, { TriggeredBy, JobID: job.ID })
  const present = () => store.jobs.get(job.ID)?.JobModifyIndex
  const index = store.write(type, (write) => {
    act?.(write)
    write.nextLine()
    const JobModifyIndex = TriggeredBy === 'job-register' ? (present() ?? 0) : 0
    write.evaluation({ ...evaluation, JobModifyIndex })
  })
  scheduler.enqueue(evaluation.ID)
  return {
    EvalID: evaluation.ID,
    EvalCreateIndex: index,
    JobModifyIndex: present() ?? index,
    Index: index,
  }
}

function register(server: Server, job: Job): Registered {
  const { world, store } = server
  const existing = store.jobs.get(job.ID)
  // The same job again is evaluated but makes no new version (cluster-facts §1.5).
  if (existing && sameSpec(existing, job)) {
    const { ModifyIndex } = existing
    const done = evaluated(server, 'EvaluationUpdated', 'job-register', existing)
    // 2.0.5 names the job's last change of any kind, 1.4.4 its last registering (job_endpoint.go).
    return world.versions.nomad === '2.0.5' ? { ...done, JobModifyIndex: ModifyIndex } : done
  }
  const Version = existing ? existing.Version + 1 : 0
  world.log('nomad', `job ${job.ID} version ${Version} registered`)
  return evaluated(server, 'JobRegistered', 'job-register', job, (write) =>
    write.job({
      ...job,
      Version,
      Stable: false,
      Status: existing?.Status ?? 'pending',
      SubmitTime: nanoseconds(world),
      CreateIndex: existing?.CreateIndex ?? 0,
      JobModifyIndex: write.index,
    }),
  )
}

/** 200 all the same: 1.4.4 makes an evaluation, 2.0.5 none (docs/discoveries.md, 2026-11-25). */
function nothingToDeregister(server: Server, jobId: string): Registered {
  if (server.world.versions.nomad !== '1.4.4')
    return { EvalID: '', EvalCreateIndex: 0, JobModifyIndex: 0, Index: 0 }
  const unknown = { ID: jobId, Namespace: 'default', Priority: 50, Type: 'service' } as Job
  return evaluated(server, 'JobDeregistered', 'job-deregister', unknown)
}

function deregister(server: Server, jobId: string, purge: boolean): Registered {
  const { world, store, scheduler } = server
  const existing = store.jobs.get(jobId)
  if (!existing) return nothingToDeregister(server, jobId)
  world.log('nomad', `job ${jobId} ${purge ? 'purged' : 'stopped'}`)
  scheduler.forget(jobId)
  return evaluated(server, 'JobDeregistered', 'job-deregister', existing, (write) => {
    const Version = existing.Version + 1
    // 2.0.5 forgets the deployments too, 1.4.4 keeps them (docs/discoveries.md, 2026-11-25).
    if (purge) write.purge(jobId, world.versions.nomad === '2.0.5')
    else write.job({ ...existing, Stop: true, Version, Stable: false, JobModifyIndex: write.index })
  })
}

/** Nomad 1.4.4 and 2.0.5 as they answered on 2026-11-25: also of one that has ended. */
function stopAllocation(server: Server, id: string): Registered | undefined {
  const alloc = server.store.allocs.get(id)
  if (!alloc) return undefined
  server.world.log('nomad', `allocation ${id.slice(0, 8)} is to stop`)
  const job = server.store.jobs.get(alloc.Job.ID) ?? alloc.Job
  return evaluated(server, 'AllocationUpdateDesiredStatus', 'alloc-stop', job, (write) =>
    write.alloc({ ...alloc, migrate: true }),
  )
}

function plan({ world, store }: Server, job: Job): Json {
  const { nomad } = world.versions
  const existing = store.jobs.get(job.ID)
  const planned = existing && sameSpec(existing, job) ? existing : nextVersion(job, existing)
  const { ID: evalId } = newEvaluation(world, job, { TriggeredBy: 'job-register', JobID: job.ID })
  const made = makePlan({ world, store, job: planned, jobId: job.ID, evalId })
  const failed = Object.keys(made.failures).length > 0
  const blocked = newEvaluation(world, job, {
    TriggeredBy: 'queued-allocs',
    JobID: job.ID,
    Status: 'blocked',
    StatusDescription: 'created to place remaining allocations',
    PreviousEval: evalId,
    FailedTGAllocs: made.failures,
    ClassEligibility: made.escaped ? null : made.classes,
    EscapedComputedClass: made.escaped,
    ModifyTime: nanoseconds(world),
  })
  return {
    Annotations: annotations(made, nomad),
    FailedTGAllocs: failed ? failuresJson(made.failures, nomad) : null,
    JobModifyIndex: existing?.JobModifyIndex ?? 0,
    CreatedEvals: failed ? [evaluationJson(blocked, nomad)] : null,
    Diff: null,
    NextPeriodicLaunch: null,
    Index: existing?.ModifyIndex ?? 0,
  }
}

function nextVersion(job: Job, existing: Job | undefined): Job {
  return {
    ...job,
    Version: existing ? existing.Version + 1 : 0,
    CreateIndex: existing?.CreateIndex ?? 0,
    JobModifyIndex: existing?.JobModifyIndex ?? 0,
  }
}
