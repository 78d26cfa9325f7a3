import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { loadClusterFile } from './load.ts'
import { jsonSchema } from './mistakes.ts'

const dir = mkdtempSync(join(tmpdir(), 'load-test-'))
afterAll(() => rmSync(dir, { recursive: true }))
const written = (text: string) => {
  const path = join(dir, 'cluster.yaml')
  writeFileSync(path, text)
  return path
}

test('only the server is needed', async () => {
  const file = await loadClusterFile(written('server: 192.168.56.101\n'))
  expect(file).toMatchObject({ clients: 'discover', exclude: [], datacenter: 'dc1' })
  expect(file.nomad.port).toBe(4646)
})

test('relative paths are taken from the folder of the file', async () => {
  const file = await loadClusterFile(
    written(
      'server: a\nssh: { key: keys/id }\nimages: [i.tar, ~/j.tar]\nnomad: { tls: { ca: ca.pem } }\n',
    ),
  )
  expect(file.ssh.key).toBe(join(dir, 'keys/id'))
  expect(file.images).toEqual([join(dir, 'i.tar'), '~/j.tar'])
  expect(file.nomad.tls?.ca).toBe(join(dir, 'ca.pem'))
})

test('anchors and merged maps are YAML too', async () => {
  const file = await loadClusterFile(
    written('server: a\nnomad: &agent { token: t }\nconsul: { <<: *agent, port: 1 }\n'),
  )
  expect(file.consul).toMatchObject({ token: 't', port: 1 })
})

test.each([
  [
    'server: a\nssh:\n  user: box\n  prot: 22\n',
    ':4: there is no key "prot" in ssh: is port meant?',
  ],
  ['server: a\nvolume: 3\n', ':2: there is no key "volume": there are server, clients, '],
  [
    'server: a\nssh: { hosts: { box-5: { adress: x } } }\n',
    ':2: there is no key "adress" in ssh.hosts.box-5: there are host, ',
  ],
  ['server: a\n\nnomad:\n  port: many\n', ':4: nomad.port must be a number, and is text.'],
  ['server: a\nnomad: { port: 99999 }\n', ':2: nomad.port: Too big'],
  [
    'server: a\nssh:\n  password: 1234\n',
    ':3: ssh.password must be text, and is a number (write it in quotes).',
  ],
  ['server: a\nexclude: box-5\n', ':2: exclude must be a list, and is text.'],
  ['server: a\nclients: 3\n', ':2: clients must be discover or a list.'],
  ['server: a\nroute: bent\n', ':2: route must be straight or ssh.'],
  ['server: a\npower:\n  driver: vbox\n', ':3: power.driver must be lab, local, '],
  ['server: a\npower: { driver: command }\n', ':2: power.start is missing.'],
  ['server: a\nnomad:\n', ':2: nomad must be a map of keys, and is empty.'],
  ['server: a\nserver: b\n', ':2: this key is there twice.'],
  ['server: a\nexclude: *none\n', ':2: it is not YAML: Unresolved alias'],
  ['server: !secret a\n', ':1: it is not YAML: Unresolved tag'],
  ['server: [a\nx: 1', ':2: it is not YAML: '],
  ['server: a\n---\nserver: b\n', ': it is not YAML: '],
  ['clients: discover\n', ':1: server is missing.'],
  ['- server\n', ':1: the whole file must be a map of keys, and is a list.'],
  ['', ': the whole file '],
  [
    'a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]',
    ': it is not YAML: Excessive alias count',
  ],
])('a mistake is one sentence with file and line: %j', async (text, sentence) => {
  const path = written(text)
  await expect(loadClusterFile(path)).rejects.toMatchObject({
    code: 'CLUSTER_FILE_WRONG',
    message: expect.stringMatching(new RegExp(`${escaped(path)}(:\\d)?${escaped(sentence)}`)),
  })
})

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

test('a password in the wrong place is not printed', async () => {
  const path = written('server: a\nssh: { port: hunter2 }\n')
  await expect(loadClusterFile(path)).rejects.toThrow(/^(?!.*hunter2).*ssh\.port must be a number/)
})

test('a file that is not there is named', async () => {
  await expect(loadClusterFile(join(dir, 'none.yaml'))).rejects.toThrow(
    `There is no cluster file ${join(dir, 'none.yaml')}.`,
  )
})

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

test('cluster.schema.json is what grade init --schema prints', () => {
  expect(JSON.parse(readFileSync(root('cluster.schema.json'), 'utf8'))).toEqual(jsonSchema())
})

test('the example is a cluster file', async () => {
  const file = await loadClusterFile(root('examples/cluster.yaml'))
  expect(file.server).toBe('192.168.56.101')
})
