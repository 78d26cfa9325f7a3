import { expect, test } from 'vitest'
import { parseJobFile } from '../hcl/parse.ts'
import { serverJob } from './structs.ts'
import { registerWarnings, validationErrors } from './validate.ts'

const service = (name: string, port = 'http', more = '') =>
  `service {\n name = "${name}"\n port = "${port}"\n ${more}\n }`
const check = 'check {\n name = "c"\n type = "tcp"\n interval = "10s"\n timeout = "2s"\n }'

async function job(group: string[], task: string[], version: '1.4.4' | '2.0.5') {
  const text = `job "dup" {
  datacenters = ["dc1"]
  group "g" {
    network {
      port "http" {}
    }
    ${group.join('\n')}
    task "t" {
      driver = "raw_exec"
      config {
        command = "/bin/sleep"
      }
      ${task.join('\n')}
    }
  }
}
`
  return serverJob(await parseJobFile(text, version), version)
}

// What Nomad 1.4.4 and 2.0.5 answered to these files, byte for byte, 2026-11-25.
test.each(['1.4.4', '2.0.5'] as const)(
  '%s refuses services that are not unique',
  async (version) => {
    const twice = [service('nginx'), service('nginx')]
    expect(validationErrors(await job([], twice, version), version)).toEqual([
      'Task group g validation failed: 2 errors occurred:\n\t* Task group service validation failed: 1 error occurred:\n\t* Services are not unique: [t->nginx:http]\n\n\n\t* Task t validation failed: 1 error occurred:\n\t* 1 error occurred:\n\t* service "nginx" is duplicate\n\n\n\n\n\n',
    ])
    const all = [
      ...twice,
      service('my_nginx', 'nope', `${check}\n ${check}`),
      service('other', 'http', 'provider = "nomad"'),
    ]
    const wrong = await job([service('a'), service('a')], all, version)
    expect(validationErrors(wrong, version)).toEqual([
      'Task group g validation failed: 2 errors occurred:\n\t* Task group service validation failed: 2 errors occurred:\n\t* Services are not unique: [group->a:http t->nginx:http]\n\t* Multiple service providers used: task group services must use the same provider\n\n\n\t* Task t validation failed: 1 error occurred:\n\t* 4 errors occurred:\n\t* service "nginx" is duplicate\n\t* service[2] "my_nginx" validation failed: 1 error occurred:\n\t* Service name must be valid per RFC 1123 and can contain only alphanumeric characters or dashes and must be no longer than 63 characters: "my_nginx"\n\n\n\t* check "c" is duplicate\n\t* port label "nope" referenced by services my_nginx does not exist\n\n\n\n\n\n',
    ])
    expect(registerWarnings(wrong, '2.0.5')).toBe(
      '2 warnings:\n\n* task "t" in group "g" defines services, but has no shutdown_delay set\n* group "g" defines services, but neither the group nor any of its tasks have shutdown_delay set',
    )
  },
)

test('one name on two ports, or in the group and in a task, is allowed', async () => {
  const more = [service('nginx'), service('nginx', '8080', 'address_mode = "driver"')]
  expect(validationErrors(await job([service('nginx')], more, '2.0.5'), '2.0.5')).toEqual([])
})

// Real servers of 1.4.4 and of 2.0.5, 2026-11-25: both answer the same.
test.each(['1.4.4', '2.0.5'] as const)('%s lets no service of a group use driver', async (of) => {
  const wrong = await job([service('nginx', '8080', 'address_mode = "driver"')], [], of)
  expect(validationErrors(wrong, of)).toEqual([
    'Task group g validation failed: 1 error occurred:\n\t* Task group service validation failed: 1 error occurred:\n\t* service "nginx" cannot use address_mode="driver", only services defined in a "task" block can use this mode\n\n\n\n',
  ])
})

// The same servers.
test('a number is no port of the host to a service of a task; to one of the group it is', async () => {
  const text = 'port label "8080" referenced by services nginx does not exist'
  const wrong = await job([], [service('nginx', '8080')], '2.0.5')
  expect(validationErrors(wrong, '2.0.5').join()).toContain(text)
  expect(validationErrors(await job([service('nginx', '8080')], [], '2.0.5'), '2.0.5')).toEqual([])
})
