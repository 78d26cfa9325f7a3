import { expect, test } from 'vitest'
import type { ItemVerdict } from './judge.ts'
import type { Verdict } from './result.ts'
import type { Rubric } from './rubric.ts'
import { exitCodeOf, scoreOf } from './score.ts'

const rubric: Rubric = {
  version: 'test',
  items: Object.fromEntries(
    ['01.1', '01.2', '01.3'].map((id, i) => [id, { title: id, marks: i + 1, criteria: [] }]),
  ),
}
const asked = Object.keys(rubric.items)

const verdicts = (of: Record<string, Verdict>, own = false) =>
  new Map(
    Object.entries(of).map(([id, verdict]): [string, ItemVerdict] => [
      id,
      {
        id,
        verdict,
        criteria: [],
        attempts: 1,
        notes: [],
        own,
        startedAt: 0,
        endedAt: 0,
        changes: [],
      },
    ]),
  )

test.each<[Record<string, Verdict>, number, number, number]>([
  [{ '01.1': 'passed', '01.2': 'passed', '01.3': 'passed' }, 6, 6, 0],
  [{ '01.1': 'passed', '01.2': 'failed', '01.3': 'passed' }, 4, 4, 1],
  [{ '01.1': 'failed', '01.2': 'blocked', '01.3': 'missing' }, 0, 0, 1],
  [{ '01.1': 'passed', '01.2': 'inconclusive', '01.3': 'passed' }, 4, 6, 2],
  [{ '01.1': 'failed', '01.2': 'passed', '01.3': 'inconclusive' }, 2, 5, 2],
  [{ '01.1': 'passed', '01.2': 'passed' }, 3, 6, 2],
  [{}, 0, 6, 2],
])('%o: from %i to %i of 6, exit %i', (of, low, high, exit) => {
  expect(scoreOf(verdicts(of), asked, rubric)).toEqual({ points: low, low, high, max: 6, asked })
  expect(exitCodeOf(verdicts(of), asked)).toBe(exit)
})

test('only the items that were asked for are in the score', () => {
  const of = verdicts({ '01.1': 'passed', '01.2': 'failed' })
  expect(scoreOf(of, ['01.1'], rubric)).toMatchObject({ points: 1, high: 1, max: 1 })
  expect(exitCodeOf(of, ['01.1'])).toBe(0)
  expect(scoreOf(of, ['09.9'], rubric)).toMatchObject({ points: 0, high: 0, max: 0 })
})

test("the grader's own fault is 70, but only where it left an item open", () => {
  expect(exitCodeOf(verdicts({ '01.1': 'inconclusive' }, true), ['01.1'])).toBe(70)
  expect(exitCodeOf(verdicts({ '01.1': 'passed' }, true), ['01.1'])).toBe(0)
  expect(exitCodeOf(verdicts({ '01.1': 'failed' }, true), ['01.1'])).toBe(1)
  const oneOpen = verdicts({ '01.1': 'inconclusive', '01.2': 'passed' }, true)
  expect(exitCodeOf(oneOpen, ['01.1', '01.2'])).toBe(70)
})
