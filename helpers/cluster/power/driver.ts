import { type Message, msg, type Text } from '../../language/message.ts'
import type { PowerState } from './power.ts'
import type { Ran } from './program.ts'

/** A VM as its hypervisor names it. */
export interface Row {
  name: string
  /** What commands call it, where that is not its name: a UUID, a path. */
  id?: string
  /** The hypervisor's own word for its state. */
  state?: string
}

export interface Act {
  args: (vm: string) => string[]
  /** Wall seconds until the command is given up. */
  deadline: number
  /** Standard output that means success whatever the exit code is. */
  succeeds?: RegExp
}

export type What = 'start' | 'cut' | 'stop'

/** What an error text means, by the recorded texts of power-drivers.md. */
export interface ErrorPattern {
  says: RegExp
  /**
   * again: look whether the VM already is as wanted, else wait and try again; done: as good as
   * success; unknown-vm: there is no such VM; denied: this user may not; refused: a reason of its own.
   */
  means: 'again' | 'done' | 'unknown-vm' | 'denied' | 'refused'
  /** Only where this was asked. */
  of?: What
  cure?: Message
}

/** Runs the driver's program; rejects with a Fault only when it is missing or does not end. */
export type Run = (args: string[], deadlineSeconds?: number) => Promise<Ran>

/** What a node is known by when no VM has its name. */
export interface Hints {
  /** The host's port that the cluster file gives for its SSH on the loopback, else 220N. */
  sshPort?: number
  /** The number at the end of its name. */
  number?: string
  address?: string
}

/** One hypervisor as data: what the engine runs, and how it reads the answers. */
export interface Driver {
  /** As the cluster file says it. */
  name: string
  /** As people say it. */
  title: string
  /** Names to look for on PATH, in this order, then the usual places (`%NAME%` is the environment). */
  programs: readonly string[]
  places: readonly string[]
  env: Readonly<Record<string, string>>
  cwd?: string
  version: string[]
  list: { args: string[]; read: (stdout: string) => Row[] | Promise<Row[]> }
  /** How one VM's state is read; without it the list says it. */
  state?: { args: (vm: string) => string[]; read: (stdout: string) => string | undefined }
  /** For what a command and a pattern cannot say; `trying`: between two tries of that act. */
  look?: (vm: Row, run: Run, trying?: What) => Promise<string>
  /** Finds a node's VM that has another name. */
  match?: (rows: Row[], hints: Hints, run: Run) => Promise<Row[]>
  start: Act
  cut: Act
  stop: Act
  /** Native state, in lower case → ours; what is not here is unknown. */
  states: Readonly<Record<string, PowerState>>
  /** Native states from which a start wakes an old memory instead of booting. */
  saved: readonly string[]
  /** Native states that a start does not end → what to do. */
  stuck: Readonly<Record<string, Message>>
  errors: readonly ErrorPattern[]
  /** Standard error that means failure although the exit code is 0. */
  failsOn?: RegExp
  /** The sentence inside the output of a command that failed, where it is not the first line. */
  complaint?: (text: string) => string | undefined
  untried: Text
}

/** The sentence of a driver that never met what it switches. */
export const heldAgainstTexts = (title: string, program: string) =>
  msg(
    'The {title} driver was only held against recorded and documented outputs of {program}, never against {title} itself.',
    { title, program },
  )

/** Lines without their ends (also \r\n, as Windows programs print them) and without empty ones. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/\r+$/, ''))
    .filter((line) => line.trim() !== '')
}

/** JSON of a command; undefined when it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
