import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { besideOf, loadBeside } from '../bin/beside.ts'
import { configOf } from '../bin/config.ts'
import { inLanguage, type Message } from '../helpers/language/message.ts'
import { grade, tempFolder } from './harness.ts'

/** docs/write-your-own.md tells of these two. */
const here = (path: string) =>
  fileURLToPath(new URL(`../examples/own-item/${path}`, import.meta.url))
const suite = here('redis.spec.ts')
const beside = besideOf({ suite, items: '05' }).beside

const graded = async (submission: string) => {
  const { bonus = [], score } = await grade(submission, { asked: [], beside })
  expect(score.max).toBe(0)
  // What to do is never what the sheet's images want.
  for (const { hint } of bonus) expect(hint).not.toMatch(/80|"http"/)
  return bonus.map(({ id, verdict, cause, file, line }) => [id, verdict, cause, file, line])
}

test('the worked example: a redis job survives the loss of its VM', async () => {
  expect(await graded(here('submission'))).toEqual([
    ['05.1', 'passed', '', undefined, undefined],
    ['05.2', 'passed', '', undefined, undefined],
  ])
})

test('what answers as redis is not redis: refuted at its line, and what builds on it is blocked', async () => {
  using folder = tempFolder()
  cpSync(here('submission'), folder.path, { recursive: true })
  const job = join(folder.path, 'redis.nomad')
  const text = readFileSync(job, 'utf8')
  // The image is right; its port is not where redis listens.
  writeFileSync(job, text.replace('to = 6379', 'to = 80'))
  expect(await graded(folder.path)).toEqual([
    ['05.1', 'failed', 'wire-refused', 'redis.nomad', 9],
    ['05.2', 'blocked', 'wire-refused', 'redis.nomad', 9],
  ])
  writeFileSync(job, text.replace('redis:7.0', 'nginx:1.22.1'))
  expect((await graded(folder.path))[0]?.slice(0, 3)).toEqual(['05.1', 'failed', 'image-other'])
  writeFileSync(job, text.replaceAll('"redis"', '"cache"'))
  expect((await graded(folder.path))[0]?.slice(0, 2)).toEqual(['05.1', 'missing'])
})

const said = (act: () => unknown): Promise<string> =>
  Promise.resolve()
    .then(act)
    .then(
      () => 'nothing',
      (error: { said: Message }) => inLanguage(error.said, 'en'),
    )

test('a suite that is none is told, and one that was handed in is not run', async () => {
  using folder = tempFolder()
  const path = join(folder.path, 'own.spec.ts')
  const wrong = async (text: string, items = '05') => {
    const at = join(folder.path, `${Math.floor(performance.now() * 1000)}.spec.ts`)
    writeFileSync(at, text)
    const told = await said(() => loadBeside(besideOf({ suite: at, items }).beside))
    return told.replace(/^.* is no suite: /, '')
  }
  expect(await wrong('export const other = {}')).toBe('it exports no rubric.')
  expect(await wrong("export const rubric = { '01.1': {} }")).toBe(
    '01.1 is no number from 05.1 to 09.9.',
  )
  const row = "{ title: 'x', marks: 1, criteria: [{ id: 'shines', title: 'x', by: 'cluster' }] }"
  expect(await wrong(`export const rubric = { '05.9': ${row} }`)).toMatch(
    /^the row 05.9 is wrong at criteria.0.id: /,
  )
  const good = "{ title: 'x', marks: 1, criteria: [] }"
  expect(await wrong(`export const rubric = { '05.9': ${good} }`)).toBe(
    'no item 05.9 is written there.',
  )
  expect(await wrong('throw new Error("by hand")')).toBe('by hand.')
  expect(await said(() => loadBeside(besideOf({ suite, items: '07' }).beside))).toMatch(
    /it has no item 07\.$/,
  )
  const submission = join(folder.path, 'anna')
  mkdirSync(submission)
  cpSync(suite, join(submission, 'own.spec.ts'))
  const flags = { out: 'r', maxWait: '1', deadline: '1', cluster: 'lab', submission }
  expect(
    await said(() =>
      configOf(undefined, { ...flags, suite: join(submission, 'own.spec.ts') }, {}, false),
    ),
  ).toMatch(/is in the folder that is graded/)
  expect(await said(() => besideOf({ suite: path }))).toMatch(/^There is no suite /)
})

test('the words of the command line: the ten, and what is beside them', () => {
  const of = (flags: Parameters<typeof besideOf>[0]) => {
    const { ten, beside } = besideOf(flags)
    return [ten, beside.items.join()]
  }
  expect(of({})).toEqual([undefined, ''])
  expect(of({ bonus: true })).toEqual([undefined, '00,04'])
  expect(of({ items: '02,00.2' })).toEqual(['02', '00.2'])
  expect(of({ items: '04' })).toEqual(['', '04'])
  expect(of({ suite })).toEqual([undefined, 'own'])
  expect(of({ suite, items: '05.2' })).toEqual(['', '05.2'])
  // Without a suite 05 is a mistake, as before.
  expect(of({ items: '05' })).toEqual(['05', ''])
})
