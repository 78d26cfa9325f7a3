import type { Result } from '../grade/result.ts'
import { shareOf } from '../grade/scale.ts'
import { stateOf } from '../grade/standing.ts'
import { type Message, msg } from '../language/message.ts'
import { textCell } from './csv.ts'
import { feedbackLines } from './feedback.ts'
import { type Cell, cellsOf, delimiterOf } from './worksheet-cells.ts'
import { type Column, columnOf, saysNo } from './worksheet-headers.ts'

/** The teacher's file with grades in it, and whom it could not take. */
export interface Merged {
  text: string
  /** Lines that changed: number (the first is 1), before, after. */
  changes: { line: number; before: string; after: string }[]
  /** Students without a row, rows that take none, and rows without a student. */
  unmatched: Message[]
}

/** Decimals of a grade that is made for the sheet's own maximum. */
const decimals = 2

type Row = Partial<Record<Column, Cell>>
type Edit = { cell: Cell; text: string }

/**
 * Writes grades and feedback into the worksheet that the teacher downloaded from a Moodle assignment.
 * Only those two cells of a matched row change; every other byte stays. A result that is no grade
 * (inconclusive, nothing handed in) leaves the grade as it is: an empty cell, unlike `-`, which Moodle
 * reads as 0 here, changes nothing. Throws a Message where the file is no such worksheet.
 */
export function mergeWorksheet(sheet: string, results: readonly Result[]): Merged {
  const delimiter = delimiterOf(sheet)
  const rows = rowsIn(sheet, delimiter)
  const commas = rows.some((row) =>
    [row.grade, row.maximum].some((cell) => /^\d+,\d+$/.test(cell?.value.trim() ?? '')),
  )
  const edits: Edit[] = []
  const unmatched: Message[] = []
  const taken = new Set<Row>()
  for (const result of results) {
    const row = rowOf(result.student, rows, taken)
    if ('text' in row) {
      unmatched.push(row)
      continue
    }
    taken.add(row)
    const { student } = result
    if (row.changeable && saysNo(row.changeable.value)) {
      unmatched.push(
        msg('The worksheet says that the grade of {student} cannot be changed.', { student }),
      )
      continue
    }
    const grade = gradeOf(result, row, commas)
    if (row.grade && grade !== undefined)
      edits.push({ cell: row.grade, text: quoted(grade, delimiter) })
    if (row.feedback)
      edits.push({ cell: row.feedback, text: quoted(feedbackOf(result), delimiter) })
  }
  for (const row of rows)
    if (!taken.has(row))
      unmatched.push(
        msg('The row of {name} has no result.', {
          name: row.name?.value || row.email?.value || row.identifier?.value || '?',
        }),
      )
  return { ...edited(sheet, edits), unmatched }
}

/** The rows below the header, by column. */
function rowsIn(sheet: string, delimiter: string): Row[] {
  const [head = [], ...body] = cellsOf(sheet, delimiter)
  const columns = head.map(({ value }) => columnOf(value))
  for (const [column, title] of [
    ['identifier', 'Identifier'],
    ['grade', 'Grade'],
  ] as const)
    if (!columns.includes(column))
      throw msg('This is no grading worksheet of Moodle: it has no column {column}.', {
        column: title,
      })
  return body.map((cells) => {
    const row: Row = {}
    for (const [at, cell] of cells.entries()) {
      const column = columns[at]
      if (column) row[column] ??= cell
    }
    return row
  })
}

/** The student's own row, or why there is none. */
function rowOf(student: string, rows: readonly Row[], taken: ReadonlySet<Row>): Row | Message {
  const [row, another] = rows.filter((one) => isOf(one, student))
  if (!row) return msg('{student} has no row in the worksheet.', { student })
  if (another) return msg('{student} has more than one row: none was changed.', { student })
  return taken.has(row) ? msg('{student} is the same row as another student.', { student }) : row
}

/** By e-mail as it is written (Moodle tells A from a there), by id, or by the full name. */
function isOf(row: Row, student: string): boolean {
  const same = (a: string | undefined) => a?.normalize('NFC') === student.normalize('NFC')
  const identifier = row.identifier?.value
  const ids = [
    identifier,
    identifier?.replace(/\D+/g, ''),
    row.username?.value,
    row.idnumber?.value,
  ]
  if ([row.email?.value, ...ids].some((value) => value && same(value))) return true
  return same(row.name?.value.trim())
}

/** As the sheet writes numbers, on its maximum; undefined where there is no grade. */
function gradeOf(result: Result, row: Row, commas: boolean): string | undefined {
  if (stateOf(result) !== 'graded') return undefined
  const { score, scale } = result
  const maximum = Number(row.maximum?.value.trim().replace(',', '.'))
  const known = row.maximum !== undefined && row.maximum.value.trim() !== '' && maximum > 0
  const { student } = result
  if (score.scaled && scale && known && maximum !== scale.max)
    throw msg('The worksheet grades {student} up to {max}, and the scale goes up to {scale}.', {
      student,
      max: row.maximum?.value ?? '',
      scale: String(scale.max),
    })
  const value =
    score.scaled?.value ??
    (known && score.max > 0 ? shareOf(score.points, score.max, maximum, decimals) : score.points)
  return commas ? String(value).replace('.', ',') : String(value)
}

/** Moodle shows feedback as HTML; a student's text in it is text. */
function feedbackOf(result: Result): string {
  const lines = feedbackLines(result).map((line) =>
    line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  )
  return textCell(lines.join('<br>'))
}

const quoted = (text: string, delimiter: string) =>
  /["\r\n]/.test(text) || text.includes(delimiter) || /^\s|\s$/.test(text)
    ? `"${text.replaceAll('"', '""')}"`
    : text

function edited(sheet: string, edits: Edit[]): Pick<Merged, 'text' | 'changes'> {
  let text = sheet
  for (const { cell, text: cellText } of edits.sort((a, b) => b.cell.start - a.cell.start)) {
    if (sheet.slice(cell.start, cell.end) === cellText) continue
    text = text.slice(0, cell.start) + cellText + text.slice(cell.end)
  }
  const delimiter = delimiterOf(sheet)
  const old = rowsOf(sheet, delimiter)
  const fresh = rowsOf(text, delimiter)
  const changes = old.flatMap((row, at) => {
    const after = fresh[at]?.text ?? ''
    return row.text === after ? [] : [{ line: row.line, before: row.text, after }]
  })
  return { text, changes }
}

function rowsOf(text: string, delimiter: string): { line: number; text: string }[] {
  return cellsOf(text, delimiter).map((cells) => {
    const start = cells[0]?.start ?? 0
    return {
      line: text.slice(0, start).split('\n').length,
      text: text.slice(start, cells.at(-1)?.end ?? start),
    }
  })
}
