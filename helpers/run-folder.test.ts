import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { sampleResult } from '../tests/golden/sample.ts'
import { run as begun } from './grade/testing-records.ts'
import { renderJson } from './report/json.ts'
import { readRunFolder } from './run-folder.ts'

const folder = mkdtempSync(join(tmpdir(), 'run-folder-'))
afterAll(() => rmSync(folder, { recursive: true }))

const evidence = `${JSON.stringify(begun)}\n`
const sha256 = createHash('sha256').update(evidence).digest('hex')

function run(name: string, files: Record<string, string>): string {
  const dir = join(folder, name)
  mkdirSync(dir)
  for (const [file, text] of Object.entries(files)) writeFileSync(join(dir, file), text)
  return dir
}

const result = (sum: string) =>
  renderJson(sampleResult({ evidence: { file: 'evidence.ndjson', sha256: sum } }))

test('a run’s folder, or latest.txt where no link could be made', () => {
  run('2026-11-25T10-00-00Z', { 'result.json': result(sha256), 'evidence.ndjson': evidence })
  writeFileSync(join(folder, 'latest.txt'), '2026-11-25T10-00-00Z\n')
  const read = readRunFolder(join(folder, 'latest'))
  expect(read.run).toMatchObject({ id: '2026-11-25T10-00-00Z', file: { sha256 } })
  expect(read.result?.student).toBe('Núria l·l')
})

test('a run that was killed has evidence only; a result alone can be printed', () => {
  expect(readRunFolder(run('killed', { 'evidence.ndjson': evidence })).result).toBeUndefined()
  expect(readRunFolder(run('alone', { 'result.json': result(sha256) })).run).toBeUndefined()
})

test('what is no run, or not what the run wrote, is said', () => {
  expect(() => readRunFolder(join(folder, 'none'))).toThrow(/none is no folder of a run\./)
  expect(() => readRunFolder(run('empty', {}))).toThrow(/empty is no folder of a run\./)
  const other = { 'result.json': result('0'.repeat(64)), 'evidence.ndjson': evidence }
  expect(() => readRunFolder(run('other', other))).toThrow(/is not the one that .* was made from/)
  expect(() => readRunFolder(run('bad', { 'result.json': '{}' }))).toThrow(
    /bad.result\.json is no result of this grader\./,
  )
})
