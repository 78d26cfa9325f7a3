import type { ItemResult, Result } from '../grade/result.ts'
import { clean } from './clean.ts'
import {
  aboutTheMark,
  criterionSign,
  criterionWord,
  exercise,
  heading,
  itemMarks,
  mark,
  place,
  runFacts,
  seconds,
  simulatedSentence,
  simulatedWord,
  verdictSigns,
  verdictWords,
} from './words.ts'

/** The report in Markdown (GitHub's dialect), for a step summary, a release or a mail. */
export function renderMarkdown(foreign: Result): string {
  const result = clean(foreign)
  const blocks = [
    result.cluster.simulated ? `${simulatedWord} ${simulatedSentence}` : '',
    `# ${text(result.student)}: ${mark(result.score)}`,
    ...aboutTheMark(result).map(text),
    `${exercise}, graded ${result.finishedAt}`,
    table(
      ['Item', 'Verdict', 'Marks', 'Time'],
      result.items.map((item) => [
        text(heading(item)),
        `${verdictSigns[item.verdict]} ${verdictWords[item.verdict]}`,
        itemMarks(item),
        seconds(item.seconds),
      ]),
    ),
    ...result.items.flatMap(itemBlocks),
    ...submissionBlocks(result),
    ...titled('## Notes on the run', bullets(result.notes.map(text))),
    '## The run',
    bullets(runFacts(result).map(([label, value]) => `${label}: ${text(value)}`)),
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

function itemBlocks(item: ItemResult): string[] {
  const where = place(item)
  const verdict = `${verdictSigns[item.verdict]} ${verdictWords[item.verdict]}`
  const tries = item.attempts > 1 ? `, ${item.attempts} tries` : ''
  return [
    `## ${text(heading(item))} (${verdict})`,
    text(item.sentence),
    where === '' ? '' : `At ${text(where)}`,
    item.hint === '' ? '' : `**What to do:** ${text(item.hint)}`,
    `Marks: ${itemMarks(item)}, ${seconds(item.seconds)}${tries}`,
    bullets(
      item.criteria.map(({ met, title, why }) => {
        const reason = why === '' ? '' : `: ${text(why)}`
        return `${criterionSign(met)} ${criterionWord(item, met)}: ${text(title)}${reason}`
      }),
    ),
    ...titled('Notes:', bullets(item.notes.map(text))),
    item.changes.length === 0
      ? ''
      : table(
          ['Seconds since the run began', 'Witness', 'What was seen'],
          item.changes.map(({ at, who, saw }) => [seconds(at), text(who), text(saw)]),
        ),
  ]
}

function submissionBlocks({ submission }: Result): string[] {
  const { stages, unused, problems } = submission
  const rows = stages.map(({ id, file, origin, detail }) => [
    text(id),
    text(file),
    text(detail === '' ? origin : `${origin}: ${detail}`),
  ])
  return [
    ...titled(
      '## Files that were graded',
      rows.length > 0 ? table(['For', 'File', 'How it was found'], rows) : '',
    ),
    bullets(
      [...problems, ...unused.map(({ file, why }) => `${file} was not used: ${why}`)].map(text),
    ),
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
