import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  all,
  andGroup,
  andTask,
  check,
  count,
  cut,
  inGroup,
  inJob,
  inService,
  inTask,
  named,
  pin,
  put,
  recorded,
} from './edits.ts'
import { type Entry, right } from './entry.ts'

/** Job files that real clusters were asked about, which only look like mistakes. */
export const recordedRight: Entry[] = [
  right('right-dynamic', '01.1', recorded('right-dynamic')),
  right('right-static', '02.1', recorded('right-static')),
  right('static without to', '02.1', recorded('static-without-to')),
  right('the service in the group', '01.1', recorded('group-service')),
  right('a job of another name', '01.1', recorded('job-other-name')),
]

/** The same file, written otherwise. */
export const writtenOtherwise: Entry[] = [
  { ...right('the sheet word for word', '01.1', (text) => text), whole: true },
  right('Windows line ends', '01.1', put(/\n/g, '\r\n')),
  right('a byte order mark', '01.1', put(/^/, '\uFEFF')),
  right('tabs', '01.1', put(/ {2}/g, '\t')),
  right(
    'a comment in Catalan',
    '01.1',
    put(/^/, "# desplegament del servidor d'aplicació nginx\n"),
  ),
  right(
    'comments of the other two kinds',
    '02.1',
    put('count = 3', '// tres rèpliques\n    /* una per\n    màquina */\n    count = 3'),
  ),
  right(
    'one line for a block',
    '01.1',
    put(/port "http" \{\s*to = 80\s*\}/, 'port "http" { to = 80 }'),
  ),
  right(
    'attributes in another order',
    '01.1',
    all(cut(/\n {2}datacenters.*/), put(/\n\}\n$/, '\n  datacenters = ["dc1"]\n}\n')),
  ),
  right('no end of line at the end', '01.1', put(/\n$/, '')),
  right(
    'a variable with a default',
    '02.1',
    all(put(/^/, 'variable "n" {\n  default = 3\n}\n'), put('count = 3', 'count = var.n')),
  ),
  right(
    'a local',
    '02.1',
    all(put(/^/, 'locals {\n  n = 3\n}\n'), put('count = 3', 'count = local.n')),
  ),
  right('count = "3"', '02.1', put('count = 3', 'count = "3"')),
  right('count left out where it is 1', '01.1', cut(/ *count.*\n/)),
  right(
    'quotes around keys of a map, as HCL1 had',
    '01.1',
    inTask('      env = {\n        "LANG" = "ca_ES.UTF-8"\n      }'),
  ),
  right(
    'a here-document',
    '01.1',
    inTask('      meta {\n        about = <<EOT\nEl servidor\nEOT\n      }'),
  ),
]

/** Other names, and settings that the sheet does not have. */
export const settings: Entry[] = [
  // What an update in place makes of them: the sheet edits one job.
  ...[
    right('max_parallel = 3', '02.1', inJob('  update {\n    max_parallel = 3\n  }')),
    right(
      'min_healthy_time = "60s"',
      '02.1',
      inJob('  update {\n    min_healthy_time = "60s"\n  }'),
    ),
    right(
      'a canary with auto_promote',
      '01.3',
      inJob('  update {\n    canary       = 1\n    auto_promote = true\n  }'),
    ),
    right('kill_timeout = "100s"', '02.1', inTask('      kill_timeout = "100s"')),
    right('a check in all three', '02.1', check('/', '5s')),
    right('two groups, one and two replicas', '02.1', twoGroups),
    right('two groups, one and two replicas, on Nomad 2', '02.1', twoGroups, {
      versions: { nomad: '2.0.5', consul: '1.14.4' },
    }),
  ].map((entry) => ({ ...entry, after: entry.files?.['02.1'] ? '01.3' : '01.1' })),
  // Without waiting for the deployment its VM would be stopped too early for a replacement.
  right(
    'a disconnect block, on Nomad 2',
    '01.1',
    inGroup('    disconnect {\n      lost_after = "1h"\n    }'),
    {
      versions: { nomad: '2.0.5', consul: '1.14.4' },
    },
  ),
  right('odd labels', '01.1', all(named('pràctica-6'), put('task "nginx"', 'task "servidor_web"'))),
  right('capitals in names of job and group', '02.1', named('NGINX')),
  right(
    'another label for the port',
    '01.1',
    all(put('port "http"', 'port "web"'), put('["http"]', '["web"]'), put('= "http"', '= "web"')),
  ),
  right('tags', '01.1', inService('        tags = ["web", "pràctica"]')),
  { ...right('the latest nginx', '01.1', put('nginx:1.22.1', 'nginx')), pulled: ['01.1', '01.2'] },
  right(
    'the image with its registry',
    '01.1',
    put('nginx:1.22.1', 'docker.io/library/nginx:1.22.1'),
  ),
  right('no resources', '01.1', cut(/\n {6}resources \{[^}]*\}\n/)),
  right('no auth_soft_fail', '01.1', cut(/\n *auth_soft_fail.*/)),
  right('type = "service"', '01.1', inJob('  type = "service"')),
  right(
    'distinct_hosts',
    '02.1',
    inJob('  constraint {\n    operator = "distinct_hosts"\n    value    = "true"\n  }'),
  ),
  right(
    'a constraint that every VM meets',
    '02.1',
    inJob(
      '  constraint {\n    attribute = "$' + '{attr.kernel.name}"\n    value     = "linux"\n  }',
    ),
  ),
  right('a constraint that leaves out one VM', '01.1', inGroup(pin('!=', 'box-8'))),
  right('shutdown_delay', '02.1', inTask('      shutdown_delay = "5s"')),
  right('a check that passes', '01.1', check('/')),
  right('a check every 90 s, critical until the first', '01.1', check('/', '90s')),
  right(
    'two tasks, the second without a service',
    '01.1',
    andTask(
      '    task "other" {\n      driver = "docker"\n\n      config {\n        image = "httpd:2.4.55"\n      }\n\n      resources {\n        cpu    = 100\n        memory = 64\n      }\n    }',
    ),
  ),
  right(
    'a second group with a service of its own',
    '01.1',
    andGroup(
      '\n  group "other" {\n    network {\n      port "web" {\n        to = 80\n      }\n    }\n\n    task "other" {\n      driver = "docker"\n\n      config {\n        image = "httpd:2.4.55"\n        ports = ["web"]\n      }\n\n      service {\n        name = "other"\n        port = "web"\n      }\n    }\n  }',
    ),
  ),
  right(
    'a second port',
    '01.1',
    put('      port "http"', '      port "admin" {}\n      port "http"'),
  ),
  right(
    'apache at the static port of 02',
    '03.1',
    put('to = 80', 'static = 80\n        to     = 80'),
  ),
  right('on Nomad 2 without datacenters', '01.1', cut(/ *datacenters.*\n/), {
    versions: { nomad: '2.0.5', consul: '1.14.4' },
  }),
]

function twoGroups(job: string): string {
  const [group = ''] = /\n {2}group "nginx" \{[\s\S]*\n {2}\}\n/.exec(job) ?? []
  const other = count(2)(group.replace('group "nginx"', 'group "other"'))
  return job.replace(group, count(1)(group) + other)
}

const canonical = fileURLToPath(
  new URL('../conformance/recordings/parse-nginx-2.0.5.json', import.meta.url),
)
/** The job as the API takes it. */
export const jsonJob = (): string =>
  JSON.stringify({ Job: JSON.parse(readFileSync(canonical, 'utf8')).body }, null, 2)
