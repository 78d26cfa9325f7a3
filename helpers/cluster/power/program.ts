import { access, constants } from 'node:fs/promises'
import { homedir } from 'node:os'
import which from 'which'
import { type Clock, held } from '../../time/clock.ts'
import { wallSleep } from '../../time/deadline.ts'

/** What a program printed and how it ended. */
export interface Ran {
  /** undefined: killed by a signal, too late, or never begun. */
  code: number | undefined
  stdout: string
  stderr: string
  /** It did not end within its deadline, and was killed. */
  late: boolean
  /** Why it could not be run at all: ENOENT, EACCES; '' when it ran. */
  failed: string
}

export interface Command {
  /** A program's path, or a line for the shell. */
  file: string
  /** Without arguments `file` is a shell line. */
  args?: string[]
  env?: Readonly<Record<string, string>>
  cwd?: string
  /** Wall milliseconds. */
  deadline: number
}

const longestOutput = 4 * 1024 * 1024
/** A program that left something running in the background keeps its pipes open for ever. */
const lastWords = 300

/** Runs a program to its end or its deadline; never rejects. Cluster time stands still meanwhile. */
export async function runProgram(clock: Clock, command: Command): Promise<Ran> {
  return await held(clock, async () => {
    // 70 ms of CPU, which a run on the lab need not pay.
    const { execa } = await import('execa')
    const running = execa(command.file, command.args ?? [], {
      shell: command.args === undefined,
      stdin: 'ignore',
      reject: false,
      stripFinalNewline: false,
      timeout: command.deadline,
      maxBuffer: longestOutput,
      // A group of its own: Ctrl-C must not end a hypervisor's command half way (power-drivers §1.5).
      killDescendants: true,
      windowsHide: true,
      ...(command.env && { env: command.env }),
      ...(command.cwd !== undefined && { cwd: command.cwd }),
    })
    const child = running.nodeChildProcess
    child.once('exit', async () => {
      await wallSleep(lastWords)
      child.stdout?.destroy()
      child.stderr?.destroy()
    })
    const ran = await running
    const begun = ran.exitCode !== undefined || ran.signal !== undefined || ran.timedOut
    return {
      code: ran.timedOut ? undefined : ran.exitCode,
      stdout: ran.stdout,
      stderr: ran.stderr,
      late: ran.timedOut,
      failed: begun ? '' : (ran.code ?? ran.shortMessage ?? 'it could not be run'),
    }
  })
}

/**
 * The program's path: the one that the cluster file names, else on PATH, else in the usual places;
 * undefined when there is none.
 */
export async function findProgram(
  names: readonly string[],
  places: readonly string[],
  own?: string,
): Promise<string | undefined> {
  if (own !== undefined) return (await which(withHome(own), { nothrow: true })) ?? undefined
  for (const name of names) {
    const found = await which(name, { nothrow: true })
    if (found) return found
  }
  for (const place of placesHere(places, process.platform, process.env)) {
    if (await isProgram(place)) return place
  }
  return undefined
}

export function withHome(path: string): string {
  return path.replace(/^~(?=[/\\]|$)/, homedir())
}

/**
 * The places that exist on this kind of system: `%NAME%` is a variable of Windows' environment and
 * may hold several folders, with semicolons between (power-drivers §1.1: VBOX_MSI_INSTALL_PATH).
 */
export function placesHere(
  places: readonly string[],
  platform: string,
  env: Readonly<Record<string, string | undefined>>,
): string[] {
  const windows = platform === 'win32'
  return places.flatMap((place) => {
    const variable = /^%(\w+)%/.exec(place)
    if (windows !== (variable !== null)) return []
    if (!variable) return [place]
    const rest = place.slice(variable[0].length)
    const folders = (env[variable[1] ?? ''] ?? '').split(';').filter((folder) => folder !== '')
    return folders.map((folder) => folder.replace(/[\\/]+$/, '') + rest)
  })
}

async function isProgram(path: string): Promise<boolean> {
  return await access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}
