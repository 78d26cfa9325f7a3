import { realpath, stat } from 'node:fs/promises'
import { type Message, msg, type Text } from '../language/message.ts'
import { assign } from './assign.ts'
import { earlierText } from './derive.ts'
import type { Read } from './folder.ts'
import { readFolder } from './folder.ts'
import { versionsOf } from './history.ts'
import { parseJob } from './parse.ts'
import { placesOf } from './places.ts'
import type { Candidate } from './recognise.ts'
import { candidateFrom, exactStage, kindOfStage, kinds, stageInName } from './recognise.ts'
import { readStagesYaml } from './stages-yaml.ts'
import type { NoStage, Origin, Stage, StageId, Submission } from './types.ts'
import { stageIds } from './types.ts'

export interface FindOptions {
  /** Whether stages that are not there may be derived from later ones (on, unless false). */
  derive?: boolean
}

/**
 * Finds the job file of each stage (rubric, "Which files are the submission"): named by stages.yaml,
 * then the file that is exactly or most nearly it, then its last version in the git history of the
 * same file, then derived from a later stage. Whatever is in the folder, it does not throw.
 */
export async function findSubmission(dir: string, options: FindOptions = {}): Promise<Submission> {
  const submission: Submission = { dir, stages: nothing(), unused: [], problems: [] }
  const root = await realpath(dir).catch(() => undefined)
  const what = root === undefined ? undefined : await stat(root).catch(() => undefined)
  if (root === undefined || !what?.isDirectory()) {
    const sentence = msg('The submission folder is not there, or it is not a folder.')
    submission.problems.push({ code: 'folder', sentence, file: '' })
    return submission
  }
  const unread = await takeFiles(root, submission)
  await takeHistory(root, submission)
  if (options.derive !== false) await deriveAll(submission)
  for (const stage of Object.values(submission.stages))
    if (isAbsent(stage)) (stage as NoStage).candidates = lookingLike(stage.id, unread)
  submission.unused.sort((a, b) => (a.file < b.file ? -1 : 1))
  return submission
}

function nothing(): Record<StageId, Stage | NoStage> {
  const none = (id: StageId): NoStage => ({ id, missing: 'not handed in', candidates: [] })
  return { '01.1': none('01.1'), '01.3': none('01.3'), '02.1': none('02.1'), '03.1': none('03.1') }
}

/** Takes stages from the files of the folder; gives those that cannot be read. */
async function takeFiles(root: string, submission: Submission): Promise<Submission['unused']> {
  const named = await readStagesYaml(root)
  submission.problems.push(...named.problems)
  for (const [id, read] of named.stages) {
    submission.stages[id] = await stageFrom(id, read, { how: 'stages.yaml' })
  }
  const folder = await readFolder(root)
  submission.unused.push(...folder.unread)
  if (folder.cut) {
    const sentence = msg(
      'The folder has too many files or is too deep: not all of it was looked at.',
    )
    submission.problems.push({ code: 'folder-too-large', sentence, file: '' })
  }
  const taken = new Set([...named.stages.values()].map((read) => read.file))
  const candidates = await candidatesOf(
    folder.read.filter((read) => !taken.has(read.file)),
    submission,
  )
  const assigned = assign(candidates, new Set(named.stages.keys()))
  submission.unused.push(...assigned.unused)
  for (const [id, { candidate, origin }] of assigned.stages) {
    submission.stages[id] = await stageFrom(id, candidate, origin)
  }
  for (const [id, files] of assigned.ambiguous) {
    submission.stages[id] = { id, missing: 'ambiguous', candidates: files }
  }
  return folder.unread
}

/** Files that were meant to be a stage, by their name, and why they are not read. */
function lookingLike(id: StageId, unread: Submission['unused']): Text[] {
  const { looksLike } = kinds[kindOfStage(id)]
  return unread
    .filter(({ file }) => (stageInName(file) ?? id) === id && looksLike.test(file))
    .map(({ file, why }) => msg('{file} is not read: {why}', { file, why }))
}

/** The files that point to nginx or apache; the others are listed and never hinder. */
async function candidatesOf(reads: Read[], submission: Submission): Promise<Candidate[]> {
  const candidates: Candidate[] = []
  for (const read of reads) {
    const candidate = await candidateFrom(read)
    const why = whyNoCandidate(candidate)
    if (why === undefined) candidates.push(candidate)
    else submission.unused.push({ file: read.file, why })
  }
  return candidates
}

function whyNoCandidate({ file, text, kind, parsed }: Candidate): Message | undefined {
  if ('job' in parsed) return kind ? undefined : msg('it is a job, but neither nginx nor apache')
  // Agents' and other tools' files also end in .hcl and .json: only a job is meant to be one.
  const isMeant =
    /\.nomad(\.(hcl|json))?$/i.test(file) || /^[ \t]*job[ \t]|"TaskGroups"/m.test(text)
  if (isMeant && kind) return undefined
  return isMeant
    ? msg('it cannot be read, and nothing in it says nginx or apache')
    : msg('it is not a job')
}

async function stageFrom(id: StageId, read: Read, origin: Origin): Promise<Stage> {
  const { file, text, format } = read
  const parsed = 'parsed' in read ? (read as Candidate).parsed : await parseJob(text, format)
  const stage: Stage = { id, file, origin, text, format, places: placesOf(text, format) }
  return 'problem' in parsed ? { ...stage, problem: { ...parsed.problem, file } } : stage
}

const isStage = (stage: Stage | NoStage): stage is Stage => 'text' in stage

const isAbsent = (stage: Stage | NoStage): boolean =>
  !isStage(stage) && stage.missing === 'not handed in'

/** The newest version of a taken file that is exactly a stage which is not there. */
async function takeHistory(root: string, submission: Submission): Promise<void> {
  const wanted = () => stageIds.filter((id) => isAbsent(submission.stages[id]))
  if (wanted().length === 0) return
  const stages = stageIds.map((id) => submission.stages[id]).filter(isStage)
  const files = new Map(stages.map((stage) => [stage.file, stage.format]))
  for (const [file, format] of files) {
    for (const version of await versionsOf(root, file)) {
      const parsed = await parseJob(version.text, format)
      const exact = 'job' in parsed ? exactStage(parsed.job) : undefined
      if (!exact || !wanted().includes(exact)) continue
      const origin: Origin = { how: 'git', commit: version.commit, path: version.path }
      const read = { file, format, text: version.text }
      submission.stages[exact] = await stageFrom(exact, read, origin)
    }
  }
}

/** Backwards only: 01.3 from 02.1, then 01.1 from either. 02.1 and 03.1 are never derived. */
async function deriveAll(submission: Submission): Promise<void> {
  const { stages } = submission
  const later = [stages['01.3'], stages['02.1']].filter(isStage)
  const readable = later.filter((stage) => !stage.problem)
  const first = readable[0] ?? later[0]
  const last = stages['02.1']
  if (isAbsent(stages['01.3']) && isStage(last)) {
    stages['01.3'] = (await derived('01.3', 3, last)) ?? stages['01.3']
  }
  if (isAbsent(stages['01.1']) && first) {
    stages['01.1'] = (await derived('01.1', 1, first)) ?? stages['01.1']
  }
  for (const id of ['01.3', '01.1'] as const) askToo(id, stages)
}

/** Where it is not known which file is the later stage, neither is it for what comes of it. */
function askToo(id: StageId, stages: Submission['stages']): void {
  const unclear = [stages['02.1'], stages['01.3']].find(
    (stage) => !isStage(stage) && stage.missing === 'ambiguous',
  )
  if (unclear && isAbsent(stages[id])) stages[id] = { ...(unclear as NoStage), id }
}

/**
 * An earlier stage made of a later one. What does not parse cannot be changed: the earlier stage then
 * has the same text and the same problem.
 */
async function derived(id: StageId, count: number, from: Stage): Promise<Stage | undefined> {
  const origin: Origin = { how: 'derived', from: from.id }
  if (from.problem) return { ...from, id, origin }
  const { service } = kinds[kindOfStage(id)]
  const text = await earlierText(from.text, from.format, service, count)
  if (text === undefined) return undefined
  const isSameLines = text.split('\n').length === from.text.split('\n').length
  const { static: _, ...places } = from.places
  return { ...from, id, origin, text, places: isSameLines ? placesOf(text, from.format) : places }
}
