import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { msg } from '../language/message.ts'
import { codeOf, Fault } from '../time/fault.ts'
import { fold, type JournalRecord, type Outages, recordSchema } from './journal-records.ts'

/** A file of lines of JSON that is only appended to. */
export interface Lines<T = unknown> {
  /**
   * Appends a line: on the disk when the call returns. A Fault means that nothing was written, so
   * that the act must not be done.
   */
  append(record: T): void
  close(): void
}

export type JournalFile = Lines<JournalRecord>

/** `lasting` false: what it is about ends with this process, and need not outlive the machine. */
export const openJournalFile = (path: string, lasting = true): JournalFile =>
  openLines(path, (cause) => unwritable(path, cause), lasting)

/** Opens a file of lines; the line that a crash cut off goes first. */
export function openLines<T>(
  path: string,
  unwritable: (cause: unknown) => Fault,
  lasting = true,
): Lines<T> {
  dropTornLine(path)
  const file = openSync(path, 'a', 0o600)
  syncFolder(dirname(path))
  syncFolder(dirname(dirname(path)))
  return {
    append(record) {
      const { size } = fstatSync(file)
      try {
        writeWhole(file, `${JSON.stringify(record)}\n`, lasting)
      } catch (error) {
        // A part of a line in the middle of the file would make all of it unreadable.
        ftruncateSync(file, size)
        throw unwritable(error)
      }
    },
    close: () => closeSync(file),
  }
}

/** Puts these records in the place of the whole file, or leaves it as it is. */
export function replaceJournalFile(path: string, records: JournalRecord[]): void {
  const next = `${path}.next`
  try {
    const file = openSync(next, 'w', 0o600)
    try {
      writeWhole(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''))
    } finally {
      closeSync(file)
    }
    renameSync(next, path)
    syncFolder(dirname(path))
  } catch {
    // Its lines are only more than a later run needs.
    rmSync(next, { force: true })
  }
}

/** The folder of the journals, made when it is not there. */
export function makeJournalFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true })
  } catch (error) {
    throw unwritable(dir, error)
  }
}

function writeWhole(file: number, text: string, lasting = true): void {
  const bytes = Buffer.from(text)
  // A disk that is nearly full takes a part and says so with a number only.
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
  if (lasting) fsyncSync(file)
}

const about = (path: string, cause: unknown) => ({ path, code: codeOf(cause) || `${cause}` })

export function unwritable(path: string, cause: unknown): Fault {
  return new Fault(
    msg(
      'The outage journal {path} cannot be written ({code}): nothing is stopped without it.',
      about(path, cause),
    ),
    {
      code: 'JOURNAL_UNWRITABLE',
      cure: msg('See that the disk has room and that the folder may be written, and run it again.'),
      cause,
    },
  )
}

/**
 * What a journal holds; nothing when there is no file. A line that was cut by a crash is passed
 * over.
 */
export function readJournalFile(path: string): Outages {
  const lines = textOf(path).split('\n')
  // Without a newline at its end the last line was never finished: the act it announces was not
  // done.
  lines.pop()
  return fold(lines.filter((line) => line.trim() !== '').map((line, i) => parse(line, i + 1, path)))
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return ''
    throw unreadable(path, cause)
  }
}

/** A journal, or the folder of journals, that the system does not let be read. */
export const unreadable = (path: string, cause: unknown) =>
  new Fault(msg('The outage journal {path} cannot be read ({code}).', about(path, cause)), {
    code: 'JOURNAL_UNREADABLE',
    cure: msg('See whose it is (an earlier run with {sudo}?), and that its folder is one.', {
      sudo: 'sudo',
    }),
    cause,
  })

function dropTornLine(path: string): void {
  const text = textOf(path)
  const whole = text.lastIndexOf('\n') + 1
  if (whole < text.length) truncateSync(path, Buffer.byteLength(text.slice(0, whole)))
}

function parse(line: string, number: number, path: string): JournalRecord {
  try {
    return recordSchema.parse(JSON.parse(line))
  } catch (cause) {
    const at = `${path}:${number}`
    throw new Fault(msg('{at}: this line of the outage journal cannot be read.', { at }), {
      code: 'JOURNAL_GARBAGE',
      cure: msg('Start every VM by hand, see that all are ready in Nomad, then remove that file.'),
      cause,
    })
  }
}

function syncFolder(path: string): void {
  try {
    const folder = openSync(path, 'r')
    fsyncSync(folder)
    closeSync(folder)
  } catch {
    // Windows opens no folders; its file system writes the entry by itself.
  }
}
