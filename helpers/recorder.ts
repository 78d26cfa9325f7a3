import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Evidence, ItemRecord } from './grade/evidence.ts'
import type { Clock } from './time/clock.ts'
import { Fault } from './time/fault.ts'

/** Ends an item's body when its evidence already holds what the verdict needs. Not a fault. */
export class Enough extends Error {
  override name = 'Enough'
}

/** The evidence of a run: kept in memory and appended, line by line, to evidence.ndjson. */
export interface EvidenceFile {
  readonly records: readonly Evidence[]
  write(record: Evidence): void
  close(): void
}

/** Opens the evidence file of a new run for writing, with its folder. */
export function openEvidence(path: string): EvidenceFile {
  mkdirSync(dirname(path), { recursive: true })
  const fd = openSync(path, 'w')
  const records: Evidence[] = []
  return {
    records,
    write(record) {
      records.push(record)
      writeSync(fd, `${JSON.stringify(record)}\n`)
    },
    close: () => closeSync(fd),
  }
}

/** Reads evidence back; a torn last line is dropped (the run was killed while it wrote). */
export function readEvidence(path: string): Evidence[] {
  return evidenceIn(readFileSync(path, 'utf8'), path)
}

/** The same, of a text that was read; `path` is for its errors. */
export function evidenceIn(text: string, path: string): Evidence[] {
  return text.split('\n').flatMap((line, i, all) => {
    if (line === '') return []
    try {
      return [recordIn(line)]
    } catch (cause) {
      if (i >= all.length - 2) return []
      throw new Fault(`${path}:${i + 1}: this line of the evidence cannot be read.`, {
        code: 'EVIDENCE_GARBAGE',
        cure: 'Take the file as the run wrote it, or run the items again.',
        cause,
      })
    }
  })
}

function recordIn(line: string): Evidence {
  const record: unknown = JSON.parse(line)
  const isRecord = typeof record === 'object' && record !== null && 'kind' in record
  if (!isRecord) throw new Error('it is JSON, but not a record')
  return record as Evidence
}

/** Writes the records of one try of one item. */
export interface Recorder {
  readonly item: (record: ItemRecord) => void
  note(text: string): void
  /** To be thrown when what was recorded decides the item. */
  enough(): Enough
}

/** The recorder of `item`'s try number `attempt`. */
export function recorderOf(
  evidence: EvidenceFile,
  clock: Clock,
  item: string,
  attempt: number,
): Recorder {
  const write = (record: ItemRecord) =>
    evidence.write({ at: clock.now(), item, attempt, ...record })
  return {
    item: write,
    note: (text) => write({ kind: 'item-note', text }),
    enough: () => new Enough('the evidence is enough'),
  }
}
