import { expect, test } from 'vitest'
import { judgeCriterion, neverPossible } from './criteria.ts'
import type { CriterionId } from './rubric.ts'
import {
  allocation,
  atPort80,
  type Change,
  constraint,
  factsOf,
  groupOf,
  jobOf,
  judged,
  said,
  scene,
  serviceOf,
  taskOf,
} from './testing.ts'

const pin = constraint(`\${attr.unique.hostname}`, '=', 'box-1')

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
