import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { type Result, resultSchema } from '../helpers/grade/result.ts'
import { renderJson } from '../helpers/report/json.ts'
import { eachLine, oneLine } from '../helpers/report/line.ts'
import { createProgress } from '../helpers/report/progress.ts'
import { lookOf, renderEnding, renderItemLine, renderOpening } from '../helpers/report/screen.ts'
import { pointLatest, runFolder } from '../helpers/report/write.ts'
import { type Message, type Order, openChannel } from './channel.ts'
import { clusterFile } from './cluster-file.ts'
import { configOf, madeHere, type RunConfig, type RunFlags } from './config.ts'
import { exit, Usage } from './exit.ts'
import { notWritten } from './flags.ts'

/** What people type, and what it ends with; for every help page. */
export const examples = `
Examples:
  grade                                  the sheet's own files, on the embedded lab
  grade anna                             submissions/anna on clusters/anna.yaml or cluster.yaml
  grade --submission . --cluster lab     this folder, on the embedded lab
  grade anna --items 02,03.1             only these items; the score is over them
  grade --clients 5 --stop cut --seed 7  another lab
  grade --cluster local                  real nomad, consul, dockerd and sshd from PATH, as root

Exit: 0 all passed, 1 a mark was lost, 2 something inconclusive, 64 usage, 70 the grader's own
fault, 130 interrupted (after everything was restored).`

/** `grade run`, the default command: grades one student. */
export function runCommand(): Command {
  return new Command('run')
    .description('grade one student')
    .argument('[student]', 'name; finds submissions/<student> and clusters/<student>.yaml')
    .option('--submission <dir>', "the student's folder")
    .option(
      '--cluster <lab|local|FILE>',
      'the embedded lab; a real one made here (Linux, root); a cluster file',
    )
    .option('--out <dir>', 'where reports go', 'reports')
    .option('--items <ids>', 'only these: 01.2,02')
    .option('--seed <n>', 'of the lab: the same seed gives the same run')
    .option('--speed <n>', 'of the lab: cluster seconds per second at most')
    .option('--clients <n>', 'of the lab or the local cluster: how many client VMs (default: 3)')
    .option(
      '--images <archives>',
      "of the local cluster: docker save archives, commas between (or GRADE_IMAGES; default: this machine's Docker)",
    )
    .option('--heartbeats <lowered|usual>', 'of the local cluster: lowered is quicker (default)')
    .option('--stop <orderly|cut>', 'how VMs are stopped')
    .option('--max-wait <minutes>', 'no single wait is longer', '15')
    .option('--deadline <minutes>', 'no run is longer', '120')
    .option('--keep', 'leave the last job running')
    .option('--purge', 'purge jobs called nginx or apache that are not ours')
    .option('--shared', 'stop VMs though jobs of others run on them')
    .option('--json', 'print result.json alone on stdout')
    .option('--lang <ca|es|en>', 'language of sentences (only en is written so far)')
    .addHelpText('after', examples)
    .action(async (student: string | undefined, flags: RunFlags) => {
      process.exitCode = await grade(student, flags)
    })
}

async function grade(student: string | undefined, flags: RunFlags): Promise<number> {
  const screen = flags.json ? process.stderr : process.stdout
  const config = configOf(student, flags, process.env, screen.isTTY === true)
  const made = madeHere(config.cluster)
  const file = made ? undefined : await clusterFile(config.cluster)
  const look = lookOf(screen, process.env)
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

  const progress = createProgress(look)
  const channel = openChannel<Message>('screen')
  channel.onmessage = ({ data }) => screen.write(show(data))
  let broken: Extract<Message, { kind: 'broken' }> | undefined
  const show = (message: Message): string => {
    if (message.kind === 'broken') {
      broken = message
      return progress.clear()
    }
    if (message.kind === 'waiting') {
      const { item, what, why, elapsedMs, usualMs } = message.wait
      // A terminal shows each reason as it passes; a log only what is waited for.
      const waitingFor = look.rewrites && why !== '' ? why : what
      return progress.show({
        item,
        waitingFor,
        elapsed: elapsedMs / 1000,
        estimate: usualMs / 1000,
      })
    }
    const line =
      message.kind === 'say'
        ? `      ${oneLine(message.sentence)}`
        : renderItemLine(message.result, look)
    return progress.clear() + line
  }
  const interrupted = await underVitest(config, runDir)
  channel.close()
  const latest = await pointLatest(config.out, config.student, runDir)
  const result = readResult(runDir)
  if (!result) {
    const why = broken?.sentence ?? 'the run ended without a result.'
    process.stderr.write(progress.clear() + eachLine(`grade: nothing was graded: ${why}`))
    if (interrupted) return exit.interrupted
    return broken?.own === false ? exit.inconclusive : exit.own
  }
  screen.write(progress.clear() + renderEnding(result, join(latest, 'report.html'), look))
  if (flags.json) process.stdout.write(renderJson(result))
  return interrupted ? exit.interrupted : result.exitCode
}

function readResult(runDir: string): Result | undefined {
  const path = join(runDir, 'result.json')
  return existsSync(path) ? resultSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined
}

/** Runs the suites in a thread under vitest. True when it was interrupted (and restored). */
async function underVitest(config: RunConfig, runDir: string): Promise<boolean> {
  const { startVitest } = await import('vitest/node')
  const orders = openChannel<Order>('orders')
  let signals = 0
  const interrupt = () => {
    // A second signal ends us at once; the watcher brings the VMs back.
    if (++signals > 1) process.exit(exit.interrupted)
    process.stderr.write(
      '\nInterrupted: bringing the VMs back first (again to leave that to the watcher).\n',
    )
    orders.postMessage('stop')
  }
  // vitest's own listeners end the process within a millisecond, with VMs off: ours only.
  const takeSignals = () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.removeAllListeners(signal)
      process.on(signal, interrupt)
    }
  }
  const before = process.exitCode
  const options = {
    config: fileURLToPath(new URL('../vitest.suites.config.ts', import.meta.url)),
    // By Node itself: vite would first write a bundle of it into the project, which may be read-only.
    configLoader: 'native' as const,
    root: fileURLToPath(new URL('..', import.meta.url)),
    watch: false,
    provide: { grade: { config, runDir } },
    reporters: [{ ...quiet, onInit: takeSignals }],
  }
  // vitest waits for ever for a stream of ours that nobody reads any more; and stdout is for the grade.
  const out = new Writable({
    write: (text, _, done) => void process.stderr.write(text, () => done()),
  })
  const streams = { stdout: out, stderr: out }
  const vitest = await startVitest('test', [], options, {}, streams).catch(notStarted)
  await vitest.close()
  process.exitCode = before
  process.off('SIGINT', interrupt)
  process.off('SIGTERM', interrupt)
  orders.close()
  return signals > 0
}

/** vitest keeps a token in the home folder, else in the project. */
function notStarted(error: unknown): never {
  if (!/API token/.test(String(error))) throw error
  throw new Usage(
    "Neither your home folder nor the project's can be written, and a run needs one of them: " +
      'set HOME to a folder of yours.',
  )
}

/** Our own screen says everything; what vitest alone can know is that the suites did not load. */
const quiet = {
  onTestRunEnd(_: unknown, errors: readonly { message?: string; stack?: string }[]) {
    for (const error of errors)
      process.stderr.write(eachLine(`grade: ${error.stack ?? error.message}`))
  },
}
