import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import type { Evidence } from '../../helpers/grade/evidence.ts'
import { verdicts } from '../../helpers/grade/result.ts'
import { renderAllure } from '../../helpers/report/allure.ts'
import { renderCategories } from '../../helpers/report/allure-categories.ts'
import { renderJunit } from '../../helpers/report/junit.ts'
import { renderAnnotations, renderSummary } from '../../helpers/report/summary.ts'
import { hostileResult, hostileTexts, sampleResult } from '../golden/sample.ts'
import { tempFolder } from '../harness.ts'
import { interval, mixed, students, ten } from './class.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

test('JUnit: the usual schema takes every verdict and any text, and refuses what is wrong', async () => {
  const schema = readFileSync(here('junit.xsd'), 'utf8')
  const results = [ten(), interval(), sampleResult(), ...hostileTexts.map(hostileResult)]
  const files = [...results, ...students.map((student) => mixed({ student }))].map(
    (result, at) => ({
      fileName: `${at}.xml`,
      contents: renderJunit(result),
    }),
  )
  expect((await validateXML({ xml: files, schema })).errors).toEqual([])
  const wrong = renderJunit(mixed()).replace(/tests="\d+"/, 'tests="ten"')
  expect((await validateXML({ xml: wrong, schema })).valid).toBe(false)
})

interface Read {
  name: string
  status: string
  retriesCount: number
  parameters: { name: string; value: string }[]
  steps: { type: string; status: string }[]
  attachments: unknown[]
}

test('Allure: allure generate reads totals, steps, parameters, attachments and retries', async () => {
  using folder = tempFolder()
  const from = join(folder.path, 'results')
  mkdirSync(from)
  const write = (name: string, content: string) => writeFileSync(join(from, name), content)
  // Two runs of one student: an item keeps its history from run to run.
  const begin: Evidence = { at: 1, item: '02.1', attempt: 1, kind: 'begin' }
  const early = sampleResult({ student: 'anna' })
  const late = sampleResult({ student: 'anna', startedAt: '2026-11-26T10:00:00.000Z' })
  const all = [early, late, ...students.map((student) => mixed({ student }))]
  for (const result of all)
    for (const { name, content } of renderAllure(result, [begin])) write(name, content)
  write('categories.json', renderCategories('en'))
  const out = join(folder.path, 'report')
  const cli = here('../../node_modules/allure/cli.js')
  await execa(process.execPath, [cli, 'generate', from, '--output', out], {
    cwd: folder.path,
    timeout: 50_000,
  })
  const json = (path: string) => JSON.parse(readFileSync(join(out, path), 'utf8'))
  // Of a student each: passed, failed with partial, blocked with missing; of anna's newest run all six.
  expect(json('widgets/statistic.json')).toMatchObject({
    ...{ total: 77, passed: 37, failed: 16, skipped: 23, broken: 1, retries: 7 },
  })
  const read = readdirSync(join(out, 'data/test-results')).map(
    (name): Read => json(`data/test-results/${name}`),
  )
  const anna = read.find(
    ({ name, parameters }) =>
      name.startsWith('02.1') && parameters.some(({ value }) => value === 'anna'),
  )
  expect(anna).toMatchObject({ status: 'failed' })
  const steps = anna?.steps.filter(({ type }) => type === 'step') ?? []
  expect(steps.map(({ status }) => status)).toEqual(['passed', 'failed', 'skipped'])
  expect(anna?.attachments).toHaveLength(2)
  const parameters = Object.fromEntries((anna?.parameters ?? []).map((p) => [p.name, p.value]))
  expect(parameters).toMatchObject({ seed: '7', nomad: '1.4.4', cluster: 'lab' })
})

test('each verdict has a place in every annotation that needs one, on its line, ten at most', () => {
  const lines = renderAnnotations(sampleResult(), process.cwd()).trimEnd().split('\n')
  expect(lines).toHaveLength(4)
  expect(lines[0]).toBe(
    '::error file=submissions/nuria/nginx.nomad,line=12,title=02.1 three replicas%2C each on its own VM on port 80' +
      '::Nomad gave nginx port 28764, and port 80 was wanted. Write static = 80 into the port block.',
  )
  expect(lines.at(-1)).toMatch(/^::warning title=02\.3 /)
  const all = ten(Object.fromEntries(ten().items.map(({ id }) => [id, 'failed'])))
  all.items.push(...all.items)
  expect(renderAnnotations(all, process.cwd()).trimEnd().split('\n')).toHaveLength(10)
  expect(verdicts).toHaveLength(6)
})

test('no text of others begins a command, or ends the one that it is in', () => {
  for (const text of hostileTexts) {
    const lines = renderAnnotations(hostileResult(text), process.cwd()).trimEnd().split('\n')
    expect(lines).toHaveLength(4)
    for (const line of lines)
      expect(line).toMatch(/^::(error|warning) file=[^:,]+,line=3,title=[^:,]*::(?!.*\p{Cc}).*$/u)
  }
})

test('a summary is within what GitHub takes, whatever was seen', () => {
  const long = sampleResult()
  for (const item of long.items)
    item.changes = Array.from({ length: 400 }, (_, at) => ({
      at,
      who: 'nomad',
      saw: '李'.repeat(700),
    }))
  const text = renderSummary(long)
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024 * 1024)
  expect(text).toContain('Nomad gave nginx port 28764')
  expect(renderSummary(sampleResult())).toContain('| 33.5 s | consul |')
})
