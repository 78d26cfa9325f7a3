import { expect, test } from 'vitest'
import { hostileResult, hostileTexts, sampleItem, sampleResult } from '../../tests/golden/sample.ts'
import type { Result } from '../grade/result.ts'
import { renderAllure } from './allure.ts'

const tests = (result: Result) =>
  renderAllure(result)
    .filter(({ name }) => name.endsWith('-result.json'))
    .map(({ content }) => JSON.parse(content))

test('each verdict has its status', () => {
  const statuses = {
    passed: 'passed',
    failed: 'failed',
    partial: 'failed',
    blocked: 'skipped',
    missing: 'skipped',
    inconclusive: 'broken',
  } as const
  for (const [verdict, status] of Object.entries(statuses)) {
    const items = [sampleItem('01.1', verdict as keyof typeof statuses)]
    expect(tests(sampleResult({ items }))[0].status).toBe(status)
  }
})

test('history stays from run to run, and belongs to one item of one student', () => {
  const first = tests(sampleResult())
  const later = tests(sampleResult({ startedAt: '2026-11-30T10:00:00.000Z' }))
  const other = tests(sampleResult({ student: 'anna' }))
  expect(later.map((t) => t.historyId)).toEqual(first.map((t) => t.historyId))
  expect(later[0].uuid).not.toBe(first[0].uuid)
  expect(other[0].historyId).not.toBe(first[0].historyId)
  expect(new Set(first.map((t) => t.historyId)).size).toBe(first.length)
})

test('criteria are steps; an inconclusive item breaks at the first unknown one', () => {
  const [failed, inconclusive] = [2, 4].map((index) => tests(sampleResult())[index])
  expect(failed.steps.map((s: { status: string }) => s.status)).toEqual([
    'passed',
    'failed',
    'skipped',
  ])
  expect(inconclusive.steps.map((s: { status: string }) => s.status)).toEqual(['passed', 'broken'])
  expect(failed.statusDetails.message).toBe('Nomad gave nginx port 28764, and port 80 was wanted.')
  expect(failed.statusDetails.trace).toContain('at nginx.nomad:12')
})

test('every attachment that is named is written, and every file name is ours', () => {
  for (const text of hostileTexts) {
    const result = hostileResult(text)
    const files = renderAllure(result).map(({ name }) => name)
    for (const { attachments } of tests(result)) expect(files).toContain(attachments[0].source)
    for (const name of files) expect(name).toMatch(/^[0-9a-f-]{36}-(result\.json|attachment\.txt)$/)
  }
})

test('a simulated run says so', () => {
  expect(tests(sampleResult())[0].labels).toContainEqual({ name: 'tag', value: 'SIMULATED' })
})
