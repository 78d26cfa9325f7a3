import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { grade, notPassed, reference, tempFolder } from './harness.ts'

const one = '01.1-nginx.nomad'
const port80 = '02.1-nginx.nomad'
const text = (name: string) => readFileSync(join(reference, name), 'utf8')
const canonical = (name: string) =>
  JSON.parse(
    readFileSync(fileURLToPath(new URL(`conformance/recordings/${name}`, import.meta.url)), 'utf8'),
  )

/** What students write that is not the sheet's word for word, and right all the same: 10 of 10. */
const edits: [name: string, file: string, edit: (text: string) => string][] = [
  ['Windows line ends', one, (t) => t.replace(/\n/g, '\r\n')],
  ['a byte order mark', one, (t) => `\uFEFF${t}`],
  ['tabs', one, (t) => t.replace(/ {2}/g, '\t')],
  ['a comment in Catalan', one, (t) => `# desplegament del servidor d'aplicacions\n${t}`],
  [
    'a variable with a default',
    port80,
    (t) => `variable "n" {\n  default = 3\n}\n${t.replace('count = 3', 'count = var.n')}`,
  ],
  ['a local', port80, (t) => `locals {\n  n = 3\n}\n${t.replace('count = 3', 'count = local.n')}`],
  ['a count that is text', port80, (t) => t.replace('count = 3', 'count = "3"')],
  ['max_parallel = 3', port80, (t) => inJob(t, 'update {\n  max_parallel = 3\n}')],
  ['min_healthy_time = "60s"', port80, (t) => inJob(t, 'update {\n  min_healthy_time = "60s"\n}')],
  [
    'distinct_hosts',
    port80,
    (t) => inJob(t, 'constraint {\n  operator = "distinct_hosts"\n  value = "true"\n}'),
  ],
  ['kill_timeout = "100s"', port80, (t) => t.replace('driver', 'kill_timeout = "100s"\n driver')],
  ['two groups, one and two replicas', port80, twoGroups],
  ['a check that passes', one, (t) => withCheck(t, '10s')],
  ['a check every 90 s, critical until the first', one, (t) => withCheck(t, '90s')],
]

function inJob(job: string, block: string): string {
  return job.replace(/\n {2}group/, `\n${block}\n  group`)
}

function withCheck(job: string, interval: string): string {
  const check = `check {\n type = "http"\n path = "/"\n interval = "${interval}"\n timeout = "2s"\n }`
  return job.replace('provider = "consul"', `provider = "consul"\n${check}`)
}

function twoGroups(job: string): string {
  const [group = ''] = /\n {2}group "nginx" \{[\s\S]*\n {2}\}\n/.exec(job) ?? []
  const other = group.replace('group "nginx"', 'group "other"').replace('count = 3', 'count = 2')
  return job.replace(group, group.replace('count = 3', 'count = 1') + other)
}

for (const [name, file, edit] of edits) {
  test(`${name}: 10 of 10`, async () => {
    using folder = tempFolder()
    cpSync(reference, folder.path, { recursive: true })
    const edited = edit(text(file))
    expect(edited).not.toBe(text(file))
    writeFileSync(join(folder.path, file), edited)
    expect(notPassed(await grade(folder.path, { seed: 11 }))).toEqual([])
  })
}

test('a job in JSON, as the API takes it: 10 of 10', async () => {
  using folder = tempFolder()
  cpSync(reference, folder.path, { recursive: true })
  rmSync(join(folder.path, one))
  const job = canonical('parse-nginx-2.0.5.json')
  writeFileSync(join(folder.path, '01.1-nginx.json'), JSON.stringify({ Job: job.body }))
  const result = await grade(folder.path)
  expect(result.submission.stages.find((s) => s.id === '01.1')?.file).toBe('01.1-nginx.json')
  expect(notPassed(result)).toEqual([])
})

test('files that would configure the grader, beside the jobs, do nothing: 10 of 10', async () => {
  using folder = tempFolder()
  cpSync(reference, folder.path, { recursive: true })
  const others = {
    'vitest.config.ts': 'throw new Error("never run")',
    'cluster.yaml': 'server: 203.0.113.1',
    '.npmrc': 'registry=http://203.0.113.1',
    'package.json': '{"scripts":{"grade":"exit 1"}}',
    'entrega.zip': 'PK',
  }
  for (const [name, content] of Object.entries(others))
    writeFileSync(join(folder.path, name), content)
  expect(notPassed(await grade(folder.path))).toEqual([])
})
