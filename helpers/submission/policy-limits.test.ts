import { expect, test } from 'vitest'
import { groupOf, jobOf, serviceOf, taskOf } from '../grade/testing.ts'
import { tellIn } from '../language/message.ts'
import type { Group, Job, Task } from './job.ts'
import { type Limits, policy } from './policy.ts'

/** `code @place: sentence` for each refusal. */
const refused = (job: Job, limits: Partial<Limits> = {}) =>
  policy(job, limits).map(
    ({ code, place, sentence }) => `${code} @${place}: ${tellIn(sentence, 'en')}`,
  )
const ofJob = (more: Partial<Job>) => jobOf([groupOf(1)], more)
const ofGroup = (more: Partial<Group>) => jobOf([groupOf(1, more)])
const ofTask = (more: Partial<Task>) => ofGroup({ tasks: [taskOf(more)] })
const resources = (more: Partial<Task['resources']>) => ({
  cpu: 100,
  cores: 0,
  memory: 300,
  memoryMax: 0,
  ...more,
})

test.each<[string, Job]>([
  ['the usual job', ofJob({})],
  ['ten allocations', jobOf([groupOf(10)])],
  ['ten in two groups', jobOf([groupOf(4, { name: 'a' }), groupOf(6, { name: 'b' })])],
  ['a count below 0', jobOf([groupOf(-5), groupOf(10)])],
  ['as much CPU as may be', ofTask({ resources: resources({ cpu: 2000 }) })],
  ['as much memory as may be', ofTask({ resources: resources({ memory: 1024, memoryMax: 1024 }) })],
  ['as many cores as may be', ofTask({ resources: resources({ cores: 2 }) })],
  ['the Consul namespace default', ofGroup({ consulNamespace: 'default' })],
  ['an image of an allowed registry', ofTask({ image: 'ghcr.io/x/nginx:1' })],
  ['a task without an image', ofTask({ image: '' })],
])('%s is allowed', (_, job) => {
  expect(refused(job)).toEqual([])
})

test.each<[string, Job, string]>([
  ['type', ofJob({ type: 'batch' }), 'The job has the type "batch"; only service is allowed.'],
  [
    'namespace',
    ofJob({ namespace: 'x' }),
    'The job asks for the namespace "x"; only default is allowed.',
  ],
  ['periodic', ofJob({ periodic: true }), 'The job is periodic, which is not allowed.'],
  [
    'parameterized',
    ofJob({ parameterized: true }),
    'The job is parameterized or dispatched, which is not allowed.',
  ],
  ['vault', ofJob({ vault: true }), 'The job carries access to Vault, which is not allowed.'],
  ['count', jobOf([groupOf(11)]), 'The job asks for 11 allocations; at most 10 are allowed.'],
  [
    'count',
    jobOf([groupOf(5), groupOf(6), groupOf(-5)]),
    'The job asks for 11 allocations; at most 10 are allowed.',
  ],
  [
    'cpu',
    ofTask({ resources: resources({ cpu: 2001 }) }),
    'The group "web" asks for 2001 MHz; 2000 are allowed.',
  ],
  [
    'cores',
    ofTask({ resources: resources({ cores: 3 }) }),
    'The group "web" asks for 3 cores; 2 are allowed.',
  ],
  [
    'driver',
    ofTask({ driver: 'exec' }),
    'The task "server" uses the driver "exec"; only docker is allowed.',
  ],
  ['driver', ofTask({ driver: '' }), 'The task "server" names no driver; only docker is allowed.'],
  [
    'artifact',
    ofTask({ artifacts: 1 }),
    'The task "server" downloads an artifact, which is not allowed.',
  ],
  [
    'vault',
    ofTask({ vault: true }),
    'The task "server" asks for access to Vault, which is not allowed.',
  ],
])('%s is refused with its sentence', (code, job, sentence) => {
  expect(refused(job)).toEqual([`${code} @${code}: ${sentence}`])
})

test.each<[string, Job, string]>([
  [
    'memory @memory',
    ofTask({ resources: resources({ memory: 1025 }) }),
    'asks for 1025 MB of memory',
  ],
  [
    'memory @memory',
    ofTask({ resources: resources({ memoryMax: 2048 }) }),
    'asks for 2048 MB of memory',
  ],
  [
    'volume @volume',
    ofGroup({ volumes: [{ name: 'v', type: 'host' }] }),
    'The group "web" asks for a volume of the host or of a storage plugin, which is not allowed.',
  ],
  [
    'namespace @consul',
    ofGroup({ consulNamespace: 'x' }),
    'The group "web" asks for the Consul namespace "x", which is not allowed.',
  ],
  [
    'gateway @gateway',
    ofGroup({ services: [serviceOf({ gateway: true })] }),
    'The group "web" asks for a Connect gateway, which is not allowed.',
  ],
  [
    'secret @secret',
    ofTask({ secrets: 1 }),
    'The task "server" reads a secret of the cluster, which is not allowed.',
  ],
  [
    'identity @identity',
    ofTask({ identities: ['x'] }),
    'The task "server" asks for an identity of its own, which is not allowed.',
  ],
  [
    'volume @volume_mount',
    ofTask({ volumeMounts: 1 }),
    'The task "server" mounts a volume of the host or of a storage plugin, which is not allowed.',
  ],
  [
    'csi-plugin @csi_plugin',
    ofTask({ csiPlugin: true }),
    'The task "server" starts a storage plugin, which is not allowed.',
  ],
  [
    'dispatch @dispatch_payload',
    ofTask({ dispatchPayload: true }),
    'The task "server" waits for a dispatched payload, which is not allowed.',
  ],
  [
    'registry @image',
    ofTask({ image: 'evil.example/nginx' }),
    'The image "evil.example/nginx" comes from evil.example; allowed: docker.io, quay.io, ghcr.io, public.ecr.aws.',
  ],
  [
    'image-unclear @image',
    ofTask({ image: 'evil.example/$' + '{meta.x}' }),
    'The image of the task "server" is only known when it runs; write its name.',
  ],
])('%s is refused with its sentence', (code, job, sentence) => {
  const all = refused(job)
  expect(all).toHaveLength(1)
  expect(all[0]).toContain(`${code}: `)
  expect(all[0]).toContain(sentence)
})

test('the tasks of a group share its limits, those of two groups do not', () => {
  const half = (name: string) => taskOf({ name, resources: resources({ cpu: 1500, memory: 600 }) })
  expect(
    refused(ofGroup({ tasks: [half('a'), half('b')] })).map((said) => said.split(' ')[0]),
  ).toEqual(['cpu', 'memory'])
  expect(
    refused(
      jobOf([
        groupOf(1, { name: 'a', tasks: [half('a')] }),
        groupOf(1, { name: 'b', tasks: [half('b')] }),
      ]),
    ),
  ).toEqual([])
  expect(
    refused(
      ofGroup({
        tasks: [
          half('a'),
          taskOf({ name: 'b', resources: resources({ cpu: -1000, memory: -600 }) }),
        ],
      }),
    ),
  ).toEqual([])
})

test('a teacher’s limits are taken instead', () => {
  expect(refused(ofJob({}), { count: 0 })[0]).toContain('at most 0 are allowed')
  expect(refused(ofJob({}), { cpu: 99, memory: 299 })).toHaveLength(2)
  expect(refused(ofJob({}), { registries: ['quay.io'] })[0]).toContain(
    'comes from docker.io; allowed: quay.io.',
  )
  expect(refused(ofJob({}), { foreignJobs: ['nginx'] })).toEqual([
    'foreign-job @job: The cluster already has a job called "nginx" that belongs to someone else.',
  ])
})

test('a sidecar of the student’s own is a task too', () => {
  const sidecar = taskOf({ name: 'side', driver: 'raw_exec' })
  expect(refused(ofGroup({ services: [serviceOf({ sidecar })] }))).toEqual([
    'driver @driver: The task "side" uses the driver "raw_exec"; only docker is allowed.',
  ])
})
