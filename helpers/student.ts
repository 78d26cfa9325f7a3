import { rubric } from '../suites/rubric.ts'
import { neverPossible } from './grade/criteria.ts'
import type { Control, DeployRecord, Want } from './grade/evidence.ts'
import { judge } from './grade/judge.ts'
import { met, notYet } from './grade/reason.ts'
import { askedReplicas, replicasOf, tasksServing } from './grade/replicas.ts'
import { tellReason } from './grade/sentences.ts'
import { type Message, msg } from './language/message.ts'
import { waitFor } from './matchers.ts'
import type { NomadJson } from './nomad/client.ts'
import { isListed, lookAtNomad } from './observe.ts'
import type { Recorder } from './recorder.ts'
import type { Run } from './run.ts'
import { fromCanonical } from './submission/canonical.ts'
import { imageName } from './submission/image.ts'
import type { Job } from './submission/job.ts'
import { apiJobIn } from './submission/json-job.ts'
import { parseJob } from './submission/parse.ts'
import { policy } from './submission/policy.ts'
import type { Places, Stage, StageId } from './submission/types.ts'
import { slowestEndMs, within } from './time/budget.ts'
import { eventually } from './time/eventually.ts'
import { Fault } from './time/fault.ts'
import { sharedLook } from './time/kept.ts'

/** A stage that was registered: what expectations are about. */
export interface Deployed {
  stage: StageId
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
  deploys(stage: StageId): Promise<Deployed>
  /** What that item proved, standing again: set up anew if need be, without judging it twice. */
  standing(stage: '01.1' | '02.1', also?: Pick<Want, 'deploymentDone'>): Promise<Deployed>
  /** Needs only something registered under the service by the stage's job, whatever it is. */
  registered(stage: '03.1'): Promise<Deployed>
}

const serviceOf = (stage: StageId) =>
  stage === '03.1'
    ? ({ service: 'apache', server: 'httpd' } as const)
    : ({ service: 'nginx', server: 'nginx' } as const)

/** The student of a run, for one try of one item. */
export function studentOf(run: Run, record: Recorder): Student {
  return {
    deploys: (stage) => deploy(run, record, stage),
    standing: (stage, also) => stand(run, record, stage, also),
    registered: (stage) => findRegistered(run, record, stage),
  }
}

/** Characters of a job file that evidence keeps. */
const longestText = 32_000

async function deploy(run: Run, record: Recorder, stageId: StageId): Promise<Deployed> {
  const stage = run.submission.stages[stageId]
  const { service, server } = serviceOf(stageId)
  const blank: DeployRecord = {
    kind: 'deploy',
    stage: stageId,
    service,
    file: '',
    origin: '',
    images: [],
    refusals: [],
    places: {},
    registered: false,
  }
  const decided = (change: Partial<DeployRecord>) => {
    record.item({ ...blank, ...change })
    return record.enough()
  }
  if ('missing' in stage) throw decided({ missing: stage.missing, candidates: stage.candidates })
  blank.file = stage.file
  blank.origin = stage.origin.how
  blank.places = stage.places
  blank.text = stage.text.slice(0, longestText)
  const parsed = await parse(run, stage)
  if ('problem' in parsed) throw decided({ problem: parsed.problem })
  const { api, job } = parsed
  blank.job = job
  blank.images = tasksServing(job, service).map((t) => imageName(t.image).name)
  for (const note of imageNotes(job)) record.note(note)
  const refusals: DeployRecord['refusals'] = [...policy(job), ...(await onlyInText(stage))]
  if (await run.jobs.isForeign(job.id))
    refusals.push({
      code: 'job-taken',
      sentence: msg("a job called {id} is somebody else's", { id: job.id }),
      place: 'job',
    })
  if (refusals.length > 0) throw decided({ refusals })
  await makeRoom(run, job.id, stageId, record)
  const rejected = await run.jobs.register(job.id, stageId, api)
  if (rejected) throw decided({ rejected })
  record.item({ ...blank, registered: true })
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
async function makeRoom(run: Run, jobId: string, stage: StageId, record: Recorder): Promise<void> {
  const verdicts = judge(run.evidence.records, rubric)
  for (const [id, before] of run.jobs.ours) {
    const refuted = before !== stage && verdicts.get(before)?.verdict === 'failed'
    if (id === jobId && !refuted && stage !== '03.1') continue
    const job = run.deployed.get(before)?.job
    await run.jobs.purge(id, slowestEndMs(job))
    record.note(msg('The job {id} of {before} was purged first.', { id, before }))
  }
}

/** An identity that the student wrote looks like Nomad's own in the canonical job: ask the text. */
async function onlyInText(stage: Stage) {
  const parsed = await parseJob(stage.text, stage.format)
  return 'job' in parsed ? policy(parsed.job).filter((r) => r.code === 'identity') : []
}

/** Another tag than the sheet's is worth a note and costs nothing. */
function imageNotes(job: Job): Message[] {
  const sheet: Record<string, string> = { nginx: '1.22.1', httpd: '2.4.55' }
  const images = job.groups.flatMap((g) => g.tasks).map((t) => imageName(t.image))
  return images
    .filter(({ name, tag }) => sheet[name] !== undefined && sheet[name] !== tag)
    .map(({ name, tag }) =>
      msg('The image is {image}; the sheet uses {usual}.', {
        image: `${name}:${tag || 'latest'}`,
        usual: `${name}:${sheet[name]}`,
      }),
    )
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
async function parse(run: Run, stage: Stage): Promise<Parsed> {
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

async function stand(
  run: Run,
  record: Recorder,
  stage: '01.1' | '02.1',
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
    ['replicas', 'consul', 'answers'],
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
  const possible = neverPossible(current.job, want) === undefined
  const waited = await eventually({
    clock: run.cluster.clock,
    wakes: run.cluster.wakes,
    budget: within.lookup(run.budgetFacts(current.job)),
    signal: run.signal,
    look: () => isListed(run.cluster, run.memory, current.jobId, want.service),
    judge: (listed) =>
      !possible || listed ? met : notYet('catalog-absent', { service: want.service }),
  })
  const found = possible && waited.ended === 'met'
  if (found) record.item({ kind: 'registered', service: want.service, found })
  else {
    const control: Control = await run.control(want.clients.length, false)
    record.item({ kind: 'registered', service: want.service, found, control })
    throw record.enough()
  }
  return deployed
}
