import { expect, test } from 'vitest'
import { fromCanonical } from '../submission/canonical.ts'
import { askedReplicas, registering, serviceNames } from './replicas.ts'

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
