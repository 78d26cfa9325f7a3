import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import git from 'isomorphic-git'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { inLanguage } from '../../language/message.ts'
import { versionsOf } from '../../submission/history.ts'
import { fixed, one, three } from '../../submission/submission-folder.ts'
import type { Enrolment, HandIn } from '../types.ts'
import type { GitToken } from './git-http.ts'
import { fetchHandIn } from './hand-in.ts'
import { type Instead, type Made, repositoryAt, type Server, sent, serve } from './testing-git.ts'

let root = ''
const servers: Server[] = []
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'git-'))
})
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
  await rm(root, { recursive: true, force: true })
})

async function served(instead?: Instead): Promise<Server> {
  const server = await serve(join(root, 'repo'), instead)
  servers.push(server)
  return server
}

let noon = Date.parse('2026-11-25T12:00:00Z')
const fetched = (submission: string, more: Partial<Enrolment> = {}, token?: GitToken) =>
  fetchHandIn(
    { student: 'anna', line: 2, submission, ...more },
    { into: join(root, 'into'), rosterDir: root, now: new Date(noon++), ...(token && { token }) },
  )

/** The sentences of a hand-in, in English. */
const told = (handIn: HandIn): string =>
  (handIn.kind === 'folder' ? handIn.notes : [handIn.why]).map((m) => inLanguage(m, 'en')).join(' ')
const dirOf = (handIn: HandIn): string => (handIn.kind === 'folder' ? handIn.dir : told(handIn))

const commits: Made[] = [
  { at: '2026-11-20T10:00:00Z', files: { 'nginx.nomad': one!, 'notes.txt': 'x' } },
  { at: '2026-11-22T10:00:00Z', files: { 'nginx.nomad': three!, 'sub/run.sh': 'rm -rf /' } },
  { at: '2026-11-24T10:00:00Z', files: { 'nginx.nomad': fixed! } },
  { at: '2026-11-26T10:00:00Z', files: { 'nginx.nomad': 'too late' } },
]
const deadline = '2026-11-24T22:59:00.000Z'

test.each(['disk', 'bare', 'server'])(
  'graded is the last commit by the deadline, with its history (%s)',
  async (from) => {
    const [, second, third] = await repositoryAt(join(root, 'repo'), commits)
    const url = { disk: 'repo', bare: 'repo/.git', server: '' }[from] || (await served()).url
    const handIn = await fetched(url, { deadline })
    expect(handIn).toMatchObject({
      kind: 'folder',
      late: false,
      commit: third,
      handedInAt: '2026-11-24T10:00:00.000Z',
    })
    expect(told(handIn)).toBe(
      `Graded is the last commit by the deadline, ${third!.slice(0, 10)} (2026-11-24 10:00:00 UTC); commits have the time of the student’s own machine, which can be set at will. 1 later commit is left out.`,
    )
    expect((await readdir(dirOf(handIn))).sort()).toEqual([
      '.git',
      'nginx.nomad',
      'notes.txt',
      'sub',
    ])
    const versions = await versionsOf(dirOf(handIn), 'nginx.nomad')
    expect(versions.map(({ text }) => text)).toEqual([fixed, three, one])
    expect(versions[1]).toMatchObject({ commit: second })
  },
)

test('none by the deadline is missing; a commit that the row names is graded, and late if it is', async () => {
  const ids = await repositoryAt(join(root, 'repo'), commits)
  const { url } = await served()
  const early = await fetched(url, { deadline: '2026-11-19T00:00:00Z' })
  expect(early.kind).toBe('missing')
  expect(told(early)).toMatch(/no commit by the deadline, 2026-11-19 .* first one is of 2026-11-20/)
  const named = await fetched(url, { deadline, commit: ids[3]!.slice(0, 8) })
  expect(named).toMatchObject({ commit: ids[3], late: true })
  expect(told(named)).toMatch(/^It came at 2026-11-26 10:00:00 UTC, .* set at will\.$/)
  expect(await fetched(url, { deadline, commit: 'main' })).toMatchObject({ commit: ids[3] })
  expect(await fetched('repo', { commit: ids[0]! })).toMatchObject({ commit: ids[0], late: false })
  const none = await fetched(url, { commit: 'f'.repeat(40) })
  expect(told(none)).toMatch(/r: the repository has no commit ffff/)
})

test('what a merge brought after the deadline was not in the branch before', async () => {
  const dir = join(root, 'repo')
  const [first] = await repositoryAt(dir, commits.slice(0, 1))
  await git.branch({ fs, dir, ref: 'topic', checkout: true })
  await repositoryAt(dir, [{ at: '2026-11-21T10:00:00Z', files: { 'nginx.nomad': three! } }])
  await git.checkout({ fs, dir, ref: 'main' })
  const author = { name: 'S', email: 's', timestamp: Date.parse('2026-11-26T10:00:00Z') / 1000 }
  await git.merge({ fs, dir, ours: 'main', theirs: 'topic', fastForward: false, author })
  expect(await fetched('repo/.git', { deadline })).toMatchObject({ commit: first })
})

test('a clone with work that was not committed is graded as it stands', async () => {
  await repositoryAt(join(root, 'repo'), commits.slice(0, 2))
  await writeFile(join(root, 'repo', 'more.txt'), 'x')
  expect(await fetched('repo', { deadline })).toMatchObject({ commit: expect.any(String) })
  await writeFile(join(root, 'repo', 'nginx.nomad'), fixed!)
  const handIn = await fetched('repo', { deadline })
  expect(dirOf(handIn)).toBe(join(root, 'repo'))
  expect(told(handIn)).toMatch(/^Some of it was never committed: .* It came at /)
})

test('it is fetched once while the branch stands there, and what was cut short is fetched again', async () => {
  const ids = await repositoryAt(join(root, 'repo'), commits.slice(0, 2))
  const { url, asked, close } = await served()
  const dir = dirOf(await fetched(url))
  await writeFile(join(dir, 'mark'), '')
  const half = join(root, 'into', 'anna', '.unfinished-1-x')
  await mkdir(half)
  expect(dirOf(await fetched(url))).toBe(dir)
  expect(fs.existsSync(join(dir, 'mark'))).toBe(true)
  expect(fs.existsSync(half)).toBe(false)
  expect(asked.filter(({ path }) => path.endsWith('/git-upload-pack'))).toHaveLength(1)
  const [third] = await repositoryAt(join(root, 'repo'), commits.slice(2, 3))
  expect(await fetched(url)).toMatchObject({ commit: third })
  await close()
  const offline = await fetched(url)
  expect(offline).toMatchObject({ commit: third })
  expect(told(offline)).toMatch(
    /^127.*cannot be reached \(ECONNREFUSED\)\. What was fetched at 2026-11-25 12:00:00 UTC/,
  )
  expect(told(await fetched(url, { commit: ids[0]! }))).toMatch(/cannot be reached/)
})

test('only its own host is asked, tokens go nowhere else, and no sentence tells them', async () => {
  await repositoryAt(join(root, 'repo'), commits.slice(0, 1))
  const other = await served()
  const elsewhere = await served((_, response) => {
    response.writeHead(302, { location: `${other.url}/info/refs` }).end()
    return true
  })
  const secret = elsewhere.url.replace('//', '//anna:hunter2@')
  const handIn = await fetched(secret)
  expect(told(handIn)).toMatch(
    /^http:\/\/127.*leads to .*, another host: nothing was asked there\.$/,
  )
  expect(JSON.stringify(handIn)).not.toContain('hunter2')
  expect(other.asked).toEqual([])
  expect(elsewhere.asked[0]?.authorization).toMatch(/^Basic /)
  const moved = await served((request, response) => {
    if (request.url?.startsWith('/moved')) return false
    response.writeHead(301, { location: `/moved${request.url}` }).end()
    return true
  })
  expect(await fetched(moved.url.replace('//', '//anna:hunter2@'))).toMatchObject({
    kind: 'folder',
  })
  const kept = await readdir(join(root, 'into'), { recursive: true, withFileTypes: true })
  for (const file of kept.filter((one) => one.isFile() && one.name === 'hand-in.json'))
    expect(await readFile(join(file.parentPath, file.name), 'utf8')).not.toContain('hunter2')
})

test('a server that is busy is asked again when it says so; one that refuses is told as it is', async () => {
  await repositoryAt(join(root, 'repo'), commits.slice(0, 1))
  let busy = 1
  const { url } = await served((_, response) => {
    if (busy-- <= 0) return false
    response.writeHead(429, { 'retry-after': '0' }).end()
    return true
  })
  expect(await fetched(url)).toMatchObject({ kind: 'folder' })
  for (const [status, sentence] of [
    [401, /shows no such repository to us \(401\)/],
    [404, /shows no such repository to us \(404\)/],
    [500, /answered 500, and no repository/],
    [200, /is no repository that can be read/],
  ] as const) {
    const server = await served((_, response) => {
      response.writeHead(status).end('<html>')
      return true
    })
    const token = { host: new URL(server.url).host, token: 'hunter2' }
    expect(told(await fetched(server.url, {}, token))).toMatch(sentence)
    expect(server.asked.map(({ authorization }) => authorization)).toEqual([undefined])
  }
  for (const address of ['git@github.com:o/r.git', 'ssh://git@github.com/o/r', 'git://x/y'])
    expect(told(await fetched(address))).toMatch(
      /nothing is fetched over (ssh|git): give the address/,
    )
})

test('a pack that would inflate beyond all bounds is never written', async () => {
  await repositoryAt(join(root, 'repo'), commits.slice(0, 1))
  // One object that says it has five bytes.
  const head = Buffer.from([0x50, 0x41, 0x43, 0x4b, 0, 0, 0, 2, 0, 0, 0, 1, 0x35])
  const body = Buffer.concat([head, deflateSync(Buffer.alloc(33 * 2 ** 20))])
  const pack = Buffer.concat([body, createHash('sha1').update(body).digest()])
  const { url } = await served((request, response) => {
    if (request.method !== 'POST') return false
    response.setHeader('content-type', 'application/x-git-upload-pack-result').end(sent(pack))
    return true
  })
  const handIn = await fetched(url)
  expect(handIn.kind).toBe('refused')
  expect(told(handIn)).toMatch(/the repository holds a file of more than 32 MiB\.$/)
  expect(await readdir(join(root, 'into', 'anna'))).toEqual([])
})

test('links, submodules and LFS stay out and are told; an empty repository is missing', async () => {
  const dir = join(root, 'repo')
  await repositoryAt(dir, [
    {
      ...commits[0]!,
      files: { 'nginx.nomad': one!, 'big.bin': 'version https://git-lfs.github.com/spec/v1\n' },
    },
  ])
  await symlink('/etc/passwd', join(dir, 'apache.nomad'))
  await git.add({ fs, dir, filepath: 'apache.nomad' })
  await repositoryAt(dir, [{ at: '2026-11-21T10:00:00Z', files: {} }])
  const handIn = await fetched('repo/.git')
  expect(told(handIn)).toBe(
    'Links and submodules are left out: apache.nomad. Kept in Git LFS, and not fetched: big.bin.',
  )
  expect((await readdir(dirOf(handIn))).sort()).toEqual(['.git', 'big.bin', 'nginx.nomad'])
  await repositoryAt(join(root, 'empty'), [])
  expect(await fetched('empty/.git')).toMatchObject({ kind: 'missing' })
  expect(told(await fetched('empty/.git'))).toBe('The repository is empty.')
  // What only we cannot read costs nobody a mark.
  await writeFile(join(dir, '.git', 'HEAD'), 'ref: refs/heads/gone\n')
  const { url } = await served()
  for (const from of [url, 'repo/.git']) {
    expect(await fetched(from)).toMatchObject({ kind: 'refused' })
    expect(told(await fetched(from))).toMatch(/no default branch/)
  }
  await symlink(root, join(root, 'way'))
  expect(await fetched('way/repo', { commit: 'main' })).toMatchObject({ kind: 'folder' })
})
