import { conclude } from '../helpers/grade/conclude.ts'
import { mergeRuns, type RunEvidence } from '../helpers/grade/merge.ts'
import { applyOverrides, type Overrides } from '../helpers/grade/overrides.ts'
import type { Result } from '../helpers/grade/result.ts'
import { onScale } from '../helpers/grade/scale.ts'
import type { Scale } from '../helpers/grade/scale-schema.ts'
import { type Language, msg } from '../helpers/language/message.ts'
import type { RunFolder } from '../helpers/run-folder.ts'
import { rubric } from '../suites/rubric.ts'
import { Usage } from './exit.ts'

/** The runs of each student, each folder once, students in the order in which they were given. */
export function byStudent(folders: readonly RunFolder[]): Map<string, RunFolder[]> {
  const students = new Map<string, RunFolder[]>()
  for (const folder of folders) {
    const own = students.get(studentOf(folder)) ?? []
    if (!own.some(({ dir }) => dir === folder.dir)) own.push(folder)
    students.set(studentOf(folder), own)
  }
  return students
}

/** Whose run it is, '' where it does not say. */
export function studentOf({ result, run }: RunFolder): string {
  const begun = run?.evidence.find((record) => record.kind === 'run')
  return result?.student ?? begun?.student ?? ''
}

export interface Wishes {
  /** The language that was asked for; otherwise the run's own. */
  lang: Language | undefined
  overrides: Overrides
  scale: Scale | undefined
}

/** One student's result: the run's own, or made of the evidence where it must be merged or told anew. */
export function resultOf(folders: RunFolder[], { lang, overrides, scale }: Wishes): Result {
  const result =
    folders.length === 1 ? ofOne(folders, lang, overrides) : ofSeveral(folders, lang, overrides)
  return scale ? onScale(result, scale) : result
}

function ofSeveral(folders: RunFolder[], lang: Language | undefined, overrides: Overrides): Result {
  const runs = folders.map(evidenceOf)
  const own = folders.at(-1)?.result?.language
  return mergeRuns(runs, rubric, overrides, lang ?? own ?? 'en')
}

function ofOne([folder]: RunFolder[], lang: Language | undefined, overrides: Overrides): Result {
  if (!folder) throw new Error('no run')
  const { result } = folder
  const language = lang ?? result?.language ?? 'en'
  if (result && language === (result.language ?? 'en')) return applyOverrides(result, overrides)
  const { evidence, file } = evidenceOf(folder)
  const again = conclude(evidence, rubric, file, { language })
  // A language changes no verdict: what does is a change of rules, which is asked for by name.
  const other = again.items.find(
    ({ id, verdict }) => verdict !== result?.items.find((one) => one.id === id)?.verdict,
  )
  if (result && other)
    throw new Usage(
      msg(
        '{item} of {dir} is judged otherwise by this version: print it in its own language ({language}).',
        { item: other.id, dir: folder.dir, language: result.language ?? 'en' },
      ),
    )
  return applyOverrides(result ? { ...again, exitCode: result.exitCode } : again, overrides)
}

function evidenceOf({ run, dir }: RunFolder): RunEvidence {
  if (run) return run
  throw new Usage(
    msg('{dir} has no {file}: its result can be printed as it is, but not merged or translated.', {
      dir,
      file: 'evidence.ndjson',
    }),
  )
}
