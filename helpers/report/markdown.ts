import type { ItemResult, Result } from '../grade/result.ts'
import { inLanguage, type Language, type Message, msg } from '../language/message.ts'
import { clean } from './clean.ts'
import {
  aboutTheMark,
  criterionSign,
  criterionWord,
  dateOf,
  exercise,
  heading,
  itemMarks,
  languageOf,
  mark,
  originOf,
  place,
  runFacts,
  seconds,
  simulatedSentence,
  simulatedWord,
  triesOf,
  unusedFiles,
  verdictSigns,
  verdictWord,
  witness,
} from './words.ts'

/** The report in Markdown (GitHub's dialect), for a step summary, a release or a mail. */
export function renderMarkdown(foreign: Result): string {
  const result = clean(foreign)
  const language = languageOf(result)
  const say = (message: Message) => inLanguage(message, language)
  const blocks = [
    result.cluster.simulated ? `${simulatedWord} ${simulatedSentence(language)}` : '',
    `# ${text(result.student)}: ${mark(result.score, language)}`,
    ...aboutTheMark(result).map(text),
    say(
      msg('{exercise}, graded {date}', {
        exercise: exercise(language),
        date: dateOf(result.finishedAt, language),
      }),
    ),
    table(
      [msg('Item'), msg('Verdict'), msg('Marks'), msg('Time')].map(say),
      result.items.map((item) => [
        text(heading(item)),
        verdictOf(item, language),
        itemMarks(item, language),
        seconds(item.seconds, language),
      ]),
    ),
    ...result.items.flatMap((item) => itemBlocks(item, language)),
    ...(result.bonus ?? []).flatMap((item, at) => [
      ...(at === 0
        ? [`# ${say(msg('Beside the mark'))}`, say(msg('These items are in no mark.'))]
        : []),
      ...itemBlocks(item, language),
    ]),
    ...submissionBlocks(result, say),
    ...titled(`## ${say(msg('Notes on the run'))}`, bullets(result.notes.map(text))),
    `## ${say(msg('The run'))}`,
    bullets(runFacts(result).map(([label, value]) => `${label}: ${text(value)}`)),
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

const verdictOf = ({ verdict }: ItemResult, language: Language) =>
  `${verdictSigns[verdict]} ${verdictWord(verdict, language)}`

function itemBlocks(item: ItemResult, language: Language): string[] {
  const say = (message: Message) => inLanguage(message, language)
  const where = text(place(item))
  const tries = item.attempts > 1 ? `, ${triesOf(item, language)}` : ''
  return [
    `## ${text(heading(item))} (${verdictOf(item, language)})`,
    text(item.sentence),
    where === '' ? '' : say(msg('At {where}', { where })),
    item.hint === '' ? '' : `**${say(msg('What to do:'))}** ${text(item.hint)}`,
    `${say(msg('Marks'))}: ${itemMarks(item, language)}, ${seconds(item.seconds, language)}${tries}`,
    bullets(
      item.criteria.map(({ met, title, why }) => {
        const reason = why === '' ? '' : `: ${text(why)}`
        return `${criterionSign(met)} ${criterionWord(item, met, language)}: ${text(title)}${reason}`
      }),
    ),
    ...titled(`${say(msg('Notes'))}:`, bullets(item.notes.map(text))),
    item.changes.length === 0
      ? ''
      : table(
          [msg('Seconds since the run began'), msg('Witness'), msg('What was seen')].map(say),
          item.changes.map(({ at, who, saw }) => [
            seconds(at, language),
            text(witness(who, language)),
            text(saw),
          ]),
        ),
  ]
}

function submissionBlocks(result: Result, say: (message: Message) => string): string[] {
  const { stages, problems } = result.submission
  const rows = stages.map((stage) => [
    text(stage.id),
    text(stage.file),
    text(originOf(stage, languageOf(result))),
  ])
  return [
    ...titled(
      `## ${say(msg('Files that were graded'))}`,
      rows.length > 0
        ? table([msg('For'), msg('File'), msg('How it was found')].map(say), rows)
        : '',
    ),
    bullets([...problems, ...unusedFiles(result)].map(text)),
  ]
}

/** A title only where something stands below it. */
const titled = (title: string, block: string) => (block === '' ? [] : [title, block])

const bullets = (lines: string[]) => lines.map((line) => `- ${line}`).join('\n')

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/**
 * Foreign text inside a line: no HTML, code, emphasis, link, picture, formula or table cell of its
 * own. It never begins a line with a digit and a dot, a dash or a plus that would make a list.
 */
function text(foreign: string): string {
  return foreign
    .replace(/[\\`*_[\]|~#$!]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('://', ':\\//')
    .replace(/\bwww\./gi, (www) => `${www.slice(0, 3)}\\.`)
    .replace(/^([-+=])/, '\\$1')
    .replace(/^(\d{1,9})([.)])(?= |$)/, '$1\\$2')
}
