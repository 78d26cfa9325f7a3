import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { evidenceIn } from '../../helpers/evidence-file.ts'
import type { CheckRecord, Evidence } from '../../helpers/grade/evidence.ts'
import { judge } from '../../helpers/grade/judge.ts'
import { rubric } from '../../suites/rubric.ts'

const folder = fileURLToPath(new URL('../evidence/', import.meta.url))

export interface Kept {
  name: string
  records: readonly Evidence[]
}

/** Evidence of runs on real clusters: right submissions and those with one mistake. */
export const kept: Kept[] = readdirSync(folder).map((name) => ({
  name,
  records: evidenceIn(gunzipSync(readFileSync(`${folder}${name}`)).toString('utf8'), name),
}))
export const right = kept.filter(({ name }) => name.includes('10-of-10'))

/** Item → verdict, with what is known of each criterion and the cause. */
export function judged(records: readonly Evidence[]): Record<string, string> {
  const verdicts = [...judge(records, rubric)].map(([id, { verdict, criteria, reason }]) => [
    id,
    `${verdict} ${criteria.map(({ met }) => String(met)[0]).join('')} ${reason?.code ?? ''}`,
  ])
  return Object.fromEntries(verdicts)
}

export const isPassed = (verdict: string | undefined) => verdict?.startsWith('passed') === true

/**
 * The same evidence as if every wait had run out of time on a cluster that was proved fit: nothing
 * but the predicates keeps a criterion that is not met from being the student's loss.
 */
export function withoutExcuse(records: readonly Evidence[]): Evidence[] {
  return structuredClone([...records]).map((record) => {
    if (record.kind !== 'check') return record
    record.ended = 'time'
    record.control = { leader: true, fit: 9, needed: 1, probe: true, trouble: '' }
    return record
  })
}

export const checksOf = (records: readonly Evidence[]): CheckRecord[] =>
  records.flatMap((record) => (record.kind === 'check' ? [record] : []))
