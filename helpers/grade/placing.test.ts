import { expect, test } from 'vitest'
import {
  canaryTrouble,
  clientTrouble,
  deploymentTrouble,
  heldUp,
  isDeciding,
  isDeploying,
  isRolling,
  jobTrouble,
  placementOf,
  placementTrouble,
} from './placing.ts'
import { constraint, type Scene, said, scene, serviceOf, taskOf } from './testing.ts'
import { clear, deploying, evaluation, failure } from './testing-placing.ts'
import type { PlacementFailure } from './view.ts'

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
  view.nomad.evaluations = [evaluation({ failed: { web: failure(more) } })]
  expect(said(placementTrouble(view.nomad, job))).toBe(wanted)
})

test('an evaluation of a registering before this one says nothing of the job', () => {
  const { job, view } = scene(1)
  if (!view.nomad.job) throw new Error('the scene has a job')
  view.nomad.job.changedAt = 6
  const failed = { web: failure({ constraintFiltered: { 'a = b': 1 } }) }
  view.nomad.evaluations = [evaluation({ createIndex: 5, failed })]
  expect(placementTrouble(view.nomad, job)).toBeUndefined()
  view.nomad.evaluations.push(evaluation({ createIndex: 6, failed }))
  expect(said(placementTrouble(view.nomad, job))).toMatch('placement-constraint')
})

test('Nomad decides nothing of this job where what is pending is for later, or of a registering before', () => {
  const { view } = scene(1)
  if (!view.nomad.job) throw new Error('the scene has a job')
  view.nomad.job.changedAt = 6
  view.nomad.evaluations = [clear({ createIndex: 5, status: 'pending' })]
  expect(isDeciding(view.nomad)).toBe(false)
  const description = 'created for delayed rescheduling'
  view.nomad.evaluations.push(clear({ createIndex: 6, status: 'pending', description }))
  expect(isDeciding(view.nomad)).toBe(false)
  view.nomad.evaluations.push(clear({ createIndex: 6, status: 'pending' }))
  expect(isDeciding(view.nomad)).toBe(true)
})

test('the newest evaluation that failed to place speaks, a cancelled one never', () => {
  const { job, view } = scene(1)
  const filtered = (by: string) => ({ web: failure({ constraintFiltered: { [by]: 1 } }) })
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
    evaluation({ failed: { a: failure(), b: failure({ dimensionExhausted: { cpu: 1 } }) } }),
  ]
  expect(said(placementTrouble(view.nomad, job))).toBe(
    'student placement-resources @cpu group=b dimension=cpu',
  )
})

const deployed = (status: string, group = {}) => {
  const seen = scene(3)
  deploying(status, group)(seen)
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
  const text = 'text=late'
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

test('held up: something is blocked now, whatever else is done', () => {
  const { view, job, want } = scene(1)
  const full = evaluation({}, { dimensionExhausted: { memory: 1 } })
  view.nomad.evaluations = [full, clear({ id: 'f', status: 'complete' })]
  expect(said(heldUp(view.nomad, job, want))).toContain('placement-resources')
  view.nomad.evaluations = [{ ...full, status: 'complete' }]
  expect(heldUp(view.nomad, job, want)).toBeUndefined()
})

test('a deployment waits for a place only when one is blocked and all it placed is healthy', () => {
  const { view, want } = deployed('running')
  Object.assign(want, { deploymentDone: true, heldBack: true })
  view.nomad.evaluations = [evaluation()]
  expect(isDeploying(view.nomad, want)).toBe(false)
  view.nomad.evaluations = [evaluation({ status: 'complete' })]
  expect(isDeploying(view.nomad, want)).toBe(true)
  view.nomad.evaluations = [evaluation()]
  const { groups } = view.nomad.deployment!
  groups.db = { ...groups.web!, healthy: 0 }
  expect(isDeploying(view.nomad, want)).toBe(true)
})

const host = '$' + '{attr.unique.hostname}'
const pinnedTo = (...values: string[]) =>
  values.map((value) =>
    constraint(host, value.startsWith('!') ? '!=' : '=', value.replace('!', '')),
  )
const named = { constraintFiltered: { [`${host} = box-4`]: 3 } }
const noPort = { dimensionExhausted: { 'network: port collision': 2 } }
const node = ({ view }: Scene, name: string) => view.nomad.nodes.find((n) => n.name === name)!

/** `asked` replicas on four clients, of which box-4 takes none. */
function setAside(asked: number, failed: Partial<PlacementFailure>, ...values: string[]) {
  const seen = scene(asked, 4)
  seen.want.clients = ['box-1', 'box-2', 'box-3']
  node(seen, 'box-4').eligibility = 'ineligible'
  seen.job.constraints = pinnedTo(...values)
  seen.view.nomad.evaluations = [evaluation({}, failed)]
  return seen
}

const placeOf = ({ view, job, want }: Scene) => said(placementOf(view.nomad, job, want))
const unfit = 'lab placement-unfit names=box-4'

test('a place that only a client which is not fit could give is the lab’s', () => {
  expect(placeOf(setAside(1, named, 'box-4'))).toBe(unfit)
  expect(placeOf(setAside(3, noPort, '!box-1'))).toBe(unfit)
  expect(placeOf(setAside(4, noPort))).toBe(unfit)
  const unclear = setAside(1, named)
  unclear.job.constraints = [constraint('$' + '{meta.rack}', '=', 'r1')]
  expect(placeOf(unclear)).toBe(unfit)
})

test('a place that no client could give is the job’s, whether one is not fit or all are', () => {
  expect(placeOf(setAside(1, named, 'box-9'))).toContain('student placement-constraint')
  expect(placeOf(setAside(3, noPort, '!box-4'))).toContain('student placement-port')
  expect(placeOf(setAside(3, noPort))).toContain('student placement-port')
  const other = setAside(1, named, 'box-4')
  node(other, 'box-4').datacenter = 'dc2'
  expect(placeOf(other)).toContain('student placement-constraint')
  const stopped = setAside(1, named, 'box-4')
  stopped.want.avoiding = ['box-4']
  expect(placeOf(stopped)).toContain('student placement-constraint')
})

test.each([
  ['eligibility', 'ineligible'],
  ['status', 'down'],
  ['dockerHealthy', false],
])('a client that is counted on is not fit when its %s is %s', (key, value) => {
  const seen = setAside(3, noPort, '!box-1')
  seen.want.clients.push('box-4')
  Object.assign(node(seen, 'box-4'), { eligibility: 'eligible' })
  expect(placeOf(seen)).toContain('student placement-port')
  Object.assign(node(seen, 'box-4'), { [key]: value })
  expect(placeOf(seen)).toBe(unfit)
})

test('what is the lab’s already stays what it is, and all clients that are not fit are named', () => {
  const drivers = { constraintFiltered: { 'missing drivers': 1 } }
  expect(placeOf(setAside(1, drivers, 'box-4'))).toBe('lab placement-lab filter=missing drivers')
  const two = setAside(3, noPort)
  node(two, 'box-3').eligibility = 'ineligible'
  expect(placeOf(two)).toBe('lab placement-unfit names=box-3, box-4')
})

test('held up for want of a client, but not of one that we stopped', () => {
  const seen = setAside(1, named, 'box-4')
  const held = () => said(heldUp(seen.view.nomad, seen.job, seen.want))
  expect(held()).toBe(unfit)
  seen.want.avoiding = ['box-4']
  expect(held()).toContain('student placement-constraint')
})
