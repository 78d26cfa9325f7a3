import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { wallSleep } from '../time/deadline.ts'
import { codeOf, Fault } from '../time/fault.ts'
import { isAlive, type ProcessId, processId } from './process.ts'

/** Who writes a journal. A reaper is waited for: it is bringing back what the next run needs. */
export type Role = 'grader' | 'reaper'

const askAgain = 250
/** Wall milliseconds: a reaper gives up long before. */
const longestReaper = 600_000
const orphanEnds = 1500

/**
 * Takes the lock of a journal; the returned function gives it back. A dead holder's lock is taken
 * over, a living reaper is waited for, a living grader is a Fault.
 */
export async function takeLock(
  path: string,
  role: Role,
  say: (sentence: string) => void,
): Promise<() => void> {
  const mine = JSON.stringify({ ...processId(process.pid), role })
  let told = false
  for (let waited = 0; waited <= longestReaper; waited += askAgain) {
    if (write(path, mine)) return () => release(path, mine)
    const holder = read(path)
    if (!holder || !isAlive(holder)) {
      clear(path, holder)
      continue
    }
    // A grader whose parent was killed ends itself in a moment (bin/parent.ts): that long is waited.
    const ending = role === 'grader' && waited < orphanEnds
    if ((holder.role !== 'reaper' && !ending) || role === 'reaper') throw held(path, holder)
    if (holder.role === 'reaper' && !told)
      say('An earlier run ended early and its VMs are being brought back: waiting for that.')
    told ||= holder.role === 'reaper'
    await wallSleep(askAgain)
  }
  throw held(path, read(path))
}

function write(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx' })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

function read(path: string): (ProcessId & { role: Role }) | undefined {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8'))
    return typeof holder?.pid === 'number' ? holder : undefined
  } catch {
    return undefined
  }
}

/**
 * Removes a dead holder's lock, unless another process was quicker and it is a living one's now.
 */
function clear(path: string, dead: ProcessId | undefined): void {
  const aside = `${path}.${process.pid}`
  try {
    renameSync(path, aside)
  } catch {
    return
  }
  const taken = read(aside)
  if (taken && taken.pid !== dead?.pid && isAlive(taken)) renameSync(aside, path)
  else rmSync(aside, { force: true })
}

function release(path: string, mine: string): void {
  try {
    if (readFileSync(path, 'utf8') === mine) rmSync(path, { force: true })
  } catch {
    // It is gone already: nothing is left to give back.
  }
}

function held(path: string, holder: ProcessId | undefined): Fault {
  return new Fault(
    `This cluster is being graded by another run (process ${holder?.pid ?? 'unknown'}).`,
    {
      code: 'JOURNAL_LOCKED',
      cure: `Wait until it has ended; if there is no such process, remove ${path}.`,
    },
  )
}
