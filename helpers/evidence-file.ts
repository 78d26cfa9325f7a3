import { readFileSync } from 'node:fs'
import type { Evidence } from './grade/evidence.ts'
import { evidenceSchema } from './grade/evidence-schema.ts'
import { msg } from './language/message.ts'
import { Fault } from './time/fault.ts'

/** Reads evidence.ndjson back; a torn last line is dropped (the run was killed while it wrote). */
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
      if (i === all.length - 1 && cause instanceof SyntaxError) return []
      const at = `${path}:${i + 1}`
      throw new Fault(msg('{at}: this line of the evidence cannot be read.', { at }), {
        code: 'EVIDENCE_GARBAGE',
        cure: msg('Take the file as the run wrote it, or run the items again.'),
        cause,
      })
    }
  })
}

/** The record as it was written, not the schema's copy: judged again it must give the same bytes. */
function recordIn(line: string): Evidence {
  const record: unknown = JSON.parse(line)
  evidenceSchema.parse(record)
  return record as Evidence
}
