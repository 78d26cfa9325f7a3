import { expect, test } from 'vitest'
import {
  canaryTrouble,
  clientTrouble,
  deploymentTrouble,
  isRolling,
  jobTrouble,
  placementTrouble,
  troubleOf,
} from './placing.ts'
import { allocationOn, said, scene, serviceOf, taskOf } from './testing.ts'
import type { Evaluation, PlacementFailure } from './view.ts'

type Event = [type: string, message: string]

const troubleAfter = (events: Event[], state = 'pending') =>
  said(
    troubleOf(
      allocationOn(1, {
        tasks: [
          {
            name: 'server',
            state,
            failed: false,
            restarts: 0,
            events: events.map(([type, message], at) => ({ type, message, at })),
          },
        ],
      }),
    ),
  )

const failure: [string, string][] = [
  // Docker's words, recordings/mistakes and cluster-facts §6.
  ['Failed to pull `nginx:9`: API error (404): manifest unknown', 'student image-unknown! @image'],
  ['Failed to pull `x`: pull access denied for x', 'student image-unknown! @image'],
  ['Failed to pull `x`: not found: manifest', 'student image-unknown! @image'],
  ['Failed to pull `nginx:1.22.1`: API error (404): manifest unknown', 'lab registry'],
  ['Failed to pull `docker.io/library/httpd:2.4.55`: manifest unknown', 'lab registry'],
  ['Failed to pull `x/nginx:1.22.1`: manifest unknown', 'student image-unknown! @image'],
  ['Failed to pull `x`: API error (404): dial tcp: i/o timeout', 'lab registry'],
  ['Failed to pull `x`: manifest unknown, then 503 Service Unavailable', 'lab registry'],
  ['Failed to pull `x`: toomanyrequests: manifest unknown', 'lab registry'],
  ['Failed to pull `x`: dial tcp: lookup registry-1.docker.io', 'lab registry'],
  ['Failed to find docker auth for repo "x"', 'lab registry'],
  ['Port "web" not found, check network block', 'student docker-port-label! @ports'],
  ['bind: address already in use', 'lab host-port-taken'],
  ['Bind for 0.0.0.0:80 failed: port is already allocated', 'lab host-port-taken'],
  ['write /var/lib/docker: no space left on device', 'lab disk-full'],
  ['exec: "nope": executable file not found in $PATH', 'student driver-failure @command'],
  ['exec: "/x": stat /x: no such file or directory', 'student driver-failure @command'],
  ['exec: "/etc": permission denied', 'student driver-failure @command'],
  ['OCI runtime create failed: cgroup', 'lab driver-failure'],
]

test.each(failure)('a driver failure, %s: %s', (text, wanted) => {
  const vm = /image-unknown|registry|taken|full|driver/.test(wanted) ? ' vm=box-1' : ''
  expect(troubleAfter([['Driver Failure', text]])).toBe(`${wanted}${vm} text=${text}`)
})

test.each<[Event[], string, string]>([
  [[], 'pending', 'nothing'],
  [[['Received', 'Task received by client']], 'pending', 'nothing'],
  [[['Driver', 'Downloading image']], 'pending', 'lab pulling vm=box-1'],
  [[['Driver', 'Something else']], 'pending', 'nothing'],
  [[['Other', 'Downloading image']], 'pending', 'nothing'],
  [
    [
      ['Driver', 'Downloading image'],
      ['Started', ''],
    ],
    'running',
    'nothing',
  ],
  [
    [
      ['Terminated', 'Exit Code: 1'],
      ['Driver', 'Downloading image'],
    ],
    'pending',
    'lab pulling vm=box-1',
  ],
  [
    [['Failed Validation', 'missing image']],
    'dead',
    'student config-invalid! @config text=missing image',
  ],
  [
    [['Setup Failure', 'port label not found: web']],
    'dead',
    'student setup-failed! @service.port text=port label not found: web',
  ],
  [
    [['Setup Failure', 'invalid port']],
    'dead',
    'student setup-failed! @service.port text=invalid port',
  ],
  [[['Setup Failure', 'no cni']], 'dead', 'lab driver-failure vm=box-1 text=no cni'],
  [
    [['Terminated', 'Exit Code: 1']],
    'pending',
    'student crashing @config vm=box-1 text=Exit Code: 1 task=server',
  ],
  [[['Terminated', 'Exit Code: 1']], 'running', 'nothing'],
  [
    [
      ['Terminated', 'Exit Code: 1'],
      ['Restarting', ''],
    ],
    'pending',
    'student crashing @config vm=box-1 text=Exit Code: 1 task=server',
  ],
])('task events %j, %s: %s', (events, state, wanted) => {
  expect(troubleAfter(events, state)).toBe(wanted)
})

test('the newest of two failures is told, of whichever task has one', () => {
  expect(
    troubleAfter([
      ['Terminated', 'first'],
      ['Failed Validation', 'second'],
    ]),
  ).toContain('second')
  const two = allocationOn(1)
  two.tasks.push({ ...two.tasks[0]!, name: 'side', state: 'dead' })
  two.tasks[1]!.events = [{ type: 'Terminated', message: 'gone', at: 1 }]
  expect(said(troubleOf(two))).toBe('student crashing @config vm=box-1 text=gone task=side')
})

const why = (more: Partial<PlacementFailure> = {}): PlacementFailure => ({
  nodesEvaluated: 3,
  nodesFiltered: 0,
  nodesExhausted: 0,
  nodesAvailable: { dc1: 3 },
  constraintFiltered: {},
  dimensionExhausted: {},
  coalesced: 0,
  ...more,
})

const evaluation = (more: Partial<Evaluation> = {}): Evaluation => ({
  id: 'e',
  status: 'complete',
  triggeredBy: 'job-register',
  description: '',
  blockedEval: '',
  createIndex: 1,
  failed: { web: why() },
  ...more,
})

test.each<[Partial<PlacementFailure>, string]>([
  [
    { nodesAvailable: { dc1: 0, dc2: 0 } },
    'student placement-datacenter @datacenters datacenter=dc1, dc9',
  ],
  [{ nodesAvailable: { dc1: 2, dc9: 2 } }, 'nothing'],
  [{ nodesAvailable: {} }, 'student placement-datacenter @datacenters datacenter=dc1, dc9'],
  [
    { dimensionExhausted: { 'network: port collision': 2 } },
    'student placement-port @static group=web dimension=network: port collision',
  ],
  [
    { dimensionExhausted: { memory: 1, 'network: port collision': 2 } },
    'student placement-port @static group=web dimension=network: port collision',
  ],
  [
    { dimensionExhausted: { memory: 2, cpu: 1 } },
    'student placement-resources @memory group=web dimension=memory, cpu',
  ],
  [{ constraintFiltered: { 'missing drivers': 1 } }, 'lab placement-lab filter=missing drivers'],
  [
    { constraintFiltered: { x: 2, 'attr.consul.version semver >= 1.7.0': 1 } },
    'lab placement-lab filter=attr.consul.version semver >= 1.7.0',
  ],
  [
    { constraintFiltered: { 'a = b': 3, 'c = d': 1 } },
    'student placement-constraint @constraint filter=a = b, c = d',
  ],
  [{}, 'nothing'],
])('nothing placed, because of %j: %s', (more, wanted) => {
  const { job, view } = scene(1)
  job.datacenters = ['dc1', 'dc9']
  view.nomad.evaluations = [evaluation({ failed: { web: why(more) } })]
  expect(said(placementTrouble(view.nomad, job))).toBe(wanted)
})

test('the newest evaluation that failed to place speaks, a cancelled one never', () => {
  const { job, view } = scene(1)
  const filtered = (by: string) => ({ web: why({ constraintFiltered: { [by]: 1 } }) })
  view.nomad.evaluations = [
    evaluation({ createIndex: 9, failed: {} }),
    evaluation({ createIndex: 5, failed: filtered('newest') }),
    evaluation({ createIndex: 3, failed: filtered('older') }),
    evaluation({ createIndex: 8, status: 'canceled', failed: filtered('cancelled') }),
  ]
  expect(said(placementTrouble(view.nomad, job))).toContain('filter=newest')
  view.nomad.evaluations = [evaluation({ failed: {} })]
  expect(placementTrouble(view.nomad, job)).toBeUndefined()
})

test('of several groups the first that says why', () => {
  const { job, view } = scene(1)
  view.nomad.evaluations = [
    evaluation({ failed: { a: why(), b: why({ dimensionExhausted: { cpu: 1 } }) } }),
  ]
  expect(said(placementTrouble(view.nomad, job))).toBe(
    'student placement-resources @cpu group=b dimension=cpu',
  )
})

const deployed = (status: string, group = {}) => {
  const seen = scene(3)
  seen.view.nomad.deployment = {
    id: 'd',
    version: 0,
    status,
    description: 'Failed due to progress deadline',
    groups: {
      web: { desired: 3, placed: 1, healthy: 1, canaries: 0, promoted: false, ...group },
    },
  }
  return seen
}

test.each<[string, object, string]>([
  ['running', { canaries: 1, healthy: 1 }, 'student canary! @canary canaries=1'],
  ['running', { canaries: 2, healthy: 1 }, 'nothing'],
  ['running', { canaries: 0, healthy: 1 }, 'nothing'],
  ['running', { canaries: 1, healthy: 2, promoted: true }, 'nothing'],
  ['successful', { canaries: 1, healthy: 1 }, 'nothing'],
])('a %s deployment with %j: %s', (status, group, wanted) => {
  expect(said(canaryTrouble(deployed(status, group).view.nomad))).toBe(wanted)
})

test('a deployment of another version says nothing of this one', () => {
  const { view, job } = deployed('running', { canaries: 1, healthy: 1 })
  expect(isRolling(view.nomad)).toBe(true)
  view.nomad.deployment!.version = 1
  expect(isRolling(view.nomad)).toBe(false)
  expect(canaryTrouble(view.nomad)).toBeUndefined()
  expect(deploymentTrouble(view, job, { have: 1, want: 3 })).toBeUndefined()
  view.nomad.deployment = null
  expect(isRolling(view.nomad)).toBe(false)
  expect(canaryTrouble(view.nomad)).toBeUndefined()
  view.nomad.job = null
  expect(isRolling(view.nomad)).toBe(false)
})

test('a deployment that is not done is the rollout, a bad check or an unhealthy allocation', () => {
  const counts = { have: 1, want: 3 }
  const trouble = ({ view, job }: ReturnType<typeof deployed>) =>
    said(deploymentTrouble(view, job, counts))
  expect(trouble(deployed('running'))).toBe('lab rolling have=1 want=3')
  expect(trouble(deployed('successful'))).toBe('nothing')
  expect(trouble(deployed('cancelled'))).toBe('nothing')
  const failed = deployed('failed')
  const text = 'text=Failed due to progress deadline'
  expect(trouble(failed)).toBe(`lab deployment-failed ${text}`)
  failed.view.nomad.allocations[0]!.deploymentHealthy = true
  expect(trouble(failed)).toBe(`lab deployment-failed ${text}`)
  failed.view.nomad.allocations[0]!.deploymentHealthy = false
  expect(trouble(failed)).toBe(`student deployment-failed @update ${text}`)
  failed.view.nomad.allocations[0]!.version = 7
  expect(trouble(failed)).toBe(`lab deployment-failed ${text}`)
})

test('a critical check of this version is the job’s, one of the node or of another version is not', () => {
  const seen = deployed('running')
  const trouble = () => deploymentTrouble(seen.view, seen.job, { have: 1, want: 3 })
  const checks = seen.view.consul.instances[1]!.checks
  checks[0]!.status = 'critical'
  expect(said(trouble())).toBe('lab rolling have=1 want=3')
  checks.push({ id: 'c', status: 'critical', output: 'HTTP 404' })
  expect(said(trouble())).toBe('student consul-critical @check vm=box-2 text=HTTP 404')
  checks[1]!.status = 'passing'
  expect(said(trouble())).toBe('lab rolling have=1 want=3')
  checks[1]!.status = 'critical'
  seen.view.consul.instances[1]!.owner!.version = 4
  expect(said(trouble())).toBe('lab rolling have=1 want=3')
  seen.view.consul.instances[1]!.owner = null
  expect(said(trouble())).toBe('lab rolling have=1 want=3')
})

test('a slow check is given its time: three rounds of interval and timeout', () => {
  const seen = deployed('running')
  const slow = { type: 'http', path: '/', intervalMs: 60_000, timeoutMs: 10_000 }
  seen.job.groups[0]!.tasks = [taskOf({ services: [serviceOf({ checks: [slow] })] })]
  seen.view.consul.instances[0]!.checks.push({ id: 'c', status: 'critical', output: '' })
  const outcome = deploymentTrouble(seen.view, seen.job, { have: 1, want: 3 })
  expect(outcome).toMatchObject({ reason: { patienceMs: 210_000 } })
})

test('without Consul a deployment is still read', () => {
  const { view, job } = deployed('running')
  const blind = { ...view, consul: { error: 'refused' } }
  expect(said(deploymentTrouble(blind, job, { have: 1, want: 3 }))).toBe(
    'lab rolling have=1 want=3',
  )
})

test('a client that is not ready, or that Nomad does not know, is the lab’s', () => {
  const { view } = scene(1)
  expect(clientTrouble(view.nomad, ['box-1', 'box-2'])).toBeUndefined()
  view.nomad.nodes[1]!.status = 'down'
  expect(clientTrouble(view.nomad, ['box-1'])).toBeUndefined()
  expect(said(clientTrouble(view.nomad, ['box-1', 'box-2']))).toBe(
    'lab client-missing vm=box-2 status=down',
  )
  expect(said(clientTrouble(view.nomad, ['box-9']))).toBe(
    'lab client-missing vm=box-9 status=unknown to Nomad',
  )
})

test('a job that was stopped or purged by somebody else is hopeless, and nobody’s mark', () => {
  const { view } = scene(1)
  expect(jobTrouble(view.nomad)).toBeUndefined()
  view.nomad.job!.stop = true
  expect(said(jobTrouble(view.nomad))).toBe('lab job-vanished')
  view.nomad.job = null
  expect(said(jobTrouble(view.nomad))).toBe('lab job-vanished')
})
