import type { ItemResult, Result } from '../../grade/result.ts'
import { stateOf } from '../../grade/standing.ts'
import { plain, withoutCommands } from '../../grade/text.ts'
import { inLanguage, type Language, type Message, msg } from '../../language/message.ts'
import { gradeOf } from '../../report/about-grade.ts'
import { columnsOf, cut, padEnd } from '../../report/columns.ts'
import { safeJson } from '../../report/json.ts'
import { mark, simulatedWord, verdictWord } from '../../report/words.ts'
import { changesOf, isSameMark, type Rescored } from './rescore.ts'

const longestName = 28

/** Who changes: a row for each item with the sentence of today, and one for the mark. */
export function renderRescored(all: readonly Rescored[], language: Language): string {
  const word = (message: Message) => inLanguage(message, language)
  const head = [msg('student'), msg('item'), msg('was'), msg('is'), msg('why')].map(word)
  const rows = all.flatMap((one) => rowsOf(one, language))
  const widths = head.map((title, i) =>
    Math.max(columnsOf(title), ...rows.map((row) => columnsOf(row[i] ?? ''))),
  )
  const lines = (rows.length > 0 ? [head, ...rows] : []).map((row) =>
    row
      .map((cell, i) => (i === row.length - 1 ? cell : padEnd(cell, widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
  const simulated = all.some((one) => 'is' in one && one.is.cluster.simulated)
  const stamp = simulated ? `${simulatedWord} ` : ''
  const count = stamp + word(countOf(all))
  return [count, ...lines].map((line) => withoutCommands(`${line}\n`)).join('')
}

function rowsOf(one: Rescored, language: Language): string[][] {
  const student = cut(plain(one.student, 100), longestName)
  if ('trouble' in one) {
    const why = plain(inLanguage(one.trouble, language), 1000)
    return [[student, '—', '', inLanguage(msg('cannot be judged again'), language), why]]
  }
  const items = changesOf(one.was, one.is).map(({ id, was, is }) => [
    ...[student, id, verdictOf(was, language), verdictOf(is, language)],
    plain(whyOf(is), 1000),
  ])
  if (isSameMark(one.was, one.is)) return items
  const label = inLanguage(msg('mark'), language)
  const marks = [one.was, one.is].map((of) => markIn(of, language))
  return [...items, [student, label, ...marks, '']]
}

const whyOf = (item: ItemResult | undefined) => [item?.sentence, item?.hint].join(' ').trim()

const verdictOf = (item: ItemResult | undefined, language: Language) =>
  item ? verdictWord(item.verdict, language) : inLanguage(msg('not graded'), language)

function markIn(result: Result, language: Language): string {
  const grade = gradeOf(result, language)
  return `${mark(result.score, language)}${grade === '' ? '' : `, ${grade}`}`
}

/** How many of each there are; those with other words only are in none. */
export function countOf(all: readonly Rescored[]): Message {
  const judged = all.flatMap((one) => ('is' in one ? [one] : []))
  const marks = judged.filter(({ was, is }) => !isSameMark(was, is))
  return msg(
    'Judged again: {students, plural, one {# student} other {# students}}, {marks, plural, =0 {no mark changes} one {# mark changes} other {# marks change}}, {trouble, plural, =0 {all could be judged} other {# cannot be judged again}}.',
    { students: all.length, marks: marks.length, trouble: all.length - judged.length },
  )
}

/** For a program. Paths as they were given. */
export function rescoredJson(
  all: readonly Rescored[],
  { exitCode, rubric, written }: { exitCode: number; rubric: string; written: readonly string[] },
  language: Language,
): string {
  const students = all.map((one) => {
    const { student, dirs } = one
    if ('trouble' in one)
      return { student, runs: dirs, trouble: inLanguage(one.trouble, language), changes: [] }
    const changes = changesOf(one.was, one.is).map(({ id, was, is }) => ({
      item: id,
      ...{ was: was?.verdict ?? null, is: is?.verdict ?? null },
      ...{ cause: is?.cause ?? '', why: whyOf(is) },
    }))
    const { was, is } = one
    return {
      ...{ student, runs: dirs, simulated: is.cluster.simulated },
      ...{ was: scoreOf(was), is: scoreOf(is), sameMark: isSameMark(was, is), changes },
    }
  })
  const schema = 'nomad-consul-rescore/1'
  return safeJson({ schema, language, rubric, students, written, exitCode })
}

const scoreOf = (result: Result) => {
  const { points, low, high, max, scaled } = result.score
  const of = { state: stateOf(result), points, low, high, max, rubric: result.rubric }
  return { ...of, ...(scaled && { grade: scaled.value }) }
}
