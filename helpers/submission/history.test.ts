import fs from 'node:fs'
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import git from 'isomorphic-git'
import { afterEach, expect, test } from 'vitest'
import { findSubmission } from './find.ts'
import { isSafePack } from './git-files.ts'
import { versionsOf } from './history.ts'

const reference = join(import.meta.dirname, '../../examples/submissions/reference')
const read = (name: string) => readFile(join(reference, `${name}.nomad`), 'utf8')
const [one, three, fixed, apache] = await Promise.all(
  ['01.1-nginx', '01.3-nginx', '02.1-nginx', '03.1-apache'].map(read),
)

const made: string[] = []
afterEach(async () => {
  for (const dir of made.splice(0)) await rm(dir, { recursive: true, force: true })
})

async function repository(file: string, texts: string[], inside = ''): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'history-'))
  made.push(root)
  const dir = join(root, inside)
  await git.init({ fs, dir, defaultBranch: 'main' })
  for (const [n, text] of texts.entries()) {
    await writeFile(join(dir, file), text)
    await git.add({ fs, dir, filepath: file })
    const author = { name: 'Student', email: 's@example.org', timestamp: 1_700_000_000 + n }
    await git.commit({ fs, dir, message: `${n}`, author })
  }
  return root
}

const origins = async (dir: string) =>
  Object.values((await findSubmission(dir)).stages).map((stage) =>
    'text' in stage ? stage.origin : stage.missing,
  )

test('earlier stages come from the history of the one edited file, the newest that is exact', async () => {
  const halfDone = three!.replace('count = 3', 'count = 2')
  const older = one!.replace('1.22.1', '1.21')
  const dir = await repository('nginx.nomad', [older, one!, halfDone, three!, fixed!])
  const commits = await git.log({ fs, dir })
  const found = await findSubmission(dir)
  expect(found.stages).toMatchObject({
    '01.1': { text: one, origin: { how: 'git', commit: commits[3]!.oid, path: 'nginx.nomad' } },
    '01.3': { text: three, origin: { how: 'git', commit: commits[1]!.oid } },
    '02.1': { text: fixed, origin: { how: 'exact' } },
    '03.1': { missing: 'not handed in' },
  })
})

test('what only resembles a stage is not taken from the history', async () => {
  const wrong = one!.replace('to = 80', 'to = 8080')
  const dir = await repository('nginx.nomad', [wrong, three!, fixed!])
  expect(await origins(dir)).toMatchObject([
    { how: 'derived', from: '01.3' },
    { how: 'git' },
    { how: 'exact' },
    'not handed in',
  ])
})

test('one file for everything: nginx is in its history, apache is what it is now', async () => {
  const dir = await repository('web.nomad', [one!, three!, fixed!, apache!])
  expect(await origins(dir)).toMatchObject([
    { how: 'git' },
    { how: 'git' },
    { how: 'git' },
    { how: 'exact' },
  ])
})

test('a broken last state still has its history', async () => {
  const dir = await repository('nginx.nomad', [one!, three!, 'job "nginx" {'])
  expect(await origins(dir)).toMatchObject([
    { how: 'git' },
    { how: 'git' },
    { how: 'nearest' },
    'not handed in',
  ])
})

test('a repository may begin in a folder below, but not above', async () => {
  const root = await repository('nginx.nomad', [one!, fixed!], 'work')
  expect(await versionsOf(root, 'work/nginx.nomad')).toHaveLength(2)
  const below = await repository('nginx.nomad', [one!, fixed!])
  await fs.promises.mkdir(join(below, 'deep'))
  await writeFile(join(below, 'deep', 'nginx.nomad'), fixed!)
  expect(await versionsOf(join(below, 'deep'), 'nginx.nomad')).toEqual([])
})

test('a .git that is a file or a link leads nowhere', async () => {
  const other = await repository('nginx.nomad', [one!, fixed!])
  const dir = await repository('nginx.nomad', [fixed!])
  await rename(join(dir, '.git'), join(dir, 'moved'))
  await writeFile(join(dir, '.git'), `gitdir: ${join(other, '.git')}\n`)
  expect(await versionsOf(dir, 'nginx.nomad')).toEqual([])
  await rm(join(dir, '.git'))
  await fs.promises.symlink(join(other, '.git'), join(dir, '.git'))
  expect(await versionsOf(dir, 'nginx.nomad')).toEqual([])
})

test('objects that are links out of the repository are not read', async () => {
  const other = await repository('nginx.nomad', [one!, fixed!])
  const dir = await repository('nginx.nomad', [one!, fixed!])
  await rm(join(dir, '.git/objects'), { recursive: true })
  await fs.promises.symlink(join(other, '.git/objects'), join(dir, '.git/objects'))
  expect(await versionsOf(dir, 'nginx.nomad')).toEqual([])
})

test('nothing configured has an effect, and a broken repository is no history', async () => {
  const dir = await repository('nginx.nomad', [one!, fixed!])
  await writeFile(join(dir, '.git/config'), '[core]\n\tworktree = /\n\tfsmonitor = "false"\n[')
  expect(await versionsOf(dir, 'nginx.nomad')).toHaveLength(2)
  await writeFile(join(dir, '.git/HEAD'), 'ref: ../../../etc/passwd\n')
  expect(await versionsOf(dir, 'nginx.nomad')).toEqual([])
})

test('a pack whose object inflates to more than it may is not read', () => {
  const pack = (content: Buffer, header: number[]) => {
    const start = Buffer.from('PACK\0\0\0\x02\0\0\0\x01', 'latin1')
    return Buffer.concat([start, Buffer.from(header), deflateSync(content)])
  }
  expect(isSafePack(pack(Buffer.from('hello'), [0x35]))).toBe(true)
  expect(isSafePack(pack(Buffer.alloc(8 * 2 ** 20), [0x35]))).toBe(false)
  expect(isSafePack(Buffer.from('PACK'))).toBe(false)
})
