import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Lines, openLines } from '../cluster/journal-file.ts'
import { takeLock } from '../cluster/journal-lock.ts'
import { msg } from '../language/message.ts'
import { codeOf, Fault } from '../time/fault.ts'
import {
  after,
  type Class,
  fold,
  type Known,
  type LedgerRecord,
  ledgerSchema,
  nothingKnown,
} from './ledger-records.ts'

/**
 * `<out>/class.ndjson`: what a class has come to, a line for each step, on the disk before the step
 * is done. Only appended to, so that a kill at any moment costs the last line at most.
 */
export interface Ledger {
  /** The seed of the class, where one was drawn before. */
  readonly seed: number | undefined
  of(student: string): Known
  add(record: LedgerRecord): void
  close(): void
}

export const ledgerName = 'class.ndjson'

/** Opens the ledger for this process alone. Rejects with a Fault while another class is graded there. */
export async function openLedger(out: string): Promise<Ledger> {
  mkdirSync(out, { recursive: true })
  const path = join(out, ledgerName)
  const unlock = await takeLock(`${path}.lock`, 'grader', () => {}, busy)
  let lines: Lines
  let known: Class
  try {
    known = readLedger(path)
    lines = openLines(path, (cause) => unwritable(path, cause))
  } catch (error) {
    unlock()
    throw error
  }
  return {
    seed: known.seed,
    of: (student) => known.students.get(student) ?? nothingKnown(),
    add(record) {
      lines.append(record)
      if (record.what === 'class') return
      const before = known.students.get(record.student) ?? nothingKnown()
      known.students.set(record.student, after(before, record))
    },
    close() {
      lines.close()
      unlock()
    },
  }
}

/** What a ledger says; nothing when there is no file. A last line that was cut is passed over. */
export function readLedger(path: string): Class {
  const lines = textOf(path).split('\n')
  lines.pop()
  return fold(lines.flatMap((line, i) => (line === '' ? [] : [parse(line, `${path}:${i + 1}`)])))
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return ''
    throw new Fault(msg('{path} cannot be read ({code}).', { path, code: codeOf(cause) }), {
      code: 'LEDGER_UNREADABLE',
      cause,
    })
  }
}

function parse(line: string, at: string): LedgerRecord {
  try {
    return ledgerSchema.parse(JSON.parse(line))
  } catch (cause) {
    throw new Fault(msg("{at}: this line of the class's ledger cannot be read.", { at }), {
      code: 'LEDGER_GARBAGE',
      cure: msg('Take the file as the grader wrote it, or grade into another {flag}.', {
        flag: '--out',
      }),
      cause,
    })
  }
}

const unwritable = (path: string, cause: unknown) =>
  new Fault(
    msg("The class's ledger {path} cannot be written ({code}): nobody is graded without it.", {
      ...{ path, code: codeOf(cause) || `${cause}` },
    }),
    {
      code: 'LEDGER_UNWRITABLE',
      cure: msg('See that the disk has room and that the folder may be written, and run it again.'),
      cause,
    },
  )

const busy = (pid: string) => msg('This class is being graded by another process ({pid}).', { pid })
