import { expect, test } from 'vitest'
import type { Port } from '../submission/job.ts'
import { deadEnd, sheetListens } from './dead-end.ts'
import { groupOf, inEnglish, jobOf, serviceOf, taskOf } from './testing.ts'

const withPort = (port: Partial<Port>, task = taskOf()) =>
  jobOf([
    groupOf(1, {
      networks: [{ mode: '', ports: [{ label: 'http', value: 0, to: 80, ...port }] }],
      tasks: [task],
    }),
  ])
const why = (job: ReturnType<typeof jobOf>) => deadEnd(job, 'nginx', sheetListens)

test.each<[string, ReturnType<typeof jobOf>]>([
  ['it is published and leads to 80', withPort({})],
  ['it is static 80 without `to`', withPort({ value: 80, to: 0 })],
  [
    'another task of the group publishes it',
    jobOf([groupOf(1, { tasks: [taskOf({ ports: [] }), taskOf()] })]),
  ],
  [
    'Nomad forwards it in bridge mode',
    jobOf([
      groupOf(1, {
        networks: [{ mode: 'bridge', ports: [{ label: 'http', value: 0, to: 80 }] }],
        tasks: [taskOf({ ports: [] })],
      }),
    ]),
  ],
  ['the port is declared nowhere', jobOf([groupOf(1, { networks: [] })])],
  [
    'the job registers another service',
    jobOf([groupOf(1, { tasks: [taskOf({ services: [serviceOf({ name: 'x' })], ports: [] })] })]),
  ],
])('nothing is a dead end when %s', (_, job) => {
  expect(why(job)).toBeUndefined()
})

test.each<[string, ReturnType<typeof jobOf>, string, string]>([
  [
    'docker does not publish it',
    withPort({}, taskOf({ ports: [] })),
    'config',
    'the docker config does not publish it, ports = ["http"] is missing',
  ],
  [
    'another driver has it',
    withPort({}, taskOf({ driver: 'exec' })),
    'config',
    'the docker config does not publish it, ports = ["http"] is missing',
  ],
  [
    'it has no `to`',
    withPort({ to: 0 }),
    'to',
    'the network block has no to = 80, so it leads to no port that listens',
  ],
  [
    'it leads elsewhere',
    withPort({ to: 8080 }),
    'to',
    'the network block leads to port 8080 of the container, which listens on 80',
  ],
  [
    'it is static 8080 without `to`',
    withPort({ value: 8080, to: 0 }),
    'to',
    'the network block leads to port 8080 of the container, which listens on 80',
  ],
  [
    'a command runs instead',
    withPort({}, taskOf({ config: { command: 'sleep' } })),
    'command',
    'the task runs a command of its own',
  ],
  [
    'an entrypoint runs instead',
    withPort({}, taskOf({ config: { entrypoint: [] } })),
    'command',
    'the task runs a command of its own',
  ],
])('a dead end: %s', (_, job, place, because) => {
  const found = why(job)
  expect(found && { ...found, because: inEnglish(found.because) }).toEqual({ place, because })
})

test('of several groups and ports, the one of the service counts', () => {
  const other = { label: 'admin', value: 0, to: 9 }
  const good = groupOf(1, {
    networks: [{ mode: '', ports: [other, { label: 'http', value: 0, to: 80 }] }],
  })
  expect(why(jobOf([good]))).toBeUndefined()
  const bad = groupOf(1, { networks: [{ mode: '', ports: [{ label: 'http', value: 0, to: 81 }] }] })
  expect(why(jobOf([good, bad]))?.place).toBe('to')
})
