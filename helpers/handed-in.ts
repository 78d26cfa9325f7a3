import { relative } from 'node:path'
import type { DeployRecord, RunRecord, Want } from './grade/evidence.ts'
import { tasksServing } from './grade/replicas.ts'
import type { OwnStage } from './grade/rubric.ts'
import { type Message, msg, type Text } from './language/message.ts'
import { imageName } from './submission/image.ts'
import type { Job } from './submission/job.ts'
import { parseJob } from './submission/parse.ts'
import { policy, type Refusal } from './submission/policy.ts'
import type { NoStage, Origin, Stage, StageName, Submission } from './submission/types.ts'

/** A stage's text as it was read: a job, or why it is none. */
export type ReadJob = { job: Job } | { problem: NonNullable<DeployRecord['problem']> }

/** What each stage registers, and what must answer there; `own`: where it is none of the sheet's. */
export function serviceOf(stage: StageName, own?: OwnStage): Pick<Want, 'service' | 'server'> {
  if (own) return { service: own.services[0], server: own.talk ?? silent }
  return stage === '03.1'
    ? { service: 'apache', server: 'httpd' }
    : { service: 'nginx', server: 'nginx' }
}

/** Of a stage that no item asks on the wire. */
const silent = { say: '', hear: '' }

/** Characters of a job file that evidence keeps. */
const longestText = 32_000

/**
 * What is known of a stage before anything is registered: `grade run` writes it down and goes on or
 * not, `grade check` tells it. `refused`: what the policy cannot see in the job itself.
 */
export function handedIn(
  stage: Stage<StageName> | NoStage<StageName>,
  read?: ReadJob,
  refused: DeployRecord['refusals'] = [],
  own?: OwnStage,
): DeployRecord {
  const { service } = serviceOf(stage.id, own)
  const record: DeployRecord = {
    kind: 'deploy',
    stage: stage.id,
    service,
    file: '',
    origin: '',
    images: [],
    ...(own?.image !== undefined && { image: own.image }),
    refusals: [],
    places: {},
    registered: false,
  }
  if ('missing' in stage) return { ...record, missing: stage.missing, candidates: stage.candidates }
  record.file = stage.file
  record.origin = stage.origin.how
  record.places = stage.places
  record.text = stage.text.slice(0, longestText)
  if (!read) return record
  if ('problem' in read) return { ...record, problem: read.problem }
  const { job } = read
  const images = tasksServing(job, service).map((task) => imageName(task.image).name)
  return { ...record, job, images, refusals: [...policy(job), ...refused] }
}

/** An identity that the student wrote looks like Nomad's own in the canonical job: ask the text. */
export async function onlyInText(stage: Pick<Stage, 'text' | 'format'>): Promise<Refusal[]> {
  const parsed = await parseJob(stage.text, stage.format)
  return 'job' in parsed ? policy(parsed.job).filter((r) => r.code === 'identity') : []
}

/** Another tag than the sheet's is worth a note and costs nothing. */
export function imageNotes(job: Job): Message[] {
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

/** What was found in the folder, and how: for reports. */
export const submissionRecord = ({
  dir,
  stages,
  beside,
  unused,
  problems,
}: Submission): RunRecord['submission'] => ({
  // Relative: a report is given away, and whose machine it was made on is nobody's business.
  dir: relative(process.cwd(), dir).replaceAll('\\', '/') || '.',
  stages: [...Object.values(stages), ...Object.values(beside ?? {})].flatMap((stage) => {
    if ('missing' in stage) return []
    const { id, file, origin } = stage
    return [{ id, file, origin: origin.how, detail: detailOf(origin) }]
  }),
  unused,
  problems: problems.map(({ file, sentence }) => msg('{file}: {sentence}', { file, sentence })),
})

function detailOf(origin: Origin): Text {
  switch (origin.how) {
    case 'nearest':
      return origin.because
    case 'git':
      return msg('commit {commit} of {path}', {
        commit: origin.commit.slice(0, 10),
        path: origin.path,
      })
    case 'derived':
      return msg('from the file of {stage}', { stage: origin.from })
    default:
      return ''
  }
}
