import { join, relative, resolve } from 'node:path'
import type { Result } from '../grade/result.ts'
import { type Language, type Message, msg } from '../language/message.ts'
import { folderName, pointLatest, runFolder } from '../report/folder.ts'
import { writeReports } from '../report/write.ts'
import { wallClock } from '../time/clock.ts'
import { told } from '../time/fault.ts'
import { digestOf } from './digest.ts'
import type { Ledger } from './ledger.ts'
import type { Known } from './ledger-records.ts'
import { isBegun, ownReports, resultOfRuns } from './results.ts'
import type { Row } from './row.ts'
import type { Ended, HandIn } from './types.ts'
import { gradeWithoutCluster, type Reason } from './without-cluster.ts'

/** Where a class is written: its folder, its ledger, and in which language. */
export interface Book {
  out: string
  ledger: Ledger
  language: Language
}

const now = () => wallClock().now()

/** Writes down what was handed in. True: it is another than the one that was graded before. */
export async function takeHandIn(
  { ledger }: Book,
  student: string,
  handIn: HandIn,
): Promise<boolean> {
  const { handed, runs } = ledger.of(student)
  const digest = await digestOf(handIn)
  const folder = handIn.kind === 'folder' ? handIn : undefined
  const late = folder?.late ?? false
  if (handed?.digest === digest && handed.late === late) return false
  ledger.add({
    ...{ what: 'hand-in', at: now(), student, kind: handIn.kind, digest, late },
    ...(folder?.commit !== undefined && { commit: folder.commit }),
    ...(folder?.handedInAt !== undefined && { handedInAt: folder.handedInAt }),
    ...(handIn.kind !== 'folder' && { why: handIn.why }),
    notes: folder?.notes ?? [],
  })
  return handed !== undefined && handed.digest !== digest && runs.length > 0
}

export function begins({ ledger, out }: Book, student: string, dir: string, where: Message): void {
  const path = relative(resolve(out), resolve(dir)).replaceAll('\\', '/')
  ledger.add({ what: 'began', at: now(), student, dir: path, where })
}

export function ends({ ledger }: Book, student: string, ended: Ended): void {
  const why = ended.kind === 'parked' ? { why: ended.why } : {}
  ledger.add({ what: 'ended', at: now(), student, how: ended.kind, ...why })
}

export const runsOf = ({ ledger, out }: Book, student: string): string[] =>
  ledger.of(student).runs.map((dir) => join(out, dir))

/** A result for whom no cluster is asked: nothing, or nothing readable, was handed in. */
export async function withoutCluster(
  book: Book,
  who: { student: string; asked: string[]; dir: string },
  reason: Reason,
): Promise<void> {
  const runDir = await runFolder(book.out, who.student, new Date(now()))
  begins(book, who.student, runDir, msg('no cluster'))
  await gradeWithoutCluster({ ...who, language: book.language, runDir, reason })
}

export const reasonOf = (handIn: Exclude<HandIn, { kind: 'folder' }>): Reason =>
  handIn.kind === 'missing'
    ? { kind: 'missing' }
    : { kind: 'unread', code: 'hand-in-refused', why: handIn.why, cure: '' }

/**
 * What a student has come to: the result that all of its runs make. Where that is more than one run's
 * own, its reports are written in `class.merged`.
 */
export async function rowOf(book: Book, student: string, notes: Message[]): Promise<Row> {
  const known = book.ledger.of(student)
  const runs = runsOf(book, student)
  const row: Row = {
    ...{ student, result: undefined, runs, report: undefined },
    ...{ handed: known.handed?.kind, parked: known.ended?.how === 'parked' },
    ...{ late: known.handed?.late ?? false, notes: once([...notes, ...notesOf(known)]) },
    ...{ interrupted: false, own: false },
  }
  try {
    const result = resultOfRuns(runs, book.language)
    if (!result) return row
    const report = await reportOf(book, student, runs, result)
    return { ...row, result: withoutChanges(result), report }
  } catch (error) {
    return { ...row, notes: once([...row.notes, told(error)]) }
  }
}

/** What is told twice (a fault met again) stands once. */
const once = (notes: Message[]): Message[] => [
  ...new Map(notes.map((note) => [JSON.stringify(note), note])).values(),
]

async function reportOf({ out }: Book, student: string, runs: string[], result: Result) {
  const begun = runs.filter(isBegun)
  await pointLatest(out, student, begun.at(-1) ?? '')
  const own = ownReports(begun)
  if (own !== undefined) return own
  const dir = join(out, 'class.merged', folderName(student))
  await writeReports(result, dir)
  return dir
}

const withoutChanges = (result: Result): Result => ({
  ...result,
  items: result.items.map((item) => ({ ...item, changes: [] })),
})

function notesOf({ handed, ended }: Known): Message[] {
  return [
    ...(handed?.late ? [msg('Handed in late.')] : []),
    ...(handed?.why ? [handed.why] : []),
    ...(handed?.notes ?? []),
    ...(ended?.why ? [ended.why] : []),
  ]
}
