import { createHash } from 'node:crypto'
import { record, text } from '../loose.ts'

/** SHA-256 in hex. */
export const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex')

/** Lines that each carry the checksum of the one before: a line that is changed, or gone, shows. */
export interface Chain {
  /** The record as the next line, with its end. */
  add(record: Record<string, unknown>): string
  readonly lines: number
  /** Checksum of the last line. */
  readonly last: string
}

export function createChain(): Chain {
  let lines = 0
  let last = ''
  return {
    add(record) {
      lines++
      const line = JSON.stringify({ n: lines, prev: last, ...record })
      last = sha256(line)
      return `${line}\n`
    },
    get lines() {
      return lines
    },
    get last() {
      return last
    },
  }
}

/** Number of the first line that does not follow from the one before; 0: all of them do. */
export function brokenAt(file: string): number {
  let last = ''
  const lines = file.split('\n').slice(0, -1)
  for (const [i, line] of lines.entries()) {
    const { n, prev } = linkIn(line)
    if (n !== i + 1 || prev !== last) return i + 1
    last = sha256(line)
  }
  return file === '' || file.endsWith('\n') ? 0 : lines.length + 1
}

function linkIn(line: string): { n: unknown; prev: string } {
  try {
    const { n, prev } = record(JSON.parse(line))
    return { n, prev: text(prev) }
  } catch {
    return { n: undefined, prev: '' }
  }
}
