import type { DrainSpec } from '../nomad/drain.ts'
import { refuseGaps } from '../nomad/gaps.ts'
import { parseJobFile, type Sparse } from '../nomad/hcl/parse.ts'
import { ParseError } from '../nomad/hcl/problem.ts'
import { canonicalJob } from '../nomad/job/canonical.ts'
import { errorList } from '../nomad/job/error-list.ts'
import type { Job } from '../nomad/job/spec.ts'
import { serverJob } from '../nomad/job/structs.ts'
import { registerWarnings, validationErrors } from '../nomad/job/validate.ts'
import type { Registered } from '../nomad/jobs.ts'
import { Refusal, sendJson, sendText } from './nomad-answer.ts'
import { type Annotations, jobDiff } from './nomad-diff.ts'
import type { Asked } from './nomad-http.ts'

export async function parse(asked: Asked): Promise<void> {
  const { nomad } = asked.world.versions
  const { JobHCL = '', Canonicalize } = bodyOf(asked)
  if (typeof JobHCL !== 'string' || JobHCL === '') throw new Refusal(400, 'Job spec is empty')
  if (JobHCL.trimStart().startsWith('{')) {
    throw new Refusal(501, 'lab: HCL written as JSON is not simulated')
  }
  try {
    const sparse = await parseJobFile(JobHCL, nomad)
    if (Canonicalize !== true) {
      throw new Refusal(501, 'lab: /v1/jobs/parse without Canonicalize is not simulated')
    }
    sendJson(asked, canonicalJob(sparse, nomad))
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    // From 1.6 (cluster-facts §4.1).
    const prefix = nomad === '2.0.5' ? 'Failed to parse job: ' : ''
    sendText(asked.response, 400, prefix + error.message)
  }
}

export function validate(asked: Asked): void {
  const job = givenJob(asked)
  const errors = validationErrors(job, asked.world.versions.nomad)
  sendJson(asked, {
    DriverConfigValidated: true,
    ValidationErrors: errors.length > 0 ? errors : null,
    Error: errors.length > 0 ? errorList(errors) : '',
    Warnings: registerWarnings(job, asked.world.versions.nomad),
  })
}

export function register(asked: Asked): void {
  const job = validJob(asked)
  if (asked.at[0] !== undefined && asked.at[0] !== job.ID) {
    throw new Refusal(400, 'Job ID does not match name in the path')
  }
  // Validating does not go to the region (1.4.4, 2.0.5); registering does.
  if (job.Region !== 'global') throw new Refusal(500, 'No path to region')
  refuseGaps(job, asked.nomad.containers)
  const Warnings = registerWarnings(job, asked.world.versions.nomad)
  sendWritten(asked, asked.nomad.jobs.register(job), { Warnings })
}

export function deregister(asked: Asked): void {
  const { at, nomad, params } = asked
  const jobId = at[0]!
  const purge = params.get('purge') === 'true'
  sendWritten(asked, nomad.jobs.deregister(jobId, purge), { VolumeEvalID: '', VolumeEvalIndex: 0 })
}

export function plan(asked: Asked): void {
  const job = validJob(asked)
  if (asked.at[0] !== job.ID) throw new Refusal(400, 'Job ID does not match')
  if (job.Region !== 'global') throw new Refusal(500, 'No path to region')
  refuseGaps(job, asked.nomad.containers)
  const Warnings = registerWarnings(job, asked.world.versions.nomad)
  const { Index, ...planned } = asked.nomad.jobs.plan(job)
  const existing = asked.nomad.store.jobs.get(job.ID)
  const notes = planned.Annotations as Annotations
  const wanted = bodyOf(asked).Diff === true
  const Diff = wanted ? jobDiff(existing, job, notes, asked.world.versions.nomad) : null
  asked.response.setHeader('X-Nomad-Index', String(Index))
  sendJson(asked, { ...planned, Diff, Warnings, Index })
}

export function eligibility(asked: Asked): void {
  const { at, nomad, response } = asked
  const { Eligibility } = bodyOf(asked)
  if (Eligibility !== 'eligible' && Eligibility !== 'ineligible') {
    throw new Refusal(400, `invalid scheduling eligibility "${Eligibility}"`)
  }
  if (!nomad.store.nodes.has(at[0]!)) throw new Refusal(500, 'node not found')
  if (Eligibility === 'eligible' && nomad.store.nodes.get(at[0]!)!.DrainStrategy) {
    const refused = "can not set node's scheduling eligibility to eligible while it is draining"
    throw new Refusal(500, refused)
  }
  const { index, evalIds, evalIndex } = nomad.nodes.setEligibility(at[0]!, Eligibility)
  response.setHeader('X-Nomad-Index', String(index))
  sendJson(asked, {
    NodeModifyIndex: 0,
    EvalIDs: evalIds.length > 0 ? evalIds : null,
    EvalCreateIndex: evalIndex,
    Index: index,
  })
}

/** `nomad node drain` (api/nodes.go NodeUpdateDrainRequest). */
export function drain(asked: Asked): void {
  const { at, nomad, response } = asked
  const { DrainSpec: given, MarkEligible, Meta } = bodyOf(asked)
  if (!nomad.store.nodes.has(at[0]!)) throw new Refusal(500, 'node not found')
  const { Deadline = 0, IgnoreSystemJobs = false } = (given ?? {}) as Partial<DrainSpec>
  const spec = given ? { Deadline: Number(Deadline), IgnoreSystemJobs } : null
  const meta = Object.entries((Meta ?? {}) as Record<string, string>)
  const { index, evalIds } = nomad.drainer.set(at[0]!, {
    spec,
    markEligible: MarkEligible === true,
    meta: meta.length > 0 ? Object.fromEntries(meta) : null,
  })
  response.setHeader('X-Nomad-Index', String(index))
  sendJson(asked, {
    NodeModifyIndex: index,
    EvalIDs: evalIds.length > 0 ? evalIds : null,
    EvalCreateIndex: evalIds.length > 0 ? index + 1 : 0,
    Index: index,
  })
}

export function sendWritten(asked: Asked, done: Registered, more: Sparse): void {
  const { EvalID, EvalCreateIndex, JobModifyIndex, Index } = done
  asked.response.setHeader('X-Nomad-Index', String(Index))
  const tail = { Index, LastContact: 0, KnownLeader: false, NextToken: '' }
  sendJson(asked, { EvalID, EvalCreateIndex, JobModifyIndex, ...more, ...tail })
}

function validJob(asked: Asked): Job {
  const job = givenJob(asked)
  const errors = validationErrors(job, asked.world.versions.nomad)
  if (errors.length > 0) throw new Refusal(500, errorList(errors))
  return job
}

function givenJob(asked: Asked): Job {
  const { Job: given } = bodyOf(asked)
  if (given === null || typeof given !== 'object' || Array.isArray(given)) {
    throw new Refusal(400, 'Job must be specified')
  }
  const { TaskGroups: groups } = given as { TaskGroups?: unknown }
  for (const group of Array.isArray(groups) ? groups : []) {
    // Go's decoder, in 1.4.4 and 2.0.5 alike.
    if (typeof group?.Count === 'string') {
      const where = 'Go struct field TaskGroup.Job.TaskGroups.Count of type int'
      throw new Refusal(400, `json: cannot unmarshal string into ${where}`)
    }
  }
  return serverJob(given as Sparse, asked.world.versions.nomad)
}

/** The object that was sent; refuses what is no JSON. */
export function bodyOf({ body }: Asked): Sparse {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    // Go's words for what ends too early (recordings: register-bad-json.json) and for the rest.
    throw new Refusal(400, body.trim() === '' ? 'EOF' : 'unexpected EOF')
  }
  return value !== null && typeof value === 'object' ? (value as Sparse) : {}
}
