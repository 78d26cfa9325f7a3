import pico from 'picocolors'
import { rubric } from '../../suites/rubric.ts'
import { plain, withoutCommands } from '../grade/text.ts'
import {
  inLanguage,
  type Language,
  type Message,
  msg,
  tellIn,
  textIn,
} from '../language/message.ts'
import { wrap } from '../report/columns.ts'
import type { Look } from '../report/screen.ts'
import { seconds, simulatedSentence, simulatedWord, witness } from '../report/words.ts'
import type { Told } from './follow.ts'
import { type Followed, type SelfReport, selfReportedWord } from './self-report.ts'

const titles: Record<string, { title: string }> = rubric.items

/** What a student reads while working: one line for each thing. Every text ends with a line end. */
export function createScreen(look: Look & { language: Language }, begunAt: number) {
  const { language, columns } = look
  const colors = pico.createColors(look.color)
  const say = (message: Message) => inLanguage(message, language)
  const row = (text: string, indent: number) =>
    wrap(plain(text, 800), columns, ' '.repeat(indent), 2)
  let waiting = ''
  return {
    opening(cluster: Followed): string {
      const lab = cluster.simulated
        ? `${colors.bold(colors.yellow(simulatedWord))} ${simulatedSentence(language)}\n`
        : ''
      const about = { server: plain(cluster.server, 100), clients: cluster.clients }
      return withoutCommands(
        `${lab}${colors.bold(
          say(
            msg(
              'Following what you do on the cluster at {server} ({clients}). It only watches; it is no grade. Ctrl-C ends it.',
              about,
            ),
          ),
        )}\n`,
      )
    },
    show(told: Told): string {
      const at = seconds((told.at - begunAt) / 1000, language).padStart(9)
      const line = lineOf(told)
      return line === '' ? '' : withoutCommands(`${colors.dim(at)}  ${line}\n`)
    },
  }

  function lineOf(told: Told): string {
    if (told.kind === 'seen')
      return colors.dim(
        `${witness(told.who, language)}: ${row(tellIn(told.saw, language), 11).trimStart()}`,
      )
    const text = (message: Message) => row(`${told.item} ${say(message)}`, 13).trimStart()
    if (told.kind === 'notice') return `${colors.yellow('!')} ${text(told.text)}`
    if (told.kind === 'waiting') {
      // A number that counts down is no news.
      const key = `${told.item} ${say(told.text).replace(/\d+(?= s)/g, '')}`
      if (key === waiting) return ''
      waiting = key
      return `${colors.cyan('…')} ${text(told.text)}`
    }
    const title = textIn(titles[told.item]?.title ?? '', language)
    const head = `${colors.green('✓')} ${colors.bold(`${told.item} ${title}`)}`
    return [head, ...told.evidence.map((one) => row(say(one), 13))].join('\n')
  }
}

/** The sum at the end. */
export function renderEnd(report: SelfReport, page: string, look: Look): string {
  const language = report.language
  const colors = pico.createColors(look.color)
  const say = (message: Message) => inLanguage(message, language)
  const [seen, open] = [true, false].map((is) =>
    report.items.filter((item) => item.seen === is).map(({ id }) => id),
  )
  const told = [
    ...(seen?.length ? [say(msg('Seen: {items}.', { items: seen }))] : []),
    ...(open?.length ? [say(msg('Not seen: {items}.', { items: open }))] : []),
    say(msg('To hand in: {path}, with the files beside it.', { path: plain(page, 1000) })),
    `${colors.bold(selfReportedWord)}${report.marked.slice(selfReportedWord.length)}`,
  ]
  return withoutCommands(`\n${told.map((one) => wrap(one, look.columns, '')).join('\n')}\n`)
}
