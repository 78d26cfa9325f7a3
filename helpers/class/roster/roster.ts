import { stat } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { type Message, msg, sentences } from '../../language/message.ts'
import { Fault } from '../../time/fault.ts'
import type { Enrolment } from '../types.ts'
import { isPassedOver, type Meaning, meaningOf } from './roster-columns.ts'
import { type Cells, type Mistake, namesOf, wrongNames } from './roster-people.ts'
import { submissionsIn } from './roster-submissions.ts'
import { type Row, rosterFault, rowsOfFile } from './roster-text.ts'
import { deadlineOf, timeOf } from './roster-times.ts'

export interface Roster {
  /** In the order of the file. */
  students: Enrolment[]
  /** Columns that say nothing to us, rows that are no student's. */
  notes: Message[]
}

export interface RosterOptions {
  /** Folder of hand-ins, where no column names them; `submissions` beside the roster unless given. */
  submissions?: string | undefined
  /** For rows that have none of their own; as people write times. */
  deadline?: string | undefined
}

/** A mistake in so many rows is told of these first ones. */
const mostTold = 5

/**
 * Who is in the class and where their work is. Reads a teacher's own CSV (columns by name, in any of
 * the languages), Moodle's worksheet, participants list and grader report, GitHub Classroom's and
 * Classroom 50's files as they are (docs/class.md). Rejects with a Fault that names file and line.
 */
export async function readRoster(path: string, options: RosterOptions = {}): Promise<Roster> {
  const file = basename(path)
  if (options.deadline && !deadlineOf(options.deadline))
    throw new Fault(noDate(options.deadline), { code: 'ROSTER_WRONG' })
  const [head, ...body] = await rowsOfFile(path, file)
  if (!head) throw rosterFault(file, undefined, msg('it is empty.'))
  const meanings = columnsOf(head, file)
  const { rows, others } = studentsIn(body, meanings, file)
  const names = namesOf(rows)
  const mistakes = wrongNames(rows, names)
  const timed = rows.map((row) => timesOf(row, options, mistakes))
  const { where, strangers } = await whereOf(rows, names, meanings, path, options, mistakes)
  if (mistakes.length > 0) throw allOf(file, mistakes)
  if (rows.length === 0) throw rosterFault(file, undefined, msg('it names no student.'))
  const students = rows.map((row, at) => ({
    ...{ student: names[at] ?? '', line: row.line },
    ...where[at],
    ...timed[at],
    ...(row.cluster && { cluster: row.cluster }),
  }))
  return { students, notes: [...unused(head, meanings, file), ...others, ...strangers] }
}

function columnsOf(head: Row, file: string): (Meaning | undefined)[] {
  const meanings = head.cells.map(meaningOf)
  for (const [at, meaning] of meanings.entries()) {
    const first = meanings.indexOf(meaning)
    if (meaning === undefined || first === at) continue
    const what = msg('the columns "{first}" and "{second}" mean the same: leave one.', {
      ...{ first: head.cells[first] ?? '', second: head.cells[at] ?? '' },
    })
    throw rosterFault(file, head.line, what)
  }
  const whoever: Meaning[] = ['student', 'name', 'first', 'last', 'email', 'username', 'github']
  if (![...whoever, 'idnumber', 'identifier'].some((one) => meanings.includes(one as Meaning)))
    throw rosterFault(
      file,
      head.line,
      msg('no column names the students: the first line must have one called {code}.', {
        code: 'student',
      }),
    )
  return meanings
}

function studentsIn(
  body: readonly Row[],
  meanings: readonly (Meaning | undefined)[],
  file: string,
) {
  const rows: Cells[] = []
  const others: Message[] = []
  for (const { line, cells } of body) {
    const more = cells.slice(meanings.length)
    if (more.some((cell) => cell !== ''))
      throw rosterFault(
        file,
        line,
        msg(
          'this row has {n} cells and the first line {columns}: put a text with commas in quotes.',
          {
            ...{ n: cells.length, columns: meanings.length },
          },
        ),
      )
    const row: Cells = { line }
    for (const [at, meaning] of meanings.entries()) if (meaning) row[meaning] = said(cells[at])
    // Of Classroom 50: teachers and assistants are in it too.
    if (row.role && !/^(student|alumn|estudiant)/i.test(row.role))
      others.push(
        msg('{at}: {who} is no student ({role}).', {
          ...{ at: `${file}:${line}`, who: namesOf([row])[0] ?? '', role: row.role },
        }),
      )
    else rows.push(row)
  }
  return { rows, others }
}

/** Moodle, and people too, write a dash where there is nothing. */
const said = (cell = '') => (cell === '-' ? '' : cell)

const noDate = (text: string): Message =>
  msg('"{text}" is no date: write it like {code}.', { text, code: '2026-11-24 23:59' })

function timesOf(row: Cells, options: RosterOptions, mistakes: Mistake[]) {
  const { line } = row
  const deadline = row.deadline || options.deadline
  const ends = deadline ? deadlineOf(deadline) : undefined
  const handedIn = row.handedInAt || undefined
  const at = handedIn ? timeOf(handedIn)?.at.toISOString() : undefined
  const wrong = [deadline && !ends && deadline, handedIn && !at && handedIn]
  for (const text of wrong) if (text) mistakes.push({ line, what: noDate(text) })
  return { ...(ends && { deadline: ends }), ...(at && { handedInAt: at }) }
}

type Where = Pick<Enrolment, 'submission' | 'commit'>

async function whereOf(
  rows: readonly Cells[],
  names: readonly string[],
  meanings: readonly (Meaning | undefined)[],
  path: string,
  options: RosterOptions,
  mistakes: Mistake[],
): Promise<{ where: Where[]; strangers: Message[] }> {
  const inCells = rows.map((row) =>
    row.submission ? inWeb(row.submission, row.commit) : undefined,
  )
  // A cell that is empty says that nothing was handed in, unless there is a folder to look in.
  if (meanings.includes('submission') && !options.submissions)
    return { where: inCells.map((one) => one ?? {}), strangers: [] }
  const home = dirname(resolve(path))
  const dir = options.submissions ? resolve(options.submissions) : join(home, 'submissions')
  const is = await stat(dir).catch(() => undefined)
  if (!is?.isDirectory()) throw noFolder(basename(path), options.submissions ?? 'submissions')
  const { found, mistakes: more, notes } = await submissionsIn(dir, rows, names)
  mistakes.push(...more)
  const where = rows.map(({ commit }, at) => {
    const submission = found[at]
    const inCell = inCells[at]
    if (inCell || submission === undefined) return inCell ?? {}
    // With forward slashes, so that a roster reads alike on every machine.
    const way = relative(home, submission).split(sep).join('/')
    return { submission: way, ...(commit && { commit }) }
  })
  return { where, strangers: notes }
}

/** A page of GitHub's about one commit or branch says both the repository and what to grade. */
function inWeb(submission: string, commit: string | undefined): Where {
  const page = /^(https?:\/\/[^/]+\/[^/]+\/[^/]+)\/(?:commit|tree)\/([^/?#]+)\/?$/.exec(submission)
  const wanted = commit || page?.[2]
  return { submission: page?.[1] ?? submission, ...(wanted && { commit: wanted }) }
}

function noFolder(file: string, dir: string): Fault {
  const what = msg('no column says where the hand-ins are, and there is no folder {dir}.', { dir })
  return new Fault(msg('{at}: {what}', { at: `${file}:1`, what }), {
    code: 'ROSTER_WRONG',
    cure: msg('Add a column called {code}, or name the folder with {flag}.', {
      ...{ code: 'submission', flag: '--submissions' },
    }),
  })
}

/** Columns that a teacher's own roster has in vain: perhaps one is spelt wrong. */
function unused(head: Row, meanings: readonly (Meaning | undefined)[], file: string): Message[] {
  const names = head.cells.filter((cell, at) => !meanings[at] && !isPassedOver(cell))
  if (names.length === 0) return []
  const at = `${file}:${head.line}`
  return [
    msg('{at}: {n, plural, one {one column is} other {# columns are}} not used: {names}.', {
      ...{ at, n: names.length, names },
    }),
  ]
}

function allOf(file: string, mistakes: readonly Mistake[]): Fault {
  const inOrder = mistakes.toSorted((a, b) => a.line - b.line)
  const told = inOrder
    .slice(0, mostTold)
    .map(({ line, what }) => rosterFault(file, line, what).said)
  const left = mistakes.length - told.length
  const [first] = inOrder
  const one = rosterFault(file, first?.line, first?.what ?? sentences())
  return new Fault(sentences(...told, left > 0 && msg('And {left} more such rows.', { left })), {
    code: one.code,
    cure: one.remedy,
  })
}
