import { Command, CommanderError } from 'commander'
import { eachLine, oneLine } from '../helpers/report/line.ts'
import { codeOf, Fault, tell } from '../helpers/time/fault.ts'
import { graderVersion } from '../helpers/version.ts'
import { exit, Usage } from './exit.ts'
import { endWithParent } from './parent.ts'
import { examples, runCommand } from './run.ts'

/** The command `grade`. Sets the process's exit code; see bin/exit.ts. */
export async function main(args: string[]): Promise<void> {
  if (!args.includes('--watch')) endWithParent(process.env)
  outliveReaders()
  const program = new Command('grade')
    .description('Grades the exercise on Nomad and Consul: deploys, stops VMs, looks, and reports.')
    .version(`grade ${graderVersion} (Node ${process.versions.node}, ${process.platform})`)
    .showHelpAfterError('(grade --help says more)')
    .addHelpText('after', `${examples}\n\ngrade run --help lists the options of grading.`)
    .exitOverride()
  program.addCommand(runCommand(), { isDefault: true })
  for (const command of needsOthers(args) ? await others() : []) program.addCommand(command)
  for (const command of program.commands) command.exitOverride()
  // Commander quotes what was typed.
  const writeErr = (text: string) => void process.stderr.write(eachLine(text))
  for (const command of [program, ...program.commands]) command.configureOutput({ writeErr })
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    process.exitCode = codeFor(error)
  }
}

/** What the other commands load would cost a run a third of a second and 40 MB. */
const needsOthers = ([first = '', ...rest]: string[]) =>
  ['init', 'doctor', 'lab', 'restore', 'help'].includes(first) ||
  [first, ...rest].some((word) => word === '--help' || word === '-h')

async function others(): Promise<Command[]> {
  const { initCommand } = await import('./init.ts')
  const { doctorCommand } = await import('./doctor.ts')
  const { labCommand } = await import('./lab.ts')
  const { restoreCommand } = await import('./restore.ts')
  return [initCommand(), doctorCommand(), labCommand(), restoreCommand()]
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

function codeFor(error: unknown): number {
  // Commander has printed its own sentence already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exit.passed : exit.usage
  if (error instanceof Usage) {
    process.stderr.write(eachLine(`grade: ${error.message}`))
    return exit.usage
  }
  if (error instanceof Fault) {
    process.stderr.write(oneLine(`grade: ${tell(error)}`))
    return exit.inconclusive
  }
  process.stderr.write(
    eachLine(`grade: the grader itself failed: ${(error as Error)?.stack ?? error}`),
  )
  return exit.own
}
