import { create } from 'xmlbuilder2'
import type { ItemResult, Result } from '../grade/result.ts'
import { clean } from './clean.ts'
import {
  criterionSign,
  criterionWord,
  exercise,
  heading,
  itemMarks,
  mark,
  number,
  place,
  seconds,
  simulatedWord,
} from './words.ts'

/** What JUnit calls a verdict; a passed test has no element of its own. */
const elements = {
  passed: undefined,
  failed: 'failure',
  partial: 'failure',
  blocked: 'skipped',
  missing: 'skipped',
  inconclusive: 'error',
} as const

/** The result as JUnit XML: one suite, one test case per item, times in cluster seconds. */
export function renderJunit(foreign: Result): string {
  const result = clean(foreign)
  const count = (element: string) =>
    result.items.filter((item) => elements[item.verdict] === element).length
  const time = result.items.reduce((sum, item) => sum + item.seconds, 0).toFixed(3)
  const totals = {
    tests: result.items.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
    time,
  }
  const title = `${exercise}: ${result.student}`
  const name = result.cluster.simulated ? `${simulatedWord} ${title}` : title
  const document = create({ version: '1.0', encoding: 'UTF-8' })
  const suite = document
    .ele('testsuites', { name, ...totals })
    .ele('testsuite', { name, ...totals, timestamp: result.startedAt.replace(/(\.\d+)?Z$/, '') })
  addProperties(suite, [
    ['simulated', String(result.cluster.simulated)],
    ['mark', mark(result.score)],
    ['points', number(result.score.points)],
    ['low', number(result.score.low)],
    ['high', number(result.score.high)],
    ['max', number(result.score.max)],
    ['grader', result.grader],
    ['rubric', result.rubric],
  ])
  for (const item of result.items) addCase(suite, item)
  return `${document.end({ prettyPrint: true })}\n`
}

type Element = ReturnType<ReturnType<typeof create>['ele']>

function addCase(suite: Element, item: ItemResult) {
  const testCase = suite.ele('testcase', {
    classname: `nomad-consul.${item.id.slice(0, 2)}`,
    name: heading(item),
    time: item.seconds.toFixed(3),
    ...(item.file ? { file: item.file } : {}),
    ...(item.line === undefined ? {} : { line: item.line }),
  })
  addProperties(testCase, [
    ['verdict', item.verdict],
    ['marks', itemMarks(item)],
    ['max', number(item.max)],
  ])
  const element = elements[item.verdict]
  if (element) {
    testCase
      .ele(element, { message: item.sentence, type: item.cause || item.verdict })
      .txt(explanation(item))
  }
  const seen = item.changes.map(({ at, who, saw }) => `${seconds(at)}  ${who}  ${saw}`)
  const output = [...item.notes, ...seen].join('\n')
  if (output !== '') testCase.ele('system-out').txt(output)
}

/** What a reader of the XML needs below the sentence, a line each. */
function explanation(item: ItemResult): string {
  const where = place(item)
  return [
    item.sentence,
    ...(where === '' ? [] : [`at ${where}`]),
    ...(item.hint === '' ? [] : [`What to do: ${item.hint}`]),
    ...item.criteria.map(({ met, title, why }) => {
      const reason = why === '' ? '' : `: ${why}`
      return `${criterionSign(met)} ${criterionWord(item, met)}: ${title}${reason}`
    }),
  ].join('\n')
}

function addProperties(parent: Element, pairs: [name: string, value: string][]) {
  const properties = parent.ele('properties')
  for (const [name, value] of pairs) properties.ele('property', { name, value })
}
