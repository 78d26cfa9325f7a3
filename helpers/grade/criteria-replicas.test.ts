import { expect, test } from 'vitest'
import {
  allocation,
  allocationOn,
  type Change,
  groupOf,
  instanceOn,
  jobOf,
  judged,
  scene,
  serviceOf,
  taskOf,
  uuid,
} from './testing.ts'
import { clear, collision, evaluation } from './testing-placing.ts'

test.each<[string, Change, string]>([
  ['there are three of three', () => {}, 'met'],
  [
    'Consul has a stranger',
    (s) => s.view.consul.instances.push(instanceOn(4, { owner: null })),
    'met',
  ],
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
    'a task has ended for good, and its shutdown_delay still runs (2.0.5)',
    (s) => {
      Object.assign(allocation(s, 2).tasks[0]!, {
        restarts: 2,
        events: [
          { type: 'Started', message: '', at: 1 },
          { type: 'Terminated', message: 'exit 2', at: 2 },
        ],
      })
    },
    'student crashing @config vm=box-3 text=exit 2 task=server',
  ],
  [
    'one is lost and not yet replaced',
    (s) => {
      allocation(s, 1).client = 'lost'
    },
    'lab count-other have=2 want=3',
  ],
  [
    'one of two tasks is not running',
    (s) => allocation(s).tasks.push({ ...allocation(s).tasks[0]!, state: 'pending' }),
    'lab starting vm=box-1',
  ],
  [
    'one runs that Docker could not start at first',
    (s) => {
      allocation(s).tasks[0]!.events = [{ type: 'Driver Failure', message: 'cgroup', at: 1 }]
    },
    'met',
  ],
  [
    'an older version is pending',
    (s) =>
      s.view.nomad.allocations.push(
        allocationOn(3, { id: uuid(9), version: 7, client: 'pending' }),
      ),
    'met',
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
  ['one is missing', (s) => s.view.nomad.allocations.pop(), 'lab count-other have=2 want=3'],
  [
    'no place was found for one',
    (s) => {
      s.view.nomad.allocations.pop()
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
    'its own group once found no place and one is queued',
    (s) => {
      s.view.nomad.queued = { web: 1 }
      s.view.nomad.evaluations = [evaluation({}, { dimensionExhausted: { memory: 1 } })]
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
