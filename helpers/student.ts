import { judgeCriterion, neverPossible } from './grade/criteria.ts'
import type { Control, DeployRecord, Want } from './grade/evidence.ts'
import { judge } from './grade/judge.ts'
import { met, notYetLab } from './grade/reason.ts'
import { askedReplicas, replicasOf } from './grade/replicas.ts'
import type { CriterionId } from './grade/rubric.ts'
import { tellReason } from './grade/sentences.ts'
import { handedIn, imageNotes, onlyInText, serviceOf } from './handed-in.ts'
import { msg } from './language/message.ts'
import { waitFor } from './matchers.ts'
import type { NomadJson } from './nomad/client.ts'
import { isListed, lookAtCluster, lookAtNomad } from './observe.ts'
import type { Recorder } from './recorder.ts'
import type { Run } from './run.ts'
import { fromCanonical } from './submission/canonical.ts'
import type { Job } from './submission/job.ts'
import { apiJobIn } from './submission/json-job.ts'
import type { BesideId, NoStage, Places, Stage, StageName } from './submission/types.ts'
import { slowestEndMs, within } from './time/budget.ts'
import { eventually } from './time/eventually.ts'
import { Fault } from './time/fault.ts'
import { sharedLook } from './time/kept.ts'

/** A stage that was registered: what expectations are about. */
export interface Deployed {
  stage: StageName
  service: string
  server: Want['server']
  jobId: string
  job: Job
  places: Places
  file: string
  /** How many replicas of the item's service the job asks for. */
  count: number
  run: Run
  record: Recorder
  /** Names of the VMs of its replicas, now. */
  vms(): Promise<string[]>
  /** IDs of its replicas' allocations on these VMs, now. */
  allocationsOn(...vms: string[]): Promise<string[]>
}

/** The student's part in a suite. */
export interface Student {
  /** Registers the stage's job. */
  deploys(stage: StageName): Promise<Deployed>
  /** What that item proved, standing again: set up anew if need be, without judging it twice. */
  standing(
    stage: '01.1' | '02.1' | BesideId,
    also?: Pick<Want, 'deploymentDone'>,
  ): Promise<Deployed>
  /** Needs only something registered under the service by the stage's job, whatever it is. */
  registered(stage: '03.1'): Promise<Deployed>
}

/** The student of a run, for one try of one item. */
export function studentOf(run: Run, record: Recorder): Student {
  return {
    deploys: (stage) => deploy(run, record, stage),
    standing: (stage, also) => stand(run, record, stage, also),
    registered: (stage) => findRegistered(run, record, stage),
  }
}

function stageIn({ submission }: Run, id: StageName): Stage<StageName> | NoStage<StageName> {
  const stages: Partial<Record<StageName, Stage<StageName> | NoStage<StageName>>> = {
    ...submission.beside,
    ...submission.stages,
  }
  return stages[id] ?? { id, missing: 'not handed in', candidates: [] }
}

async function deploy(run: Run, record: Recorder, stageId: StageName): Promise<Deployed> {
  const stage = stageIn(run, stageId)
  const own = run.rubric.items[stageId]?.stage
  const { service, server } = serviceOf(stageId, own)
  const decided = (what: DeployRecord) => {
    record.item(what)
    return record.enough()
  }
  if ('missing' in stage) throw decided(handedIn(stage, undefined, [], own))
  const parsed = await parse(run, stage)
  if ('problem' in parsed) throw decided(handedIn(stage, parsed, [], own))
  const { api, job } = parsed
  for (const note of imageNotes(job)) record.note(note)
  const refused: DeployRecord['refusals'] = await onlyInText(stage)
  if (await run.jobs.isForeign(job.id))
    refused.push({
      code: 'job-taken',
      sentence: msg("a job called {id} is somebody else's", { id: job.id }),
      place: 'job',
    })
  const handed = handedIn(stage, parsed, refused, own)
  if (handed.refusals.length > 0) throw decided(handed)
  await makeRoom(run, job.id, stageId, record)
  const rejected = await run.jobs.register(job.id, stageId, api)
  if (rejected) throw decided({ ...handed, rejected })
  record.item({ ...handed, registered: true })
  const deployed = handle(run, record, {
    stage: stageId,
    service,
    server,
    jobId: job.id,
    job,
    places: stage.places,
    file: stage.file,
  })
  run.deployed.set(stageId, deployed)
  return deployed
}

/**
 * A job of ours with another id is purged before a stage is registered, and so is one whose item was
 * refuted; otherwise the stage updates the job in place, as the sheet does (rubric, Builds on).
 */
async function makeRoom(
  run: Run,
  jobId: string,
  stage: StageName,
  record: Recorder,
): Promise<void> {
  const verdicts = judge(run.evidence.records, run.rubric)
  for (const [id, before] of run.jobs.ours) {
    const refuted = before !== stage && verdicts.get(before)?.verdict === 'failed'
    if (id === jobId && !refuted && stage !== '03.1') continue
    const job = run.deployed.get(before)?.job
    await run.jobs.purge(id, slowestEndMs(job))
    record.note(msg('The job {id} of {before} was purged first.', { id, before }))
  }
}

type Told = Pick<Deployed, 'stage' | 'service' | 'server' | 'jobId' | 'job' | 'places' | 'file'>

function handle(run: Run, record: Recorder, told: Told): Deployed {
  const replicas = async () => {
    const [nomad, allocations] = await Promise.all([
      lookAtNomad(run.cluster, run.memory, told.jobId, sharedLook()),
      run.cluster.nomad.allocations(told.jobId),
    ])
    return replicasOf({ ...nomad, allocations }, told.job, told)
  }
  return {
    ...told,
    count: askedReplicas(told.job, told.service),
    run,
    record,
    vms: async () => [...new Set((await replicas()).map((r) => r.vm))].sort(),
    allocationsOn: async (...vms) =>
      (await replicas()).filter((r) => vms.includes(r.vm)).map((r) => r.allocation.id),
  }
}

type Parsed = { api: NomadJson; job: Job } | { problem: NonNullable<DeployRecord['problem']> }

/**
 * Nomad's own parse is what will run, so it is what is judged. A job in the JSON of Nomad's API is
 * not parsed there: it goes as it was judged. HCL written as JSON is parsed there like any HCL.
 */
async function parse(run: Run, stage: Stage<StageName>): Promise<Parsed> {
  if (stage.format === 'json') {
    if (stage.problem) return { problem: stage.problem }
    const api = apiJobIn(JSON.parse(stage.text))
    if (api) return { api, job: fromCanonical(api) }
  }
  const answer = await run.cluster.nomad.parse(stage.text)
  if ('job' in answer) return { api: answer.job, job: fromCanonical(answer.job) }
  if (answer.status === 400) return { problem: problemIn(answer.text) }
  if (stage.problem) return { problem: stage.problem }
  const said = answer.text.trim().slice(0, 300)
  throw new Fault(
    msg('Nomad could not parse {file}: {said}', {
      file: stage.file,
      said: `${answer.status} ${said}`,
    }),
    {
      code: 'nomad-parse',
      cure: msg('Run this item again.'),
    },
  )
}

/** `input.hcl:15,7-12: Unsupported argument; …`, from 1.6 on after `Failed to parse job: `. */
function problemIn(answer: string): NonNullable<DeployRecord['problem']> {
  const text = answer.trim().replace(/^Failed to parse job: /, '')
  const [, line = '', sentence = text] = /^\S+?:(\d+),\S+ (.*)$/s.exec(text) ?? []
  return { code: 'parse', sentence, ...(line && { line: Number(line) }) }
}

const standing: CriterionId[] = ['replicas', 'consul', 'answers']

async function stand(
  run: Run,
  record: Recorder,
  stage: '01.1' | '02.1' | BesideId,
  also: Pick<Want, 'deploymentDone'> = {},
): Promise<Deployed> {
  const want = run.proved.get(stage)
  let current = run.deployed.get(stage)
  if (!current || run.jobs.ours.get(current.jobId) !== stage)
    current = await deploy(run, record, stage)
  const deployed = handle(run, record, current)
  const wanted = {
    ...(want ?? run.wantOf(deployed, { replicas: deployed.count })),
    ...also,
    // What falls silent while its deployment goes on, Nomad 2 never replaces (docs/discoveries.md).
    ...(current.job.groups.some((group) => group.mayBeUnknown) && { deploymentDone: true }),
    clients: run.clientsUp(),
  }
  const waited = await waitFor(
    deployed,
    wanted,
    // What the item itself proved, as far as it tells whether it stands.
    standing.filter((id) => run.rubric.items[stage]?.criteria.some((one) => one.id === id)),
    within.update,
    msg('what {stage} deployed stands', { stage }),
  )
  if (waited.outcome.state !== 'met') {
    const why = tellReason(waited.outcome.reason).sentence
    throw new Fault(
      msg('What {stage} had deployed does not stand any more: {why}', { stage, why }),
      {
        code: 'not-standing',
        cure: msg('Run this item again.'),
      },
    )
  }
  return deployed
}

async function findRegistered(run: Run, record: Recorder, stage: '03.1'): Promise<Deployed> {
  const current = run.deployed.get(stage)
  if (!current) throw record.enough()
  const deployed = handle(run, record, current)
  const want = run.wantOf(deployed, { replicas: deployed.count })
  const possible = neverPossible(current.job, want) === undefined && deployed.count > 0
  const unlisted = notYetLab('catalog-absent', { service: want.service })
  const waited = await eventually({
    clock: run.cluster.clock,
    wakes: run.cluster.wakes,
    budget: within.lookup(run.budgetFacts(current.job)),
    signal: run.signal,
    look: async () => {
      if (!possible || (await isListed(run.cluster, run.memory, current.jobId, want.service)))
        return met
      const view = await lookAtCluster(run.cluster, run.memory, current, want)
      const settled = judgeCriterion('replicas', { want, job: current.job, views: [view] })
      return settled.state === 'met' ? unlisted : settled
    },
    judge: (outcome) => outcome,
  })
  const found = possible && waited.ended === 'met'
  if (found) record.item({ kind: 'registered', service: want.service, found })
  else {
    const control: Control = await run.control(want.clients.length, false)
    // What 03.1 lost its mark by need not be why nothing is registered.
    if (waited.outcome.state !== 'met' && waited.outcome.reason.blame === 'lab')
      control.trouble ||= tellReason(waited.outcome.reason).sentence
    record.item({ kind: 'registered', service: want.service, found, control })
    throw record.enough()
  }
  return deployed
}
