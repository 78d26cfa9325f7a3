import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { type Message, msg } from '../language/message.ts'
import { wallSleep } from '../time/deadline.ts'
import { codeOf, Fault } from '../time/fault.ts'
import { isAlive, type ProcessId, processId, processIn } from './process.ts'

/**
 * Who writes a journal: a run, `grade restore`, or a run's watcher. A watcher is waited for: it is
 * bringing back what the next run needs.
 */
export type Role = 'grader' | 'restore' | 'reaper'

const askAgain = 250
/** Wall milliseconds: a watcher lets go between two of its rounds, which are shorter. */
const longestReaper = 600_000
const orphanEnds = 1500

/**
 * Takes the lock of a journal; the returned function gives it back. A dead holder's lock is taken
 * over, a living watcher is waited for, a living grader is a Fault; `heldBy` says it of what is no
 * cluster's.
 */
export async function takeLock(
  path: string,
  role: Role,
  say: (sentence: Message) => void,
  heldBy?: (pid: string) => Message,
): Promise<() => void> {
  const mine = JSON.stringify({ ...processId(process.pid), role })
  let told = false
  for (let waited = 0; waited <= longestReaper; waited += askAgain) {
    if (write(path, mine)) return () => release(path, mine)
    const { text, holder } = read(path)
    if (!holder || !isAlive(holder)) {
      clear(path, text)
      continue
    }
    // A grader whose parent was killed ends itself in a moment (bin/parent.ts): that long is waited.
    const ending = waited < orphanEnds
    if (role === 'reaper' || (holder.role !== 'reaper' && !ending)) throw held(path, holder, heldBy)
    if (holder.role === 'reaper' && !told)
      say(msg('An earlier run ended early and its VMs are being brought back: waiting for that.'))
    told ||= holder.role === 'reaper'
    await wallSleep(askAgain)
  }
  throw held(path, read(path).holder, heldBy)
}

/** Whether the lock is ours now. It appears with its text in it: a lock half written is a dead one's. */
function write(path: string, text: string): boolean {
  const own = `${path}.${process.pid}`
  try {
    writeFileSync(own, text)
    linkSync(own, path)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    // A file system without links, such as FAT.
    if (['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP'].includes(codeOf(error)))
      return writeUnlinked(path, text)
    throw error
  } finally {
    rmSync(own, { force: true })
  }
}

function writeUnlinked(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx' })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

function read(path: string): { text: string; holder?: ProcessId & { role: Role } } {
  let text = ''
  try {
    text = readFileSync(path, 'utf8')
    const json = JSON.parse(text)
    const id = processIn(json)
    return id ? { text, holder: { ...id, role: json.role } } : { text }
  } catch {
    return { text }
  }
}

/**
 * Removes a dead holder's lock, unless another process was quicker and it is a living one's now.
 */
function clear(path: string, dead: string): void {
  const aside = `${path}.${process.pid}`
  try {
    renameSync(path, aside)
  } catch {
    return
  }
  try {
    if (read(aside).text !== dead) linkSync(aside, path)
    rmSync(aside, { force: true })
  } catch {
    renameSync(aside, path)
  }
}

function release(path: string, mine: string): void {
  try {
    if (readFileSync(path, 'utf8') === mine) rmSync(path, { force: true })
  } catch {
    // It is gone already: nothing is left to give back.
  }
}

function held(
  path: string,
  holder: (ProcessId & { role: Role }) | undefined,
  heldBy?: (pid: string) => Message,
): Fault {
  const who = { pid: `${holder?.pid ?? '?'}` }
  const sentence =
    heldBy?.(who.pid) ??
    (holder?.role === 'reaper' || holder?.role === 'restore'
      ? msg('This cluster is being brought back after another run (process {pid}).', who)
      : msg('This cluster is being graded by another run (process {pid}).', who))
  return new Fault(sentence, {
    code: 'JOURNAL_LOCKED',
    cure: msg('Wait until it has ended; if there is no such process, remove {path}.', { path }),
  })
}
