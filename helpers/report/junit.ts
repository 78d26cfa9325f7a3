import { create } from 'xmlbuilder2'
import type { ItemResult, Result } from '../grade/result.ts'
import { standingOf } from '../grade/standing.ts'
import { inLanguage, type Language, type Message, msg } from '../language/message.ts'
import { clean } from './clean.ts'
import {
  criterionSign,
  criterionWord,
  exercise,
  heading,
  itemMarks,
  languageOf,
  mark,
  number,
  place,
  seconds,
  simulatedWord,
  witness,
} from './words.ts'

/** What JUnit calls a verdict; a passed test has no element of its own. */
const elements = {
  passed: undefined,
  failed: 'failure',
  partial: 'failure',
  blocked: 'skipped',
  missing: 'skipped',
  waived: 'skipped',
  inconclusive: 'error',
} as const

/** The result as JUnit XML: one suite, one test case per item, times in cluster seconds. */
export function renderJunit(foreign: Result): string {
  const result = clean(foreign)
  const language = languageOf(result)
  const points = (value: number) => number(value, 'en')
  const count = (element: string) =>
    result.items.filter((item) => elements[standingOf(item)] === element).length
  const time = result.items.reduce((sum, item) => sum + item.seconds, 0).toFixed(3)
  const totals = {
    tests: result.items.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
    time,
  }
  const title = `${exercise(language)}: ${result.student}`
  const name = result.cluster.simulated ? `${simulatedWord} ${title}` : title
  const document = create({ version: '1.0', encoding: 'UTF-8' })
  const suite = document
    .ele('testsuites', { name, ...totals })
    .ele('testsuite', { name, ...totals, timestamp: result.startedAt.replace(/(\.\d+)?Z$/, '') })
  addProperties(suite, [
    ['simulated', String(result.cluster.simulated)],
    ['mark', mark(result.score, language)],
    ['points', points(result.score.points)],
    ['low', points(result.score.low)],
    ['high', points(result.score.high)],
    ['max', points(result.score.max)],
    ['grader', result.grader],
    ['rubric', result.rubric],
    ...scaledProperties(result),
  ])
  for (const item of result.items) addCase(suite, item, language)
  return `${document.end({ prettyPrint: true })}\n`
}

function scaledProperties({ score, scale }: Result): [string, string][] {
  const { scaled } = score
  if (!scaled || !scale) return []
  return [
    ['scale', scale.name],
    ['grade', scaled.value === null ? '' : String(scaled.value)],
    ['unrounded', scaled.unrounded],
    ['label', scaled.label],
  ]
}

type Element = ReturnType<ReturnType<typeof create>['ele']>

function addCase(suite: Element, item: ItemResult, language: Language) {
  const testCase = suite.ele('testcase', {
    classname: `nomad-consul.${item.id.slice(0, 2)}`,
    name: heading(item),
    time: item.seconds.toFixed(3),
    ...(item.file ? { file: item.file } : {}),
    ...(item.line === undefined ? {} : { line: item.line }),
  })
  addProperties(testCase, [
    ['verdict', item.verdict],
    ['marks', itemMarks(item, language)],
    ['max', number(item.max, 'en')],
  ])
  const element = elements[standingOf(item)]
  if (element) {
    testCase
      .ele(element, { message: item.sentence, type: item.cause || item.verdict })
      .txt(explanation(item, language))
  }
  const seen = item.changes.map(
    ({ at, who, saw }) => `${seconds(at, language)}  ${witness(who, language)}  ${saw}`,
  )
  const output = [...item.notes, ...seen].join('\n')
  if (output !== '') testCase.ele('system-out').txt(output)
}

/** What a reader of the XML needs below the sentence, a line each. */
function explanation(item: ItemResult, language: Language): string {
  const say = (text: Message) => inLanguage(text, language)
  const where = place(item)
  return [
    item.sentence,
    ...(where === '' ? [] : [say(msg('at {where}', { where }))]),
    ...(item.hint === '' ? [] : [say(msg('What to do: {hint}', { hint: item.hint }))]),
    ...item.criteria.map(({ met, title, why }) => {
      const reason = why === '' ? '' : `: ${why}`
      return `${criterionSign(met)} ${criterionWord(item, met, language)}: ${title}${reason}`
    }),
  ].join('\n')
}

function addProperties(parent: Element, pairs: [name: string, value: string][]) {
  const properties = parent.ele('properties')
  for (const [name, value] of pairs) properties.ele('property', { name, value })
}
