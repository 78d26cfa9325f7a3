import { existsSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { detectLanguage } from '../helpers/language/detect.ts'
import {
  inLanguage,
  type Language,
  languages,
  type Message,
  msg,
} from '../helpers/language/message.ts'
import { eachLine, oneLine } from '../helpers/report/line.ts'
import { codeOf, Fault, tell } from '../helpers/time/fault.ts'
import { graderVersion } from '../helpers/version.ts'
import { exit, Usage } from './exit.ts'
import { wordOf } from './flags.ts'
import { localize } from './help.ts'
import { refuseWhatNpmKept } from './npm-flags.ts'
import { endWithParent } from './parent.ts'
import { examples, langHelp, runCommand } from './run.ts'
import { isVersion, versionText } from './version.ts'

/** The command `grade`. Sets the process's exit code; see bin/exit.ts. */
export async function main(args: string[]): Promise<void> {
  if (!args.includes('--watch')) endWithParent(process.env)
  beWhereNpmWasTyped(process.env)
  outliveReaders()
  const wanted = langOf(args)
  const language = detectLanguage(wanted, process.env)
  try {
    wordOf('lang', wanted, languages)
    const program = await programOf(args, language)
    refuseWhatNpmKept(program, args, process.env)
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    process.exitCode = codeFor(error, language)
  }
}

/** npm runs a script in the project's folder; paths mean the folder where the person is. */
function beWhereNpmWasTyped({ npm_lifecycle_event: script, INIT_CWD }: NodeJS.ProcessEnv): void {
  if (script === 'grade' && INIT_CWD && existsSync(INIT_CWD)) process.chdir(INIT_CWD)
}

/** The whole command line: the commands, their words, and where commander writes. */
export async function programOf(args: string[], language: Language): Promise<Command> {
  const say = (text: Message) => inLanguage(text, language)
  const purpose = msg(
    'Grades the exercise on Nomad and Consul: deploys, stops VMs, looks, and reports.',
  )
  const more = msg('{code} lists the options of grading.', { code: 'grade run --help' })
  const program = new Command('grade')
    .description(say(purpose))
    .version(
      isVersion(args) ? versionText() : graderVersion,
      '-V, --version',
      say(msg('show the version')),
    )
    .helpCommand('help [command]', say(msg('show the help of a command')))
    .addHelpText('after', `${examples(language)}\n\n${say(more)}`)
  program.addCommand(runCommand(language), { isDefault: true })
  for (const command of needsOthers(args) ? await others(args, language) : [])
    program.addCommand(command.option(`--lang <${languages.join('|')}>`, say(langHelp)))
  // Commander quotes what was typed.
  const writeErr = (text: string) => void process.stderr.write(eachLine(text))
  const below = program.commands.flatMap((command) => [command, ...command.commands])
  for (const command of [program, ...below]) {
    localize(command.exitOverride().configureOutput({ writeErr }), language)
  }
  return program
}

/** The value of `--lang`, read before commander is there to say anything. */
function langOf(args: string[]): string | undefined {
  const at = args.indexOf('--lang')
  const joined = args.find((one) => one.startsWith('--lang='))
  return joined?.slice('--lang='.length) ?? (at < 0 ? undefined : args[at + 1])
}

/** What the other commands load would cost a run a third of a second and 40 MB. */
const needsOthers = ([first = '', ...rest]: string[]) =>
  withOthers.includes(first) || [first, ...rest].some((word) => word === '--help' || word === '-h')
const withOthers = [
  ...['init', 'check', 'class', 'doctor', 'lab', 'report', 'rescore', 'restore'],
  ...['support-bundle', 'help'],
]

async function others([first]: string[], language: Language): Promise<Command[]> {
  const { classCommand } = await import('./class.ts')
  // A class starts sooner without what only the others load.
  if (first === 'class') return [classCommand(language)]
  const { initCommand } = await import('./init.ts')
  const { checkCommand } = await import('./check.ts')
  const { doctorCommand } = await import('./doctor.ts')
  const { labCommand } = await import('./lab.ts')
  const { reportCommand } = await import('./report.ts')
  const { rescoreCommand } = await import('./rescore.ts')
  const { restoreCommand } = await import('./restore.ts')
  const { supportBundleCommand } = await import('./support-bundle.ts')
  const others = [
    doctorCommand,
    labCommand,
    reportCommand,
    rescoreCommand,
    restoreCommand,
    supportBundleCommand,
  ]
  return [initCommand, checkCommand, classCommand, ...others].map((make) => make(language))
}

/**
 * A reader that goes away (`grade | head`, a terminal that is closed) is no reason to die with VMs
 * off: what is said from then on is lost, the run and its report are not.
 */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error) => {
      if (!['EPIPE', 'EIO'].includes(codeOf(error))) throw error
    })
}

function codeFor(error: unknown, language: Language): number {
  // Commander has printed its own sentence already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exit.passed : exit.usage
  if (error instanceof Usage) {
    process.stderr.write(eachLine(`grade: ${inLanguage(error.said, language)}`))
    return exit.usage
  }
  if (error instanceof Fault) {
    process.stderr.write(oneLine(`grade: ${tell(error, language)}`))
    return exit.inconclusive
  }
  const own = msg('The grader itself failed: {said}', {
    said: (error as Error)?.stack ?? `${error}`,
  })
  process.stderr.write(eachLine(`grade: ${inLanguage(own, language)}`))
  return exit.own
}
