import { expect, test } from 'vitest'
import type { Result, Verdict } from '../grade/result.ts'
import type { Known } from './ledger-records.ts'
import { itemsToGrade } from './plan.ts'

const asked = ['01.1', '01.2', '01.3', '02.1']
const usually = { asked, failed: false, pending: false }

const resultOf = (verdicts: Record<string, Verdict>) =>
  ({ items: Object.entries(verdicts).map(([id, verdict]) => ({ id, verdict })) }) as Result
const some = resultOf({ '01.1': 'passed', '01.2': 'failed', '01.3': 'inconclusive' })
const after = (how?: 'graded' | 'parked' | 'interrupted'): Pick<Known, 'runs' | 'ended'> => ({
  runs: ['anna/1'],
  ended: how && { what: 'ended', at: 1, student: 'anna', how },
})

test('never graded: all that is asked', () => {
  expect(itemsToGrade({ runs: [], ended: undefined }, undefined, usually)).toEqual(asked)
})

test.each([undefined, 'parked', 'interrupted'] as const)(
  'cut in the middle (%s): what is not settled',
  (how) => {
    expect(itemsToGrade(after(how), some, usually)).toEqual(['01.3', '02.1'])
  },
)

test('done: kept as it is, but for items that nobody had asked for', () => {
  expect(itemsToGrade(after('graded'), some, usually)).toEqual(['02.1'])
})

test('by wish: the lost ones, the open ones, or both', () => {
  const of = (wish: object) => itemsToGrade(after('graded'), some, { ...usually, ...wish })
  expect(of({ failed: true })).toEqual(['01.2'])
  expect(of({ pending: true })).toEqual(['01.3', '02.1'])
  expect(of({ failed: true, pending: true })).toEqual(['01.2', '01.3', '02.1'])
})
