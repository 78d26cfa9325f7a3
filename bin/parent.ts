import { readFileSync } from 'node:fs'
import { isAlive, type ProcessId, processId } from '../helpers/cluster/process.ts'

/** How soon an orphan notices, in ms; the journal's lock waits longer than that. */
const lookEvery = 250
/** npm, its shell, and bin/grade.js under an older Node. */
const mostAbove = 3

/**
 * Ends this process as soon as one that was started only to run it is gone: npm, the shell between,
 * or bin/grade.js under an older Node. Whoever kills that one means this one; the watcher then
 * brings the VMs back.
 */
export function endWithParent(env: Record<string, string | undefined>): void {
  const underNpm = env.npm_lifecycle_event !== undefined
  if (!underNpm && env.GRADE_STARTED_BY_OLD_NODE === undefined) return
  const parent = process.ppid
  const watched = underNpm ? upToNpm(parent) : [processId(parent)]
  setInterval(() => {
    // An orphan gets another parent; on Windows it keeps the number of the dead one.
    if (process.ppid !== parent || !watched.every(isAlive)) process.kill(process.pid, 'SIGKILL')
  }, lookEvery).unref()
}

/** The parent, and who is above it up to npm; the parent alone where no npm is found (no /proc). */
function upToNpm(parent: number): ProcessId[] {
  const above: ProcessId[] = []
  let pid = parent
  while (above.length < mostAbove) {
    above.push(processId(pid))
    const { name, ppid } = whoIs(pid)
    if (name.startsWith('npm')) return above
    if (ppid <= 1) break
    pid = ppid
  }
  return above.slice(0, 1)
}

function whoIs(pid: number): { name: string; ppid: number } {
  try {
    const [, name = '', ppid] =
      /^\d+ \((.*)\) \S+ (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    return { name, ppid: Number(ppid) }
  } catch {
    return { name: '', ppid: 0 }
  }
}
