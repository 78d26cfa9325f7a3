import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { canonicalJob } from '../job/canonical.ts'
import type { Job } from '../job/spec.ts'
import { parseJobFile } from './parse.ts'

const folder = new URL('../../../tests/conformance/recordings/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8')
const names = readdirSync(new URL('mistakes/', folder))
  .filter((name) => name.endsWith('.nomad'))
  .map((name) => name.slice(0, -'.nomad'.length))

async function parse(text: string, version: '1.4.4' | '2.0.5') {
  try {
    return canonicalJob(await parseJobFile(text, version), version)
  } catch (error) {
    return (error as Error).message
  }
}

test.each(names.filter((name) => name !== 'empty'))(
  'parses %s as Nomad 1.4.4 did',
  async (name) => {
    const recorded = JSON.parse(read(`mistakes/${name}.json`)) as { parse: { body: unknown } }
    expect(await parse(read(`mistakes/${name}.nomad`), '1.4.4')).toEqual(recorded.parse.body)
  },
)

test('parses the sheet as Nomad 2.0.5 did', async () => {
  const recorded = JSON.parse(read('parse-nginx-2.0.5.json')) as { JobHCL: string; body: unknown }
  expect(await parse(recorded.JobHCL, '2.0.5')).toEqual(recorded.body)
})

test('names the place and the likely word of what does not belong', async () => {
  const text = 'job "a" {\n  group "g" {\n    cuont = 2\n    network { mbits = 1 }\n  }\n}'
  expect(await parse(text, '1.4.4')).toBe(
    'input.hcl:3,5-10: Unsupported argument; An argument named "cuont" is not expected here. ' +
      'Did you mean "count"?',
  )
})

test('fills in variables and locals, and says what it cannot evaluate', async () => {
  const head = `variable "n" { default = 3 }\nlocals { image = "nginx:\${var.n}" }\n`
  const body = (count: string) =>
    `job "a" {\n group "g" {\n  count = ${count}\n  task "t" {\n   driver = "docker"\n` +
    `   config {\n    image = local.image\n    name = "\${NOMAD_TASK_NAME}"\n   }\n  }\n }\n}`
  const job = (await parse(head + body('var.n'), '1.4.4')) as unknown as Job
  expect(job.TaskGroups[0]!.Count).toBe(3)
  expect(job.TaskGroups[0]!.Tasks[0]!.Config).toEqual({
    image: 'nginx:3',
    name: `\${NOMAD_TASK_NAME}`,
  })
  expect(await parse(head + body('1 + 1'), '1.4.4')).toBe(
    `lab: the expression \${1 + 1} is not simulated`,
  )
})

test('follows comments, heredocs and strings with braces', async () => {
  const text =
    'job "a" { // }\n  /* } */ datacenters = ["dc1", "}"] # }\n  group "g" {\n' +
    '    task "t" {\n      template {\n        data = <<-EOF\n          } "x {\n        EOF\n' +
    `        destination = "local/x"\n      }\n      env { A = "\${attr.kernel.name}}" }\n    }\n` +
    '    foo = 1\n  }\n}\n'
  expect(await parse(text, '1.4.4')).toMatch(/^input\.hcl:13,5-8: Unsupported argument/)
})
