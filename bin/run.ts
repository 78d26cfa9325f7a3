import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import type { Result } from '../helpers/grade/result.ts'
import {
  inLanguage,
  type Language,
  languages,
  type Message,
  msg,
  said,
  tellIn,
} from '../helpers/language/message.ts'
import type { Progress } from '../helpers/progress.ts'
import { wrap } from '../helpers/report/columns.ts'
import { pointLatest, runFolder } from '../helpers/report/folder.ts'
import { renderJson } from '../helpers/report/json.ts'
import { eachLine, oneLine } from '../helpers/report/line.ts'
import { createProgress } from '../helpers/report/progress.ts'
import { lookOf, renderEnding, renderItemLine, renderOpening } from '../helpers/report/screen.ts'
import { readResult } from '../helpers/result-file.ts'
import { Fault, told } from '../helpers/time/fault.ts'
import { clusterFile } from './cluster-file.ts'
import { configOf, madeHere, type RunConfig, type RunFlags } from './config.ts'
import { exit } from './exit.ts'
import { notWritten } from './flags.ts'

/** What people type, and what it ends with; for every help page. */
export function examples(language: Language): string {
  const rows: [string, Message][] = [
    ['grade', msg("the sheet's own files, on the embedded lab")],
    ['grade anna', msg('submissions/anna on clusters/anna.yaml or cluster.yaml')],
    ['grade --submission . --cluster lab', msg('this folder, on the embedded lab')],
    ['grade anna --items 02,03.1', msg('only these items; the score is over them')],
    ['grade --clients 5 --stop cut --seed 7', msg('another lab')],
    ['grade --cluster local', msg('real nomad, consul, dockerd and sshd from PATH, as root')],
  ]
  const exits = msg(
    "Exit: 0 all passed, 1 a mark was lost, 2 something inconclusive, 64 usage, 70 the grader's own fault, 130 interrupted (after everything was restored).",
  )
  const lines = rows.map(([code, what]) => `  ${code.padEnd(37)}  ${inLanguage(what, language)}`)
  const title = inLanguage(msg('Examples:'), language)
  return `\n${title}\n${lines.join('\n')}\n\n${wrap(inLanguage(exits, language), 96, '')}`
}

export const langHelp = msg('language of what is said (default: that of the environment)')

/** `grade run`, the default command: grades one student. */
export function runCommand(language: Language): Command {
  const say = (text: Message) => inLanguage(text, language)
  const where = { submission: 'submissions/<student>', cluster: 'clusters/<student>.yaml' }
  const images = msg(
    "of the local cluster: {code} archives, commas between (or {variable}; default: this machine's Docker)",
    { code: 'docker save', variable: 'GRADE_IMAGES' },
  )
  return new Command('run')
    .description(say(msg('grade one student')))
    .argument('[student]', say(msg('name; finds {submission} and {cluster}', where)))
    .option('--submission <dir>', say(msg("the student's folder")))
    .option(
      '--cluster <lab|local|FILE>',
      say(msg('the embedded lab; a real one made here (Linux, root); a cluster file')),
    )
    .option('--out <dir>', say(msg('where reports go')), 'reports')
    .option('--items <ids>', say(msg('only these: 01.2,02')))
    .option('--bonus', say(msg('also suites 00 and 04, which are in no mark')))
    .option('--suite <file>', say(msg('also items of your own, which are in no mark')))
    .option('--seed <n>', say(msg('of the lab: the same seed gives the same run')))
    .option('--speed <n>', say(msg('of the lab: cluster seconds per second at most')))
    .option(
      '--clients <n>',
      say(msg('of the lab or the local cluster: how many client VMs (default: 3)')),
    )
    .option('--images <archives>', say(images))
    .option(
      '--heartbeats <lowered|usual>',
      say(msg('of the local cluster: lowered is quicker (default)')),
    )
    .option('--stop <orderly|cut>', say(msg('how VMs are stopped')))
    .option('--max-wait <minutes>', say(msg('no single wait is longer')), '15')
    .option('--deadline <minutes>', say(msg('no run is longer')), '120')
    .option('--keep', say(msg('leave the last job running')))
    .option('--purge', say(msg('purge jobs called nginx or apache that are not ours')))
    .option('--shared', say(msg('stop VMs though jobs of others run on them')))
    .option(
      '--screenshot',
      say(msg('a picture of the page of 02.2 (default: not on the lab, not as root)')),
    )
    .option('--no-screenshot', say(msg('no such picture')))
    .option('--json', say(msg('print result.json alone on stdout')))
    .option(`--lang <${languages.join('|')}>`, say(langHelp))
    .addHelpText('after', examples(language))
    .action(async (student: string | undefined, flags: RunFlags) => {
      process.exitCode = await grade(student, flags)
    })
}

async function grade(student: string | undefined, flags: RunFlags): Promise<number> {
  const screen = flags.json ? process.stderr : process.stdout
  const config = configOf(student, flags, process.env, screen.isTTY === true)
  const made = madeHere(config.cluster)
  const file = made ? undefined : await clusterFile(config.cluster)
  const { language } = config
  const look = { ...lookOf(screen, process.env), language }
  const simulated = made === 'lab' || file?.lab !== undefined
  const seed = made === 'lab' ? config.seed : file?.lab?.seed
  // Isolation is a power cut, whatever was asked for.
  const asked = config.stop ?? file?.power?.how ?? 'orderly'
  const how = file?.power?.driver === 'isolate' ? 'cut' : asked
  const kind = made ?? ('file' as const)
  const server = file?.server ?? '192.168.56.101'
  const opening = { kind, simulated, server, stop: how, ...(seed !== undefined && { seed }) }
  const runDir = await runFolder(config.out, config.student, new Date()).catch((error) => {
    throw notWritten(flags.out, error)
  })
  screen.write(renderOpening({ student: config.student, cluster: opening }, look))

  const shown = createProgress(look)
  const { interrupted, broken } = await gradeUnderSignals(config, runDir, {
    waiting: ({ item, what, why, elapsedMs, usualMs }) => {
      // A terminal shows each reason as it passes; a log only what is waited for.
      const waitingFor = tellIn(look.rewrites && why !== '' ? why : what, language)
      const [elapsed, estimate] = [elapsedMs / 1000, usualMs / 1000]
      screen.write(shown.show({ item, waitingFor, elapsed, estimate }))
    },
    say: (text) => screen.write(`${shown.clear()}      ${oneLine(tellIn(text, language))}`),
    settled: (result) => screen.write(shown.clear() + renderItemLine(result, look)),
  })
  screen.write(shown.clear())
  const latest = await pointLatest(config.out, config.student, runDir)
  const { result, why } = leftIn(runDir)
  if (!result) {
    const nothing = msg('grade: nothing was graded: {why}', { why: broken?.sentence ?? why })
    process.stderr.write(eachLine(inLanguage(nothing, language)))
    if (interrupted) return exit.interrupted
    return broken?.own === false ? exit.inconclusive : exit.own
  }
  screen.write(renderEnding(result, join(latest, 'report.html'), look))
  if (flags.json) process.stdout.write(renderJson(result))
  if (broken) process.stderr.write(eachLine(`grade: ${inLanguage(broken.sentence, language)}`))
  if (interrupted) return exit.interrupted
  return broken ? exit.own : result.exitCode
}

/** What the run wrote, or why there is nothing to show. */
function leftIn(
  runDir: string,
): { result: Result; why?: never } | { result?: never; why: Message } {
  const path = join(runDir, 'result.json')
  if (!existsSync(path)) return { why: msg('the run ended without a result.') }
  try {
    return { result: readResult(path) }
  } catch (error) {
    return { why: told(error) }
  }
}

/**
 * Grades in this process. A signal stops it, and everything is restored first; `broken`: why nothing
 * was graded, `own` where that is the grader's own fault.
 */
async function gradeUnderSignals(
  config: RunConfig,
  runDir: string,
  progress: Progress,
): Promise<{ interrupted: boolean; broken?: { sentence: Message; own: boolean } }> {
  const stopped = new AbortController()
  const interrupt = () => {
    // A second signal ends us at once; the watcher brings the VMs back.
    if (stopped.signal.aborted) process.exit(exit.interrupted)
    const first = msg(
      'Interrupted: bringing the VMs back first (again to leave that to the watcher).',
    )
    process.stderr.write(`\n${inLanguage(first, config.language)}\n`)
    stopped.abort(new Error('interrupted'))
  }
  const heard: [string, (what: unknown) => void][] = [
    ['SIGINT', interrupt],
    ['SIGTERM', interrupt],
    ['unhandledRejection', sayAndGoOn],
    ['uncaughtException', sayAndGoOn],
  ]
  for (const [name, listener] of heard) process.on(name, listener)
  const { signal } = stopped
  try {
    // Loaded here: a wrong word on the command line is answered without it.
    const { gradeHere } = await import('./session.ts')
    await gradeHere({ config, runDir, signal, progress })
    return { interrupted: signal.aborted }
  } catch (error) {
    const own = !(error instanceof Fault)
    const stack = own && error instanceof Error ? error.stack : undefined
    const sentence = stack ? said(stack) : told(error)
    return { interrupted: signal.aborted, broken: { sentence, own } }
  } finally {
    for (const [name, listener] of heard) process.off(name, listener)
  }
}

/** What nobody waits for (a socket that fails late) is no reason to leave VMs off. */
function sayAndGoOn(error: unknown): void {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(eachLine(`grade: ${what}`))
}
