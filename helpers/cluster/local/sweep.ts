import { readdirSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { isAlive } from '../process.ts'

/** A cluster's folder: this, the grader's process, its start, and something by chance. */
export const folderPrefix = '/tmp/grade-local-'
const groupsAt = '/sys/fs/cgroup'

/**
 * Removes what is left of local clusters whose grader is dead. A cluster clears up after itself even
 * then; something is left only when that part of it was killed as well.
 */
export function sweep(): void {
  for (const name of namesIn(dirname(folderPrefix)).filter(isDead))
    rmSync(join(dirname(folderPrefix), name), { recursive: true, force: true })
  // Version 2 has one tree of control groups, version 1 one for each controller.
  for (const tree of ['', ...namesIn(groupsAt)])
    for (const name of namesIn(join(groupsAt, tree)).filter(isDead))
      removeGroups(join(groupsAt, tree, name))
}

function isDead(name: string): boolean {
  const prefix = basename(folderPrefix)
  const [pid, started] = name.startsWith(prefix) ? name.slice(prefix.length).split('-') : []
  return (
    pid !== undefined && started !== undefined && !isAlive({ pid: Number(pid), started, boot: '' })
  )
}

function removeGroups(path: string): void {
  for (const name of namesIn(path)) {
    const below = join(path, name)
    if (statSync(below).isDirectory()) removeGroups(below)
  }
  try {
    rmdirSync(path)
  } catch {
    // It has processes still: a cluster that is just ending clears up itself.
  }
}

function namesIn(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}
