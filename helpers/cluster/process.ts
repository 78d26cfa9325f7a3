import { readFileSync } from 'node:fs'

/**
 * A process, told apart from a later one with the same number where the system says when it began.
 */
export interface ProcessId {
  pid: number
  /** Linux: start time in clock ticks since boot; '' elsewhere. */
  started: string
  /** Linux: the boot those ticks are counted from; '' elsewhere, and in files of older versions. */
  boot: string
}

export function processId(pid: number): ProcessId {
  return { pid, started: startOf(pid), boot: thisBoot() }
}

/** Whether that very process lives: not one with its number after a reboot, and no zombie. */
export function isAlive({ pid, started, boot }: ProcessId): boolean {
  if (boot !== '' && boot !== thisBoot()) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const began = startOf(pid)
  return began !== dead && (started === '' || began === started)
}

/** A process id out of a file: whatever is missing there is unknown; undefined when there is none. */
export function processIn(json: unknown): ProcessId | undefined {
  const { pid, started = '', boot = '' } = (json ?? {}) as Record<string, unknown>
  return typeof pid === 'number' ? { pid, started: `${started}`, boot: `${boot}` } : undefined
}

const dead = 'dead'

function thisBoot(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return ''
  }
}

function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in parentheses and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A killed process that nobody has waited for yet is a zombie: dead.
    return fields[0] === 'Z' ? dead : (fields[19] ?? '')
  } catch {
    return ''
  }
}
