import { expect, test } from 'vitest'
import {
  askedReplicas,
  leftoverNotes,
  leftoversOf,
  memberAddresses,
  registering,
  replicasOf,
  serviceNames,
  slowestCheckMs,
  standing,
} from './replicas.ts'
import {
  allocationOn,
  groupOf,
  inEnglish,
  instanceOn,
  jobOf,
  now,
  scene,
  serviceOf,
  taskOf,
} from './testing.ts'
import type { Allocation, Owner } from './view.ts'

const minute = 60_000

test.each<[string, Partial<Owner> | null, string]>([
  ['runs', {}, 'nothing'],
  ['is starting', { client: 'pending' }, 'nothing'],
  ['is on a VM that begins', { nodeStatus: 'initializing' }, 'stale 0'],
  ['was stopped just now', { desired: 'stop', stoppedAt: now - 5_000 }, 'closing 5000'],
  ['was stopped, when is not known', { desired: 'stop' }, 'closing 0'],
  ['is complete', { client: 'complete', stoppedAt: now - 1_000 }, 'closing 1000'],
  ['failed', { client: 'failed', stoppedAt: now - 1_000 }, 'closing 1000'],
  ['is lost on a VM that is down', { client: 'lost', nodeStatus: 'down' }, 'stale 0'],
  ['runs, says Nomad, on a VM that is down', { nodeStatus: 'down' }, 'stale 0'],
  ['is unknown on a disconnected VM', { client: 'unknown', nodeStatus: 'disconnected' }, 'stale 0'],
  ['is no longer known', { client: '', desired: '' }, 'closing 0'],
  ['was lost, its VM is just back', { client: 'lost', vmBackAt: now - minute }, 'ghost 60000'],
  [
    'was lost, its VM is back for long',
    { client: 'lost', vmBackAt: now - 2 * minute },
    'closing 0',
  ],
  ['nobody here registered', null, 'nothing'],
])('an entry whose allocation %s: %s', (_, owner, wanted) => {
  const { view } = scene(1)
  const [instance] = view.consul.instances
  instance!.owner = owner && { ...instance!.owner!, ...owner }
  const found = leftoversOf(view.consul, now).map(({ kind, age }) => `${kind} ${age}`)
  // A VM that is `initializing` with an allocation meant to run there is on its way.
  const expected = owner?.nodeStatus === 'initializing' ? [] : wanted === 'nothing' ? [] : [wanted]
  expect(found).toEqual(expected)
  expect(standing(view.consul, now)).toHaveLength(1 - expected.length)
})

test('a leftover is named with allocation, VM, place and kind', () => {
  const { view } = scene(2)
  view.consul.instances[1]!.owner!.client = 'lost'
  view.consul.instances[1]!.owner!.nodeStatus = 'down'
  expect(leftoverNotes(view).map(inEnglish)).toEqual([
    "Set aside: Consul's entry of allocation 22222222 on box-2 at 192.168.56.102:20002 is a leftover (stale).",
  ])
  expect(leftoverNotes({ ...view, consul: { error: 'refused' } })).toEqual([])
})

test.each<[string, Partial<Allocation>, number]>([
  ['as it should be', {}, 1],
  ['not meant to run', { desired: 'stop' }, 0],
  ['not running yet', { client: 'pending' }, 0],
  ['of an older version', { version: 1 }, 0],
  ['of another group', { group: 'db' }, 0],
])('an allocation %s: %s, %i replicas', (_, more, count) => {
  const { view, job } = scene(1)
  view.nomad.allocations = [allocationOn(1, more)]
  expect(replicasOf(view.nomad, job, { service: 'nginx' })).toHaveLength(count)
})

test('a replica is where the port of its service is, else at its first port, else nowhere', () => {
  const { view, job } = scene(1)
  const [allocation] = view.nomad.allocations
  const where = () =>
    replicasOf(view.nomad, job, { service: 'nginx' }).map((r) => `${r.vm} ${r.address}:${r.port}`)
  const http = allocation!.ports[0]!
  allocation!.ports = [{ ...http, label: 'admin', value: 9 }, http]
  expect(where()).toEqual(['box-1 192.168.56.101:20001'])
  allocation!.ports = [{ ...http, label: 'admin', value: 9 }]
  expect(where()).toEqual(['box-1 192.168.56.101:9'])
  allocation!.ports = []
  expect(where()).toEqual(['box-1 :0'])
  view.nomad.job = null
  expect(where()).toEqual([])
})

test('replicas are counted over the groups that register the service, each group once', () => {
  const twice = taskOf({ services: [serviceOf(), serviceOf({ port: 'admin' })] })
  const job = jobOf([
    groupOf(2, { name: 'a', tasks: [twice] }),
    groupOf(3, { name: 'b' }),
    groupOf(4, { name: 'c', tasks: [taskOf({ services: [serviceOf({ name: 'other' })] })] }),
    groupOf(1, { name: 'd', services: [serviceOf()], tasks: [taskOf({ services: [] })] }),
  ])
  expect(askedReplicas(job, 'nginx')).toBe(6)
  expect(registering(job, 'nginx').map(({ group }) => group.name)).toEqual(['a', 'a', 'b', 'd'])
  expect(serviceNames(job)).toEqual(['nginx', 'nginx', 'nginx', 'other', 'nginx'])
})

test.each([
  [`\${JOB}-x`, 'nginx-x'],
  [`\${NOMAD_JOB_ID}`, 'the-id'],
  [`\${NOMAD_JOB_NAME}`, 'nginx'],
  [`\${NOMAD_GROUP_NAME}`, 'web'],
  [`\${NOMAD_TASK_NAME}`, 'server'],
  [`\${env.NOMAD_TASK_NAME}`, 'server'],
  [`\${TASKGROUP}-\${TASK}`, 'web-server'],
  [`\${BASE}`, 'nginx-web-server'],
  [`\${attr.unique.hostname}`, `\${attr.unique.hostname}`],
  [`\${NOMAD_ALLOC_ID}`, `\${NOMAD_ALLOC_ID}`],
])('a task’s service called %s is %s', (written, name) => {
  const task = taskOf({ services: [serviceOf({ name: written })] })
  expect(serviceNames(jobOf([groupOf(1, { tasks: [task] })], { id: 'the-id' }))).toEqual([name])
})

test('in a group’s service there is no task to be named after', () => {
  const job = jobOf([
    groupOf(1, { services: [serviceOf({ name: `\${BASE}.\${TASK}` })], tasks: [] }),
  ])
  expect(serviceNames(job)).toEqual(['nginx-web.'])
})

test('members are who Nomad or Consul knows, as far as they can be asked', () => {
  const { view } = scene(1, 2)
  view.consul.members.push({ name: 'server', address: '192.168.56.100', status: 'alive' })
  view.nomad.nodes[0]!.address = '10.1.1.1'
  const addresses = (seen: Parameters<typeof memberAddresses>[0]) =>
    [...memberAddresses(seen)].sort()
  const consul = ['192.168.56.100', '192.168.56.101', '192.168.56.102']
  expect(addresses(view)).toEqual(['10.1.1.1', ...consul])
  expect(addresses({ ...view, nomad: { error: 'x' } })).toEqual(consul)
  expect(addresses({ ...view, consul: { error: 'x' } })).toEqual(['10.1.1.1', '192.168.56.102'])
})

test('the slowest check has three rounds of interval and timeout', () => {
  const check = (intervalMs: number, timeoutMs: number) => ({
    type: 'http',
    path: '/',
    intervalMs,
    timeoutMs,
  })
  const job = jobOf([
    groupOf(1, {
      tasks: [
        taskOf({ services: [serviceOf({ checks: [check(10_000, 2_000), check(20_000, 5_000)] })] }),
      ],
    }),
  ])
  expect(slowestCheckMs(job)).toBe(75_000)
  expect(slowestCheckMs(jobOf([groupOf(1)]))).toBe(0)
})

test('an entry that carries no allocation of ours stands', () => {
  const { view } = scene(1)
  view.consul.instances.push(instanceOn(9, { owner: null, allocation: '', id: 'nginx' }))
  expect(standing(view.consul, now).map(({ node }) => node)).toEqual(['box-1', 'box-9'])
})
