import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Message, msg } from '../../language/message.ts'
import { folderName } from '../../report/folder.ts'
import { isArchiveName } from '../hand-in/archive-names.ts'
import { type Cells, fullNameOf, keyOf, type Mistake } from './roster-people.ts'

interface Entry {
  name: string
  /** In small letters, without what says of which kind it is. */
  key: string
  /** A folder or an archive; any other file is a hand-in only where there is nothing better. */
  canBeRead: boolean
}

const mostNames = 8

/** Moodle's own folder for one student's files: name, number of the participant, which plugin. */
const moodles = /^(.+)_(\d+)_assignsubmission_file_?(.*)$/i

/**
 * Where each student's hand-in is in a folder of hand-ins, undefined where there is none: named like
 * the student (or user name, e-mail, ID number), as folder or archive; as Moodle names what it packs
 * (`Name_12345_assignsubmission_file`); or a repository's name that ends in the user's (`lab-anna`).
 */
export async function submissionsIn(
  dir: string,
  rows: readonly Cells[],
  names: readonly string[],
): Promise<{ found: (string | undefined)[]; mistakes: Mistake[]; notes: Message[] }> {
  const entries = await entriesOf(dir)
  const owners = new Map<Entry, number>()
  for (const entry of entries) {
    const owner = ownerOf(entry, rows, names)
    if (owner !== undefined) owners.set(entry, owner)
  }
  const mistakes: Mistake[] = []
  const found = rows.map(({ line }, at) => {
    const all = entries.filter((entry) => owners.get(entry) === at)
    const good = all.filter(({ canBeRead }) => canBeRead)
    const [first, second] = good.length > 0 ? good : all
    if (!first) return undefined
    const what = wrongWith(first, second, names[at] ?? '')
    if (what) mistakes.push({ line, what })
    return join(dir, first.name)
  })
  return { found, mistakes, notes: nobodys(entries, owners) }
}

function wrongWith(first: Entry, second: Entry | undefined, student: string): Message | undefined {
  if (!first.canBeRead && moodles.test(first.key))
    return msg('the hand-in of {student} is loose files: download them from Moodle in folders.', {
      student,
    })
  if (!second) return undefined
  return msg('{first} and {second} could both be the hand-in of {student}: leave one.', {
    ...{ first: first.name, second: second.name, student },
  })
}

/** Work that no row is for: a name is spelt in two ways, or somebody is not in the roster. */
function nobodys(entries: readonly Entry[], owners: ReadonlyMap<Entry, number>): Message[] {
  const left = entries.filter((entry) => entry.canBeRead && !owners.has(entry))
  const names = left.map(({ name }) => name).filter((name) => !/_onlinetext_?$/i.test(name))
  if (names.length === 0) return []
  const few = names.length > mostNames ? [...names.slice(0, mostNames), '…'] : names
  return [
    msg(
      '{n, plural, one {One hand-in is} other {# hand-ins are}} of nobody in the roster: {names}.',
      {
        ...{ n: names.length, names: few },
      },
    ),
  ]
}

async function entriesOf(dir: string): Promise<Entry[]> {
  const all = await readdir(dir, { withFileTypes: true })
  return all
    .filter(({ name }) => !name.startsWith('.'))
    .map((entry) => {
      const { name } = entry
      const isFolder = !entry.isFile()
      const canBeRead = isFolder || isArchiveName(name)
      return { name, canBeRead, key: keyOf(isFolder ? name : withoutEnd(name)) }
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

const withoutEnd = (name: string) =>
  isArchiveName(name)
    ? name.replace(/\.(zip|tar|tar\.gz|tgz)$/i, '')
    : name.replace(/\.[a-z0-9]{1,6}$/i, '')

/** The row that the entry belongs to: by its whole name, else by the longest name that it ends in. */
function ownerOf(entry: Entry, rows: readonly Cells[], names: readonly string[]) {
  const moodle = moodles.exec(entry.key)
  if (moodle) return ownerInMoodle(moodle[1] ?? '', moodle[2] ?? '', rows)
  let best: { row: number; length: number } | undefined
  for (const [row, cells] of rows.entries()) {
    for (const own of ownNames(cells, names[row] ?? '')) {
      if (entry.key === own) return row
      if (entry.key.endsWith(`-${own}`) && own.length > (best?.length ?? 0))
        best = { row, length: own.length }
    }
  }
  return best?.row
}

function ownNames(row: Cells, student: string): string[] {
  const names = [student, folderName(student), row.username, row.github, row.email, row.idnumber]
  return names.filter((name) => name).map((name) => keyOf(name ?? ''))
}

function ownerInMoodle(name: string, number: string, rows: readonly Cells[]): number | undefined {
  const numbers = rows.map(({ identifier }) => identifier?.replace(/\D+/g, ''))
  const byNumber = numbers.indexOf(number)
  if (byNumber >= 0) return byNumber
  // Where the roster has no such numbers: by the name, if only one student has it.
  if (numbers.some(Boolean)) return undefined
  const same = [...rows.keys()].filter((row) => keyOf(fullNameOf(rows[row]!)) === spaced(name))
  return same.length === 1 ? same[0] : undefined
}

/** Moodle parts names by spaces, and writes them as underscores where a site wants that. */
const spaced = (name: string) => keyOf(name.replaceAll('_', ' '))
