import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Evidence, ItemRecord } from './grade/evidence.ts'
import type { Text } from './language/message.ts'
import type { Clock } from './time/clock.ts'

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

/** Writes the records of one try of one item. */
export interface Recorder {
  readonly item: (record: ItemRecord) => void
  note(text: Text): void
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
