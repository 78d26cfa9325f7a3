import { expect, test } from 'vitest'
import { fromCanonical } from '../submission/canonical.ts'
import { askedReplicas, registering, serviceNames, tasksServing } from './replicas.ts'
import { groupOf, jobOf, serviceOf, taskOf } from './testing.ts'

/** A job of Nomad's API with one task-level service. */
const job = (name: string, count: number) =>
  fromCanonical({
    ID: 'nginx',
    Name: 'nginx',
    TaskGroups: [
      {
        Name: 'web',
        Count: count,
        Tasks: [
          { Name: 'server', Services: [{ Name: name, PortLabel: 'http', Provider: 'consul' }] },
        ],
      },
    ],
  })

test.each([
  ['nginx', 'nginx'],
  ['$' + '{JOB}', 'nginx'],
  ['$' + '{NOMAD_JOB_NAME}', 'nginx'],
  ['$' + '{TASKGROUP}', 'web'],
  ['$' + '{TASK}', 'server'],
  ['$' + '{BASE}', 'nginx-web-server'],
])('a service called %s is %s, and its replicas are counted under that name', (written, name) => {
  expect(serviceNames(job(written, 3))).toEqual([name])
  expect(askedReplicas(job(written, 3), name)).toBe(3)
})

test('a name that only the VM can tell stays as it is and registers nothing else', () => {
  const unclear = job('$' + '{node.unique.name}', 3)
  expect(registering(unclear, 'nginx')).toEqual([])
  expect(askedReplicas(unclear, 'nginx')).toBe(0)
})

const web = taskOf({ name: 'web' })
/** A task that neither publishes a port nor registers anything. */
const idle = taskOf({ name: 'idle', ports: [], services: [] })
const other = taskOf({ name: 'other', ports: [], services: [serviceOf({ name: 'other' })] })
const owner = taskOf({
  name: 'owner',
  ports: [],
  services: [serviceOf({ name: 'other' }), serviceOf({ name: '$' + '{JOB}' })],
})
const twice = taskOf({ name: 'twice', services: [serviceOf(), serviceOf()] })

test.each<[string, ReturnType<typeof groupOf>[], string[]]>([
  ['that publish its port', [groupOf(1, { tasks: [idle, owner, web] })], ['web']],
  ['that register it, where none does', [groupOf(1, { tasks: [other, owner] })], ['owner']],
  [
    'of its group, where neither is so',
    [groupOf(1, { services: [serviceOf({ port: '80' })], tasks: [idle, { ...idle }] })],
    ['idle', 'idle'],
  ],
  ['of its own groups', [groupOf(1, { tasks: [idle] }), groupOf(1, { tasks: [web] })], ['web']],
  [
    'of the job, where nothing registers it',
    [groupOf(1, { tasks: [idle] }), groupOf(1, { tasks: [idle] })],
    ['idle', 'idle'],
  ],
  ['once each', [groupOf(1, { tasks: [twice] })], ['twice']],
])('what answers for a service is one of the tasks %s', (_, groups, names) => {
  expect(tasksServing(jobOf(groups), 'nginx').map(({ name }) => name)).toEqual(names)
})
