import { expect, test } from 'vitest'
import { judgeCriterion } from './criteria.ts'
import { allocationOn, factsOf, type Scene, said, scene, uuid } from './testing.ts'
import { clear } from './testing-placing.ts'
import type { View } from './view.ts'

/** A hold of three looks, the last or the middle one changed. */
function held(change: (view: Scene['view']) => void, which = 2): string {
  const looks = [scene(2), scene(2), scene(2)]
  change(looks[which]!.view)
  const views: View[] = looks.map(({ view }) => view)
  return said(judgeCriterion('stays', { ...factsOf(looks[0]!), views }))
}
const first = (view: Scene['view']) => view.nomad.allocations[0]!
const replaced = (more: object) => (view: Scene['view']) => {
  view.nomad.allocations.push(allocationOn(1, { id: uuid(7) }))
  Object.assign(first(view), { desired: 'stop', ...more })
}
const killing = [
  {
    name: 'server',
    state: 'dead',
    failed: false,
    restarts: 0,
    events: [{ type: 'Killing', message: '', at: 1 }],
  },
]
const blind = (view: View) => {
  view.nomad = { error: 'x' }
}
const unseenEnds = 'lab nomad-unseen text=not seen at the start and end of the hold'

test.each<[string, () => string, string]>([
  ['nothing changes', () => held(() => {}), 'met'],
  [
    'a replica restarts',
    () =>
      held((v) => {
        first(v).tasks[0]!.restarts = 1
      }),
    'student restarted @config',
  ],
  [
    'a replica restarts in between',
    () =>
      held((v) => {
        first(v).tasks[0]!.restarts = 1
      }, 1),
    'student restarted @config',
  ],
  [
    'a replica failed',
    () => held(replaced({ client: 'failed' })),
    'student replicas-changed @config vm=box-1',
  ],
  [
    'a replica ended by itself',
    () => held(replaced({ client: 'complete' })),
    'student replicas-changed @config vm=box-1',
  ],
  [
    'a replica ended after something else had happened to it',
    () =>
      held(
        replaced({
          client: 'complete',
          tasks: [{ ...killing[0]!, events: [{ type: 'Terminated', message: '', at: 1 }] }],
        }),
      ),
    'student replicas-changed @config vm=box-1',
  ],
  [
    'one task of a replica was killed',
    () =>
      held(replaced({ client: 'complete', tasks: [...killing, { ...killing[0]!, events: [] }] })),
    'lab replicas-moved',
  ],
  [
    'a replica was killed',
    () => held(replaced({ client: 'complete', tasks: killing })),
    'lab replicas-moved',
  ],
  ['a replica was lost', () => held(replaced({ client: 'lost' })), 'lab replicas-moved'],
  ['Nomad forgot a replica', () => held((v) => v.nomad.allocations.shift()), 'lab replicas-moved'],
  [
    'one more came',
    () => held((v) => v.nomad.allocations.push(allocationOn(3))),
    'lab replicas-moved',
  ],
  ['the order differs', () => held((v) => v.nomad.allocations.reverse()), 'met'],
  [
    'something is pending',
    () =>
      held((v) => {
        v.nomad.evaluations = [clear({ status: 'pending' })]
      }),
    'lab evaluating',
  ],
  ['Nomad is not seen at its start', () => held(blind, 0), unseenEnds],
  ['Nomad is not seen at its end', () => held(blind, 2), unseenEnds],
  ['Nomad is not seen in between', () => held(blind, 1), 'met'],
])('stays, when %s', (_, seen, wanted) => {
  expect(seen()).toBe(wanted)
})

test('stays, when one restarted before the hold and Nomad lists them in another order', () => {
  const restartedOnce = (reverse: boolean) => {
    const { view } = scene(2)
    first(view).tasks[0]!.restarts = 1
    if (reverse) view.nomad.allocations.reverse()
    return view
  }
  const facts = { ...factsOf(scene(2)), views: [restartedOnce(false), restartedOnce(true)] }
  expect(said(judgeCriterion('stays', facts))).toBe('met')
})
