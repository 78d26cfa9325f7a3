import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { journalOf, journalPath, openJournal } from '../../helpers/cluster/journal.ts'
import { loadClusterFile } from '../../helpers/cluster/load.ts'
import { startWatcher } from '../../helpers/cluster/reaper.ts'
import { wallClock } from '../../helpers/time/clock.ts'
import { tempFolder } from '../harness.ts'

const program = fileURLToPath(new URL('../../bin/grade.js', import.meta.url))

/** A journal of this process, of a cluster that nothing is asked of. */
async function journalIn(folder: string) {
  const path = join(folder, 'cluster.yaml')
  writeFileSync(path, 'server: 127.0.0.1\n')
  const of = journalOf(await loadClusterFile(path), { dir: folder, path, embedded: false })
  const journal = await openJournal(of, { clock: wallClock(), say: () => {} })
  return { journal, of: { ...of, file: path } }
}

const isThere = (pid: number) => {
  try {
    // A killed child that Node has not heard of yet is still there.
    return process.kill(pid, 0) && !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

test('a watcher is proved to watch; one that died is replaced; it goes when the run is over', async () => {
  using folder = tempFolder()
  const { journal, of } = await journalIn(folder.path)
  const pid = () => JSON.parse(readFileSync(`${journalPath(of)}.watch`, 'utf8')).pid as number
  const watcher = startWatcher(of, program)
  expect(await watcher.ready()).toBe('')
  const first = pid()
  expect(isThere(first)).toBe(true)
  process.kill(first, 'SIGKILL')
  await expect.poll(() => isThere(first)).toBe(false)
  expect(await watcher.ready()).toBe('')
  const second = pid()
  expect(second).not.toBe(first)
  journal.close()
  watcher.dismiss()
  await expect.poll(() => isThere(second), { timeout: 5000 }).toBe(false)
})

test('without a watcher the run is told so, with what it means', async () => {
  using folder = tempFolder()
  const { journal, of } = await journalIn(folder.path)
  const watcher = startWatcher(of, join(folder.path, 'no-such-program.js'))
  expect(await watcher.ready()).toMatch(/^No watcher could be started: .*grade restore$/)
  journal.close()
})
