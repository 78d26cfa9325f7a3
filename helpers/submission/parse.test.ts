import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tellIn } from '../language/message.ts'
import { fromCanonical } from './canonical.ts'
import type { Job } from './job.ts'
import { groupsRegistering, portOf } from './job.ts'
import { parseJob } from './parse.ts'

const fixed = await readFile(
  join(import.meta.dirname, '../../examples/submissions/reference/02.1-nginx.nomad'),
  'utf8',
)

const jobOf = async (text: string, format: 'hcl' | 'json' = 'hcl'): Promise<Job> => {
  const parsed = await parseJob(text, format)
  if ('problem' in parsed) throw new Error(tellIn(parsed.problem.sentence, 'en'))
  return parsed.job
}

const problemOf = async (text: string, format: 'hcl' | 'json' = 'hcl') => {
  const parsed = await parseJob(text, format)
  return 'problem' in parsed ? parsed.problem : undefined
}

test('the sheet’s job, with defaults as Nomad fills them in', async () => {
  const job = await jobOf(fixed)
  expect(job).toMatchObject({ id: 'nginx', type: 'service', datacenters: ['dc1'], unresolved: [] })
  const [group] = groupsRegistering(job, 'nginx')
  expect(group).toMatchObject({
    count: 3,
    update: { maxParallel: 1, minHealthyTimeMs: 10_000, canary: 0, autoPromote: false },
    restart: { delayMs: 15_000 },
    tasks: [{ image: 'nginx:1.22.1', ports: ['http'], killTimeoutMs: 5_000 }],
  })
  expect(portOf(group!, 'http')).toEqual({ label: 'http', value: 80, to: 80 })
})

test('the text and what Nomad makes of it give the same job', async () => {
  const task = {
    Name: 'nginx',
    Driver: 'docker',
    Config: { image: 'nginx:1.22.1', ports: ['http'], auth_soft_fail: true },
    Resources: { CPU: 500, MemoryMB: 256, MemoryMaxMB: null },
    Services: [{ Name: 'nginx', PortLabel: 'http', Provider: 'consul', Checks: null }],
    KillTimeout: 5_000_000_000,
    Identities: [{ Name: 'default', Env: false, File: false }],
  }
  const network = {
    Mode: '',
    DynamicPorts: null,
    ReservedPorts: [{ Label: 'http', Value: 80, To: 80 }],
  }
  const group = { Name: 'nginx', Count: 3, Networks: [network], Services: null, Tasks: [task] }
  const api = { ID: 'nginx', Namespace: 'default', Datacenters: ['dc1'], TaskGroups: [group] }
  expect(fromCanonical(api)).toEqual(await jobOf(fixed))
  expect(await jobOf(JSON.stringify({ Job: api }), 'json')).toEqual(await jobOf(fixed))
})

test('HCL written as JSON, and a service in the group without a name', async () => {
  const group = { count: 2, service: { port: 'http' }, task: { t: { driver: 'docker' } } }
  const job = await jobOf(JSON.stringify({ job: { web: { group: { g: group } } } }), 'json')
  expect(job.groups[0]).toMatchObject({ name: 'g', count: 2, services: [{ name: 'web-g' }] })
})

test('variables with a default and locals are filled in; functions are left to Nomad', async () => {
  const job = await jobOf(`
variable "n" { default = 3 }
locals { tag = "1.22.1" }
job "a" {
  group "g" {
    count = var.n
    task "t" {
      driver = "docker"
      config {
        image = "nginx:\${local.tag}"
        command = upper("x")
      }
    }
  }
}`)
  expect(job.groups[0]).toMatchObject({ count: 3, tasks: [{ image: 'nginx:1.22.1' }] })
  expect(job.unresolved).toEqual(['job a group g task t config command'])
})

test('durations, checks, constraints and a job’s update strategy', async () => {
  const job = await jobOf(`
job "a" {
  update {
    max_parallel = 3
  }
  group "g" {
    shutdown_delay = "1m30s"
    update {
      canary = 1
    }
    constraint {
      operator = "distinct_hosts"
      value = "true"
    }
    service {
      name = "nginx"
      check {
        type = "http"
        interval = "2s"
        timeout = "500ms"
      }
    }
  }
}`)
  expect(job.groups[0]).toMatchObject({
    shutdownDelayMs: 90_000,
    update: { maxParallel: 3, canary: 1 },
    constraints: [{ operator: 'distinct_hosts', value: 'true' }],
    services: [{ checks: [{ type: 'http', intervalMs: 2_000, timeoutMs: 500 }] }],
  })
})

test('a syntax error is one sentence with its line', async () => {
  const problem = await problemOf(fixed.replace('network {', 'network'))
  expect(problem).toMatchObject({ code: 'syntax', line: 7 })
  expect(tellIn(problem?.sentence ?? '', 'en')).toMatch(/^Nomad cannot read the file: .*\.$/)
  expect(await problemOf('{\n"a":\n', 'json')).toMatchObject({ code: 'syntax' })
})

test.each([
  ['', 'empty'],
  ['a = 1\n', 'no-job'],
  ['job "a" {}\njob "b" {}\n', 'two-jobs'],
  ['job "a" {', 'syntax'],
  ['\0', 'syntax'],
  [`a = ${'['.repeat(5000)}`, 'too-deep'],
  [`a = ${'!'.repeat(5000)}1`, 'too-deep'],
  [' '.repeat(70_000), 'too-large'],
])('%.20j is a problem', async (text, code) => {
  expect(await problemOf(text)).toMatchObject({ code })
})

test('a text that kills the parser does not keep the next one from being read', async () => {
  const hidden = `a = "\${ /* " */ ${'['.repeat(6000)}`
  expect(await problemOf(hidden)).toBeDefined()
  expect(await jobOf(fixed)).toMatchObject({ id: 'nginx' })
})

test.each([null, 1, 'x', [], { TaskGroups: [null, 1, { Tasks: [{ Config: 3, Services: 'x' }] }] }])(
  'canonical JSON that is %j gives a job all the same',
  (value) => {
    expect(fromCanonical(value)).toMatchObject({ type: 'service' })
  },
)
