import { expect, test } from 'vitest'
import { allocationOn, type Change, judged, scene, uuid } from './testing.ts'
import { collision, deploying, evaluation } from './testing-placing.ts'

test.each<[string, Change, string]>([
  [
    'a canary waits',
    (s) => {
      deploying('running')(s)
      s.view.nomad.deployment!.groups.web!.canaries = 1
    },
    'student canary! @canary canaries=1',
  ],
  [
    'one is missing in a rollout',
    (s) => {
      s.view.nomad.allocations.pop()
      deploying('running')(s)
    },
    'lab rolling have=2 want=3',
  ],
  ['all are there in a rollout', deploying('running'), 'met'],
  [
    'all are there in a rollout that must be done',
    (s) => {
      deploying('running')(s)
      s.want.deploymentDone = true
    },
    'lab rolling have=3 want=3',
  ],
  [
    'the rollout failed',
    (s) => {
      s.view.nomad.allocations.pop()
      deploying('failed')(s)
    },
    'lab deployment-failed text=late',
  ],
  [
    'no place was found for one in a rollout',
    (s) => {
      s.view.nomad.allocations.pop()
      deploying('running')(s)
      s.view.nomad.evaluations = [evaluation({}, { dimensionExhausted: { memory: 3 } })]
    },
    'student placement-resources @memory group=web dimension=memory',
  ],
  [
    'the port is taken for one in a rollout',
    (s) => {
      s.view.nomad.allocations.pop()
      deploying('running')(s)
      s.view.nomad.evaluations = [evaluation({}, { dimensionExhausted: collision })]
    },
    'lab rolling have=2 want=3',
  ],
  [
    'an older version runs beside in a rollout',
    (s) => {
      s.view.nomad.allocations.push(allocationOn(3, { id: uuid(9), version: 7 }))
      deploying('running')(s)
    },
    'lab rolling have=3 want=3',
  ],
])('replicas of a rollout, when %s', (_, change, wanted) => {
  expect(judged('replicas', change, scene(3))).toBe(wanted)
})
