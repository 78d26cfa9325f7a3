import { symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tellIn } from '../language/message.ts'
import { findSubmission } from './find.ts'
import {
  apache,
  broken,
  examples,
  find,
  fixed,
  folder,
  one,
  summary,
  textOf,
  three,
} from './submission-folder.ts'
import type { Submission } from './types.ts'

const unusedOf = ({ unused }: Submission) =>
  unused.map(({ file, why }) => ({ file, why: tellIn(why, 'en') }))

test('the reference has a file for each stage', async () => {
  const found = await findSubmission(join(examples, 'reference'))
  expect(summary(found)).toEqual([
    '01.1: 01.1-nginx.nomad exact',
    '01.3: 01.3-nginx.nomad exact',
    '02.1: 02.1-nginx.nomad exact',
    '03.1: 03.1-apache.nomad exact',
  ])
  expect(found.unused).toEqual([])
  expect(found.problems).toEqual([])
})

test('the last state alone: the earlier stages are derived, each on its own lines', async () => {
  const found = await findSubmission(join(examples, 'last-state'))
  expect(summary(found)).toEqual([
    '01.1: nginx.nomad derived',
    '01.3: nginx.nomad derived',
    '02.1: nginx.nomad exact',
    '03.1: apache.nomad exact',
  ])
  expect(textOf(found, '01.3').split('\n')).toEqual(
    fixed.split('\n').map((line) => (line.includes('static') ? line.replace(/\S.*/, '') : line)),
  )
  expect(textOf(found, '01.1')).toContain('count = 1')
  expect(found.stages['01.1']).toMatchObject({ places: { count: 5, to: 10, image: 18 } })
})

test('nothing is derived when the teacher turns it off', async () => {
  const found = await findSubmission(join(examples, 'last-state'), { derive: false })
  expect(summary(found).slice(0, 2)).toEqual(['01.1: not handed in', '01.3: not handed in'])
})

test('02.1 and 03.1 are never derived', async () => {
  expect(summary(await find({ 'nginx.nomad': three }))).toEqual([
    '01.1: nginx.nomad derived',
    '01.3: nginx.nomad exact',
    '02.1: not handed in',
    '03.1: not handed in',
  ])
})

test('a static port without `to` is derived to a container port', async () => {
  const found = await find({ 'nginx.nomad': fixed.replace(/^\s*to\s+= 80\n/m, '') })
  expect(textOf(found, '01.3')).toMatch(/port "http" \{\n\s+to = 80\n/)
})

test('a file whose count is missing gets one where the stage needs it', async () => {
  const found = await find({ 'nginx.nomad': fixed.replace(/^\s*count = 3\n/m, '') })
  expect(summary(found)[2]).toBe('02.1: nginx.nomad nearest')
  expect(textOf(found, '01.3')).toMatch(/group "nginx" \{\n\s+count = 3\n/)
})

test('wrong files without a stage in their names go where they are nearest', async () => {
  const found = await find({
    'a.nomad': one.replace('"consul"', '"nomad"'),
    'b.nomad': three.replace('count = 3', 'count = 2'),
    'c.nomad': fixed.replace('static = 80', 'static = 8080'),
    'd.nomad': apache.replace('count = 1', 'count = 3'),
  })
  expect(summary(found)).toEqual([
    '01.1: a.nomad nearest',
    '01.3: b.nomad nearest',
    '02.1: c.nomad nearest',
    '03.1: d.nomad nearest',
  ])
})

test('the third of three nginx files is the stage that is left', async () => {
  const found = await find({
    'nginx1.nomad': one,
    'nginx2.nomad': one.replace('"consul"', '"nomad"'),
    'nginx3.nomad': fixed,
  })
  expect(summary(found)[1]).toBe('01.3: nginx2.nomad nearest')
})

test('a lone nginx file that does not parse is 02.1, and the others have the same problem', async () => {
  const found = await find({ 'nginx.nomad': broken, 'apache.nomad': apache })
  expect(summary(found)).toEqual([
    '01.1: nginx.nomad derived syntax',
    '01.3: nginx.nomad derived syntax',
    '02.1: nginx.nomad nearest syntax',
    '03.1: apache.nomad exact',
  ])
  expect(found.stages['01.1']).toMatchObject({ problem: { file: 'nginx.nomad', line: 7 } })
})

test('a lone nginx file that fits no stage is 02.1', async () => {
  const found = await find({ 'nginx.nomad': three.replace('count = 3', 'count = 2') })
  expect(summary(found).slice(0, 3)).toEqual([
    '01.1: nginx.nomad derived',
    '01.3: nginx.nomad derived',
    '02.1: nginx.nomad nearest',
  ])
})

test('one edited file with the name of its first stage is what it became', async () => {
  expect(summary(await find({ '01.1-nginx.nomad': fixed }))[2]).toBe('02.1: 01.1-nginx.nomad exact')
})

test('two different files that are equally near: which one?', async () => {
  const found = await find({
    'nginx.nomad': fixed,
    'old/nginx.nomad': fixed.replace('256', '128'),
  })
  expect(summary(found).slice(0, 3)).toEqual([
    '01.1: ambiguous nginx.nomad old/nginx.nomad',
    '01.3: ambiguous nginx.nomad old/nginx.nomad',
    '02.1: ambiguous nginx.nomad old/nginx.nomad',
  ])
})

test('a copy is not another file', async () => {
  const found = await find({ 'nginx.nomad': fixed, 'old/nginx.nomad': fixed })
  expect(summary(found)[2]).toBe('02.1: nginx.nomad exact')
  expect(unusedOf(found)).toEqual([{ file: 'old/nginx.nomad', why: 'it is a copy of nginx.nomad' }])
})

test('other files never hinder', async () => {
  const found = await find({
    'nginx.nomad': fixed,
    'apache.nomad': apache,
    'count.nomad': 'job "countdash" {\n  group "api" {\n    count = 1\n  }\n}\n',
    'server.hcl': 'server {\n  enabled = true\n}\n',
    'nginx.hcl': 'service {\n  name = "nginx"\n}\n',
    'apache.json': '[{"ServiceName": "apache"}]',
    'package.json': '{"name": "nginx-lab"}',
    'nginx.nomad.txt': fixed,
    'photo.nomad': new Uint8Array([1, 0, 2]),
    'windows.nomad': new Uint8Array([0xff, 0xfe, 0x6a, 0x00]),
    'node_modules/x/nginx.nomad': one,
    '.history/nginx.nomad': three,
    'large.json': ' '.repeat(2 ** 20 + 1),
  })
  expect(summary(found)[2]).toBe('02.1: nginx.nomad exact')
  expect(found.unused.map(({ file }) => file)).toEqual([
    'apache.json',
    'count.nomad',
    'large.json',
    'nginx.hcl',
    'nginx.nomad.txt',
    'package.json',
    'photo.nomad',
    'server.hcl',
    'windows.nomad',
  ])
  expect(found.problems).toEqual([])
})

test('a byte order mark and Windows newlines are read over', async () => {
  const found = await find({ 'nginx.nomad': `\ufeff${fixed.replaceAll('\n', '\r\n')}` })
  expect(textOf(found, '02.1')).toBe(fixed)
})

test('stages.yaml names files, with ids quoted or not', async () => {
  const found = await find({
    'stages.yaml': '01.1: a.nomad\n"02.1": b/c.nomad\n',
    'a.nomad': three,
    'b/c.nomad': one,
    'nginx.nomad': fixed,
  })
  expect(summary(found).slice(0, 3)).toEqual([
    '01.1: a.nomad stages.yaml',
    '01.3: b/c.nomad derived',
    '02.1: b/c.nomad stages.yaml',
  ])
  expect(unusedOf(found)).toEqual([
    { file: 'nginx.nomad', why: 'stages.yaml names another file for 02.1' },
  ])
})

test('stages.yaml does not lead out of the folder', async () => {
  const outside = await folder({ 'secret.nomad': one })
  const dir = await folder({
    'stages.yaml': [
      `"01.1": ${outside}/secret.nomad`,
      `"01.3": ../${outside.split('/').at(-1)}/secret.nomad`,
      '"02.1": link.nomad',
      '"03.1": nowhere.nomad',
      '"09.9": x',
    ].join('\n'),
  })
  await symlink(join(outside, 'secret.nomad'), join(dir, 'link.nomad'))
  await symlink(outside, join(dir, 'linked'))
  const found = await findSubmission(dir)
  expect(summary(found).every((line) => line.endsWith('not handed in'))).toBe(true)
  expect(found.problems.map(({ code }) => code)).toEqual([
    'stages-yaml-outside',
    'stages-yaml-outside',
    'stages-yaml-outside',
    'stages-yaml-file',
    'stages-yaml-stage',
  ])
  expect(unusedOf(found)).toEqual([{ file: 'link.nomad', why: 'it leads out of the folder' }])
})

test.each(['"01.1": [', '- a', '"01.1": {}', '\u0000', 'a: &a [*a]', ''])(
  'stages.yaml that is %j is a problem, never an exception',
  async (text) => {
    const found = await find({ 'stages.yaml': text, 'nginx.nomad': fixed })
    expect(found.problems[0]).toMatchObject({ file: 'stages.yaml' })
    expect(summary(found)[2]).toBe('02.1: nginx.nomad exact')
  },
)

test('an empty folder and none at all', async () => {
  expect(summary(await find({}))[0]).toBe('01.1: not handed in')
  const none = await findSubmission(join(tmpdir(), 'there-is-no-such-folder'))
  expect(none.problems).toMatchObject([{ code: 'folder' }])
})

test('an empty job file is a job file with a problem', async () => {
  expect(summary(await find({ 'nginx.nomad': '' }))[2]).toBe('02.1: nginx.nomad nearest empty')
})

test('a job as JSON is taken, and derived from', async () => {
  const port = { Label: 'http', Value: 80, To: 80 }
  const task = { Name: 'a', Driver: 'docker', Config: { image: 'nginx', ports: ['http'] } }
  const group = {
    Name: 'a',
    Count: 3,
    Networks: [{ ReservedPorts: [port] }],
    Services: [{ Name: 'nginx', PortLabel: 'http' }],
    Tasks: [task],
  }
  const found = await find({
    'job.json': JSON.stringify({ Job: { ID: 'a', TaskGroups: [group] } }),
  })
  expect(summary(found).slice(0, 3)).toEqual([
    '01.1: job.json derived',
    '01.3: job.json derived',
    '02.1: job.json exact',
  ])
})

test('another layout is not another file', async () => {
  const found = await find({ 'a.nomad': fixed, 'b.nomad': `# the same\n${fixed}` })
  expect(summary(found)[2]).toBe('02.1: a.nomad exact')
})

test('large and hostile texts are got over', async () => {
  const found = await find({
    'nginx.nomad': fixed,
    'a.nomad': '\n'.repeat(2 ** 20),
    'b.nomad': 'a {\n'.repeat(2 ** 17),
    'c.nomad': `a = ${'[1,'.repeat(2 ** 16)}`,
    'd.json': '['.repeat(2 ** 16),
    'e.json': `{"job":${'{"a":'.repeat(5000)}1${'}'.repeat(5001)}`,
    'stages.yaml': '['.repeat(2 ** 16),
  })
  expect(summary(found)[2]).toBe('02.1: nginx.nomad exact')
  expect(found.unused).toHaveLength(5)
})
