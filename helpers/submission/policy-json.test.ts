import { expect, test } from 'vitest'
import { fromCanonical } from './canonical.ts'
import { parseJob } from './parse.ts'
import { policy } from './policy.ts'
import type { Body } from './values.ts'

/** Ways round the policy in Nomad's JSON: what Nomad would run is what is refused. */
const docker: Body = { Name: 't', Driver: 'docker', Config: { image: 'nginx:1.22.1' } }
const rawExec: Body = { Name: 't', Driver: 'raw_exec', Config: { command: 'id' } }
const group = (more: Body = {}): Body => ({ Name: 'g', Count: 1, Tasks: [docker], ...more })
const api = (more: Body): Body => ({ ID: 'nginx', Datacenters: ['dc1'], ...more })
const task = (more: Body): Body => api({ TaskGroups: [group({ Tasks: [{ ...docker, ...more }] })] })
const config = (more: Body): Body => task({ Config: { image: 'nginx:1.22.1', ...more } })

async function ofJson(job: unknown): Promise<string[]> {
  const parsed = await parseJob(JSON.stringify(job), 'json')
  return 'problem' in parsed ? [parsed.problem.code] : policy(parsed.job).map(({ code }) => code)
}
const sidecar = (more: Body): Body =>
  api({
    TaskGroups: [
      group({ Services: [{ Name: 's', Connect: { SidecarService: {}, SidecarTask: more } }] }),
    ],
  })

/** Nomad's decoder does not mind the case of a key: the second one wins (seen: 2.0.5). */
const json: [string, unknown, string[]][] = [
  ['a job in Job', { Job: task({ Driver: 'raw_exec' }) }, ['driver']],
  ['a job in job', { job: task({ Driver: 'raw_exec' }) }, ['driver']],
  ['a job in job, and a harmless one in Job', { job: task({}), Job: task({}) }, ['twice']],
  ['keys in lower case', { id: 'x', taskgroups: [{ tasks: [rawExec] }] }, ['driver']],
  ['keys in upper case', { ID: 'x', TASKGROUPS: [{ TASKS: [rawExec] }] }, ['driver']],
  [
    'the long s, which Go takes for an s',
    { ID: 'x', TaskGroups: [{ taſks: [rawExec] }] },
    ['driver'],
  ],
  [
    'the sign for kelvin, which Go takes for a k',
    { ID: 'x', TaskGroups: [{ TasKs: [rawExec] }] },
    ['driver'],
  ],
  [
    'groups twice',
    api({ TaskGroups: [group()], taskgroups: [group({ Tasks: [rawExec] })] }),
    ['twice'],
  ],
  ['tasks twice', api({ TaskGroups: [group({ tasks: [rawExec] })] }), ['twice']],
  ['a driver twice', task({ driver: 'raw_exec' }), ['twice']],
  ['a docker configuration twice', task({ config: { privileged: true } }), ['twice']],
  [
    'a type twice',
    { ...api({ TaskGroups: [group()] }), Type: 'service', type: 'system' },
    ['twice'],
  ],
  [
    'no count, and scaling that begins with 50',
    api({ TaskGroups: [{ Name: 'g', Scaling: { Min: 50, Max: 60 }, Tasks: [docker] }] }),
    ['count'],
  ],
  ['a count as text', api({ TaskGroups: [group({ Count: '11' })] }), ['count']],
  [
    'counts of two groups',
    api({ TaskGroups: [group({ Count: 6 }), group({ Name: 'h', Count: 6 })] }),
    ['count'],
  ],
  [
    'a count below 0 beside a large one',
    api({ TaskGroups: [group({ Count: -9 }), group({ Count: 11 })] }),
    ['count'],
  ],
  ['memory without bound', task({ Resources: { MemoryMB: 64, MemoryMaxMB: -1 } }), ['memory']],
  ['Docker’s own limit of memory', config({ memory_hard_limit: 64_000 }), ['memory']],
  ['Docker’s own limit, known late', config({ memory_hard_limit: `\${meta.x}` }), ['memory']],
  ['memory of Connect’s sidecar', sidecar({ Resources: { MemoryMB: 64_000 } }), ['memory']],
  ['CPU of Connect’s sidecar', sidecar({ Resources: { CPU: 64_000, MemoryMB: 64 } }), ['cpu']],
  ['the driver of Connect’s sidecar', sidecar({ Driver: 'raw_exec' }), ['driver']],
  ['a privileged sidecar', sidecar({ Config: { privileged: true } }), ['docker-privileged']],
  ['a volume of the sidecar', sidecar({ VolumeMounts: [{ Volume: 'v' }] }), ['volume']],
  [
    'a second group',
    api({ TaskGroups: [group(), group({ Name: 'h', Tasks: [rawExec] })] }),
    ['driver'],
  ],
  ['a second task', api({ TaskGroups: [group({ Tasks: [docker, rawExec] })] }), ['driver']],
  [
    'a task before it',
    api({
      TaskGroups: [group({ Tasks: [docker, { ...rawExec, Lifecycle: { Hook: 'prestart' } }] })],
    }),
    ['driver'],
  ],
  [
    'a task after it, privileged',
    api({
      TaskGroups: [
        group({
          Tasks: [
            docker,
            {
              ...docker,
              Lifecycle: { Hook: 'poststop' },
              Config: { image: 'nginx', privileged: true },
            },
          ],
        }),
      ],
    }),
    ['docker-privileged'],
  ],
  [
    'a task before it from elsewhere',
    api({
      TaskGroups: [
        group({
          Tasks: [
            docker,
            { ...docker, Lifecycle: { Hook: 'prestart' }, Config: { image: 'evil.example/x' } },
          ],
        }),
      ],
    }),
    ['registry'],
  ],
  ['a driver in capitals', task({ Driver: 'Docker' }), ['driver']],
  ['a driver with a space', task({ Driver: 'docker ' }), ['driver']],
  ['another namespace', api({ Namespace: 'teacher', TaskGroups: [group()] }), ['namespace']],
  ['every namespace', api({ Namespace: '*', TaskGroups: [group()] }), ['namespace']],
  [
    'Consul’s namespace',
    api({ TaskGroups: [group({ Consul: { Namespace: 'x' } })] }),
    ['namespace'],
  ],
  ['a token of Vault', api({ VaultToken: 'x', TaskGroups: [group()] }), ['vault']],
  ['dispatched', api({ Dispatched: true, TaskGroups: [group()] }), ['parameterized']],
  ['a payload', api({ Payload: 'eA==', TaskGroups: [group()] }), ['parameterized']],
  ['a text that is a list', config({ cap_add: 'SYS_ADMIN' }), ['docker-cap-add']],
  ['a device as a block', config({ devices: { host_path: '/dev/sda' } }), ['docker-devices']],
  ['privileged as text', config({ privileged: 'true' }), ['docker-privileged']],
  ['privileged as 1', config({ privileged: 1 }), ['docker-privileged']],
  [
    'the network of a container',
    config({ network_mode: 'container:nomad' }),
    ['docker-network-mode'],
  ],
  ['the network of a path', config({ network_mode: 'ns:/proc/1/ns/net' }), ['docker-network-mode']],
  ['the host’s network in capitals', config({ network_mode: ' HOST ' }), ['docker-network-mode']],
  ['the host’s names', config({ uts_mode: 'host' }), ['docker-uts-mode']],
  ['the host’s control groups', config({ cgroupns: 'host' }), ['docker-cgroupns']],
  ['a mode that is a list', config({ pid_mode: ['host'] }), ['docker-pid-mode']],
  ['volumes as one text', config({ volumes: '/etc:/x' }), ['docker-volumes']],
  ['a volume that is an object', config({ volumes: [{ source: '/' }] }), ['docker-volumes']],
  [
    'the task’s folder and up',
    config({ volumes: [`\${NOMAD_TASK_DIR}/../..:/x`] }),
    ['docker-volumes'],
  ],
  [
    'a named volume of Docker by its mount',
    config({ mount: { type: 'volume', source: 'other' } }),
    ['docker-mount'],
  ],
  ['mounts as text', config({ mounts: '/:/x' }), ['docker-mounts']],
  ['a pipe of Windows', config({ mount: [{ type: 'npipe', source: 'x' }] }), ['docker-mount']],
  ['a bind in capitals', config({ mount: [{ type: 'BIND', source: '/' }] }), ['docker-mount']],
  [
    'logs to another machine',
    config({ logging: { type: 'syslog', config: { 'syslog-address': 'tcp://198.51.100.7' } } }),
    ['docker-logging'],
  ],
  ['logs to a cloud', config({ logging: [{ driver: 'awslogs' }] }), ['docker-logging']],
  [
    'a template from a file',
    task({ Templates: [{ SourcePath: '/etc/passwd', DestPath: 'local/x' }] }),
    ['template'],
  ],
  [
    'a template’s other delimiters',
    task({
      Templates: [
        {
          EmbeddedTmpl: '<< env `HOME` >>',
          LeftDelim: '<<',
          RightDelim: '>>',
          DestPath: 'local/x',
        },
      ],
    }),
    ['template'],
  ],
  [
    'a template that lists the variables',
    task({
      Templates: [
        { EmbeddedTmpl: '{{ range nomadVarList "" }}{{ . }}{{ end }}', DestPath: 'local/x' },
      ],
    }),
    ['template'],
  ],
  [
    'a template that writes',
    task({
      Templates: [
        { EmbeddedTmpl: '{{ "x" | writeToFile "/etc/x" "" "" "0644" }}', DestPath: 'local/x' },
      ],
    }),
    ['template'],
  ],
  [
    'a default identity in its environment',
    task({ Identity: { Name: 'default', Env: true } }),
    ['identity'],
  ],
  ['an image of the agent’s own machine', config({ image: 'localhost/nginx' }), ['registry']],
  [
    'an image after two schemes',
    config({ image: 'https://https://evil.example/nginx' }),
    ['registry'],
  ],
  [
    'a host that only begins like a registry',
    config({ image: 'docker.io.evil.example/nginx' }),
    ['registry'],
  ],
]

test.each(json)('JSON: %s', async (_, job, refused) => {
  expect(await ofJson(job)).toEqual(refused)
})

const harmless: [string, unknown][] = [
  ['the sheet’s job as JSON', task({})],
  [
    'keys in lower case',
    {
      job: undefined,
      id: 'x',
      taskgroups: [
        { name: 'g', tasks: [{ name: 't', driver: 'docker', config: { image: 'nginx' } }] },
      ],
    },
  ],
  ['an image with its registry', config({ image: 'docker.io/library/nginx:1.22.1' })],
  ['an image with its digest', config({ image: `nginx@sha256:${'a'.repeat(64)}` })],
  ['an image of Docker’s old name', config({ image: 'index.docker.io/library/nginx' })],
  ['a scheme', config({ image: 'https://docker.io/library/nginx' })],
  ['hosts by name', config({ extra_hosts: ['a:127.0.0.1'] })],
  ['a password for the registry', config({ auth: { username: 'u', password: 'p' } })],
  ['logs that stay', config({ logging: { type: 'json-file', config: { 'max-size': '10m' } } })],
  [
    'a prestart task of nginx',
    api({
      TaskGroups: [
        group({ Tasks: [docker, { ...docker, Name: 'p', Lifecycle: { Hook: 'prestart' } }] }),
      ],
    }),
  ],
  ['a task’s environment that reads Nomad', task({ Env: { PORT: `\${NOMAD_PORT_http}` } })],
  ['meta with capitals and without', task({ Meta: { Type: 'a', type: 'b' } })],
  [
    'a sidecar as Connect makes it',
    api({ TaskGroups: [group({ Services: [{ Name: 's', Connect: { SidecarService: {} } }] })] }),
  ],
  [
    'a check with headers',
    api({
      TaskGroups: [
        group({
          Services: [{ Name: 's', Checks: [{ Type: 'http', Path: '/', Header: { Host: ['x'] } }] }],
        }),
      ],
    }),
  ],
  [
    'scaling within the limit',
    api({ TaskGroups: [{ Name: 'g', Scaling: { Min: 2, Max: 5 }, Tasks: [docker] }] }),
  ],
]

test.each(harmless)('JSON that may run: %s', async (_, job) => {
  expect(await ofJson(job)).toEqual([])
})

test('a JSON job is judged and sent in one spelling, and docker’s own keys stay as they are', async () => {
  const { apiJobIn } = await import('./json-job.ts')
  const sent = apiJobIn({
    job: 1,
    id: 'x',
    TASKGROUPS: [{ tasks: [{ config: { Type: 1, type: 2 } }] }],
  })
  expect(sent).toEqual({
    job: 1,
    ID: 'x',
    TaskGroups: [{ Tasks: [{ Config: { Type: 1, type: 2 } }] }],
  })
  expect(fromCanonical(sent).groups[0]?.tasks[0]?.config).toEqual({ Type: 1, type: 2 })
})
