import { expect, test } from 'vitest'
import { allocationOn, type Change, groupOf, judged, scene } from './testing.ts'
import { clear, collision, deploying, evaluation, failure } from './testing-placing.ts'
import type { TaskState } from './view.ts'

/** The job has a second group, which registers nothing. */
const withDb: Change = (s) => {
  s.job.groups.push(groupOf(1, { name: 'db', services: [], tasks: [] }))
}

/** A deployment of version 1 goes on, and its second group, of which one of `version` runs, has no port. */
const dbWaits =
  (version: number): Change =>
  (s) => {
    withDb(s)
    const { nomad } = s.view
    nomad.job!.version = 1
    for (const one of nomad.allocations) one.version = 1
    nomad.allocations.push(allocationOn(4, { group: 'db', version, client: 'pending', tasks: [] }))
    nomad.allocations.at(-1)!.desired = 'stop'
    deploying('running')(s)
    nomad.deployment!.version = 1
    nomad.queued = { db: 1 }
    nomad.evaluations = [evaluation({ failed: { db: failure({ dimensionExhausted: collision }) } })]
  }

/** One of the second group has failed, and Nomad keeps it for later. */
const dbFailed =
  (...tasks: Partial<TaskState>[]): Change =>
  (s) => {
    withDb(s)
    const task = { name: 'db', state: 'dead', failed: true, restarts: 0, events: [] }
    const failed = { group: 'db', client: 'failed', tasks: tasks.map((t) => ({ ...task, ...t })) }
    s.view.nomad.allocations.push(allocationOn(4, failed))
    const description = 'created for delayed rescheduling'
    s.view.nomad.evaluations = [clear({ status: 'pending', description })]
  }

test.each<[string, Change, string]>([
  [
    'one of another group has failed, and is kept for later',
    dbFailed({ events: [{ type: 'Terminated', message: 'exit 1', at: 1 }] }),
    'student crashing @config vm=box-4 text=exit 1 task=db',
  ],
  [
    'one of another group has failed without a word, and is kept for later',
    dbFailed({}),
    'lab starting vm=box-4',
  ],
  [
    'one of another group has failed before its tasks, and is kept for later',
    dbFailed(),
    'lab starting vm=box-4',
  ],
  [
    'another group finds no place',
    (s) => {
      withDb(s)
      s.view.nomad.queued = { web: 0, db: 1 }
      s.view.nomad.evaluations = [
        evaluation({
          failed: { db: failure({ dimensionExhausted: { memory: 1 } }) },
        }),
      ]
    },
    'student placement-resources group=db dimension=memory',
  ],
  [
    'another group waits for the port of the version before, in an update',
    dbWaits(0),
    'lab queued queued=1',
  ],
  [
    'another group finds no port, and nothing of it is older',
    dbWaits(1),
    'student placement-port group=db dimension=network: port collision',
  ],
  [
    'another group had found none and one is queued',
    (s) => {
      withDb(s)
      s.view.nomad.queued = { db: 1 }
      s.view.nomad.evaluations = [
        evaluation({
          status: 'complete',
          failed: { db: failure({ dimensionExhausted: { memory: 1 } }) },
        }),
      ]
    },
    'lab queued queued=1',
  ],
])('replicas, when %s', (_, change, wanted) => {
  expect(judged('replicas', change, scene(3))).toBe(wanted)
})
