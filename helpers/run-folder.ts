import { createHash } from 'node:crypto'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { basename, join } from 'node:path'
import { evidenceIn } from './evidence-file.ts'
import type { RunEvidence } from './grade/merge.ts'
import type { Result } from './grade/result.ts'
import { msg } from './language/message.ts'
import { readResult } from './result-file.ts'
import { codeOf, Fault } from './time/fault.ts'

/** What a run left in its folder; one that was killed has evidence only. */
export interface RunFolder {
  dir: string
  result?: Result
  run?: RunEvidence
}

const evidenceName = 'evidence.ndjson'

/**
 * Reads a run's folder, or what `latest` leads to. Throws a Fault where there is no run, or where the
 * evidence is not the one that the result was made from.
 */
export function readRunFolder(path: string): RunFolder {
  const dir = followed(path)
  const resultPath = join(dir, 'result.json')
  const evidencePath = join(dir, evidenceName)
  const result = existsSync(resultPath) ? readResult(resultPath) : undefined
  const run = existsSync(evidencePath) ? runIn(dir, evidencePath) : undefined
  if (!result && !run && existsSync(join(dir, 'self-report.json')))
    throw new Fault(msg('{path} is a self-report: it is never a grade by itself.', { path }), {
      code: 'NO_RUN',
    })
  if (!result && !run)
    throw new Fault(msg('{path} is no folder of a run.', { path }), {
      code: 'NO_RUN',
      cure: msg('Name one that holds {file}, for example {example}.', {
        file: 'result.json',
        example: 'reports/anna/latest',
      }),
    })
  if (result && run && result.evidence.sha256 !== run.file.sha256)
    throw new Fault(
      msg('{evidence} is not the one that {result} was made from: its SHA-256 is another.', {
        evidence: evidencePath,
        result: resultPath,
      }),
      { code: 'EVIDENCE_OTHER', cure: msg('Take both as the run wrote them.') },
    )
  return { dir, ...(result && { result }), ...(run && { run }) }
}

/** Where no link can be made, latest.txt names the newest run. */
function followed(path: string): string {
  if (existsSync(path)) return realpathSync(path)
  const text = `${path}.txt`
  if (basename(path) !== 'latest' || !existsSync(text)) return path
  return join(path, '..', basename(bytesOf(text).toString('utf8').trim()))
}

function runIn(dir: string, path: string): RunEvidence | undefined {
  const bytes = bytesOf(path)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const evidence = evidenceIn(bytes.toString('utf8'), path)
  if (!evidence.some(({ kind }) => kind === 'run')) return undefined
  return { id: basename(dir), evidence, file: { file: evidenceName, sha256 } }
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw new Fault(msg('{path} cannot be read ({code}).', { path, code: codeOf(cause) }), {
      code: 'EVIDENCE_GARBAGE',
      cure: msg('Take both as the run wrote them.'),
      cause,
    })
  }
}
