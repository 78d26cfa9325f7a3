import { expect, test } from 'vitest'
import { parseJob } from './parse.ts'
import { policy } from './policy.ts'

/** Ways round the policy that HCL has: what Nomad would run is what is refused. */
async function codes(text: string, format: 'hcl' | 'json'): Promise<string[]> {
  const parsed = await parseJob(text, format)
  return 'problem' in parsed ? [parsed.problem.code] : policy(parsed.job).map(({ code }) => code)
}

const hcl = (inGroup: string, inTask = '', top = '') => `${top}
job "nginx" {
  group "g" {
    ${inGroup}
    task "t" {
      driver = "docker"
      config {
        image = "nginx:1.22.1"
      }
      ${inTask}
    }
  }
}
`
const ways: [string, string, string[]][] = [
  ['scaling without a count', hcl('scaling {\n min = 50\n max = 60\n }'), ['count']],
  ['memory_max = -1', hcl('', 'resources {\n memory_max = -1\n }'), ['memory']],
  [
    'a sidecar with much memory',
    hcl('service {\n connect {\n sidecar_task {\n resources {\n memory = 9000\n }\n }\n }\n }'),
    ['memory'],
  ],
  ['a task beside it', hcl('task "u" {\n driver = "raw_exec"\n }'), ['driver']],
  [
    'a variable',
    hcl('task "u" {\n driver = var.d\n }', '', 'variable "d" {\n default = "raw_exec"\n }'),
    ['driver'],
  ],
  ['a heredoc', hcl('task "u" {\n driver = <<EOF\nraw_exec\nEOF\n }'), ['driver']],
  [
    'an expression that only Nomad evaluates',
    hcl('task "u" {\n driver = format("%s_exec", "raw")\n }'),
    ['driver'],
  ],
  [
    'HCL written as JSON',
    JSON.stringify({ job: { x: { group: { g: { task: { t: { driver: 'raw_exec' } } } } } } }),
    ['driver'],
  ],
]

test.each(ways)('HCL: %s', async (_, text, refused) => {
  expect(await codes(text, text.startsWith('{') ? 'json' : 'hcl')).toEqual(refused)
})
