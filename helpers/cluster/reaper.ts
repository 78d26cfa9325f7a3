import { spawn } from 'node:child_process'
import { wallSleep } from '../time/deadline.ts'
import { codeOf } from '../time/fault.ts'
import { type JournalOf, openJournal, openOutages } from './journal.ts'
import { isOpen } from './journal-records.ts'
import { isAlive, processId } from './process.ts'
import { restore } from './restore.ts'
import type { Hands } from './return.ts'

const lookEvery = 500
/** No run is longer (rubric, --deadline): a reaper that outlives that has lost its process. */
const longestWatch = 24 * 3_600_000

/**
 * Starts a process of its own that outlives this one and brings the VMs back if this one dies.
 * `bin`: path of bin/grade.js. Not for embedded labs. It is started before the first stop and ends
 * by itself.
 */
export function startReaper(of: JournalOf & { file: string }, bin: string): void {
  const args = ['restore', '--watch', `${process.pid}`, '--cluster', of.file, '--state', of.dir]
  const reaper = spawn(process.execPath, [bin, ...args], { detached: true, stdio: 'ignore' })
  // Without a reaper the next run restores: not being able to start one must not end this run.
  reaper.on('error', () => {})
  reaper.unref()
}

/**
 * What `grade restore --watch PID` does: waits until that process is gone, then restores what it
 * left. `connect` is called only when there is something to restore. What was done is kept in the
 * journal for the next run to tell. Resolves with false when something could not be undone.
 */
export async function watchAndRestore(
  pid: number,
  of: JournalOf,
  connect: () => Promise<{ hands: Hands; close(): Promise<void> }>,
): Promise<boolean> {
  const watched = processId(pid)
  for (let waited = 0; isAlive(watched) && waited < longestWatch; waited += lookEvery) {
    await wallSleep(lookEvery)
  }
  if (isAlive(watched) || !isOpen(openOutages(of))) return true
  const { hands, close } = await connect()
  try {
    const journal = await openJournal(of, { clock: hands.clock, role: 'reaper', say: () => {} })
    try {
      return await restore(journal, hands, { say: journal.toTell })
    } finally {
      journal.close()
    }
  } catch (error) {
    // The next run was quicker: it restores before it grades.
    if (codeOf(error) === 'JOURNAL_LOCKED') return true
    throw error
  } finally {
    await close()
  }
}
