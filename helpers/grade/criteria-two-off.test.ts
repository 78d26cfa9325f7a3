import { expect, test } from 'vitest'
import { atPort80, type Change, constraint, judged, type Scene } from './testing.ts'
import { clear, collision, deploying, evaluation } from './testing-placing.ts'

/** Two of three VMs are off: one replica of the three that port 80 allows. */
function twoOff(): Scene {
  const seen = atPort80(3)
  seen.view.nomad.allocations.splice(1)
  seen.view.consul.instances.splice(1)
  seen.view.nomad.nodes.forEach((node, n) => {
    if (n > 0) node.status = 'down'
  })
  seen.view.nomad.queued = { web: 2 }
  seen.view.nomad.evaluations = [evaluation({}, { dimensionExhausted: collision })]
  Object.assign(seen.want, {
    replicas: 1,
    clients: ['box-1'],
    heldBack: true,
    asFits: true,
    deploymentDone: true,
    avoiding: ['box-2', 'box-3'],
  })
  return seen
}

test.each<[string, Change, string]>([
  ['two are held back', () => {}, 'met'],
  // As Nomad 2 begins one for a group that lost all of its VMs (docs/discoveries.md).
  ['a deployment waits for the same place', deploying('running'), 'met'],
  [
    'what a deployment placed is not healthy yet',
    deploying('running', { healthy: 0 }),
    'lab rolling have=1 want=1',
  ],
  [
    'nothing is queued',
    (s) => {
      s.view.nomad.queued = { web: 0 }
    },
    'lab queued queued=0',
  ],
  [
    'one only is queued',
    (s) => {
      s.view.nomad.queued = { web: 1 }
    },
    'lab queued queued=1',
  ],
  [
    'there are none',
    (s) => {
      s.view.nomad.allocations = []
    },
    'lab count-other have=0 want=1',
  ],
  [
    'there are none and a constraint is not understood',
    (s) => {
      s.view.nomad.allocations = []
      s.job.constraints = [constraint(`\${meta.x}`, '=', 'y')]
    },
    `lab constraint-unclear filter=\${meta.x} = y`,
  ],
  [
    'a constraint is not understood but the number is right',
    (s) => {
      s.job.constraints = [constraint(`\${meta.x}`, '=', 'y')]
    },
    'met',
  ],
  [
    'the number is not of fits',
    (s) => {
      s.view.nomad.allocations = []
      s.want.asFits = false
      s.job.constraints = [constraint(`\${meta.x}`, '=', 'y')]
    },
    'lab count-other have=0 want=1',
  ],
  ['what was placed of a deployment is healthy', deploying('running'), 'met'],
  [
    'what was placed of a deployment is not healthy',
    deploying('running', { healthy: 0 }),
    'lab rolling have=1 want=1',
  ],
  [
    'nothing is blocked in a deployment',
    (s) => {
      deploying('running')(s)
      s.view.nomad.evaluations = []
    },
    'lab rolling have=1 want=1',
  ],
  [
    'there are none and distinct_hosts holds the rest back',
    (s) => {
      s.view.nomad.allocations = []
      s.view.nomad.evaluations = [evaluation({}, { constraintFiltered: { distinct_hosts: 1 } })]
    },
    'lab count-other have=0 want=1',
  ],
  [
    'there are none because of the job’s memory',
    (s) => {
      s.view.nomad.allocations = []
      s.view.nomad.evaluations = [evaluation({}, { dimensionExhausted: { memory: 1 } })]
    },
    'student placement-resources @memory group=web dimension=memory',
  ],
])('with two VMs off, when %s', (_, change, wanted) => {
  expect(judged('replicas', change, twoOff())).toBe(wanted)
})

const heldBack: [string, Change, string][] = [
  ['the port holds two back', () => {}, 'met'],
  [
    'distinct_hosts does',
    (s) => {
      s.view.nomad.evaluations = [evaluation({}, { constraintFiltered: { distinct_hosts: 2 } })]
    },
    'met',
  ],
  [
    'the port does on one, a constraint on another',
    (s) => {
      s.view.nomad.evaluations = [
        evaluation({}, { dimensionExhausted: collision, constraintFiltered: { 'a = b': 1 } }),
      ]
    },
    'met',
  ],
  [
    'memory does',
    (s) => {
      s.view.nomad.evaluations = [
        evaluation({}, { dimensionExhausted: { memory: 2 }, constraintFiltered: { 'a = b': 1 } }),
      ]
    },
    'student held-back-otherwise @constraint reasons=memory, a = b',
  ],
  [
    'nothing is blocked',
    (s) => {
      s.view.nomad.evaluations[0]!.status = 'complete'
    },
    'student not-held-back @static',
  ],
  [
    'the blocked one says nothing',
    (s) => {
      s.view.nomad.evaluations[0]!.failed = {}
    },
    'student not-held-back @static',
  ],
  [
    'there is no evaluation',
    (s) => {
      s.view.nomad.evaluations = []
    },
    'student not-held-back @static',
  ],
  [
    'another evaluation names the port',
    (s) => {
      s.view.nomad.evaluations[0]!.status = 'complete'
      s.view.nomad.evaluations.push(clear({}))
    },
    'met',
  ],
  [
    'nothing needs to be',
    (s) => {
      s.view.nomad.evaluations = []
      s.want.heldBack = false
    },
    'met',
  ],
]
test.each(heldBack)('held back, when %s', (_, change, wanted) => {
  expect(judged('held-back', change, twoOff())).toBe(wanted)
})
