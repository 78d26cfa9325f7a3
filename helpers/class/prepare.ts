import { type Message, msg } from '../language/message.ts'
import { Fault, told } from '../time/fault.ts'
import type { ClassOptions } from './grade-class.ts'
import { itemsToGrade } from './plan.ts'
import { resultOfRuns } from './results.ts'
import { type Book, ends, reasonOf, runsOf, takeHandIn, withoutCluster } from './student.ts'
import type { Enrolment, HandIn } from './types.ts'

/** Someone to grade: all that an engine needs. */
export interface Prepared {
  student: string
  dir: string
  asked: string[]
  cluster: string | undefined
  notes: Message[]
}

/** Fetches what was handed in and looks what is to be graded of it; undefined: nothing, now. */
export async function prepare(
  options: ClassOptions,
  enrolment: Enrolment,
  signal: AbortSignal,
): Promise<Prepared | { notes: Message[] }> {
  const { student } = enrolment
  const handIn = await options
    .fetch(enrolment, signal)
    .catch((error): HandIn => ({ kind: 'refused', why: told(error) }))
  signal.throwIfAborted()
  const before = options.ledger.of(student)
  // A disk that is away, or a server: no mark is lost for that.
  if (handIn.kind !== 'folder' && before.handed?.kind === 'folder' && before.runs.length > 0)
    return {
      notes: [msg('What was graded before is kept, for now: {why}', { why: handIn.why })],
    }
  const isOther = await takeHandIn(options, student, handIn)
  const notes = isOther ? [msg('It was handed in anew: graded from the beginning.')] : []
  const known = options.ledger.of(student)
  const result = resultOfRuns(runsOf(options, student), options.language)
  const asked = itemsToGrade(known, result, options.wishes)
  if (asked.length === 0) {
    // Cut when all was settled: only the word that it ended was missing.
    if (known.ended === undefined && result) ends(options, student, { kind: 'graded', dirs: [] })
    return { notes }
  }
  if (handIn.kind !== 'folder') {
    await withoutCluster(options, { student, asked, dir: '' }, reasonOf(handIn))
    ends(options, student, { kind: 'graded', dirs: [] })
    return { notes }
  }
  try {
    const cluster = options.clusterOf(enrolment, handIn.dir)
    return { student, dir: handIn.dir, asked, cluster, notes }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    await parkWithoutCluster(options, student, asked, told(error))
    return { notes }
  }
}

/**
 * Whom no cluster may or can grade has a result too: every item open, with the reason. Tried again by
 * the next command.
 */
export async function parkWithoutCluster(
  book: Book,
  student: string,
  asked: string[],
  why: Message,
): Promise<void> {
  if (runsOf(book, student).length === 0) {
    const cure = msg('See to the cluster, and run the same command again.')
    const reason = { kind: 'unread', code: 'no-cluster', why, cure } as const
    await withoutCluster(book, { student, asked, dir: '' }, reason)
  }
  ends(book, student, { kind: 'parked', why, dirs: [] })
}
