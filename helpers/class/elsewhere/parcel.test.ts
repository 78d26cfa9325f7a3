import * as fs from 'node:fs'
import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import git from 'isomorphic-git'
import { extract } from 'tar'
import { afterEach, expect, test } from 'vitest'
import { tellIn } from '../../language/message.ts'
import { findSubmission } from '../../submission/find.ts'
import { examples, fixed, one, three } from '../../submission/submission-folder.ts'
import { parcelOf } from './parcel.ts'

const made: string[] = []
afterEach(async () => {
  for (const dir of made.splice(0)) await rm(dir, { recursive: true, force: true })
})
function temp(): string {
  const dir = mkdtempSync(join(tmpdir(), 'parcel-test-'))
  made.push(dir)
  return dir
}

/** What another machine finds in the parcel, and how many bytes that takes. */
async function there(dir: string) {
  const parcel = await parcelOf(dir)
  if ('why' in parcel) throw new Error(tellIn(parcel.why, 'en'))
  const to = temp()
  const file = join(temp(), 'parcel.tar.gz')
  writeFileSync(file, parcel.bytes)
  await extract({ cwd: to, file })
  return { submission: { ...(await findSubmission(to)), dir }, bytes: parcel.bytes, to }
}

const picture = Buffer.from(Array.from({ length: 20_000 }, (_, i) => (i * 7919) % 251))

test('another machine finds the same submission, and nothing that is not looked at', async () => {
  const dir = temp()
  cpSync(join(examples, 'last-state'), dir, { recursive: true })
  mkdirSync(join(dir, 'old'))
  writeFileSync(join(dir, 'old', '@one.nomad'), one)
  writeFileSync(join(dir, 'three.txt'), three)
  writeFileSync(join(dir, 'nginx.nomad.txt'), three)
  writeFileSync(join(dir, 'stages.yaml'), '01.3: three.txt\n02.1: gone.nomad\n')
  writeFileSync(join(dir, 'screen.png'), picture)
  const seen = await there(dir)
  expect(seen.submission).toEqual(await findSubmission(dir))
  expect(seen.submission.problems).not.toEqual([])
  expect(seen.bytes.length).toBeLessThan(2000)
  expect(fs.existsSync(join(seen.to, 'screen.png'))).toBe(false)
  // A second terminal asks for the same thing.
  expect((await there(dir)).bytes.equals(seen.bytes)).toBe(true)
})

test('stages in the git history come along, and the rest of the history does not', async () => {
  const dir = temp()
  const home = join(dir, 'work')
  mkdirSync(home)
  await git.init({ fs, dir: home })
  const author = { name: 'a', email: 'a@example.org' }
  writeFileSync(join(home, 'screen.png'), picture)
  await git.add({ fs, dir: home, filepath: 'screen.png' })
  const texts = ['# draft\n', one, three, `${fixed}# 1\n`, `${fixed}# 2\n`]
  for (const [nth, text] of texts.entries()) {
    writeFileSync(join(home, 'nginx.nomad'), text)
    await git.add({ fs, dir: home, filepath: 'nginx.nomad' })
    const at = { timestamp: 1_790_000_000 + nth, timezoneOffset: 0 }
    await git.commit({ fs, dir: home, message: `${nth}`, author: { ...author, ...at } })
  }
  const seen = await there(dir)
  expect(seen.submission).toEqual(await findSubmission(dir))
  expect(seen.submission.stages['01.1']).toMatchObject({ origin: { how: 'git' } })
  expect(seen.bytes.length).toBeLessThan(4000)
  // Nor does what is older than the stages.
  expect(fs.existsSync(join(seen.to, 'work', '.git', 'shallow'))).toBe(true)
})

test('what would be another submission there is not sent', async () => {
  const dir = temp()
  symlinkSync(join(examples, 'last-state', 'nginx.nomad'), join(dir, 'nginx.nomad'))
  expect(await parcelOf(dir)).toHaveProperty('why')
})
