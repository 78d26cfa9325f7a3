import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { rubric } from '../../../suites/rubric.ts'
import { conclude } from '../../grade/conclude.ts'
import { type Judged, mergeJudged, mergeRuns, type RunEvidence } from '../../grade/merge.ts'
import type { ItemResult, Result } from '../../grade/result.ts'
import { stateOf } from '../../grade/standing.ts'
import { type Language, type Message, msg, said } from '../../language/message.ts'
import { readResult } from '../../result-file.ts'
import { type RunFolder, readRunFolder } from '../../run-folder.ts'
import { codeOf, Fault, told } from '../../time/fault.ts'
import { isBegun, ownReports } from '../results.ts'

/** The runs of a student, and where a class told what they come to together. */
export interface Runs {
  student: string
  dirs: readonly string[]
  /** Folder of `class.merged`, where there may be one. */
  merged?: string
}

/** A student judged again: what was told until now, and what today's rules make of the evidence. */
export type Rescored = { student: string; dirs: readonly string[] } & (
  | { was: Result; is: Result }
  /** It cannot be judged again, and stays as it is. `own`: the grader itself failed. */
  | { trouble: Message; own: boolean }
)

/** An item that has another verdict, or other marks; undefined where there was, or is, none. */
export interface Change {
  id: string
  was: ItemResult | undefined
  is: ItemResult | undefined
}

/** Judges a student's runs from their evidence alone; never rejects for what it finds there. */
export function rescore(runs: Runs, language: Language | undefined): Rescored {
  const { student, dirs } = runs
  try {
    const begun = dirs.filter(isBegun)
    const folders = begun.flatMap(readBegun)
    const evidence = folders.map(evidenceOf)
    const was = wasOf(runs, begun, folders, evidence)
    const isOne = ownReports(begun) !== undefined
    const words = language ?? was.language
    const is = isOne
      ? againOf(evidence[0], words)
      : mergeRuns(evidence, rubric, { overrides: [], waivers: [] }, words)
    return { student, dirs, was: withoutChanges(was), is: withoutChanges(is) }
  } catch (error) {
    const own = !(error instanceof Fault)
    const trouble = own ? said((error as Error)?.stack ?? `${error}`) : told(error)
    return { student, dirs, trouble, own }
  }
}

/** What its run's folder, or the class, told until now. Throws a Fault where there is nothing. */
function wasOf(
  { student, merged }: Runs,
  begun: readonly string[],
  folders: readonly RunFolder[],
  evidence: readonly RunEvidence[],
): Result {
  const own = ownReports(begun)
  const only = own !== undefined && folders[0]?.result
  if (only) return only
  const path = merged === undefined ? '' : join(merged, 'result.json')
  if (existsSync(path)) return readResult(path)
  const judged = folders.flatMap(({ dir, result }, i): Judged[] => {
    const id = basename(dir)
    const one = result ?? (folders.length > 1 ? againOf(evidence[i]) : undefined)
    return one ? [{ id, result: one }] : []
  })
  if (judged.length > 0 && folders.some(({ result }) => result))
    return mergeJudged(judged, rubric.version, { overrides: [], waivers: [] })
  throw new Fault(
    msg('{student} has no result yet: the run was killed, or is not done.', { student }),
    { code: 'NO_RESULT' },
  )
}

/** A run that was killed before its first record is none. */
function readBegun(dir: string): RunFolder[] {
  try {
    return [readRunFolder(dir)]
  } catch (error) {
    if (codeOf(error) === 'NO_RUN') return []
    throw error
  }
}

/** A run judged again; `rubric` is the one that judged it. */
export function againOf(run: RunEvidence | undefined, language?: Language): Result {
  if (!run) throw new Error('no run')
  const options = language === undefined ? {} : { language }
  const again = conclude(run.evidence, rubric, run.file, options)
  return { ...again, rubric: rubric.version }
}

export function evidenceOf({ dir, run }: RunFolder): RunEvidence {
  if (run) return run
  throw new Fault(
    msg('{dir} has no {file}: it cannot be judged again.', { dir, file: 'evidence.ndjson' }),
    { code: 'NO_EVIDENCE' },
  )
}

const withoutChanges = (result: Result): Result => ({
  ...result,
  items: result.items.map((item) => ({ ...item, changes: [] })),
})

/** The items of the mark that changed, in the order of the exercise. */
export function changesOf(was: Result, is: Result): Change[] {
  const ids = [...new Set([...was.items, ...is.items].map(({ id }) => id))].sort()
  return ids.flatMap((id) => {
    const before = was.items.find((one) => one.id === id)
    const after = is.items.find((one) => one.id === id)
    const same = before?.verdict === after?.verdict && before?.points === after?.points
    return same ? [] : [{ id, was: before, is: after }]
  })
}

/** Whether a gradebook would show the same of both: the marks, and whether they are a grade. */
export const isSameMark = (was: Result, is: Result): boolean =>
  stateOf(was) === stateOf(is) &&
  (['points', 'low', 'high', 'max'] as const).every((one) => was.score[one] === is.score[one])

/** Whether a result says the same, whoever judged it. */
export const saysTheSame = (was: Result, is: Result): boolean => wordsOf(was) === wordsOf(is)

const wordsOf = ({ items, bonus, score, notes, exitCode }: Result): string =>
  JSON.stringify([items, bonus, score, notes, exitCode])
