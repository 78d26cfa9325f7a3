import { join, relative } from 'node:path'
import type { Result } from '../grade/result.ts'
import { inLanguage, type Language, type Message, msg } from '../language/message.ts'
import { safeJson } from '../report/json.ts'
import { mark, verdictSigns } from '../report/words.ts'

/** A student as the class has it now. */
export interface Row {
  student: string
  /** Without the changes that were seen: a class holds many. */
  result: Result | undefined
  /** Folders of its runs, oldest first. */
  runs: string[]
  /** Folder of the report that tells all of it, undefined where there is none. */
  report: string | undefined
  late: boolean
  /** Undefined where the hand-in was never looked at. */
  handed: 'folder' | 'missing' | 'refused' | undefined
  /** No cluster could grade it. */
  parked: boolean
  /** What a teacher should know: why there is no mark, that it was late, what was left out. */
  notes: Message[]
  /** Stopped by a person before it was done. */
  interrupted: boolean
  /** The grader itself failed. */
  own: boolean
}

/** One sign for each item, in groups as on the sheet; `·` was not graded. */
export function signsOf(result: Result | undefined, ids: readonly string[]): string {
  const signs = ids.map((id, i) => {
    const item = result?.items.find((one) => one.id === id)
    const group = i > 0 && id.slice(0, 2) !== ids[i - 1]?.slice(0, 2) ? ' ' : ''
    return group + (item ? verdictSigns[item.verdict] : '·')
  })
  return signs.join('')
}

/** `7 of 10`, or that there is none. */
export const markOf = ({ result }: Row, language: Language): string =>
  result ? mark(result.score, language) : inLanguage(msg('not graded'), language)

/** 70 beats 2 beats 1 beats 0, as for one student. */
export function exitCodeOf(rows: readonly Row[]): number {
  const codes = rows.map(({ own, result }) => (own ? 70 : (result?.exitCode ?? 2)))
  return [70, 2, 1].find((code) => codes.includes(code)) ?? 0
}

/** The whole class for a program. Paths are relative to `out`, with forward slashes. */
export function classJson(
  rows: readonly Row[],
  { out, exitCode }: { out: string; exitCode: number },
  language: Language,
): string {
  const path = (to: string) => relative(out, to).replaceAll('\\', '/')
  const students = rows.map(({ student, result, runs, report, late, notes, interrupted }) => ({
    student,
    ...(result && {
      ...{ points: result.score.points, low: result.score.low, high: result.score.high },
      max: result.score.max,
      verdicts: Object.fromEntries(result.items.map(({ id, verdict }) => [id, verdict])),
      simulated: result.cluster.simulated,
      exitCode: result.exitCode,
    }),
    ...{ late, interrupted },
    notes: notes.map((note) => inLanguage(note, language)),
    runs: runs.map(path),
    ...(report !== undefined && { report: path(join(report, 'report.html')) }),
  }))
  return safeJson({ schema: 'nomad-consul-class/1', language, students, exitCode })
}
