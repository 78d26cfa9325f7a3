import type { Text } from '../language/message.ts'

/** The job files that items are graded on. */
export const stageIds = ['01.1', '01.3', '02.1', '03.1'] as const
export type StageId = (typeof stageIds)[number]

/** Of items that are graded beside the sheet's: the mesh, and a teacher's own. */
export type BesideId = `0${4 | 5 | 6 | 7 | 8 | 9}.${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`

export type StageName = StageId | BesideId

/** One sentence about a file, with the line it speaks of. */
export interface Problem {
  code: string
  /** Stands alone: says what is wrong in one sentence, without file and line. */
  sentence: Text
  /** Relative to the submission folder. */
  file: string
  /** 1-based. */
  line?: number
}

/**
 * Well-known places of a job file → 1-based line. Keys: job, datacenters, type, constraint, group,
 * count, network, port, static, to, task, driver, config, image, ports, command, service,
 * service.name, service.port, service.provider, check, resources, cpu, memory, update, canary.
 * A place that is absent from the file has no key; of several, the first.
 */
export type Places = Partial<Record<string, number>>

/** How a stage's file was found (rubric, "Which files are the submission"). */
export type Origin =
  | { how: 'stages.yaml' }
  | { how: 'exact' }
  | { how: 'nearest'; because: Text }
  | { how: 'git'; commit: string; path: string }
  | { how: 'derived'; from: StageId }

export interface Stage<Id extends StageName = StageId> {
  id: Id
  /** Relative to the submission folder, with forward slashes. */
  file: string
  origin: Origin
  /** The job file's text, or the derived job's. */
  text: string
  format: 'hcl' | 'json'
  places: Places
  /** Why the file cannot be a job, when it cannot. */
  problem?: Problem
}

/** A stage that is not there: nothing handed in, a file that is not allowed, or which one? */
export interface NoStage<Id extends StageName = StageId> {
  id: Id
  missing: 'not handed in' | 'ambiguous'
  /** For `ambiguous`: the files that are equally near; else those that look like it, and why not read. */
  candidates: Text[]
}

export interface Submission {
  dir: string
  stages: Record<StageId, Stage | NoStage>
  /** Stages that are none of the sheet's; absent where none was looked for. */
  beside?: Partial<Record<BesideId, Stage<BesideId> | NoStage<BesideId>>>
  /** Files that were looked at and not taken, with the reason. */
  unused: { file: string; why: Text }[]
  /** Faults of the folder itself (stages.yaml that does not parse, a path out of the folder …). */
  problems: Problem[]
}
