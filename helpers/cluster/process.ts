import { readFileSync } from 'node:fs'

/**
 * A process, told apart from a later one with the same number where the system says when it began.
 */
export interface ProcessId {
  pid: number
  /** Linux: start time in clock ticks since boot; '' elsewhere. */
  started: string
}

export function processId(pid: number): ProcessId {
  return { pid, started: startOf(pid) }
}

export function isAlive({ pid, started }: ProcessId): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return started === '' || startOf(pid) === started
}

function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in parentheses and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A killed process that nobody has waited for yet is a zombie: dead.
    return fields[0] === 'Z' ? 'dead' : (fields[19] ?? '')
  } catch {
    return ''
  }
}
