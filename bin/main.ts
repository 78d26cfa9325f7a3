import { Command, CommanderError } from 'commander'
import { graderVersion } from '../helpers/version.ts'
import { doctorCommand } from './doctor.ts'
import { exit, Usage } from './exit.ts'
import { initCommand } from './init.ts'
import { labCommand } from './lab.ts'
import { endWithParent } from './parent.ts'
import { restoreCommand } from './restore.ts'
import { examples, runCommand } from './run.ts'

/** The command `grade`. Sets the process's exit code; see bin/exit.ts. */
export async function main(args: string[]): Promise<void> {
  if (!args.includes('--watch')) endWithParent(process.env)
  const program = new Command('grade')
    .description('Grades the exercise on Nomad and Consul: deploys, stops VMs, looks, and reports.')
    .version(`grade ${graderVersion} (Node ${process.versions.node}, ${process.platform})`)
    .showHelpAfterError('(grade --help says more)')
    .addHelpText('after', `${examples}\n\ngrade run --help lists the options of grading.`)
    .exitOverride()
  program.addCommand(runCommand(), { isDefault: true })
  program.addCommand(initCommand())
  program.addCommand(doctorCommand())
  program.addCommand(labCommand())
  program.addCommand(restoreCommand())
  for (const command of program.commands) command.exitOverride()
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    process.exitCode = codeFor(error)
  }
}

function codeFor(error: unknown): number {
  // Commander has printed its own sentence already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exit.passed : exit.usage
  if (error instanceof Usage) {
    process.stderr.write(`grade: ${error.message}\n`)
    return exit.usage
  }
  process.stderr.write(`grade: the grader itself failed: ${(error as Error)?.stack ?? error}\n`)
  return exit.own
}
