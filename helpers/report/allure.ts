import { createHash } from 'node:crypto'
import { Stage, Status, type StepResult, type TestResult } from 'allure-js-commons'
import type { Evidence } from '../grade/evidence.ts'
import type { ItemResult, Result } from '../grade/result.ts'
import { type Standing, standingOf } from '../grade/standing.ts'
import { inLanguage, type Language, type Message, msg } from '../language/message.ts'
import { clean } from './clean.ts'
import {
  exercise,
  heading,
  itemMarks,
  languageOf,
  place,
  seconds,
  simulatedWord,
  witness,
} from './words.ts'

const statuses: Record<Standing, Status> = {
  waived: Status.SKIPPED,
  passed: Status.PASSED,
  failed: Status.FAILED,
  partial: Status.FAILED,
  blocked: Status.SKIPPED,
  missing: Status.SKIPPED,
  inconclusive: Status.BROKEN,
}

interface AllureFile {
  name: string
  content: string
}

/**
 * The files of an Allure 2 result folder, written from the result and not from the test runner,
 * whose guess at failed or broken is not the verdict. Ids are hashes: the same result gives the same
 * files, and an item of a student keeps its history from run to run. With the evidence each item has
 * its own records beside it.
 */
export function renderAllure(foreign: Result, evidence: readonly Evidence[] = []): AllureFile[] {
  const result = clean(foreign)
  let start = Date.parse(result.startedAt)
  return result.items.flatMap((item) => {
    const begin = start
    start += Math.round(item.seconds * 1000)
    const records = evidence.filter((one) => 'item' in one && one.item === item.id)
    return itemFiles(result, item, { start: begin, stop: start }, records)
  })
}

interface Times {
  start: number
  stop: number
}

function itemFiles(
  result: Result,
  item: ItemResult,
  times: Times,
  records: readonly Evidence[],
): AllureFile[] {
  const uuid = uuidOf(result.student, result.startedAt, item.id)
  const language = languageOf(result)
  const seen = item.changes
    .map(({ at, who, saw }) => `${seconds(at, language)}  ${witness(who, language)}  ${saw}\n`)
    .join('')
  const attached = [
    {
      title: inLanguage(msg('What was seen'), language),
      name: `${uuid}-attachment.txt`,
      type: 'text/plain',
      content: seen,
    },
    {
      title: 'evidence.ndjson',
      name: `${uuid}-evidence-attachment.ndjson`,
      type: 'application/x-ndjson',
      content: records.map((record) => `${JSON.stringify(record)}\n`).join(''),
    },
  ].filter(({ content }) => content !== '')
  const test: TestResult = {
    uuid,
    historyId: hash('history', result.student, item.id),
    testCaseId: hash('case', item.id),
    fullName: `${exercise(language)}: ${heading(item)}`,
    name: heading(item),
    status: statuses[standingOf(item)],
    statusDetails: details(item, language),
    stage: Stage.FINISHED,
    ...times,
    description: [item.sentence, item.hint, ...item.notes].filter(Boolean).join('\n\n'),
    labels: labels(result, item),
    links: [],
    parameters: parameters(result, item),
    steps: steps(item, times),
    attachments: attached.map(({ title, name, type }) => ({ name: title, source: name, type })),
  }
  const file = { name: `${uuid}-result.json`, content: `${JSON.stringify(test, null, 2)}\n` }
  return [file, ...attached.map(({ name, content }) => ({ name, content }))]
}

/** A passed item has no message: Allure shows one as if something were wrong. */
function details(item: ItemResult, language: Language) {
  if (standingOf(item) === 'passed') return {}
  const say = (text: Message) => inLanguage(text, language)
  const where = place(item)
  const trace = [
    where && say(msg('at {where}', { where })),
    item.hint && say(msg('What to do: {hint}', { hint: item.hint })),
  ]
  return { message: item.sentence, trace: trace.filter(Boolean).join('\n') }
}

function labels(result: Result, item: ItemResult) {
  const title = exercise(languageOf(result))
  const suite = result.cluster.simulated ? `${simulatedWord} ${title}` : title
  return [
    { name: 'parentSuite', value: suite },
    { name: 'suite', value: result.student },
    { name: 'subSuite', value: item.id.slice(0, 2) },
    { name: 'framework', value: 'nomad-consul-grader' },
    { name: 'tag', value: item.verdict },
    ...(result.cluster.simulated ? [{ name: 'tag', value: simulatedWord }] : []),
  ]
}

/** Only the student tells one test from another; what differs from run to run is left out of that. */
function parameters(result: Result, item: ItemResult) {
  const { cluster } = result
  const others: [string, string][] = [
    ['marks', itemMarks(item, languageOf(result))],
    ['simulated', String(cluster.simulated)],
    ['cluster', cluster.kind],
    ['clients', String(cluster.clients.length)],
    ['nomad', cluster.nomad],
    ['consul', cluster.consul],
    ['stop', cluster.stop],
  ]
  if (cluster.seed !== undefined) others.push(['seed', String(cluster.seed)])
  return [
    { name: 'student', value: result.student },
    ...others.map(([name, value]) => ({ name, value, excluded: true })),
  ]
}

/** One step per criterion; the first unknown one of an inconclusive item is where it broke. */
function steps(item: ItemResult, times: Times): StepResult[] {
  const broke =
    item.verdict === 'inconclusive' ? item.criteria.findIndex((c) => c.met === null) : -1
  return item.criteria.map(({ title, met, why }, index) => ({
    name: title,
    status: stepStatus(met, index === broke),
    statusDetails: why === '' ? {} : { message: why },
    stage: Stage.FINISHED,
    ...times,
    steps: [],
    attachments: [],
    parameters: [],
  }))
}

function stepStatus(met: boolean | null, broke: boolean): Status {
  if (met !== null) return met ? Status.PASSED : Status.FAILED
  return broke ? Status.BROKEN : Status.SKIPPED
}

function hash(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}

/** A UUID of version 8 (made from a hash), so that readers that check the form accept it. */
function uuidOf(...parts: string[]): string {
  const hex = hash('run', ...parts)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-')
}
