import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ItemResult } from '../../helpers/grade/result.ts'
import { tellIn } from '../../helpers/language/message.ts'
import { findSubmission } from '../../helpers/submission/find.ts'
import { type StageId, type Submission, stageIds } from '../../helpers/submission/types.ts'
import { rubric } from '../../suites/rubric.ts'
import { grade, reference, tempFolder, verdictsOf } from '../harness.ts'
import { files } from '../mistakes.ts'
import { allPassed, type Entry, signsOf } from './entry.ts'

/** What is graded on each stage's file. */
const itemsOf: Record<StageId, string[]> = {
  '01.1': ['01.1', '01.2'],
  '01.3': ['01.3'],
  '02.1': ['02.1', '02.2', '02.3'],
  '03.1': ['03.1', '03.2', '03.3', '03.4'],
}
const ids = Object.keys(rubric.items).sort()

export interface Graded {
  /** As in the table. */
  verdicts: string
  first: ItemResult | undefined
  /** Failed item → the criterion that refutes it. */
  refuted: Record<string, string>
  /** Stage → how its file was found. */
  origins: Record<string, string>
  unused: { file: string; why: string }[]
}

/** Whether every item is graded, whatever the entry changes (`GALLERY=whole`). */
const isWhole = process.env.GALLERY === 'whole'

/**
 * Grades an entry on the lab. An item whose stage is, letter for letter, the reference's is not graded
 * again: it passes there (the first entry, and every `whole` one, show it). GALLERY=whole grades all.
 */
export async function gradeEntry(entry: Entry): Promise<Graded> {
  using folder = tempFolder()
  await handIn(entry, folder.path)
  const { found, asked } = await reached(entry, folder.path)
  if (asked.length === 0) return untouched(found)
  const { lab, maxWaitMs } = entry
  const more = { ...(lab && { lab }), ...(maxWaitMs && { maxWaitMs }) }
  const result = await grade(folder.path, { seed: 2, asked, ...more })
  return {
    verdicts: signsOf(verdictsOf(result)),
    first: result.items.find((i) => i.verdict !== 'passed'),
    refuted: Object.fromEntries(
      result.items
        .filter((i) => i.verdict === 'failed')
        .map((i) => [i.id, i.criteria.find((c) => c.met === false)?.id ?? '']),
    ),
    origins: Object.fromEntries(result.submission.stages.map((s) => [s.id, s.origin])),
    unused: result.submission.unused,
  }
}

/** What is found in the folder, and the items that an entry's change can reach; of a `whole` one, all. */
export async function reached(
  entry: Entry,
  folder: string,
): Promise<{ found: Submission; asked: string[] }> {
  const [found, sheet] = await Promise.all([findSubmission(folder), findSubmission(reference)])
  const textOf = (stage: object) => ('text' in stage ? stage.text : undefined)
  const changed = stageIds.filter((id) => textOf(found.stages[id]) !== textOf(sheet.stages[id]))
  const wanted = new Set([entry.after, ...changed.flatMap((id) => itemsOf[id])])
  return { found, asked: isWhole || entry.whole ? ids : ids.filter((id) => wanted.has(id)) }
}

/** Every stage is the reference's: what the folder looks like changed nothing. */
function untouched({ stages, unused }: Submission): Graded {
  const origins = stageIds.flatMap((id) => {
    const stage = stages[id]
    return 'origin' in stage ? [[id, stage.origin.how]] : []
  })
  return {
    verdicts: allPassed,
    first: undefined,
    refuted: {},
    origins: Object.fromEntries(origins),
    unused: unused.map(({ file, why }) => ({ file, why: tellIn(why, 'en') })),
  }
}

/** Writes what the student hands in. */
export async function handIn(entry: Entry, folder: string): Promise<void> {
  cpSync(reference, folder, { recursive: true })
  for (const [stage, edit] of Object.entries(entry.files ?? {})) {
    const path = join(folder, files[stage as StageId])
    writeFileSync(path, edit(readFileSync(path, 'utf8')))
  }
  await entry.arrange?.(folder)
}
