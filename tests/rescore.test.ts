import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openLedger } from '../helpers/class/ledger.ts'
import { gradeWithoutCluster } from '../helpers/class/without-cluster.ts'
import { conclude } from '../helpers/grade/conclude.ts'
import type { Evidence } from '../helpers/grade/evidence.ts'
import { mergeRuns } from '../helpers/grade/merge.ts'
import type { Result } from '../helpers/grade/result.ts'
import { said } from '../helpers/language/message.ts'
import { renderJson } from '../helpers/report/json.ts'
import { rubric } from '../suites/rubric.ts'
import { recorded } from './browser/pages.ts'
import { tempFolder } from './harness.ts'

const program = fileURLToPath(new URL('../bin/grade.js', import.meta.url))
const right = recorded('1.4.4', '3-clients-orderly-10-of-10')
const nobody = { overrides: [], waivers: [] }

const rescore = (cwd: string, ...args: string[]) => grade(cwd, 'rescore', ...args)

function grade(cwd: string, ...args: string[]) {
  const env = { ...process.env, NO_COLOR: '1', LC_ALL: 'C.UTF-8', npm_lifecycle_event: undefined }
  const options = { cwd, env, encoding: 'utf8', timeout: 60_000 } as const
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, ...args], options)
  return { stdout, stderr, status }
}

/** A run on a real cluster, recorded, as if it were this student's; ends where an item begins. */
function runOf(student: string, until?: string): Evidence[] {
  const own = right.map((one) => (one.kind === 'run' ? { ...one, student } : one))
  const end = own.findIndex((one) => 'item' in one && one.item === until)
  return end < 0 ? own : own.slice(0, end)
}

const textOf = (evidence: readonly Evidence[]) =>
  `${evidence.map((one) => JSON.stringify(one)).join('\n')}\n`

const fileOf = (text: string) => ({
  file: 'evidence.ndjson',
  sha256: createHash('sha256').update(text).digest('hex'),
})

/** Writes a run's folder; `told`: what an older version made of the evidence. */
function writeRun(dir: string, evidence: Evidence[], told?: (result: Result) => void): void {
  mkdirSync(dir, { recursive: true })
  const text = textOf(evidence)
  writeFileSync(join(dir, 'evidence.ndjson'), text)
  if (!told) return
  const result = conclude(evidence, rubric, fileOf(text))
  told(result)
  writeFileSync(join(dir, 'result.json'), renderJson(result))
}

/** As rules judged that took an item for wrong. */
const losing = (id: string) => (result: Result) => {
  const item = result.items.find((one) => one.id === id)
  if (!item) throw new Error(`no ${id}`)
  Object.assign(item, { verdict: 'failed', points: 0, cause: 'old', sentence: 'By old rules.' })
  const points = result.score.points - 1
  result.score = { ...result.score, points, low: points, high: points }
  result.exitCode = 1
}
const asFull = (result: Result) => {
  result.items = conclude(right, rubric, result.evidence).items
  result.score = { ...result.score, points: 10, low: 10, high: 10 }
  result.exitCode = 0
}

const read = (path: string): Result => JSON.parse(readFileSync(path, 'utf8'))

/** A class as `grade class` leaves it, judged by older rules. */
async function oldClass(path: string): Promise<void> {
  const out = join(path, 'reports')
  const ledger = await openLedger(out)
  const students = ['bernat', 'anna', 'carla', 'dídac', 'elna', 'fina', 'gil']
  const schema = 'nomad-consul-class/1'
  ledger.add({ what: 'class', at: 1, schema, grader: '0', rubric: '0', seed: 1, students })
  const began = (student: string, dir: string) => {
    const of = { kind: 'folder' as const, digest: student, late: false, notes: [] }
    ledger.add({ what: 'hand-in', at: 1, student, ...of })
    ledger.add({ what: 'began', at: 2, student, dir, where: said('x') })
    return join(out, dir)
  }
  writeRun(began('anna', 'anna/one'), runOf('anna'), () => {})
  writeRun(began('bernat', 'bernat/one'), runOf('bernat'), losing('02.3'))
  writeRun(began('carla', 'carla/one'), runOf('carla', '03.2'), asFull)
  const damaged = began('dídac', 'dídac/one')
  writeRun(damaged, runOf('dídac'), () => {})
  const lines = textOf(runOf('dídac')).split('\n')
  writeFileSync(join(damaged, 'evidence.ndjson'), [lines[0], '{"kind":"x"}', ...lines].join('\n'))
  // Cut in the first run, and graded to the end in a second one.
  writeRun(began('elna', 'elna/one'), runOf('elna', '02.1'))
  writeRun(began('elna', 'elna/two'), runOf('elna'), losing('03.1'))
  const runs = ['one', 'two'].map((id) => {
    const evidence = runOf('elna', id === 'one' ? '02.1' : undefined)
    return { id, evidence, file: fileOf(textOf(evidence)) }
  })
  const merged = mergeRuns(runs, rubric, nobody)
  losing('03.1')(merged)
  mkdirSync(join(out, 'class.merged', 'elna'), { recursive: true })
  writeFileSync(join(out, 'class.merged', 'elna', 'result.json'), renderJson(merged))
  const runDir = began('fina', 'fina/one')
  mkdirSync(runDir, { recursive: true })
  const asked = Object.keys(rubric.items).sort()
  const of = { student: 'fina', language: 'en', asked, dir: '', runDir }
  await gradeWithoutCluster({ ...of, reason: { kind: 'missing' } })
  ledger.close()
  const [student, item, reason] = ['anna', '01.1', 'half']
  const override = { student, item, reason, marks: 0.5, date: '2026-11-25' }
  writeFileSync(join(path, 'overrides.yaml'), JSON.stringify({ overrides: [override] }))
}

test('a class judged again: who changes and why, and nothing is written until that is asked for', async () => {
  using folder = tempFolder()
  const { path } = folder
  await oldClass(path)
  const at = (...names: string[]) => join(path, 'reports', ...names)
  const files = () => readdirSync(at(), { recursive: true }).sort()
  const before = files()

  const looked = rescore(path, 'reports', '--json')
  expect(looked.stderr).toBe('')
  const { students } = JSON.parse(looked.stdout)
  const [bernat, anna, carla, damaged, elna, fina] = students
  // The teacher's word holds before and after, whatever somebody without a hand-in has for a folder.
  expect(anna).toMatchObject({ was: { points: 9.5 }, is: { points: 9.5 }, changes: [] })
  expect(bernat).toMatchObject({ was: { points: 9 }, is: { points: 10 }, sameMark: false })
  expect(bernat.changes).toMatchObject([{ item: '02.3', was: 'failed', is: 'passed' }])
  // Evidence that ends gives no other mark, it leaves it open.
  expect(carla).toMatchObject({ was: { low: 10 }, is: { state: 'inconclusive', low: 7, high: 10 } })
  expect(damaged.trouble).toContain('evidence.ndjson:2')
  expect(elna).toMatchObject({ was: { points: 9 }, is: { points: 10 } })
  expect(fina).toMatchObject({ is: { state: 'not handed in' }, sameMark: true, changes: [] })
  expect(looked.status).toBe(2)
  expect(files()).toEqual(before)

  const one = rescore(path, 'reports/bernat/one')
  expect(one.stdout).toMatch(/bernat +02\.3 +failed +passed +Every criterion was proved\./)
  expect(one.stdout).toMatch(/bernat +mark +9 of 10 +10 of 10/)
  expect(one.status).toBe(1)

  expect(rescore(path, 'reports', '--write').status).toBe(2)
  const day = new Date().toISOString().slice(0, 10)
  for (const dir of [at('bernat', 'one'), at('elna', 'two'), at('class.merged', 'elna')]) {
    const old = readdirSync(dir).find((name) => /^result-\d{4}-\d\d-\d\d\.json$/.test(name))
    expect([old, read(join(dir, old ?? '')).score.points]).toEqual([`result-${day}.json`, 9])
    expect(read(join(dir, 'result.json')).score.points).toBe(10)
    expect(readFileSync(join(dir, 'report.html'), 'utf8')).toContain('10 of 10')
  }
  expect(readdirSync(at('anna', 'one')).sort()).toEqual(['evidence.ndjson', 'result.json'])
  expect(readdirSync(at('dídac', 'one')).sort()).toEqual(['evidence.ndjson', 'result.json'])
  expect(readFileSync(at('class.csv'), 'utf8')).toMatch(/^bernat,graded,10,.*\nanna,graded,9\.5,/m)
  expect(readFileSync(at('class-items.csv'), 'utf8')).toMatch(/^01\.1,.*\n01\.2,/m)
  // Gil was never graded.
  expect(readFileSync(at('class.html'), 'utf8')).toMatch(/<bdi>gil<\/bdi><\/th>\s*<td>not graded/)

  const again = rescore(path, 'reports/bernat/one', 'reports/elna/two')
  expect(again.stdout).toBe('Judged again: 2 students, no mark changes, all could be judged.\n')
  expect(again.status).toBe(0)

  // Whoever is graded, the class's page and table are of everybody.
  const table = readFileSync(at('class.csv'), 'utf8')
  const names = ['bernat', 'anna', 'carla', 'dídac', 'elna', 'fina']
  const rows = names.map((name) => `${name},${name === 'fina' ? '' : name}`)
  writeFileSync(join(path, 'roster.csv'), ['student,submission', ...rows, ''].join('\n'))
  expect(grade(path, 'class', 'roster.csv', '--only', 'fina').status).toBe(1)
  expect(readFileSync(at('class.csv'), 'utf8').split('\n').slice(0, 6)).toEqual(
    table.split('\n').slice(0, 6),
  )
}, 60_000)
