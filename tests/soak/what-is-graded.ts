/**
 * Writes docs/what-is-graded.md out of the rubric, the gallery, the faults and the policy:
 * `node tests/soak/what-is-graded.ts`. A test holds that the page is what this makes.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Rubric } from '../../helpers/grade/rubric.ts'
import { defaultLimits } from '../../helpers/submission/policy.ts'
import { rubric } from '../../suites/rubric.ts'
import { faults } from '../faults/tables.ts'
import { allPassed, type Entry, firstLost } from '../gallery/entry.ts'
import { rightFolders } from '../gallery/folders-right.ts'
import { wrongFolders } from '../gallery/folders-wrong.ts'
import { settings, writtenOtherwise } from '../gallery/odd-but-right.ts'
import { gallery } from '../gallery/tables.ts'
import { clustersAtFault } from './clusters-at-fault.ts'
import { signs } from './oracle.ts'
import { limitsInWords, policyExamples } from './policy-examples.ts'

export const page = fileURLToPath(new URL('../../docs/what-is-graded.md', import.meta.url))
const items: Rubric['items'] = rubric.items
const ids = Object.keys(items).sort()

/** The whole page, as Markdown. */
export async function whatIsGraded(): Promise<string> {
  return [
    ...opening(),
    ...eachItem(),
    ...whatLosesIt(),
    ...theFolder(),
    ...whatIsRight(),
    ...clustersAtFault(faults),
    ...(await thePolicy()),
  ].join('\n')
}

const opening = () => [
  '# What is graded',
  '',
  '<!-- Written by tests/soak/what-is-graded.ts out of the tables that the tests run. Change those. -->',
  '',
  'For teachers. The exercise has ten items, 01.1 to 03.4, and each is worth one mark. For each item the',
  'grader looks at its criteria in order and stops at the first that does not hold. Every example below',
  'is graded by the tests, with exactly this outcome.',
  '',
  '| verdict | means | mark |',
  '|---|---|---|',
  '| passed | every criterion was proved | 1 |',
  '| failed | the student’s own files refute a criterion | 0 |',
  '| blocked | the item builds on one that failed or was not handed in | 0 |',
  '| not handed in | no file of the folder is for this item | 0 |',
  '| inconclusive | the cluster, the network or the grader hid the answer: no mark is given or taken, the grade is an interval (7–9), and the item can be run again | open |',
  '',
]

function eachItem(): string[] {
  return [
    '## The ten items',
    '',
    'Criteria in *italics* can be spoilt by the cluster only: where one does not hold, the item is',
    'inconclusive, and nobody loses a mark.',
    '',
    '| item | title | criteria, in order |',
    '|---|---|---|',
    ...ids.map((id) => {
      const { title, criteria, buildsOn } = items[id] as Rubric['items'][string]
      const words = criteria.map((c) => (c.by === 'cluster' ? `*${c.title}*` : c.title))
      const needs = buildsOn && ` (needs ${buildsOn.item} ${buildsOn.needs})`
      return `| ${id} | ${title}${needs ?? ''} | ${words.join(' · ')} |`
    }),
    '',
  ]
}

const isRefutedBy = ({ refutes, also, files }: Entry, id: string) =>
  files !== undefined && (refutes === id || Object.values(also ?? {}).includes(id))

/** Criterion → its title and the gallery's submissions that it refutes first, in order of items. */
function refuted(): Map<string, { title: string; entries: Entry[] }> {
  const found = new Map<string, { title: string; entries: Entry[] }>()
  for (const { criteria } of Object.values(items))
    for (const { id, title, by } of criteria)
      if (by === 'submission' && !found.has(id))
        found.set(id, { title, entries: gallery.filter((e) => isRefutedBy(e, id)) })
  return found
}

function whatLosesIt(): string[] {
  return [
    '## What loses a mark',
    '',
    'Three examples for each criterion, with the sentence that the student reads; the report adds the',
    'file and the line. One mistake costs one item where the sheet allows it, and what builds on it.',
    '',
    ...[...refuted().values()].flatMap(({ title, entries }) => [
      `**${capital(title)}**`,
      '',
      ...bestThree(entries).map(example),
      '',
    ]),
  ]
}

/** Three that are told apart: named in words rather than as a file, and with different sentences. */
function bestThree(entries: Entry[]): Entry[] {
  const opens = (entry: Entry) => (entry.says ?? '').split(' ').slice(0, 8).join(' ')
  const isWords = ({ name }: Entry) => !/^[\w-]+$/.test(name)
  const named = [...entries.filter(isWords), ...entries.filter((e) => !isWords(e))]
  const different = named.filter(
    (entry, i) => named.findIndex((other) => opens(other) === opens(entry)) === i,
  )
  return [...different, ...named.filter((e) => !different.includes(e))].slice(0, 3)
}

const example = (entry: Entry) =>
  `- ${firstLost(entry)}, ${entry.name}: “${sentence(entry)}” ${cost(entry)}`

/** Without the file and line at its end. */
const sentence = ({ says = '' }: Entry) =>
  plain(says.replace(/ \([\w. -]+\.nomad(, line \d+)?\)\.$/, '.'))
const plain = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function cost({ verdicts }: Entry): string {
  const at = (wanted: string) =>
    Object.entries(signs(verdicts)).flatMap(([id, sign]) => (sign === wanted ? [id] : []))
  const groups = Object.keys(words).flatMap((sign) =>
    at(sign).length > 0 ? [`${at(sign).join(' ')} ${words[sign]}`] : [],
  )
  return `(${groups.join(', ')})`
}
const words: Record<string, string> = {
  F: 'failed',
  B: 'blocked',
  '-': 'not handed in',
  '?': 'inconclusive',
}

const theFolder = () => [
  '## The folder',
  '',
  'Which file belongs to which item is found by what is in it; names help, and do not decide. These',
  'folders count in full:',
  '',
  ...list(rightFolders),
  '',
  'These lose something:',
  '',
  ...wrongFolders.map((entry) => `- ${entry.name}: “${sentence(entry)}” ${cost(entry)}`),
  '',
]

const whatIsRight = () => [
  '## What never costs a mark: how a right file is written',
  '',
  'Written otherwise:',
  '',
  ...list(writtenOtherwise.slice(1)),
  '',
  'Other names, and settings that the sheet does not have:',
  '',
  ...list(settings),
  '',
]

/** Names of right submissions, a few to a line, which one reads faster than one to a line. */
const list = (entries: readonly Entry[]) => {
  const names = entries.filter((e) => e.verdicts === allPassed).map(({ name }) => name)
  return Array.from({ length: Math.ceil(names.length / 4) }, (_, i) => {
    return `- ${names.slice(4 * i, 4 * i + 4).join(' · ')}`
  })
}

async function thePolicy(): Promise<string[]> {
  const { refused, fine } = await policyExamples()
  return [
    '## What may not run on your cluster',
    '',
    'A job that asks for one of these is not registered, and the item fails. The limits:',
    `${limitsInWords(defaultLimits)}.`,
    '',
    '| the job asks for | the student reads |',
    '|---|---|',
    ...refused.map(([what, says]) => `| ${what} | ${plain(says)} |`),
    '',
    'Allowed, among others:',
    '',
    ...fine.map((what) => `- ${what}`),
    '',
  ]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(page, await whatIsGraded())
