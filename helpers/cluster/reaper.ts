import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Message } from '../language/message.ts'
import { wallSleep } from '../time/deadline.ts'
import { codeOf } from '../time/fault.ts'
import { type JournalOf, journalPath, openJournal, openOutages, removeJournal } from './journal.ts'
import { isOpen } from './journal-records.ts'
import { isAlive, type ProcessId, processId, processIn } from './process.ts'
import { restore } from './restore.ts'
import type { Hands } from './return.ts'

/** This run's reaper: a process of its own that brings the VMs back if this one dies. */
export interface Watcher {
  /**
   * '' when a watcher is proved to watch this process; starts another where one has died. Otherwise,
   * after some seconds, a sentence: the run may go on, for the next one restores too.
   */
  ready(): Promise<string>
  /** The run has ended and nothing is open: the watcher may go, though this process lives on. */
  dismiss(): void
}

const lookEvery = 500
/** No run is longer (rubric, --deadline): a reaper that outlives that has lost its process. */
const longestWatch = 24 * 3_600_000
/** Wall ms. A watcher needs less than a second on an idle machine. */
const longestStart = 15_000
const mostStarts = 3

/**
 * Starts the watcher: `grade restore --watch` in a session of its own, which neither a signal to our
 * process group nor a closed terminal reaches. `bin`: path of bin/grade.js. Not for embedded labs.
 */
export function startWatcher(of: JournalOf & { file: string }, bin: string): Watcher {
  const args = ['restore', '--watch', `${process.pid}`, '--cluster', of.file, '--state', of.dir]
  let starts = 0
  let child: ChildProcess | undefined
  const start = () => {
    starts++
    child = spawn(process.execPath, [bin, ...args], {
      detached: true,
      stdio: 'ignore',
      windowsHide: true,
    })
    child.on('error', () => {})
    child.unref()
  }
  const isDead = () =>
    child?.pid === undefined || child.exitCode !== null || child.signalCode !== null
  start()
  return {
    async ready() {
      for (let waited = 0; waited < longestStart; waited += 50) {
        if (isWatched(of)) return ''
        if (isDead() && starts < mostStarts) start()
        else if (isDead()) break
        await wallSleep(50)
      }
      return 'No watcher could be started: if this run is killed, bring the VMs back with: grade restore'
    },
    dismiss() {
      if (!isOpen(openOutages(of))) rmSync(watchPath(of), { force: true })
    },
  }
}

/** How long a reaper tries, wall ms: a network that is away for longer is left to `grade restore`. */
const usually = { patienceMs: 30 * 60_000, pauseMs: 5000, budgetMs: 120_000 }

/**
 * What `grade restore --watch PID` does: waits until that process is gone, then restores what it
 * left, in rounds, for half an hour at most; between two rounds another may take the journal. What
 * was done, or at last could not be done, is kept in the journal for the next run to tell.
 * `connect` is called only when there is something to restore, and gives undefined when the cluster
 * (a lab) is no more. Resolves with false when something could not be undone.
 */
export async function watchAndRestore(
  pid: number,
  of: JournalOf,
  connect: () => Promise<{ hands: Hands; close(): Promise<void> } | undefined>,
  { patienceMs, pauseMs, budgetMs } = usually,
): Promise<boolean> {
  const { begin: watched } = openOutages(of)
  // The journal was opened before: another's now means that ours is over and that one goes on.
  if (!watched || (watched.pid !== pid && isAlive(watched))) return true
  const mine = JSON.stringify({ ...processId(process.pid), watching: watched.pid })
  const isOurs = () => readWatch(of) === mine
  writeFileSync(watchPath(of), mine)
  try {
    if (!(await diesWhileWatched(watched, isOurs))) return true
    const began = performance.now()
    for (;;) {
      // A later run has a watcher of its own; until that one is there, this one is in charge.
      if (!isOpen(openOutages(of)) || !isOurs()) return true
      const last = performance.now() - began + pauseMs >= patienceMs
      const ended = await restoreOnce(of, connect, budgetMs, last)
      if (ended || last) return ended
      await wallSleep(pauseMs)
    }
  } finally {
    if (readWatch(of) === mine) rmSync(watchPath(of), { force: true })
  }
}

/** False when the watch was given up, because the run ended well or another watches it. */
async function diesWhileWatched(watched: ProcessId, isOurs: () => boolean): Promise<boolean> {
  for (let waited = 0; waited < longestWatch; waited += lookEvery) {
    if (!isAlive(watched)) return true
    if (!isOurs()) return false
    await wallSleep(lookEvery)
  }
  return false
}

/** True when nothing is left open. */
async function restoreOnce(
  of: JournalOf,
  connect: Parameters<typeof watchAndRestore>[2],
  budgetMs: number,
  last: boolean,
): Promise<boolean> {
  const connected = await connect()
  if (!connected) {
    removeJournal(journalPath(of))
    return true
  }
  const { hands, close } = connected
  try {
    const journal = await openJournal(of, { clock: hands.clock, role: 'reaper', say: () => {} })
    try {
      const trouble = (sentence: Message) => last && journal.toTell(sentence)
      return await restore(journal, hands, { say: journal.toTell, trouble, budgetMs })
    } finally {
      journal.close()
    }
  } catch (error) {
    // The next run was quicker: it restores before it grades.
    if (codeOf(error) === 'JOURNAL_LOCKED') return false
    throw error
  } finally {
    await close()
  }
}

const watchPath = (of: JournalOf) => `${journalPath(of)}.watch`

function readWatch(of: JournalOf): string {
  try {
    return readFileSync(watchPath(of), 'utf8')
  } catch {
    return ''
  }
}

function isWatched(of: JournalOf): boolean {
  try {
    const watch = JSON.parse(readWatch(of))
    const watcher = processIn(watch)
    return watch.watching === process.pid && watcher !== undefined && isAlive(watcher)
  } catch {
    return false
  }
}
