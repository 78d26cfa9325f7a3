import { expect, test } from 'vitest'
import { groupOf, jobOf, serviceOf, taskOf } from '../grade/testing.ts'
import type { Job, Port } from './job.ts'
import {
  candidateFrom,
  distance,
  exactStage,
  kindOfStage,
  nearestStage,
  stageByWords,
  stageInName,
} from './recognise.ts'
import type { StageId } from './types.ts'

const withPort = (count: number, port: Partial<Port>, more: Partial<Job> = {}) =>
  jobOf(
    [
      groupOf(count, {
        networks: [{ mode: '', ports: [{ label: 'http', value: 0, to: 80, ...port }] }],
      }),
    ],
    more,
  )
const apache = (count: number) =>
  jobOf([
    groupOf(count, {
      tasks: [taskOf({ image: 'httpd:2.4', services: [serviceOf({ name: 'apache' })] })],
    }),
  ])

test.each<[string, Job, StageId | undefined]>([
  ['one at a dynamic port', withPort(1, {}), '01.1'],
  ['three at a dynamic port', withPort(3, {}), '01.3'],
  ['two at a dynamic port', withPort(2, {}), undefined],
  ['three at port 80', withPort(3, { value: 80 }), '02.1'],
  ['three at port 80 without to', withPort(3, { value: 80, to: 0 }), '02.1'],
  ['one at port 80', withPort(1, { value: 80 }), undefined],
  ['three at port 8080', withPort(3, { value: 8080 }), undefined],
  ['a port that leads elsewhere', withPort(1, { to: 8080 }), undefined],
  ['a port that leads nowhere', withPort(1, { to: 0 }), undefined],
  ['one apache', apache(1), '03.1'],
  ['two apaches', apache(2), undefined],
  ['a batch job', withPort(1, {}, { type: 'batch' }), undefined],
  ['something that only Nomad can evaluate', withPort(1, {}, { unresolved: ['count'] }), undefined],
  ['nothing', jobOf([]), undefined],
  [
    'a second service at no port',
    jobOf([
      groupOf(1, {
        tasks: [taskOf({ services: [serviceOf({ name: 'x', port: 'x' }), serviceOf()] })],
      }),
    ]),
    '01.1',
  ],
  ['another image', jobOf([groupOf(1, { tasks: [taskOf({ image: 'caddy' })] })]), undefined],
  [
    'an image that docker does not publish',
    jobOf([groupOf(1, { tasks: [taskOf({ ports: [] })] })]),
    undefined,
  ],
  [
    'a service of Nomad’s own',
    jobOf([groupOf(1, { tasks: [taskOf({ services: [serviceOf({ provider: 'nomad' })] })] })]),
    undefined,
  ],
  [
    'a service at no port',
    jobOf([groupOf(1, { tasks: [taskOf({ services: [serviceOf({ port: '' })] })] })]),
    undefined,
  ],
  [
    'two groups, one and two',
    jobOf([groupOf(1, { name: 'a' }), groupOf(2, { name: 'b' })]),
    '01.3',
  ],
  [
    'a group at 80 and one that is dynamic',
    jobOf([...withPort(2, { value: 80 }).groups, ...withPort(1, {}).groups]),
    undefined,
  ],
  [
    'an nginx in bridge mode, which needs no publishing',
    jobOf([
      groupOf(1, {
        networks: [{ mode: 'bridge', ports: [{ label: 'http', value: 0, to: 80 }] }],
        tasks: [taskOf({ ports: [] })],
      }),
    ]),
    '01.1',
  ],
  [
    'an nginx beside which something else runs',
    jobOf([groupOf(1, { tasks: [taskOf({ image: 'redis', services: [] }), taskOf()] })]),
    '01.1',
  ],
])('%s is exactly %3$s', (_, job, stage) => {
  expect(exactStage(job)).toBe(stage)
})

test.each<[string, StageId | undefined]>([
  ['01.1-nginx.nomad', '01.1'],
  ['1.1.nomad', '01.1'],
  ['01.2.nomad', '01.1'],
  ['01.3.nomad', '01.3'],
  ['01.4.nomad', '01.3'],
  ['ex1_3.nomad', '01.3'],
  ['ex-2-1.nomad', '02.1'],
  ['02.3.nomad', '02.1'],
  ['03.1-apache.nomad', '03.1'],
  ['03.4.nomad', '03.1'],
  ['01.1/01.3.nomad', '01.3'],
  ['02/nginx.nomad', '02.1'],
  ['03/x.nomad', '03.1'],
  ['part02/nginx.nomad', '02.1'],
  ['02-static/nginx.nomad', '02.1'],
  ['01/nginx.nomad', undefined],
  ['nginx.nomad', undefined],
  ['nginx-1.22.1.nomad', undefined],
  ['04.1.nomad', undefined],
  ['01.5.nomad', undefined],
  ['a/b/02/nginx.nomad', '02.1'],
  ['nginx02.nomad', undefined],
  ['11.1.nomad', undefined],
  ['01.13.nomad', undefined],
])('the name %s says %s', (name, stage) => {
  expect(stageInName(name)).toBe(stage)
})

test.each<[string, StageId | undefined]>([
  ['apache.nomad', '03.1'],
  ['httpd.hcl', '03.1'],
  ['nginx-static.nomad', '02.1'],
  ['estàtic.nomad', '02.1'],
  ['estatic.nomad', '02.1'],
  ['nginx80.nomad', '02.1'],
  ['nginx8080.nomad', '02.1'],
  ['nginx3.nomad', '01.3'],
  ['tres.nomad', '01.3'],
  ['three.hcl', '01.3'],
  ['replicas.json', '01.3'],
  ['nginx.nomad', undefined],
  ['apache/nginx.nomad', undefined],
  ['nginx800.nomad', undefined],
  ['x30.nomad', undefined],
])('words of the name %s say %s', (name, stage) => {
  expect(stageByWords(name)).toBe(stage)
})

const read = (file: string, text: string, format: 'hcl' | 'json' = 'hcl') =>
  candidateFrom({ file, format, text })
const broken =
  'job "web" {\n  group "g" {\n    count = 3\n    network {\n      port "http" { static = 80 }\n    }\n    task "t" {\n      config { image = "nginx:1" }\n      service { name = "nginx" }\n  '

test('what does not parse is guessed at: service, image, count and port', async () => {
  const { kind, count, staticPort, exact, hint } = await read('x.nomad', broken)
  expect({ kind, count, staticPort, exact, hint }).toEqual({
    kind: 'nginx',
    count: 3,
    staticPort: 80,
    exact: undefined,
    hint: undefined,
  })
  expect(await read('x.nomad', 'job "apache" {')).toMatchObject({
    kind: 'apache',
    count: 1,
    staticPort: 0,
  })
  expect(await read('x.nomad', 'job "x" {')).toMatchObject({ kind: undefined })
})

test.each([
  ['nginx.nomad', 'job "x" {', 'nginx'],
  ['ngnix.nomad', 'job "x" {', 'nginx'],
  ['ngix.nomad', 'job "x" {', 'nginx'],
  ['nginx.nomad', 'job "apache" {', 'apache'],
  ['apache.nomad', 'job "nginx" {', 'nginx'],
  ['apache/x.nomad', 'job "x" {', undefined],
  ['03.1.nomad', 'job "x" {', 'apache'],
  ['02.1.nomad', 'job "x" {', 'nginx'],
  ['x.nomad', 'job "nginx" {\n service { name = "apache" }\n', 'apache'],
  ['x.nomad', 'job "x" {\n config { image = "httpd" }\n service { name = "nginx" }\n', 'nginx'],
  ['x.nomad', 'job "nginx" {\n config { image = "httpd" }\n', 'nginx'],
  ['x.nomad', 'job "x" {\n config { image = "nginx/httpd" }\n', 'apache'],
  [
    'apache.nomad',
    'job "apache" {\n service { name = "nginx" }\n config { image = "nginx" }\n',
    'nginx',
  ],
  ['x.nomad', 'job "x" {\n meta { name = "apache" }\n', undefined],
])('%s with %j points to %s', async (file, text, kind) => {
  expect((await read(file, text)).kind).toBe(kind)
})

test('the nearest stage goes by kind, port and count', async () => {
  const base = await read('x.nomad', broken)
  expect(nearestStage(base)).toBe('02.1')
  expect(nearestStage({ ...base, kind: 'apache' })).toBe('03.1')
  expect(nearestStage({ ...base, staticPort: 0 })).toBe('01.3')
  expect(nearestStage({ ...base, staticPort: 0, count: 2 })).toBe('01.3')
  expect(nearestStage({ ...base, staticPort: 0, count: 1 })).toBe('01.1')
  expect(['01.1', '01.3', '02.1', '03.1'].map((id) => kindOfStage(id as StageId))).toEqual([
    'nginx',
    'nginx',
    'nginx',
    'apache',
  ])
})

test('each thing that is otherwise makes a file farther from a stage', async () => {
  const base = {
    ...(await read('nginx.nomad', broken)),
    parsed: { job: withPort(3, {}) },
    exact: '02.1' as const,
    hint: '02.1' as const,
  }
  expect(distance(base, '02.1')).toBe(0)
  expect(distance({ ...base, exact: undefined }, '02.1')).toBe(16)
  expect(distance({ ...base, parsed: { problem: { code: '', sentence: '' } } }, '02.1')).toBe(8)
  expect(distance({ ...base, hint: undefined }, '02.1')).toBe(4)
  expect(distance({ ...base, count: 2 }, '02.1')).toBe(4)
  expect(distance({ ...base, staticPort: 8080 }, '02.1')).toBe(4)
  expect(distance({ ...base, format: 'json' }, '02.1')).toBe(2)
  expect(distance({ ...base, file: 'web.nomad' }, '02.1')).toBe(1)
  expect(distance({ ...base, exact: '01.3', hint: '01.3', staticPort: 0 }, '01.3')).toBe(0)
  expect(distance({ ...base, exact: '01.1', hint: '01.1', count: 1 } as never, '01.1')).toBe(0)
  expect(
    distance(
      { ...base, exact: '03.1', hint: '03.1', count: 1, file: 'apache.nomad' } as never,
      '03.1',
    ),
  ).toBe(0)
})

/** A job of two groups; only its group's service, its image or its id says what it is. */
const parsable = (service: string, image: string, id: string, port = '') => `
job "${id}" {
  group "a" {
    count = 2
    network {
      port "a" {}
      port "http" { ${port} }
    }
    service { name = "${service}" }
    task "t" {
      driver = "docker"
      config { image = "${image}" }
    }
  }
  group "b" { 
    count = 3
    task "t" {
      driver = "docker"
      config { image = "busybox" }
    }
  }
}`

test('what parses says the same: service, image, id, count over all groups and static port', async () => {
  const of = async (...job: Parameters<typeof parsable>) => {
    const { parsed, kind, count, staticPort } = await read('x.nomad', parsable(...job))
    return ['job' in parsed, kind, count, staticPort]
  }
  expect(await of('apache', 'x', 'x', 'static = 8080')).toEqual([true, 'apache', 5, 8080])
  expect(await of('x', 'example.org/nginx/httpd:2', 'x')).toEqual([true, 'apache', 5, 0])
  expect(await of('x', 'x', 'nginx-job')).toEqual([true, 'nginx', 5, 0])
  expect(await of('x', 'x', 'x')).toEqual([true, undefined, 5, 0])
})

test('JSON that does not parse is guessed at too', async () => {
  const text =
    '{"job": {"web": {"group": {"g": {"count": 3, "task": {"t": {"config": {"image": "httpd"'
  const seen = await candidateFrom({ file: 'x.json', format: 'json', text })
  expect(seen).toMatchObject({ kind: 'apache', count: 3 })
})
