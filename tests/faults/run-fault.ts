import type { ItemResult } from '../../helpers/grade/result.ts'
import { rubric } from '../../suites/rubric.ts'
import { type Entry, signsOf } from '../gallery/entry.ts'
import { handIn } from '../gallery/grade-entry.ts'
import { grade, tempFolder, verdictsOf } from '../harness.ts'
import type { Fault } from './fault.ts'

export interface At {
  /** Clients of the lab. */
  size: number
  /** An odd one stops VMs orderly, an even one cuts them. */
  seed: number
  /** What is handed in, if not the sheet's own files. */
  entry?: Entry
}

export interface Seen {
  /** Ten signs, as in a table; what was not graded is `.`. */
  signs: string
  items: readonly ItemResult[]
}

/** Grades the sheet's own files, or an entry of the gallery, on a lab with the fault. */
export async function runFault(fault: Fault, { size, seed, entry }: At): Promise<Seen> {
  using folder = tempFolder()
  await handIn(entry ?? { name: 'the sheet', verdicts: '' }, folder.path)
  const maxWaitMs = entry?.maxWaitMs ?? fault.maxWaitMs
  const result = await grade(folder.path, {
    ...{ seed, clients: size, stop: seed % 2 ? 'orderly' : 'cut' },
    ...(maxWaitMs && { maxWaitMs }),
    ...(fault.asked && !entry && { asked: [...fault.asked] }),
    lab: { ...entry?.lab, ...fault.lab },
    ...(fault.put && { disturb: turned(fault.put()) }),
  })
  return { signs: signsOf(verdictsOf(result)), items: result.items }
}

/** The harness names the item first. */
const turned =
  <A, B>(act: (a: A, b: B) => void) =>
  (b: B, a: A) =>
    act(a, b)

/**
 * What is wrong with a run, '' when nothing is: the reference never loses, and is inconclusive only
 * where the table says so.
 */
export async function check(fault: Fault, at: Omit<At, 'entry'>): Promise<string> {
  const { signs, items } = await runFault(fault, at)
  const stated = fault.rows[at.size]
  if (stated === undefined) return `the table says nothing for ${at.size} clients`
  const first = items.find(({ verdict }) => verdict !== 'passed')
  const told = items
    .filter(({ verdict }) => verdict !== 'passed')
    .map(({ id, verdict, sentence }) => `${id} ${verdict}: ${sentence}`)
    .join('\n')
  const fits = [...signs].every(
    (sign, i) => sign === stated[i] || (fault.mayPass && sign === '.' && stated[i] === '?'),
  )
  if (!fits) return `stated ${stated}, seen ${signs}\n${told}`
  if (first && fault.says && !fault.says.test(first.sentence))
    return `${first.id} does not say ${fault.says}: ${first.sentence}`
  if (first && first.hint === '') return `${first.id} does not say what to do: ${first.sentence}`
  return ''
}

const ids = Object.keys(rubric.items).sort()

/** Items that some row has inconclusive. */
export const hidden = ({ rows }: Fault): string[] =>
  ids.filter((_, i) => Object.values(rows).some((row) => row.replaceAll(' ', '')[i] === '?'))

/** Item → why it may be inconclusive. */
export const reasons = ({ why = {} }: Fault): Record<string, string> =>
  Object.fromEntries(
    Object.entries(why).flatMap(([items, reason]) => items.split(' ').map((id) => [id, reason])),
  )
