import pLimit from 'p-limit'
import type { ItemResult } from '../grade/result.ts'
import { type Message, said, type Text } from '../language/message.ts'
import type { Wait } from '../progress.ts'
import { codeOf, Fault, told } from '../time/fault.ts'
import type { Wishes } from './plan.ts'
import { type Prepared, parkWithoutCluster, prepare } from './prepare.ts'
import type { Row } from './row.ts'
import { type Book, begins, ends, rowOf } from './student.ts'
import type { Engine, Enrolment, HandIn } from './types.ts'

/** Who looks on while a class is graded. */
export interface Onlooker {
  began(student: string, where: Message): void
  said(student: string, sentence: Text): void
  waiting(student: string, wait: Wait): void
  settled(student: string, item: Pick<ItemResult, 'id' | 'verdict'>): void
  /** `kept`: nothing was to be graded. `later`: no cluster could, and it is tried once more. */
  ended(row: Row, how: 'graded' | 'kept' | 'later'): void
}

export interface ClassOptions extends Book {
  enrolments: readonly Enrolment[]
  engine: Engine
  wishes: Wishes
  signal: AbortSignal
  onlooker: Onlooker
  fetch(enrolment: Enrolment, signal: AbortSignal): Promise<HandIn>
  /** The student's own cluster file; throws a Fault where it may not be used. */
  clusterOf(enrolment: Enrolment, dir: string): string | undefined
}

/** Archives are unpacked and repositories fetched side by side, while others are graded already. */
const fetchedAtOnce = 4

/**
 * Grades a class: fetches what was handed in, grades whoever is not done, tries those once more whom
 * no cluster could grade, and gives a row for each student, in the order of the roster. Whatever one
 * student's hand-in or cluster does, the others are graded. Rejects only when the ledger cannot be
 * written.
 */
export async function gradeClass(options: ClassOptions): Promise<Row[]> {
  const { enrolments, engine } = options
  const broken = new AbortController()
  const signal = AbortSignal.any([options.signal, broken.signal])
  const limit = pLimit(fetchedAtOnce)
  const rows = new Map<string, Row>()
  const parked: Prepared[] = []

  async function one(enrolment: Enrolment): Promise<void> {
    const ready = await limit(() => prepare(options, enrolment, signal))
    if ('student' in ready) {
      const { row, later } = await gradeOne(options, ready, signal, false)
      rows.set(row.student, row)
      if (later) parked.push(ready)
    } else {
      const row = await rowOf(options, enrolment.student, ready.notes)
      options.onlooker.ended(row, 'kept')
      rows.set(row.student, row)
    }
  }

  /** What goes wrong with one student is that student's line; without the ledger nobody is graded. */
  async function guarded(student: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (codeOf(error) === 'LEDGER_UNWRITABLE') {
        broken.abort(error)
        throw error
      }
      const row = await rowOf(options, student, signal.aborted ? [] : [wordsOf(error)])
      const own = !signal.aborted && !(error instanceof Fault)
      rows.set(student, { ...row, own, interrupted: signal.aborted })
    }
  }

  await Promise.all(enrolments.map((who) => guarded(who.student, () => one(who))))
  if (parked.length > 0 && !signal.aborted) {
    engine.again()
    const again = (who: Prepared) =>
      guarded(who.student, async () => {
        const { row } = await gradeOne(options, who, signal, true)
        rows.set(row.student, row)
      })
    await Promise.all(parked.map(again))
  }
  return enrolments.flatMap(({ student }) => rows.get(student) ?? [])
}

const wordsOf = (error: unknown): Message =>
  error instanceof Fault ? told(error) : said((error as Error)?.stack ?? `${error}`)

async function gradeOne(
  options: ClassOptions,
  { student, dir, asked, cluster, notes }: Prepared,
  signal: AbortSignal,
  last: boolean,
): Promise<{ row: Row; later: boolean }> {
  const { engine, onlooker } = options
  const task = { student, dir, asked, ...(cluster !== undefined && { cluster }) }
  const ended = await engine.grade(
    task,
    {
      began(run, where) {
        begins(options, student, run, where)
        onlooker.began(student, where)
      },
      say: (sentence) => onlooker.said(student, sentence),
      waiting: (wait) => onlooker.waiting(student, wait),
      settled: (item) => onlooker.settled(student, item),
    },
    signal,
  )
  const later = ended.kind === 'parked' && !last && !signal.aborted
  if (ended.kind === 'parked' && !later)
    await parkWithoutCluster(options, student, asked, ended.why)
  else if (ended.kind !== 'interrupted' || ended.dirs.length > 0) ends(options, student, ended)
  const row = await rowOf(options, student, notes)
  const own = ended.kind === 'parked' && ended.own === true
  const whole = { ...row, own, interrupted: ended.kind === 'interrupted' }
  const untouched = whole.interrupted && ended.dirs.length === 0
  onlooker.ended(whole, later ? 'later' : untouched ? 'kept' : 'graded')
  return { row: whole, later }
}
