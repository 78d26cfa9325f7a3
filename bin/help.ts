import type { Command } from 'commander'
import { inLanguage, type Language, type Message, msg } from '../helpers/language/message.ts'

/** An example under a command's help. */
export const exampleText = (code: string, language: Language): string =>
  `\n${inLanguage(msg('Example:'), language)}\n  ${code}`

/** Commander's own words, in the reader's language. */
export function localize(command: Command, language: Language): void {
  const say = (text: Message) => inLanguage(text, language)
  const titles: Record<string, Message> = {
    'Usage:': msg('Usage:'),
    'Arguments:': msg('Arguments:'),
    'Options:': msg('Options:'),
    'Commands:': msg('Commands:'),
  }
  command
    .helpOption('-h, --help', say(msg('show this help')))
    .showHelpAfterError(say(msg('({code} says more)', { code: 'grade --help' })))
    .configureHelp({
      styleTitle: (title) => (titles[title] ? say(titles[title]) : title),
      optionDescription: ({ description, defaultValue }) =>
        defaultValue === undefined
          ? description
          : say(msg('{description} (default: {value})', { description, value: `${defaultValue}` })),
    })
    .configureOutput({
      outputError: (text, write) => write(`${say(ofCommander(text.trimEnd()))}\n`),
    })
}

/** What commander finds wrong with a command line; what is not known here stays as it says it. */
function ofCommander(text: string): Message {
  const [, what = ''] = /'([^']*)'/.exec(text) ?? []
  if (/^error: unknown option/.test(text)) return msg('error: unknown option "{what}"', { what })
  if (/^error: unknown command/.test(text)) return msg('error: unknown command "{what}"', { what })
  if (/argument missing$/.test(text)) return msg('error: option "{what}" wants a value', { what })
  if (/^error: missing required argument/.test(text)) return msg('error: missing: {what}', { what })
  if (/^error: too many arguments/.test(text)) return msg('error: too many arguments')
  return msg('{said}', { said: text })
}
