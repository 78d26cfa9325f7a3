import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { evidenceIn } from '../../helpers/evidence-file.ts'
import { conclude } from '../../helpers/grade/conclude.ts'
import type { Evidence } from '../../helpers/grade/evidence.ts'
import type { Result } from '../../helpers/grade/result.ts'
import { type Seen, seenIn } from '../../helpers/grade/seen.ts'
import type { Language } from '../../helpers/language/message.ts'

export { readEvidence } from '../../helpers/evidence-file.ts'

import { rubric } from '../../suites/rubric.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const file = { file: 'evidence.ndjson', sha256: 'ab'.repeat(32) }

/** Evidence of a real run whose file name has all of these words. */
export function recorded(...words: string[]): Evidence[] {
  const folder = here('../evidence/')
  const name = readdirSync(folder).find((one) => words.every((word) => one.includes(word)))
  if (name === undefined) throw new Error(`no evidence of ${words.join(' ')}`)
  return evidenceIn(gunzipSync(readFileSync(`${folder}${name}`)).toString('utf8'), name)
}

/** The same with a stage's job file, as evidence of today holds it. */
export const withSource = (evidence: Evidence[], stage: string, text: string): Evidence[] =>
  evidence.map((r) => (r.kind === 'deploy' && r.stage === stage ? { ...r, text } : r))

/** What a report is made of, in a language. */
export function told(
  evidence: Evidence[],
  language: Language = 'en',
): { result: Result; seen: Seen } {
  return { result: conclude(evidence, rubric, file, { language }), seen: seenIn(evidence) }
}
