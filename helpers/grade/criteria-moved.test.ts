import { expect, test } from 'vitest'
import { judgeCriterion } from './criteria.ts'
import {
  allocation,
  allocationOn,
  type Change,
  factsOf,
  judged,
  type Scene,
  said,
  scene,
  uuid,
} from './testing.ts'
import { clear, evaluation } from './testing-placing.ts'

/** The replica of box-1 was replaced by one on box-2. */
function movedOver(): Scene {
  const seen = scene(1)
  seen.view.nomad.allocations = [
    allocationOn(1, { desired: 'stop', client: 'lost', next: uuid(2) }),
    allocationOn(2),
  ]
  seen.view.nomad.nodes[0]!.status = 'down'
  Object.assign(seen.want, {
    replacing: [uuid(1)],
    avoiding: ['box-1'],
    clients: ['box-2', 'box-3'],
  })
  return seen
}

test.each<[string, Change, string]>([
  ['it runs elsewhere', () => {}, 'met'],
  [
    'nothing replaced it',
    (s) => {
      allocation(s).next = ''
    },
    'student replaced-by-none allocation=11111111',
  ],
  [
    'its replacement is gone',
    (s) => s.view.nomad.allocations.pop(),
    'lab replaced-by-none allocation=11111111',
  ],
  [
    'its replacement does not run yet',
    (s) => {
      allocation(s, 1).client = 'pending'
    },
    'lab starting vm=box-2',
  ],
  [
    'Nomad forgot it',
    (s) => s.view.nomad.allocations.shift(),
    'lab replaced-by-none allocation=11111111',
  ],
  [
    'it never stopped',
    (s) => {
      s.view.nomad.allocations = [allocationOn(1)]
    },
    'student replaced-by-none allocation=11111111',
  ],
  [
    'it is pending itself',
    (s) => {
      s.view.nomad.allocations = [allocationOn(1, { client: 'pending' })]
    },
    'student replaced-by-none allocation=11111111',
  ],
  [
    'its replacement failed',
    (s) => {
      allocation(s, 1).client = 'failed'
    },
    'student replaced-by-none allocation=11111111',
  ],
  [
    'its replacement is stopped before it runs',
    (s) => Object.assign(allocation(s, 1), { client: 'pending', desired: 'stop' }),
    'student replaced-by-none allocation=11111111',
  ],
  [
    'it was replaced twice',
    (s) => {
      s.view.nomad.allocations = [
        allocation(s),
        allocationOn(2, { client: 'failed', next: uuid(3) }),
        allocationOn(3),
      ]
    },
    'met',
  ],
  [
    'its chain bites its tail',
    (s) => {
      allocation(s, 1).next = uuid(1)
    },
    'student replaced-by-none allocation=11111111',
  ],
  [
    'it came back to the same VM',
    (s) => {
      allocation(s, 1).nodeName = 'box-1'
    },
    'student not-moved vm=box-1',
  ],
  [
    'no place was found',
    (s) => {
      s.view.nomad.allocations = [allocationOn(1, { client: 'lost', desired: 'stop' })]
      s.view.nomad.evaluations = [evaluation({}, { constraintFiltered: { 'x = y': 2 } })]
    },
    'student placement-constraint @constraint filter=x = y',
  ],
  [
    'no place was found once',
    (s) => {
      s.view.nomad.allocations = [allocationOn(1, { client: 'lost', desired: 'stop' })]
      s.view.nomad.evaluations = [
        evaluation({ status: 'complete' }, { constraintFiltered: { 'x = y': 2 } }),
      ]
    },
    'student replaced-by-none allocation=11111111',
  ],
  [
    'nothing was to be replaced',
    (s) => {
      delete s.want.replacing
      allocation(s).next = ''
    },
    'met',
  ],
  [
    'nothing was to be avoided',
    (s) => {
      delete s.want.avoiding
      allocation(s, 1).nodeName = 'box-1'
    },
    'met',
  ],
])('moved, when %s', (_, change, wanted) => {
  expect(judged('moved', change, movedOver())).toBe(wanted)
})

test.each<[string, Change, string]>([
  [
    'one more runs',
    (s) => {
      delete s.want.replacing
    },
    'met',
  ],
  ['each lost one was replaced', () => {}, 'met'],
  [
    'one more runs and the rest is blocked',
    (s) => {
      delete s.want.replacing
      s.view.nomad.evaluations = [clear({})]
    },
    'met',
  ],
  [
    'it is not settled',
    (s) => {
      s.view.nomad.queued = { web: 1 }
    },
    'lab queued queued=1',
  ],
  [
    'one more runs but it is not settled',
    (s) => {
      delete s.want.replacing
      s.view.nomad.queued = { web: 1 }
    },
    'lab queued queued=1',
  ],
  [
    'something is blocked',
    (s) => {
      s.view.nomad.evaluations = [clear({})]
    },
    'lab no-more',
  ],
  [
    'something was complete',
    (s) => {
      s.view.nomad.evaluations = [clear({ status: 'complete' })]
    },
    'met',
  ],
  [
    'the lost one was not replaced',
    (s) => {
      allocation(s).next = ''
    },
    'student replaced-by-none allocation=11111111',
  ],
])('the control, when %s', (_, change, wanted) => {
  expect(judged('control', change, movedOver())).toBe(wanted)
})

test('the control waits for the VM that returns, as long as a boot may take', () => {
  const seen = movedOver()
  seen.want.returning = 'box-1'
  expect(judgeCriterion('control', factsOf(seen))).toEqual({
    state: 'not-yet',
    reason: {
      code: 'client-missing',
      blame: 'lab',
      values: { vm: 'box-1', status: 'down' },
      patienceMs: 600_000,
    },
  })
  seen.view.nomad.nodes[0]!.status = 'ready'
  expect(said(judgeCriterion('control', factsOf(seen)))).toBe('met')
})

test('how many run is not whether what was lost was replaced', () => {
  const alone: Change = (s) => {
    allocation(s).next = ''
  }
  expect(judged('replicas', alone, movedOver())).toBe('met')
})
