import { type Message, msg } from '../../language/message.ts'
import { folderName } from '../../report/folder.ts'
import type { Meaning } from './roster-columns.ts'

/** A row of the roster by what its cells mean. */
export type Cells = { line: number } & Partial<Record<Meaning, string>>

/** What is wrong with a row, to be told with its line. */
export interface Mistake {
  line: number
  what: Message
}

const longestName = 200

/** First and last name as one, or the full name. */
export const fullNameOf = (row: Cells): string =>
  row.name || [row.first, row.last].filter(Boolean).join(' ')

/**
 * What each row's student is called, in the order of the rows: the column `student`; else Classroom's
 * identifier; else the full name where no other has it; else e-mail, user name, ID number, Moodle's
 * identifier. Empty where a row says nothing.
 */
export function namesOf(rows: readonly Cells[]): string[] {
  const count = new Map<string, number>()
  for (const row of rows) {
    const key = keyOf(fullNameOf(row))
    count.set(key, (count.get(key) ?? 0) + 1)
  }
  return rows.map((row) => {
    if (row.student !== undefined) return tidy(row.student)
    const isClassroom = row.github !== undefined
    const full = fullNameOf(row)
    const alone = count.get(keyOf(full)) === 1 ? full : ''
    const names = [isClassroom && row.identifier, alone, row.email, row.username, row.github]
    return tidy([...names, row.idnumber, row.identifier, full].find(Boolean) || '')
  })
}

const tidy = (name: string) => name.normalize('NFC').replace(/\s+/g, ' ').trim()

/** Two names that no file system and no reader should have to tell apart. */
export const keyOf = (name: string): string => tidy(name).toLowerCase()

/** Rows without a name, and rows of one and the same student. */
export function wrongNames(rows: readonly Cells[], names: readonly string[]): Mistake[] {
  const seen = new Map<string, number>()
  return rows.flatMap(({ line }, at) => {
    const student = names[at] ?? ''
    if (student === '') return [{ line, what: msg('this row names no student.') }]
    if (student.length > longestName)
      return [
        { line, what: msg('the name is longer than {limit} characters.', { limit: longestName }) },
      ]
    const key = keyOf(folderName(student))
    const first = seen.get(key)
    seen.set(key, first ?? line)
    if (first === undefined) return []
    return [{ line, what: msg('{student} is in line {first} already.', { student, first }) }]
  })
}
