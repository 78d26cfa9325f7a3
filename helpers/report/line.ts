import { plain, withoutCommands } from '../grade/text.ts'

/** Longer than any sentence with its cure. */
const longestLine = 4000

/**
 * A sentence for the screen or a log, as one line with its end. Whatever foreign text it quotes is no
 * command to a terminal or to GitHub's runner.
 */
export function oneLine(sentence: string): string {
  return withoutCommands(`${plain(sentence, longestLine)}\n`)
}

/** The same for a text of several lines, such as a stack: the indent of each is kept. */
export function eachLine(text: string): string {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((one) => withoutCommands(`${/^ */.exec(one)?.[0] ?? ''}${oneLine(one)}`))
    .join('')
}
