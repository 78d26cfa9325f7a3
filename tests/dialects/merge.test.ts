import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { evidenceIn } from '../../helpers/evidence-file.ts'
import type { Evidence } from '../../helpers/grade/evidence.ts'
import { mergeRuns, type RunEvidence } from '../../helpers/grade/merge.ts'
import { resultSchema } from '../../helpers/grade/result.ts'
import { rubric } from '../../suites/rubric.ts'

const folder = fileURLToPath(new URL('../evidence/', import.meta.url))
const read = (part: string) => {
  const name = readdirSync(folder).find((one) => one.includes(part)) ?? ''
  return evidenceIn(gunzipSync(readFileSync(`${folder}${name}`)).toString('utf8'), name)
}

const right = read('2.0.5-consul-1.21.4-3-clients-orderly-usual-heartbeats-10-of-10')
const wrong = read('2.0.5-consul-1.21.4-3-clients-orderly-count-2')
const none = { overrides: [], waivers: [] }

/** The same run at another hour, cut before `item` ends, or on the lab. */
function run(
  id: string,
  records: Evidence[],
  hours: number,
  change: { cut?: string; lab?: true } = {},
): RunEvidence {
  const evidence = structuredClone(records).map((record) => {
    record.at += hours * 3_600_000
    if (record.kind !== 'run') return record
    record.student = 'anna'
    if (change.lab) record.cluster = { ...record.cluster, kind: 'lab', simulated: true }
    return record
  })
  const end = evidence.findIndex((r) => r.kind === 'end' && 'item' in r && r.item === change.cut)
  const kept = end < 0 ? evidence : evidence.slice(0, end)
  return {
    id,
    evidence: kept,
    file: { file: 'evidence.ndjson', sha256: id.repeat(64).slice(0, 64) },
  }
}

/** Item → verdict and the run it is of. */
const origins = (runs: RunEvidence[]) =>
  Object.fromEntries(
    mergeRuns(runs, rubric, none).items.map(({ id, verdict, run }) => [
      id,
      `${verdict} ${run?.id}`,
    ]),
  )

test('a later verdict replaces an earlier one; an inconclusive one replaces none', () => {
  const early = run('a', right, 0)
  const late = run('b', right, 5, { cut: '02.3' })
  const merged = origins([early, late])
  expect(merged['01.1']).toBe('passed b')
  expect(merged['02.3']).toBe('passed a')
  expect(merged['03.4']).toBe('passed a')
})

test('an inconclusive item is closed by a later run, and a lost mark is not healed by an earlier one', () => {
  const merged = origins([run('a', right, 0, { cut: '02.3' }), run('b', right, 5)])
  expect(new Set(Object.values(merged))).toEqual(new Set(['passed b']))
  const count2 = origins([run('a', right, 0), run('b', wrong, 400)])
  expect(Object.values(count2).filter((one) => one === 'failed b').length).toBeGreaterThan(0)
})

test('a verdict of a real cluster stands before one of the lab, which marks what it is in', () => {
  const real = run('a', right, 0, { cut: '02.3' })
  const lab = run('b', right, 5, { lab: true })
  const result = mergeRuns([real, lab], rubric, none)
  expect(result.items.find(({ id }) => id === '01.1')?.run?.id).toBe('a')
  expect(result.items.find(({ id }) => id === '02.3')?.run).toMatchObject({
    id: 'b',
    cluster: { simulated: true },
  })
  expect(result.cluster.simulated).toBe(true)
  expect(mergeRuns([run('a', right, 0), lab], rubric, none).cluster.simulated).toBe(false)
})

test('it is a function of the runs, not of their order, and says where each item is from', () => {
  const runs = [run('a', right, 0), run('b', right, 5, { cut: '02.1' })]
  const result = mergeRuns(runs, rubric, none)
  expect(mergeRuns(runs.toReversed(), rubric, none)).toEqual(result)
  expect(resultSchema.parse(result)).toEqual(result)
  expect(result.score).toMatchObject({ points: 10, low: 10, high: 10, max: 10 })
  expect(result.exitCode).toBe(0)
  for (const { run } of result.items)
    expect(run).toMatchObject({
      rubric: '2026-11',
      evidence: { sha256: (run?.id ?? '').repeat(64) },
    })
})
