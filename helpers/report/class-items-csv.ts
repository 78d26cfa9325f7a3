import type { Result } from '../grade/result.ts'
import type { Standing } from '../grade/standing.ts'
import { inLanguage, type Message, msg } from '../language/message.ts'
import { type Afterwards, itemNumbers } from './class-afterwards.ts'
import { clean } from './clean.ts'
import { csvOf, numberCell, textCell } from './csv.ts'

const columns: [Standing, Message][] = [
  ['passed', msg('passed')],
  ['partial', msg('partial')],
  ['failed', msg('failed')],
  ['blocked', msg('blocked')],
  ['inconclusive', msg('inconclusive')],
  ['missing', msg('not handed in')],
  ['waived', msg('waived')],
]

/**
 * A class as CSV, a row for each item: how many students stand how, which share of those handed in and
 * known passed (0 to 1), the usual and the longest cluster seconds of those, and the commonest cause.
 */
export function renderItemsCsv(results: readonly Result[], language: string): string {
  const class_ = results.map((foreign): Afterwards => {
    const result = clean(foreign)
    return { student: result.student, result, ways: [], misses: [] }
  })
  const word = (message: Message) => inLanguage(message, language)
  const n = (value: number | undefined) => (value === undefined ? '' : numberCell(value, language))
  const head = [
    ...[msg('item'), msg('title')],
    ...columns.map(([, label]) => label),
    ...[msg('passed, share'), msg('usual seconds'), msg('longest seconds')],
    ...[msg('commonest cause'), msg('how many'), msg('sentence')],
  ].map(word)
  const rows = itemNumbers(class_).map(({ id, title, counts, of, causes: [first], seconds }) => [
    ...[id, textCell(title)],
    ...columns.map(([standing]) => `${counts[standing]}`),
    ...[n(of === 0 ? undefined : counts.passed / of), n(seconds?.middle), n(seconds?.longest)],
    ...(first ? [first.code, `${first.students.length}`, textCell(first.sentence)] : ['', '', '']),
  ])
  return csvOf([head, ...rows], language)
}
