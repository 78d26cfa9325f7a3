import { expect, test } from 'vitest'
import type { Evidence, ItemRecord } from './evidence.ts'
import { check, deploy, fault, of, problem, settled, told, verdictOf } from './testing-records.ts'

test.each<[string, Evidence[], string]>([
  [
    'the first failed and a second passed',
    [
      ...of('01.1', [deploy({ problem })]),
      ...of('01.1', [deploy(), check(settled), { kind: 'end' }], 2),
    ],
    'failed 1',
  ],
  [
    'the first was not known and a second passed',
    [
      ...of('01.1', [deploy(), fault(false)]),
      ...of('01.1', [deploy(), check(settled), { kind: 'end' }], 2),
    ],
    'passed 2',
  ],
  [
    'the first was not known and a second failed',
    [...of('01.1', [deploy(), fault(false)]), ...of('01.1', [deploy({ problem })], 2)],
    'failed 2',
  ],
  [
    'the tries stand in the wrong order',
    [
      ...of('01.1', [deploy(), check(settled), { kind: 'end' }], 2),
      ...of('01.1', [deploy(), fault(false)]),
    ],
    'passed 2',
  ],
  [
    'the tries stand in the wrong order and the first one failed',
    [
      ...of('01.1', [deploy(), check(settled), { kind: 'end' }], 2),
      ...of('01.1', [deploy({ problem })]),
    ],
    'failed 1',
  ],
  [
    'neither is known',
    [...of('01.1', [deploy(), fault(false)]), ...of('01.1', [deploy(), fault(false)], 2)],
    'inconclusive 2',
  ],
])('of two tries, when %s', (_, records, wanted) => {
  const { verdict, attempts } = verdictOf(records)
  expect(`${verdict} ${attempts}`).toBe(wanted)
})

test('of two tries that are not known the one that got further is told', () => {
  const far = [deploy(), check(['replicas', 'consul']), fault(false)]
  expect(told([...of('01.1', far), ...of('01.1', [fault(true)], 2)])).toBe(
    'inconclusive at answers: lab fault',
  )
  expect(told([...of('01.1', [fault(true)]), ...of('01.1', far, 2)])).toBe(
    'inconclusive at answers: lab fault',
  )
  const later: ItemRecord = { kind: 'fault', code: 'X', sentence: 'Later.', cure: '', own: false }
  const again = verdictOf([...of('01.1', [fault(false)]), ...of('01.1', [later], 2)])
  expect(again.reason?.values.sentence).toBe('Later.')
})
