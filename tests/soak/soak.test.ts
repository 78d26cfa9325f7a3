import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { faults } from '../faults/tables.ts'
import { drawNamed, draws, entries, everyPair, nameOf } from './draw.ts'
import { wrongIn } from './oracle.ts'
import { complaint, count, emptyTally, summary } from './tally.ts'
import { page, whatIsGraded } from './what-is-graded.ts'

const right = '... ... ....'
const what = (stated: string, fault: string | undefined, seen: string) =>
  wrongIn(stated, fault, seen).map(({ item }) => item)

test('the verdict must be the stated one where there is no fault', () => {
  expect(what(right, undefined, right)).toEqual([])
  expect(what('FB. ... ....', undefined, right)).toEqual(['01.1', '01.2'])
  expect(what(right, undefined, '..F ... ....')).toEqual(['01.3'])
  expect(what(right, undefined, '... ..? ....')).toEqual(['02.3'])
  expect(what('??. ... ....', undefined, '??. ... ....')).toEqual([])
})

test('under a fault an item may be inconclusive where its table says so, and nowhere else', () => {
  expect(what(right, '.?. ... ....', '.?. ... ....')).toEqual([])
  expect(what(right, '.?. ... ....', '..? ... ....')).toEqual(['01.3'])
  expect(what('..F ... ....', '..? ... ....', '..? ... ....')).toEqual([])
  expect(what('..F ... ....', '..? ... ....', right)).toEqual(['01.3'])
  expect(what(right, '..? ... ....', '..F ... ....')).toEqual(['01.3'])
})

test('what builds on an item that is inconclusive may be inconclusive with it', () => {
  expect(what('FB. ... ....', '?.. ... ....', '??. ... ....')).toEqual([])
  expect(what('FB. ... ....', '?.. ... ....', 'F?. ... ....')).toEqual(['01.2'])
  expect(what('... -BB ....', '... ?.. ....', '... ??? ....')).toEqual(['02.1'])
})

test('draws are the same for the same seed, and each round has every submission once', () => {
  const take = (seed: number) => {
    const all = draws(seed)
    return Array.from(entries, () => nameOf(all.next().value))
  }
  const first = take(1)
  expect(take(1)).toEqual(first)
  expect(take(2)).not.toEqual(first)
  expect(new Set(first.map((name) => name.split('|')[0]))).toEqual(new Set(entries.keys()))
})

test('every submission meets every fault whose table has its size, once', () => {
  const all = [...everyPair(1)]
  const pairs = new Set(all.map(({ entry, fault }) => `${entry}|${fault}`))
  expect(pairs.size).toBe(all.length)
  const [first] = all
  expect(all.filter(({ entry }) => entry === '01.1 tags')).toHaveLength(faults.length)
  expect([...everyPair(1)][0]).toEqual(first)
  expect([...everyPair(2)][0]).not.toEqual(first)
})

test('a draw that is wrong says what, where its files are, and how to replay it', () => {
  const name = '01.1 tags|none|4|7'
  const draw = drawNamed(name)
  if (typeof draw === 'string') throw new Error(draw)
  const seen = '... .?. ....'
  const outcome = { seen, wrong: wrongIn(right, undefined, seen), seconds: 1, kept: '/kept/here' }
  const lines = complaint(draw, { ...outcome, said: { '02.2': 'Nobody answered.' } }).join('\n')
  expect(lines).toContain('02.2: ?, allowed .: Nobody answered.')
  expect(lines).toContain('/kept/here')
  expect(lines).toContain(`npm run soak -- --replay '${name}'`)
  const tally = emptyTally()
  count(tally, draw, { ...outcome, said: {} })
  expect(summary(tally, 1).join('\n')).toContain('10 items in 1 runs, 1 s: 1 wrong.')
})

test('a draw is named by what exists', () => {
  expect(drawNamed('01.1 tags|none|3')).toBe(
    'A draw is ENTRY|FAULT|SIZE|SEED, not 01.1 tags|none|3.',
  )
  expect(drawNamed('nobody|none|3|1')).toBe('The gallery has no submission called "nobody".')
  expect(drawNamed('01.1 tags|fog|3|1')).toBe('There is no fault called "fog".')
})

test('a run of the real soak: its summary, nothing wrong', async () => {
  const program = fileURLToPath(new URL('soak.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [program, '--items', '10'])
  expect(stdout).toMatch(/10 items in 1 runs, \d+ s: 0 wrong\./)
}, 50_000)

test('docs/what-is-graded.md is what the tables say', async () => {
  expect(readFileSync(page, 'utf8'), 'node tests/soak/what-is-graded.ts writes it').toBe(
    await whatIsGraded(),
  )
})
