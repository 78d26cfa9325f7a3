import type { Command } from 'commander'
import { msg } from '../helpers/language/message.ts'
import { Usage } from './exit.ts'

/**
 * `npm run grade anna --items 01.2` (and PowerShell, which takes the `--` away) gives the flag to npm:
 * it is in npm's environment then, and what it said has become a word of ours, or is lost. Throws
 * Usage that says what to type, before anything is done that was not meant.
 */
export function refuseWhatNpmKept(
  program: Command,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): void {
  if (env.npm_lifecycle_event !== 'grade') return
  const named = program.commands.find((command) => command.name() === args[0])
  const command = named ?? program.commands.find((one) => one.name() === 'run')
  const options = [command, ...(command?.commands ?? [])].flatMap((one) => one?.options ?? [])
  const flags = options.flatMap(({ long, negate }) => {
    const name = `npm_config_${long?.replace(negate ? '--no-' : '--', '').replaceAll('-', '_')}`
    // npm writes down `--no-lab` as lab = ''.
    const kept = env[name] !== undefined && negate === (env[name] === '')
    const given = args.some((arg) => arg === long || arg.startsWith(`${long}=`))
    return long && kept && !given ? [long] : []
  })
  if (flags.length === 0) return
  throw new Usage(
    msg('npm kept {flags} for itself: write {code} (in PowerShell with the quotes).', {
      ...{ flags: [...new Set(flags)], code: `npm run grade "--" … ${flags[0]} …` },
    }),
  )
}
