import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { codeOf, Fault } from '../time/fault.ts'
import { fold, type JournalRecord, type Outages, recordSchema } from './journal-records.ts'

/** Appends whole lines, each on the disk (file and folder) when the call returns. */
export interface JournalFile {
  append(record: JournalRecord): void
  /** Puts these records in the place of all that was written. */
  replace(records: JournalRecord[]): void
  close(): void
}

export function openJournalFile(path: string): JournalFile {
  mkdirSync(dirname(path), { recursive: true })
  dropTornLine(path)
  let file = openSync(path, 'a', 0o600)
  syncFolder(dirname(path))
  return {
    append(record) {
      writeSync(file, `${JSON.stringify(record)}\n`)
      fsyncSync(file)
    },
    replace(records) {
      const next = `${path}.next`
      const written = openSync(next, 'w', 0o600)
      writeSync(written, records.map((record) => `${JSON.stringify(record)}\n`).join(''))
      fsyncSync(written)
      closeSync(written)
      closeSync(file)
      renameSync(next, path)
      syncFolder(dirname(path))
      file = openSync(path, 'a', 0o600)
    },
    close: () => closeSync(file),
  }
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
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return ''
    throw error
  }
}

function dropTornLine(path: string): void {
  const text = textOf(path)
  const whole = text.lastIndexOf('\n') + 1
  if (whole < text.length) truncateSync(path, Buffer.byteLength(text.slice(0, whole)))
}

function parse(line: string, number: number, path: string): JournalRecord {
  try {
    return recordSchema.parse(JSON.parse(line))
  } catch (cause) {
    throw new Fault(`${path}:${number}: this line of the outage journal cannot be read.`, {
      code: 'JOURNAL_GARBAGE',
      cure: 'Start every VM by hand, see that all are ready in Nomad, then remove that file.',
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
