import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { unpack } from './archive.ts'
import { sinkTo } from './archive-sink.ts'
import { type Packed, tarOf, zipOf } from './testing-archives.ts'

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'archive-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

const limits = { files: 50, bytes: 2 ** 20 }

/** Unpacks and gives what was written, or the sentence that refuses it. */
async function unpacked(bytes: Buffer): Promise<string> {
  const dir = await mkdtemp(join(root, 'into-'))
  const path = join(root, 'archive')
  await writeFile(path, bytes)
  try {
    await unpack(path, sinkTo(dir, limits))
  } catch (error) {
    return (error as Error).message
  }
  const names = await readdir(dir, { recursive: true })
  return names.sort().join(' ')
}

const job = { name: 'work/nginx.nomad', data: 'job "nginx" {}' }

test.each(['zip', 'tar', 'tar.gz'])('a %s is unpacked, without its modes', async (kind) => {
  const entries: Packed[] = [
    { name: 'work/', mode: 0o040755, type: '5' },
    { ...job, mode: 0o104777 },
    { name: '__MACOSX/._nginx.nomad', data: 'x' },
  ]
  const dir = join(root, 'into')
  const tar = tarOf(entries)
  await writeFile(join(root, 'a'), { zip: zipOf(entries), tar, 'tar.gz': gzipSync(tar) }[kind]!)
  const sink = sinkTo(dir)
  await unpack(join(root, 'a'), sink)
  expect(await readdir(dir, { recursive: true })).toEqual(['work', job.name])
  expect(await readFile(join(dir, job.name), 'utf8')).toBe(job.data)
  expect((await stat(join(dir, job.name))).mode & 0o7111).toBe(0)
  expect(sink.newest()).toEqual(new Date(1_700_000_000_000))
})

/** What is refused whole, and by which word of its sentence. */
const bad: [string, Packed[], RegExp][] = [
  ['leads out', [{ name: 'a/../../x.nomad' }], /leads out of the folder/],
  ['leads out at once', [{ name: '..' }], /leads out of the folder/],
  ['absolute', [{ name: '/etc/cron.d/x' }], /root of a disk/],
  ['a drive', [{ name: 'C:/x.nomad' }], /root of a disk/],
  ['backslashes', [{ name: 'a\\..\\x.nomad' }], /backslash/],
  ['control characters', [{ name: 'x\u001b[2J.nomad' }], /no name of a file/],
  ['case only', [{ name: 'a/nginx.nomad' }, { name: 'A/apache.nomad' }], /one and the same/],
  ['accents only', [{ name: '\u00e9.nomad' }, { name: 'e\u0301.nomad' }], /one and the same/],
  ['twice', [job, job], /twice/],
  ['a file as folder', [{ name: 'work' }, job], /twice/],
  [
    'a link',
    [{ name: 'x.nomad', mode: 0o120777, type: '2', data: '/etc/passwd' }],
    /link or a device/,
  ],
  ['a device', [{ name: 'x.nomad', mode: 0o020666, type: '3' }], /link or a device/],
  ['many files', Array.from({ length: 51 }, (_, n) => ({ name: `${n}` })), /more than 50 files/],
  ['too deep', [{ name: `${'a/'.repeat(40)}x` }], /too deep/],
]

test.each(bad)(
  'what is no plain file in the folder is refused: %s',
  async (_, entries, sentence) => {
    expect(await unpacked(zipOf(entries))).toMatch(sentence)
    expect(await unpacked(tarOf(entries))).toMatch(sentence)
  },
)

test('a hard link of a tar, a locked zip and an archive in an archive are refused', async () => {
  expect(await unpacked(tarOf([{ name: 'x.nomad', type: '1' }]))).toMatch(/link or a device/)
  expect(await unpacked(zipOf([{ ...job, flags: 1 }]))).toMatch(/locked with a password/)
  expect(await unpacked(gzipSync(gzipSync(tarOf([job]))))).toMatch(/archive within an archive/)
  expect(await unpacked(zipOf([{ name: 'inner.zip', data: zipOf([job]) }]))).toBe('inner.zip')
})

test('a bomb is stopped by what it unpacks to, whatever it says', async () => {
  const zeros = Buffer.alloc(2 ** 20 - 100)
  const bomb: Packed[] = ['a', 'b', 'c'].map((name) => ({ name, data: zeros }))
  expect(await unpacked(zipOf(bomb))).toBe('unpacked it is larger than 1 MiB.')
  expect(await unpacked(gzipSync(tarOf(bomb)))).toBe('unpacked it is larger than 1 MiB.')
  const lies = [{ name: 'a', data: zeros, claims: 10 }, job]
  expect(await unpacked(zipOf(lies))).toMatch(/^it is no whole zip archive: too many bytes/)
})

test('what is cut short or of another kind is refused, never half of it graded', async () => {
  const zip = zipOf([job, { name: 'b', data: 'x'.repeat(2000) }])
  const tar = tarOf([job, { name: 'b', data: 'x'.repeat(2000) }])
  expect(await unpacked(zip.subarray(0, zip.length - 30))).toMatch(/no whole zip archive/)
  expect(await unpacked(tar.subarray(0, 2500))).toMatch(/no whole tar archive/)
  expect(await unpacked(gzipSync(tar).subarray(0, 100))).toMatch(/no whole tar archive/)
  expect(await unpacked(gzipSync('job "nginx" {}'))).toMatch(/no whole tar archive/)
  expect(await unpacked(Buffer.from('Rar!\x1a\x07'))).toMatch(/neither a folder nor an archive/)
  expect(await unpacked(Buffer.alloc(0))).toMatch(/neither a folder nor an archive/)
})
