import { expect, test } from 'vitest'
import { tellIn } from '../language/message.ts'
import { fromCanonical } from './canonical.ts'
import { parseJob } from './parse.ts'
import { placesOf } from './places.ts'
import { policy } from './policy.ts'

interface Parts {
  top?: string
  job?: string
  group?: string
  task?: string
  config?: string
  image?: string
  driver?: string
  resources?: string
}

const write = (parts: Parts): string => `${parts.top ?? ''}
job "nginx" {
  datacenters = ["dc1"]
  ${parts.job ?? ''}
  group "nginx" {
    ${parts.group ?? ''}
    task "nginx" {
      driver = "${parts.driver ?? 'docker'}"
      config {
        image = "${parts.image ?? 'nginx:1.22.1'}"
        ${parts.config ?? ''}
      }
      ${parts.task ?? ''}
      resources {
        ${parts.resources ?? 'cpu = 500\n        memory = 256'}
      }
    }
  }
}
`

/** Codes of what is refused; each must name a place that is in the text. */
async function refused(parts: Parts): Promise<string[]> {
  const text = write(parts)
  const parsed = await parseJob(text, 'hcl')
  if ('problem' in parsed) throw new Error(tellIn(parsed.problem.sentence, 'en'))
  const places = placesOf(text, 'hcl')
  return policy(parsed.job).map(({ code, place }) =>
    place && places[place] ? code : `${code} without a line`,
  )
}

const template = (text: string): Parts => ({
  task: `template {\n destination = "local/x"\n data = <<EOF\n${text}\nEOF\n}`,
})

const forbidden: [string, string, Parts][] = [
  ['type', 'a batch job', { job: 'type = "batch"' }],
  ['type', 'a system job', { job: 'type = "system"' }],
  ['namespace', 'another namespace', { job: 'namespace = "teacher"' }],
  ['periodic', 'a periodic job', { job: 'periodic {\n cron = "* * * * *"\n}' }],
  ['parameterized', 'a parameterized job', { job: 'parameterized {}' }],
  ['count', 'too many', { group: 'count = 11' }],
  [
    'count',
    'too many by a variable',
    { top: 'variable "n" { default = 50 }', group: 'count = var.n' },
  ],
  ['cpu', 'too much CPU', { resources: 'cpu = 2001' }],
  ['cores', 'whole cores', { resources: 'cores = 3' }],
  ['memory', 'too much memory', { resources: 'memory = 64000' }],
  ['memory', 'too much memory at most', { resources: 'memory = 256\n memory_max = 4096' }],
  ['volume', 'a host volume', { group: 'volume "v" {\n type = "host"\n source = "x"\n}' }],
  ['volume', 'a CSI volume', { group: 'volume "v" {\n type = "csi"\n source = "x"\n}' }],
  ['volume', 'a mounted volume', { task: 'volume_mount {\n volume = "v"\n}' }],
  ['csi-plugin', 'a storage plugin', { task: 'csi_plugin {\n id = "x"\n}' }],
  ['driver', 'raw_exec', { driver: 'raw_exec' }],
  ['driver', 'exec', { driver: 'exec' }],
  [
    'driver',
    'a sidecar with a driver of its own',
    { group: 'service {\n connect {\n sidecar_task {\n driver = "raw_exec"\n}\n}\n}' },
  ],
  ['gateway', 'a gateway', { group: 'service {\n connect {\n gateway {}\n}\n}' }],
  ['artifact', 'an artifact', { task: 'artifact {\n source = "http://x/y"\n}' }],
  ['vault', 'vault', { task: 'vault {\n policies = ["root"]\n}' }],
  ['vault', 'vault in the group', { group: 'vault {}' }],
  ['identity', 'an identity', { task: 'identity {\n env = true\n}' }],
  ['identity', 'a plain identity', { task: 'identity {}' }],
  ['secret', 'a secret', { task: 'secret "x" {\n provider = "nomad"\n}' }],
  ['dispatch', 'a payload', { task: 'dispatch_payload {\n file = "x"\n}' }],
  ['registry', 'a registry that is not allowed', { image: 'evil.example/nginx:1' }],
  ['registry', 'a registry on the machine', { image: 'localhost:5000/nginx' }],
  ['image-unclear', 'an image that is known late', { image: `\${meta.image}` }],
  ['docker-privileged', 'privileged', { config: 'privileged = true' }],
  ['docker-privileged', 'privileged as text', { config: 'privileged = "true"' }],
  ['docker-privileged', 'privileged as a number', { config: 'privileged = 1' }],
  ['docker-privileged', 'privileged that is known late', { config: `privileged = "\${meta.p}"` }],
  ...['network_mode', 'pid_mode', 'ipc_mode', 'userns_mode'].flatMap(
    (mode): [string, string, Parts][] => {
      const code = `docker-${mode.replace('_', '-')}`
      return [
        [code, `${mode} of the host`, { config: `${mode} = "host"` }],
        [code, `${mode} of a container`, { config: `${mode} = "container:x"` }],
        [code, `${mode} known late`, { config: `${mode} = "\${NOMAD_META_mode}"` }],
      ]
    },
  ),
  ['docker-cap-add', 'a capability', { config: 'cap_add = ["SYS_ADMIN"]' }],
  ['docker-devices', 'a device', { config: 'devices = [{ host_path = "/dev/sda" }]' }],
  [
    'docker-security-opt',
    'a security option',
    { config: 'security_opt = ["apparmor=unconfined"]' },
  ],
  ['docker-volume-driver', 'a volume driver', { config: 'volume_driver = "local"' }],
  ['docker-runtime', 'a runtime', { config: 'runtime = "other"' }],
  ['docker-load', 'an image from a file', { config: 'load = "local/x.tar"' }],
  ...['/:/host', '../../x:/x', 'local/../../../x:/x', '~/x:/x', `\${env}:/x`, 'C:\\\\x:/x'].map(
    (volume): [string, string, Parts] => [
      'docker-volumes',
      `the volume ${volume}`,
      { config: `volumes = ["local/a:/a", "${volume}"]` },
    ],
  ),
  ...[
    'type = "bind"\n source = "/etc"',
    'type = "bind"\n source = "../../x"',
    `type = "bind"\n source = "\${meta.x}"`,
    'type = "bind"',
    'type = "volume"\n source = "shared"',
    'source = "shared"',
  ].map((mount): [string, string, Parts] => [
    'docker-mount',
    `the mount ${mount}`,
    { config: `mount {\n ${mount}\n target = "/x"\n}` },
  ]),
  [
    'docker-mounts',
    'a list of mounts',
    { config: 'mounts = [{ type = "bind", source = "/", target = "/x" }]' },
  ],
  ['template', 'a template that is a file', { task: 'template {\n source = "/etc/passwd"\n}' }],
  [
    'template',
    'a template written elsewhere',
    { task: 'template {\n destination = "../../x"\n data = "x"\n}' },
  ],
  ...[
    '{{ file "/etc/passwd" }}',
    '{{ env "HOME" }}',
    '{{env "AWS_SECRET_ACCESS_KEY"}}',
    '{{ "HOME" | env }}',
    '{{ (print "HO" "ME") | env }}',
    '{{ "}}" }}{{ env "HOME" }}',
    '{{ print "}}" (env "HOME") }}',
    '{{/* a */}}{{ env "HOME" }}',
    '{{ with secret "x" }}{{ .Data }}{{ end }}',
    '{{ with nomadVar "x" }}{{ . }}{{ end }}',
    '{{ key "x" }}',
    '{{ sprig_env "HOME" }}',
    '{{ plugin "x" }}',
    '{{ env "HOME"',
  ].map((text): [string, string, Parts] => ['template', text, template(text)]),
  [
    'template',
    'other delimiters',
    {
      task: 'template {\n left_delimiter = "[["\n right_delimiter = "]]"\n destination = "local/x"\n data = "[[ file `/etc/passwd` ]]"\n}',
    },
  ],
]

test.each(forbidden)('%s: %s is refused', async (code, _, parts) => {
  expect(await refused(parts)).toEqual([code])
})

const allowed: [string, Parts][] = [
  ['the sheet’s job', {}],
  ['an empty type', { job: 'type = "service"' }],
  ['the limits themselves', { group: 'count = 10', resources: 'cpu = 2000\n memory = 1024' }],
  ['the default namespace', { job: 'namespace = "default"' }],
  ['host networking of the group', { group: 'network {\n mode = "host"\n}' }],
  ['another registry', { image: 'quay.io/nginx/nginx:1' }],
  ['privileged = false', { config: 'privileged = false' }],
  ['an empty cap_add', { config: 'cap_add = []' }],
  ['cap_drop', { config: 'cap_drop = ["ALL"]' }],
  ['network_mode = "bridge"', { config: 'network_mode = "bridge"' }],
  [
    'a relative volume',
    { config: 'volumes = ["local/x:/usr/share/nginx/html:ro", "../alloc/y:/y"]' },
  ],
  ['a tmpfs mount', { config: 'mount {\n type = "tmpfs"\n target = "/x"\n}' }],
  [
    'a bind mount inside',
    { config: 'mount {\n type = "bind"\n source = "local/x"\n target = "/x"\n}' },
  ],
  [
    'a sidecar with other resources',
    { group: 'service {\n connect {\n sidecar_task {\n resources {\n cpu = 50\n}\n}\n}\n}' },
  ],
  [
    'a template in the task’s folder',
    { task: `template {\n destination = "\${NOMAD_TASK_DIR}/x"\n data = "x"\n}` },
  ],
  ['plain text', template('server { listen 80; }\nfile env secret')],
  [
    'Nomad’s own variables',
    template('{{ env "NOMAD_PORT_http" }} {{ env "NOMAD_ALLOC_ID" | toUpper }}'),
  ],
  [
    'services',
    template('{{ range service "nginx" }}{{ .Address }}:{{ .Port }}{{ else }}none{{ end }}'),
  ],
  ['a comment', template('{{/* env "HOME" */}} ok {{- /* file */ -}}')],
  ['a word in a string', template('{{ print "env" `file` }}')],
]

test.each(allowed)('%s is allowed', async (_, parts) => {
  expect(await refused(parts)).toEqual([])
})

test('groups are counted together, tasks of a group as well', () => {
  const task = { Name: 't', Driver: 'docker', Resources: { CPU: 1500, MemoryMB: 100 } }
  const groups = ['a', 'b'].map((Name) => ({ Name, Count: 6, Tasks: [task, task] }))
  expect(policy(fromCanonical({ ID: 'x', TaskGroups: groups })).map(({ code }) => code)).toEqual([
    'count',
    'cpu',
    'cpu',
  ])
})

test('what Nomad adds by itself is not the student’s', () => {
  const identities = [
    { Name: 'default', Env: false, File: false },
    { Name: 'consul_default', Audience: ['consul.io'] },
  ]
  const job = (Identities: object[]) =>
    fromCanonical({ ID: 'x', TaskGroups: [{ Tasks: [{ Driver: 'docker', Identities }] }] })
  expect(policy(job(identities))).toEqual([])
  expect(policy(job([{ Name: 'default', Env: true }]))).toMatchObject([{ code: 'identity' }])
  expect(policy(job([{ Name: 'mine' }]))).toMatchObject([{ code: 'identity' }])
})

test('a job that belongs to someone else, and other limits', () => {
  const job = fromCanonical({ ID: 'nginx', TaskGroups: [] })
  expect(policy(job, { foreignJobs: ['nginx'] })).toMatchObject([
    { code: 'foreign-job', place: 'job' },
  ])
})
