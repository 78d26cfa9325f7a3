import { expect, test } from 'vitest'
import { grade, reference } from '../harness.ts'

// More clusters that break are in tests/broken-clusters.test.ts; this one leaves exactly one
// criterion unknown that coverage.test.ts shows on evidence.
test('03.2 agents is not known where the agents do not answer', async () => {
  const result = await grade(reference, {
    seed: 2,
    asked: ['03.1', '03.2'],
    disturb: (item, world) => {
      world.faults.consulDown = item === '03.2'
    },
  })
  const seen = result.items.find((i) => i.id === '03.2')
  expect(seen?.verdict).toBe('inconclusive')
  expect(seen?.criteria.find((c) => c.met !== true)).toMatchObject({ id: 'agents', met: null })
  expect(seen?.hint).not.toBe('')
})
