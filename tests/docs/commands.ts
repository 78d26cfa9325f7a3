import type { Command } from 'commander'
import { programOf } from '../../bin/main.ts'

const width = 100

/** docs/commands.md: the help of every command, as it is said in English. */
export async function commandsPage(): Promise<string> {
  const program = await programOf(['help'], 'en')
  const own = program.commands
  const all = own.flatMap((command) => [command, ...command.commands])
  return [
    '# Every command',
    '',
    '<!-- Written by tests/docs/write.ts out of the commands’ own help. Change that. -->',
    '',
    'In a clone say `npm run grade --` where `grade` stands here. `grade run` is what is meant when no command is named. Help is in',
    'Catalan and Spanish too: `grade --lang ca --help`.',
    '',
    ...own.map(
      (command) => `- [${nameOf(command)}](#${anchorOf(command)}): ${command.description()}`,
    ),
    '',
    ...[program, ...all].flatMap((command) => [
      `## ${nameOf(command)}`,
      '',
      '```text',
      helpOf(command),
      '```',
      '',
    ]),
  ].join('\n')
}

/** `grade lab stop` */
const nameOf = (command: Command): string =>
  command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name()

const anchorOf = (command: Command) => nameOf(command).replaceAll(' ', '-')

/** With what is added after it; as wide as a page, whatever the terminal is. */
function helpOf(command: Command): string {
  let text = ''
  const writeOut = (part: string) => {
    text += part
  }
  command.configureOutput({ writeOut, getOutHelpWidth: () => width, getOutHasColors: () => false })
  command.outputHelp()
  return text.trimEnd()
}
