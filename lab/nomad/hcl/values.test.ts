import { expect, test } from 'vitest'
import type { Job } from '../job/spec.ts'
import { parseJobFile } from './parse.ts'

/** `@{` stands for HCL's interpolation, which would look like a forgotten template here. */
const hcl = (text: string) => text.replaceAll('@{', '${')

/** What a task's `image` is when the file begins with `head`; or why it is not told. */
async function image(head: string, expression: string, version: '1.4.4' | '2.0.5' = '1.4.4') {
  const text =
    `${head}\njob "a" {\n group "g" {\n  task "t" {\n   driver = "docker"\n   config {\n` +
    `    image = ${expression}\n   }\n  }\n }\n}\n`
  try {
    const job = (await parseJobFile(text, version)) as unknown as Job
    return job.TaskGroups[0]!.Tasks[0]!.Config!.image
  } catch (error) {
    return (error as Error).message
  }
}

const tag = 'variable "tag" {\n default = "1.22"\n}'

test.each([
  ['a literal', '', '"nginx"', 'nginx'],
  ['a variable', tag, 'var.tag', '1.22'],
  ['a template', tag, '"nginx:@{var.tag}.1"', 'nginx:1.22.1'],
  ['two in a template', tag, '"@{var.tag}-@{var.tag}"', '1.22-1.22'],
  ['a default of another type', 'variable "n" {\n type = string\n default = 5\n}', 'var.n', '5'],
  ['a number as text', 'variable "n" {\n type = number\n default = "5"\n}', 'var.n', 5],
  ['variables in one block', 'variables {\n tag = "a"\n}', 'var.tag', 'a'],
  ['a local of a later local', 'locals {\n a = "@{local.b}:1"\n b = "x"\n}', 'local.a', 'x:1'],
  ['an element of a list', 'locals {\n all = ["a", "b"]\n}', 'local.all[1]', 'b'],
  ['a key of an object', 'locals {\n o = { tag = "c" }\n}', '"x:@{local.o.tag}"', 'x:c'],
  ['a list', 'locals {\n p = ["http"]\n}', 'local.p', ['http']],
  ['what the client fills in', '', '"@{NOMAD_JOB_NAME}-@{attr.cpu.arch}"', undefined],
  ['an escape', '', '"$@{var.tag}"', '@{var.tag}'],
])('evaluates %s', async (_, head, expression, value) => {
  const wanted = typeof value === 'string' ? hcl(value) : value
  expect(await image(hcl(head), hcl(expression))).toEqual(wanted ?? JSON.parse(hcl(expression)))
})

test.each([
  ['upper("a")', 'the expression @{upper("a")}'],
  ['"x-@{format("%s", "}")}"', 'the expression @{format("%s", "}")}'],
  ['"@{merge({ a = 1 }, {})}"', 'the expression @{merge({ a = 1 }, {})}'],
  ['true ? "a" : "b"', 'the expression @{true ? "a" : "b"}'],
  ['1 + 1', 'the expression @{1 + 1}'],
  ['[for x in ["a"] : x]', 'the expression @{[for x in ["a"] : x]}'],
  ['var.nowhere', 'the value var.nowhere, which the file does not give,'],
])('%s is a gap with its name', async (expression, name) => {
  expect(await image('', hcl(expression))).toBe(`lab: ${hcl(name)} is not simulated`)
})

test('a variable without a value is refused as Nomad refuses it', async () => {
  expect(await image('variable "tag" {}', 'var.tag')).toMatch(
    /^<nil>: Unset variable "tag"; A used variable must be set or have a default value/,
  )
})

test.each([
  ['dynamic "service" {\n for_each = []\n content {}\n}', '"dynamic" in group', '1.4.4'],
  ['max_run_duration = "1h"', '"max_run_duration" in group', '2.0.5'],
  ['network {\n device = "eth0"\n}', '"device" in network', '1.4.4'],
] as const)(
  'what Nomad knows and the lab does not is no error of the file: %s',
  async (body, name, version) => {
    const text = `job "a" {\n group "g" {\n ${body}\n task "t" {\n driver = "docker"\n }\n }\n}\n`
    await expect(parseJobFile(text, version)).rejects.toThrow(`lab: ${name} is not simulated`)
  },
)

test('what only Nomad 2 knows is an error of the file in 1.4', async () => {
  const text = 'job "a" {\n group "g" {\n max_run_duration = "1h"\n }\n}\n'
  await expect(parseJobFile(text, '1.4.4')).rejects.toThrow('Unsupported argument')
})
