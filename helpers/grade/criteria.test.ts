import { expect, test } from 'vitest'
import type { Constraint } from '../submission/job.ts'
import { judgeCriterion, neverPossible } from './criteria.ts'
import type { CriterionId } from './rubric.ts'
import {
  allocationOn,
  atPort80,
  factsOf,
  groupOf,
  instanceOn,
  jobOf,
  type Scene,
  said,
  scene,
  serviceOf,
  taskOf,
  uuid,
} from './testing.ts'
import type { Evaluation, PlacementFailure, View } from './view.ts'

type Change = (seen: Scene) => void
const judged = (id: CriterionId, change: Change, of: Scene) => {
  change(of)
  return said(judgeCriterion(id, factsOf(of)))
}
const allocation = (seen: Scene, n = 0) => seen.view.nomad.allocations[n]!
const collision = { 'network: port collision': 2 }
const evaluation = (
  more: Partial<Evaluation>,
  why: Partial<PlacementFailure> = {},
): Evaluation => ({
  id: 'e',
  status: 'blocked',
  triggeredBy: '',
  description: '',
  blockedEval: '',
  createIndex: 1,
  failed: {
    web: {
      nodesEvaluated: 3,
      nodesFiltered: 0,
      nodesExhausted: 0,
      nodesAvailable: { dc1: 3 },
      constraintFiltered: {},
      dimensionExhausted: {},
      coalesced: 0,
      ...why,
    },
  },
  ...more,
})
const constraint = (attribute: string, operator: string, value: string): Constraint => ({
  attribute,
  operator,
  value,
  weight: 0,
})
const clear = (more: Partial<Evaluation>) => evaluation({ failed: {}, ...more })
/** The job has a second group, which registers nothing. */
const withDb: Change = (s) => {
  s.job.groups.push(groupOf(1, { name: 'db', services: [], tasks: [] }))
}

const deploying =
  (status: string, healthy = 1): Change =>
  (s) => {
    s.view.nomad.deployment = {
      id: 'd',
      version: 0,
      status,
      description: 'late',
      groups: { web: { desired: 3, placed: 1, healthy, canaries: 0, promoted: false } },
    }
  }
const pin = constraint(`\${attr.unique.hostname}`, '=', 'box-1')

test.each<[string, Change, string]>([
  ['there are three of three', () => {}, 'met'],
  [
    'Nomad waits an hour for a VM that is not heard of',
    (s) => {
      const triggeredBy = 'max-disconnect-timeout'
      s.view.nomad.evaluations = [clear({ status: 'pending', triggeredBy })]
    },
    'met',
  ],
  [
    'Nomad cannot be asked',
    (s) => Object.assign(s.view, { nomad: { error: 'EPIPE' } }),
    'lab nomad-unseen text=EPIPE',
  ],
  [
    'the job was purged',
    (s) => {
      s.view.nomad.job = null
    },
    'lab job-vanished',
  ],
  [
    'it registers another name',
    (s) => {
      s.job = jobOf([groupOf(3, { tasks: [taskOf({ services: [serviceOf({ name: 'web' })] })] })])
    },
    'student service-other-name! @service.name service=nginx names=web',
  ],
  [
    'it asks for two',
    (s) => {
      s.job = jobOf([groupOf(2)])
    },
    'student count-asked! @count have=2 want=3',
  ],
  [
    'a client is down',
    (s) => {
      s.view.nomad.nodes[2]!.status = 'down'
    },
    'lab client-missing vm=box-3 status=down',
  ],
  [
    'one is pending',
    (s) => {
      allocation(s, 1).client = 'pending'
    },
    'lab starting vm=box-2',
  ],
  [
    'one is pending and pulls',
    (s) => {
      Object.assign(allocation(s), { client: 'pending' })
      allocation(s).tasks[0]!.events = [{ type: 'Driver', message: 'Downloading image', at: 1 }]
    },
    'lab pulling vm=box-1',
  ],
  [
    'a task of one is not running',
    (s) => {
      allocation(s, 2).tasks[0]!.state = 'pending'
    },
    'lab starting vm=box-3',
  ],
  [
    'a task of one crashes',
    (s) => {
      Object.assign(allocation(s, 2).tasks[0]!, {
        state: 'pending',
        events: [{ type: 'Terminated', message: 'exit 1', at: 1 }],
      })
    },
    'student crashing @config vm=box-3 text=exit 1 task=server',
  ],
  [
    'an older version crashes',
    (s) => {
      const old = allocationOn(3, { id: uuid(9), version: 7, client: 'failed' })
      old.tasks[0]!.events = [{ type: 'Terminated', message: 'exit 1', at: 1 }]
      s.view.nomad.allocations.push(old)
    },
    'met',
  ],
  [
    'a stopped one crashed',
    (s) => {
      const old = allocationOn(3, { id: uuid(9), desired: 'stop', client: 'failed' })
      old.tasks[0]!.state = 'dead'
      old.tasks[0]!.events = [{ type: 'Terminated', message: 'exit 1', at: 1 }]
      s.view.nomad.allocations.push(old)
    },
    'met',
  ],
  [
    'an evaluation is pending',
    (s) => {
      s.view.nomad.evaluations = [clear({ status: 'pending' })]
    },
    'lab evaluating',
  ],
  [
    'an evaluation is complete',
    (s) => {
      s.view.nomad.evaluations = [clear({ status: 'complete' })]
    },
    'met',
  ],
  [
    'a canary waits',
    (s) => {
      deploying('running')(s)
      s.view.nomad.deployment!.groups.web!.canaries = 1
    },
    'student canary! @canary canaries=1',
  ],
  ['one is missing', (s) => s.view.nomad.allocations.pop(), 'lab count-other have=2 want=3'],
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
    'no place was found for one',
    (s) => {
      s.view.nomad.allocations.pop()
      s.view.nomad.evaluations = [evaluation({}, { dimensionExhausted: { memory: 3 } })]
    },
    'student placement-resources @memory group=web dimension=memory',
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
    'the port is taken for one',
    (s) => {
      s.view.nomad.allocations.pop()
      s.view.nomad.evaluations = [evaluation({}, { dimensionExhausted: collision })]
    },
    'student placement-port @static group=web dimension=network: port collision',
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
    'an old failure to place was mended',
    (s) => {
      s.view.nomad.evaluations = [
        evaluation({ status: 'complete' }, { dimensionExhausted: { memory: 3 } }),
      ]
    },
    'met',
  ],
  [
    'an older version runs beside',
    (s) => s.view.nomad.allocations.push(allocationOn(3, { id: uuid(9), version: 7 })),
    'lab old-version vm=box-3',
  ],
  [
    'an older version runs beside in a rollout',
    (s) => {
      s.view.nomad.allocations.push(allocationOn(3, { id: uuid(9), version: 7 }))
      deploying('running')(s)
    },
    'lab rolling have=3 want=3',
  ],
  [
    'there is one too many',
    (s) => s.view.nomad.allocations.push(allocationOn(3, { id: uuid(9) })),
    'lab count-other have=4 want=3',
  ],
  [
    'one is queued',
    (s) => {
      s.view.nomad.queued = { web: 1, other: 1 }
    },
    'lab queued queued=1',
  ],
  [
    'only a group that an earlier version had is still called queued',
    (s) => {
      s.view.nomad.queued = { web: 0, other: 1 }
    },
    'met',
  ],
  [
    'another group finds no place',
    (s) => {
      withDb(s)
      s.view.nomad.queued = { web: 0, db: 1 }
      s.view.nomad.evaluations = [
        evaluation({
          failed: { db: evaluation({}, { dimensionExhausted: { memory: 1 } }).failed.web! },
        }),
      ]
    },
    'student placement-resources group=db dimension=memory',
  ],
  [
    'its own group once found no place and one is queued',
    (s) => {
      s.view.nomad.queued = { web: 1 }
      s.view.nomad.evaluations = [evaluation({}, { dimensionExhausted: { memory: 1 } })]
    },
    'lab queued queued=1',
  ],
  [
    'another group had found none and one is queued',
    (s) => {
      withDb(s)
      s.view.nomad.queued = { db: 1 }
      s.view.nomad.evaluations = [
        evaluation({
          status: 'complete',
          failed: { db: evaluation({}, { dimensionExhausted: { memory: 1 } }).failed.web! },
        }),
      ]
    },
    'lab queued queued=1',
  ],
  [
    'Nomad has the NAT address',
    (s) => {
      allocation(s, 1).ports[0]!.ip = '10.0.2.15'
    },
    'lab nat-address! vm=box-2',
  ],
  [
    'one has no port',
    (s) => {
      allocation(s, 1).ports = []
    },
    'student wire-no-port! @network vm=box-2',
  ],
  [
    'two are at one place',
    (s) => {
      allocation(s, 1).ports = allocation(s, 0).ports
    },
    'student count-other have=2 want=3',
  ],
])('replicas, when %s', (_, change, wanted) => {
  expect(judged('replicas', change, scene(3))).toBe(wanted)
})

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
  })
  return seen
}

test.each<[string, Change, string]>([
  ['two are held back', () => {}, 'met'],
  // As Nomad 2 begins one for a group that lost all of its VMs (docs/discoveries.md).
  ['a deployment waits for the same place', deploying('running'), 'met'],
  [
    'what a deployment placed is not healthy yet',
    deploying('running', 0),
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
    deploying('running', 0),
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

test.each<[string, CriterionId, Change, string]>([
  ['all are at 80', 'port', () => {}, 'met'],
  [
    'one is elsewhere',
    'port',
    (s) => {
      allocation(s, 1).ports[0]!.value = 8080
    },
    'student port-other @port vm=box-2 port=8080 want=80',
  ],
  [
    'no port is wanted',
    'port',
    (s) => {
      delete s.want.port
      allocation(s).ports[0]!.value = 8080
    },
    'met',
  ],
  ['each has its VM', 'own-vm', () => {}, 'met'],
  [
    'two share one',
    'own-vm',
    (s) => {
      allocation(s, 2).nodeName = 'box-2'
    },
    'lab shared-vm vm=box-2',
  ],
  [
    'they are spread',
    'spread',
    (s) => {
      s.job.constraints = [pin]
    },
    'met',
  ],
  [
    'they share a VM by chance',
    'spread',
    (s) => {
      allocation(s, 2).nodeName = 'box-2'
    },
    'met',
  ],
  [
    'the job pins them',
    'spread',
    (s) => {
      s.job.constraints = [pin]
      allocation(s, 2).nodeName = 'box-2'
    },
    `student spread-forced! @constraint filter=\${attr.unique.hostname} = box-1`,
  ],
])('when %s (%s)', (_, id, change, wanted) => {
  expect(judged(id, change, atPort80(3))).toBe(wanted)
})

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

test.each<[string, string, string]>([
  ['nothing changes', held(() => {}), 'met'],
  [
    'a replica restarts',
    held((v) => {
      first(v).tasks[0]!.restarts = 1
    }),
    'student restarted @config',
  ],
  [
    'a replica restarts in between',
    held((v) => {
      first(v).tasks[0]!.restarts = 1
    }, 1),
    'student restarted @config',
  ],
  [
    'a replica failed',
    held(replaced({ client: 'failed' })),
    'student replicas-changed @config vm=box-1',
  ],
  [
    'a replica ended by itself',
    held(replaced({ client: 'complete' })),
    'student replicas-changed @config vm=box-1',
  ],
  [
    'a replica was killed',
    held(replaced({ client: 'complete', tasks: killing })),
    'lab replicas-moved',
  ],
  ['a replica was lost', held(replaced({ client: 'lost' })), 'lab replicas-moved'],
  ['Nomad forgot a replica', held((v) => v.nomad.allocations.shift()), 'lab replicas-moved'],
  ['one more came', held((v) => v.nomad.allocations.push(allocationOn(3))), 'lab replicas-moved'],
  ['the order differs', held((v) => v.nomad.allocations.reverse()), 'met'],
  [
    'something is pending',
    held((v) => {
      v.nomad.evaluations = [clear({ status: 'pending' })]
    }),
    'lab evaluating',
  ],
  ['Nomad is not seen at its start', held(blind, 0), unseenEnds],
  ['Nomad is not seen at its end', held(blind, 2), unseenEnds],
  ['Nomad is not seen in between', held(blind, 1), 'met'],
])('stays, when %s', (_, seen, wanted) => {
  expect(seen).toBe(wanted)
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

test('without a look nothing is known, and neither is what no look can tell', () => {
  const facts = factsOf(scene(1))
  expect(said(judgeCriterion('replicas', { ...facts, views: [] }))).toBe('lab evidence-ends')
  expect(said(judgeCriterion('stays', { ...facts, views: [] }))).toBe('lab evidence-ends')
  expect(said(judgeCriterion('parses', facts))).toBe('lab evidence-ends')
})

test.each<[string, ReturnType<typeof jobOf>, string]>([
  ['as it should be', jobOf([groupOf(1)]), 'nothing'],
  ['in no group', jobOf([]), 'student service-missing! @task service=nginx'],
  [
    'of Nomad’s own discovery',
    jobOf([groupOf(1, { tasks: [taskOf({ services: [serviceOf({ provider: 'nomad' })] })] })]),
    'student service-provider! @service.provider service=nginx',
  ],
  [
    'of both',
    jobOf([
      groupOf(1, {
        services: [serviceOf()],
        tasks: [taskOf({ services: [serviceOf({ provider: 'nomad' })] })],
      }),
    ]),
    'nothing',
  ],
  [
    'under two other names',
    jobOf([
      groupOf(1, { services: [serviceOf({ name: 'a' }), serviceOf({ name: 'b' })], tasks: [] }),
    ]),
    'student service-other-name! @service.name service=nginx names=a, b',
  ],
  [
    'under a name that only the VM knows',
    jobOf([groupOf(1, { services: [serviceOf({ name: `\${node.unique.name}` })], tasks: [] })]),
    `lab service-unclear! service=nginx name=\${node.unique.name}`,
  ],
])('a service %s', (_, job, wanted) => {
  expect(said(neverPossible(job, { service: 'nginx' }))).toBe(wanted)
})

test('a ghost beside two replicas changes nothing for Nomad’s criteria', () => {
  const seen = scene(2)
  seen.view.consul.instances.push(instanceOn(3, { owner: null }))
  expect(judged('replicas', () => {}, seen)).toBe('met')
})
