import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { loadClusterFile } from './load.ts'

const dir = mkdtempSync(join(tmpdir(), 'load-test-'))
afterAll(() => rmSync(dir, { recursive: true }))
const written = (text: string) => {
  const path = join(dir, 'cluster.yaml')
  writeFileSync(path, text)
  return path
}

test('only the server is needed; a relative key is taken from the folder of the file', async () => {
  const file = await loadClusterFile(written('server: 192.168.56.101\nssh:\n  key: keys/id\n'))
  expect(file.nomad.port).toBe(4646)
  expect(file.ssh.key).toBe(join(dir, 'keys/id'))
})

test.each([
  ['server: a\nssh:\n  user: box\n  prot: 22\n', ':4: ssh: Unrecognized key: "prot".'],
  ['server: a\n\nnomad:\n  port: many\n', ':4: nomad.port: Invalid input'],
  ['server: [a\nx: 1', ':2: it is not YAML: '],
  ['clients: discover\n', ':1: server: '],
  ['', ': the whole file: '],
  [
    'a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]',
    ': ',
  ],
])('a mistake is one sentence with file and line: %j', async (text, sentence) => {
  const path = written(text)
  await expect(loadClusterFile(path)).rejects.toMatchObject({
    code: 'CLUSTER_FILE_WRONG',
    message: expect.stringContaining(path + sentence),
  })
})

test('a file that is not there is named', async () => {
  await expect(loadClusterFile(join(dir, 'none.yaml'))).rejects.toThrow('cannot be read (ENOENT)')
})
