import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { Command } from 'commander'
import { type Check, type CheckParts, checkOf } from '../helpers/check/check.ts'
import { lookNow } from '../helpers/check/now.ts'
import { type Paper, readPaper } from '../helpers/check/paper.ts'
import { renderCheck, renderCheckOpening } from '../helpers/check/screen.ts'
import type { ClusterFile } from '../helpers/cluster/file.ts'
import { connect } from '../helpers/connect.ts'
import {
  inLanguage,
  type Language,
  type Message,
  msg,
  tellIn,
} from '../helpers/language/message.ts'
import type { Progress } from '../helpers/progress.ts'
import { safeJson } from '../helpers/report/json.ts'
import { createProgress } from '../helpers/report/progress.ts'
import { lookOf } from '../helpers/report/screen.ts'
import { findSubmission } from '../helpers/submission/find.ts'
import { wallClock } from '../helpers/time/clock.ts'
import { Fault, tell, told } from '../helpers/time/fault.ts'
import type { LabOptions } from '../lab/contract.ts'
import { rubric } from '../suites/rubric.ts'
import { checkLive, type LiveFlags } from './check-live.ts'
import { clusterFile } from './cluster-file.ts'
import { folderOf, stateDirOf } from './config.ts'
import { exit } from './exit.ts'
import { exampleText } from './help.ts'

interface CheckFlags extends LiveFlags {
  submission: string
  lab: boolean
  live?: boolean
}

/** `grade check`: what the grader would see, for the student, before handing in. Never a grade. */
export function checkCommand(language: Language): Command {
  const say = (sentence: Message) => inLanguage(sentence, language)
  const exits = msg(
    'Exit: 0 nothing would be lost, 1 something would, 2 it cannot be known, 64 usage. Nothing is registered or stopped on a cluster.',
  )
  const live = { flag: '--live' }
  const example = 'grade check --submission .\n  grade check --live --cluster lab.yaml'
  return new Command('check')
    .description(say(msg('check your own files before you hand them in')))
    .option('--submission <dir>', say(msg("the student's folder")), '.')
    .option(
      '--cluster <lab|FILE>',
      say(msg('a cluster file: look also at what runs there now, and change nothing')),
      'lab',
    )
    .option('--no-lab', say(msg('read the files only: do not run them on the embedded lab')))
    .option('--json', say(msg('print what was found as JSON')))
    .option('--live', say(msg('follow what you do by hand on the cluster, and only watch')))
    .option('--minutes <n>', say(msg('with {flag}: end after so many minutes', live)))
    .option('--out <dir>', say(msg('with {flag}: where the page to hand in goes', live)))
    .option('--verify <file>', say(msg('see whether a self-report is as it was written')))
    .addHelpText('after', `${exampleText(example, language)}\n\n${say(exits)}`)
    .action(async (flags: CheckFlags) => {
      const isLive = flags.live === true || flags.verify !== undefined
      process.exitCode = await (isLive ? checkLive : look)(flags, language)
    })
}

async function look(flags: CheckFlags, language: Language): Promise<number> {
  const dir = folderOf(flags.submission)
  const file = flags.cluster === 'lab' ? undefined : await clusterFile(flags.cluster)
  const screen = flags.json ? process.stderr : process.stdout
  const own = { ...lookOf(screen, process.env), language }
  screen.write(renderCheckOpening(flags.submission, flags.lab, own))
  const shown = createProgress(own)
  const stopped = new AbortController()
  const interrupt = () => stopped.abort(new Error('interrupted'))
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, interrupt)
  const check = await checkFolder(dir, {
    ...{ language, lab: flags.lab, signal: stopped.signal },
    ...(file && { file }),
    waiting: ({ item, what, elapsedMs }) => {
      if (!own.rewrites) return
      const waitingFor = tellIn(what, language)
      screen.write(shown.show({ item, waitingFor, elapsed: elapsedMs / 1000 }))
    },
  })
  screen.write(shown.clear())
  if (stopped.signal.aborted) return exit.interrupted
  if (flags.json) process.stdout.write(safeJson(check))
  else screen.write(renderCheck(check, own))
  return check.exitCode
}

export interface CheckFolderOptions {
  language: Language
  /** Whether the files are run on the embedded lab. */
  lab: boolean
  /** The cluster whose state is looked at. */
  file?: ClusterFile
  /** What the lab is at. */
  waiting?: Progress['waiting']
  /** Ends the lab's run early: its folder is removed. */
  signal?: AbortSignal
  /** Tests make another lab. */
  labOptions?: Partial<LabOptions>
  maxWaitMs?: number
}

/** Checks a folder: its files, what the lab makes of them, and what stands on a cluster now. */
export async function checkFolder(dir: string, options: CheckFolderOptions): Promise<Check> {
  const { language, signal } = options
  const submission = await findSubmission(dir)
  const paper = await readPaper(submission)
  const parts: CheckParts = { submission, paper, language }
  if (options.lab) parts.lab = await runOnLab(dir, options)
  if (options.file && !signal?.aborted)
    parts.now = await nowOn(options.file, paper, { language, stateDir: stateDirOf(dir) })
  return checkOf(parts)
}

/** The same lab for everybody: who checks twice sees the same. */
const seed = 1

/** Grades on a lab of its own, into a folder that nobody keeps. */
async function runOnLab(dir: string, options: CheckFolderOptions): Promise<CheckParts['lab']> {
  const { language, labOptions, maxWaitMs = 15 * 60_000 } = options
  const out = await mkdtemp(join(tmpdir(), 'grade-check-'))
  try {
    const { gradeHere } = await import('./session.ts')
    const result = await gradeHere({
      config: {
        ...{ language, student: basename(dir), submission: dir, cluster: 'lab', out },
        ...{ stateDir: join(out, 'state'), asked: Object.keys(rubric.items).sort(), seed },
        ...{ clients: 3, maxWaitMs, deadlineMs: 120 * 60_000 },
        ...{ keep: false, purge: false, shared: false, screenshot: false },
      },
      runDir: out,
      progress: { say: () => {}, waiting: options.waiting ?? (() => {}), settled: () => {} },
      signal: options.signal ?? new AbortController().signal,
      ...(labOptions && { lab: labOptions }),
    })
    return { seed, result }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { seed, trouble: told(error) }
  } finally {
    await rm(out, { recursive: true, force: true })
  }
}

/** The cluster is asked and nothing else: no lock, no journal, no wish to anybody's VM. */
async function nowOn(
  file: ClusterFile,
  paper: Paper,
  { language, stateDir }: { language: Language; stateDir: string },
): Promise<NonNullable<Check['now']>> {
  const { server } = file
  const simulated = file.lab !== undefined
  const cluster = connect(file, wallClock(file.lab?.speed), 'file', { stateDir })
  const jobOf = (stages: string[], usual: string) =>
    stages.map((id) => paper.deploys.get(id)?.job?.id).find((id) => id) ?? usual
  const jobs = {
    nginx: jobOf(['02.1', '01.3', '01.1'], 'nginx'),
    apache: jobOf(['03.1'], 'apache'),
  }
  try {
    return { server, simulated, trouble: '', items: await lookNow(cluster, jobs, language) }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { server, simulated, trouble: tell(error, language), items: [] }
  } finally {
    await cluster.close()
  }
}
