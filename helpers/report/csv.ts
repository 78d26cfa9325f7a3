import { stringify } from 'csv-stringify/sync'
import { standingIn } from '../grade/overrides.ts'
import type { Result } from '../grade/result.ts'
import { isOpen, type State, stateOf } from '../grade/standing.ts'
import { inLanguage, type Message, msg } from '../language/message.ts'
import { decidedIn } from './about-grade.ts'
import { clean } from './clean.ts'

/** Where a language writes 7,5 the comma cannot part cells too. */
const hasDecimalComma = (language: string) => language === 'ca' || language === 'es'

/** A number as a spreadsheet of that language reads it, without noise: 2,3. */
export function numberCell(value: number, language: string): string {
  const text = value.toLocaleString('en', { maximumFractionDigits: 4, useGrouping: false })
  return hasDecimalComma(language) ? text.replace('.', ',') : text
}

/**
 * Text that no spreadsheet takes for a formula: what begins one gets a ' before it. A lone - stays,
 * for it says that there is no grade.
 */
export const textCell = (text: string): string =>
  text !== '-' && /^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text

/** Rows as CSV in UTF-8; cells are ready made. */
export const csvOf = (rows: string[][], language: string): string =>
  stringify(rows, {
    delimiter: hasDecimalComma(language) ? ';' : ',',
    record_delimiter: '\n',
    // A runner takes a line that begins with it as a command.
    quoted_match: /^\s*::/,
  })

/** The three things that a student's result may be, in words. */
export function stateIn(state: State, language: string): string {
  const words: Record<State, Message> = {
    graded: msg('graded'),
    inconclusive: msg('inconclusive'),
    'not handed in': msg('not handed in'),
  }
  return inLanguage(words[state], language)
}

/**
 * A class as CSV, a row for each student: state, marks (the interval while they are open), the mark on
 * the scale with its unrounded value, and each item's marks and standing.
 */
export function renderCsv(foreign: readonly Result[], language: string): string {
  const ids = [...new Set(foreign.flatMap(({ items }) => items.map(({ id }) => id)))].sort()
  const scaled = foreign.some(({ score }) => score.scaled)
  const title = (message: Message) => inLanguage(message, language)
  const head = [
    title(msg('student')),
    title(msg('state')),
    title(msg('marks')),
    title(msg('lowest')),
    title(msg('highest')),
    title(msg('of')),
    ...(scaled
      ? [title(msg('grade')), title(msg('unrounded')), title(msg('label')), title(msg('scale'))]
      : []),
    ...ids.flatMap((id) => [id, `${id} ${title(msg('verdict'))}`]),
    title(msg('by the teacher')),
    title(msg('graded at')),
    title(msg('simulated')),
  ]
  const rows = foreign.map((result) => row(result, ids, scaled, language))
  return csvOf([head, ...rows], language)
}

function row(foreign: Result, ids: string[], scaled: boolean, language: string): string[] {
  const result = clean(foreign)
  const { score, scale } = result
  const state = stateOf(foreign)
  const n = (value: number) => numberCell(value, language)
  const mark = score.scaled
  const grade = state === 'graded' && mark && mark.value !== null ? n(mark.value) : '-'
  const unrounded = hasDecimalComma(language)
    ? mark?.unrounded.replaceAll('.', ',')
    : mark?.unrounded
  return [
    textCell(result.student),
    stateIn(state, language),
    state === 'graded' ? n(score.points) : '-',
    n(score.low),
    n(score.high),
    n(score.max),
    ...(scaled ? [grade, unrounded ?? '', mark?.label ?? '', scale?.name ?? ''] : []),
    ...ids.flatMap((id) => {
      const item = result.items.find((one) => one.id === id)
      if (!item) return ['', '']
      const counts = !isOpen(item) && !item.waiver
      return [counts ? n(item.points) : '-', standingIn(item, language)]
    }),
    decidedIn(result).join(', '),
    result.finishedAt,
    result.cluster.simulated ? inLanguage(msg('yes'), language) : '',
  ]
}
