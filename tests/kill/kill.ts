import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, watch } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openOutages } from '../../helpers/cluster/journal.ts'
import type { Moment } from './moments.ts'
import type { Target } from './target.ts'

const program = fileURLToPath(new URL('../../bin/grade.js', import.meta.url))
const submission = fileURLToPath(new URL('../../examples/submissions/reference', import.meta.url))

export interface Killed {
  /** False when the run ended before the moment came: nothing was killed. */
  killed: boolean
  /** '' when everything came back by itself; else what did not, or what went wrong. */
  trouble: string
  /** VMs and jobs that the journal held open when the run was killed. */
  open: string
  /** Wall ms from the kill until all was back. */
  backMs: number
}

/** A grader in a process group of its own. */
interface Grader {
  pid: number
  output(): string
  ended(): boolean
  exit: Promise<unknown>
}

/** In cluster seconds; and as long again on the wall for processes. */
const longestReturn = 300
const longestRun = 600

/** Starts a run, kills its whole process group at the moment, and waits until all is as it was. */
export async function killOnce(target: Target, moment: Moment): Promise<Killed> {
  mkdirSync(target.of.dir, { recursive: true })
  const grader = start(target, moment.item)
  const nothing = { killed: false, open: '', backMs: 0 }
  try {
    const came = await until(target, grader, moment)
    if (!came) {
      await grader.exit
      return { ...nothing, trouble: grader.output().slice(-2000) }
    }
    const watcher = watcherOf(target, grader.pid)
    process.kill(-grader.pid, 'SIGKILL')
    const at = performance.now()
    await grader.exit
    const { vms, jobs } = openOutages(target.of)
    const open = [...vms.map((vm) => `${vm.name}${vm.accepted ? ' going' : ''}`), ...jobs].join(' ')
    const survived = watcher === undefined || isThere(watcher)
    if (!survived) return { killed: true, open, backMs: 0, trouble: 'the watcher died too' }
    if (moment.againMs !== undefined) await killAnother(target, moment.item, moment.againMs)
    const trouble = await waitForAll(target)
    return { killed: true, open, backMs: performance.now() - at, trouble }
  } finally {
    if (!grader.ended()) process.kill(-grader.pid, 'SIGKILL')
  }
}

/** A next run that waits for the watcher, restores or grades already: killed, whatever it does. */
async function killAnother(target: Target, item: string, afterMs: number): Promise<void> {
  const next = start(target, item)
  await sleep(afterMs)
  if (!next.ended()) process.kill(-next.pid, 'SIGKILL')
  await next.exit
}

function start({ folder, clusterFile }: Target, item: string): Grader {
  const args = ['--submission', submission, '--cluster', clusterFile, '--items', item]
  const env = { ...process.env, NO_COLOR: '1', npm_lifecycle_event: undefined, VITEST: undefined }
  const options = { cwd: folder, env, detached: true }
  const child = spawn(process.execPath, [program, ...args], options)
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      text += chunk
    })
  return {
    pid: child.pid ?? 0,
    output: () => text,
    ended: () => child.exitCode !== null || child.signalCode !== null,
    exit: once(child, 'close'),
  }
}

/** Waits for the moment; false when the run ended before. */
async function until(target: Target, grader: Grader, moment: Moment): Promise<boolean> {
  const { kind, delayMs } = moment
  const signs = {
    before: () => wrote(target, 'job-registering'),
    at: () => wrote(target, 'vm-stopping'),
    after: () => wrote(target, 'vm-stopping'),
    return: () => /box-\d+: starting/.test(grader.output()),
  }
  const stirred = stirring(target.of.dir)
  try {
    const limit = performance.now() + (longestRun / target.speed + 60) * 1000
    // The journal is looked at the moment it changes: between its line and the act are milliseconds.
    while (!signs[kind]()) {
      if (grader.ended() || performance.now() > limit) return false
      await stirred.next(20)
    }
  } finally {
    stirred.close()
  }
  if (delayMs > 0) await sleep(delayMs / target.speed)
  return !grader.ended()
}

function wrote({ journalFile }: Target, what: string): boolean {
  try {
    return readFileSync(journalFile, 'utf8').includes(`"what":"${what}"`)
  } catch {
    return false
  }
}

/** Resolves when anything changes in the folder, or after some ms. */
function stirring(dir: string) {
  let wake = () => {}
  const watcher = watch(dir, () => wake())
  return {
    next: (ms: number) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      }),
    close: () => watcher.close(),
  }
}

/** The process that watches the grader, by the file that it leaves beside the journal. */
function watcherOf({ journalFile }: Target, grader: number): number | undefined {
  try {
    const { pid, watching } = JSON.parse(readFileSync(`${journalFile}.watch`, 'utf8'))
    return watching === grader ? pid : undefined
  } catch {
    return undefined
  }
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** '' when all is as it was found; otherwise what was still missing when patience was over. */
async function waitForAll(target: Target): Promise<string> {
  const limit = performance.now() + (longestReturn / target.speed + 60) * 1000
  for (;;) {
    const left = await target.whatIsLeft()
    if (left === '' || performance.now() > limit) return left
    await sleep(250)
  }
}
