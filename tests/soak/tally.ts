import { type Draw, entries, nameOf, none } from './draw.ts'
import { itemIds, signs } from './oracle.ts'
import type { Answer } from './pool.ts'

/** What a soak counts. */
export interface Tally {
  runs: number
  items: number
  /** Wrong items, and runs that threw. */
  wrong: number
  /** Fault → how many of its items came out, and how many of them inconclusive, by item. */
  byFault: Record<string, { runs: number; unknown: Record<string, number> }>
  /** Stated sign → how many items. */
  stated: Record<string, number>
}

export const emptyTally = (): Tally => ({ runs: 0, items: 0, wrong: 0, byFault: {}, stated: {} })

export function count(tally: Tally, draw: Draw, answer: Answer): void {
  tally.runs += 1
  tally.items += itemIds.length
  tally.byFault[draw.fault] ??= { runs: 0, unknown: {} }
  const fault = tally.byFault[draw.fault] as Tally['byFault'][string]
  fault.runs += 1
  const stated = signs(entries.get(draw.entry)?.verdicts ?? '')
  for (const item of itemIds) add(tally.stated, stated[item] ?? '')
  if ('threw' in answer) {
    tally.wrong += itemIds.length
    return
  }
  tally.wrong += answer.wrong.length
  for (const [item, sign] of Object.entries(signs(answer.seen)))
    if (sign === '?' && stated[item] !== '?') add(fault.unknown, item)
}

const add = (counts: Record<string, number>, key: string) => {
  counts[key] = (counts[key] ?? 0) + 1
}

/** What a wrong run prints: item by item, where its files are, and the command that replays it. */
export function complaint(draw: Draw, answer: Answer): string[] {
  const replay = `npm run soak -- --replay ${quoted(nameOf(draw))}`
  if ('threw' in answer) return [`WRONG ${nameOf(draw)}: ${answer.threw}`, `  ${replay}`]
  if (answer.wrong.length === 0) return []
  return [
    `WRONG ${nameOf(draw)}: stated ${entries.get(draw.entry)?.verdicts}, seen ${answer.seen}`,
    ...answer.wrong.map(
      ({ item, allowed, seen }) =>
        `  ${item}: ${seen}, allowed ${[...allowed].join(' or ')}: ${answer.said[item] ?? ''}`,
    ),
    `  kept in ${answer.kept}`,
    `  ${replay}`,
  ]
}

/** As one word of a shell. */
const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`

const names: Record<string, string> = {
  '.': 'passed',
  F: 'failed',
  B: 'blocked',
  '?': 'inconclusive',
  '-': 'not handed in',
}

export function summary(tally: Tally, seconds: number): string[] {
  const stated = Object.entries(tally.stated).map(([sign, n]) => `${n} ${names[sign]}`)
  const unknown = Object.entries(tally.byFault)
    .map(([name, fault]) => ({ name, ...fault, n: total(fault.unknown) }))
    .sort((a, b) => b.n - a.n || a.name.localeCompare(b.name))
  return [
    '',
    `${tally.items} items in ${tally.runs} runs, ${Math.round(seconds)} s: ${tally.wrong} wrong.`,
    `Stated: ${stated.join(', ')}.`,
    `Inconclusive because of a fault: ${total(Object.fromEntries(unknown.map((f) => [f.name, f.n])))}.`,
    ...unknown.map(
      ({ name, runs, n, unknown: items }) =>
        `  ${name === none ? 'without a fault' : name}: ${n} of ${runs * itemIds.length}` +
        (n > 0
          ? ` (${Object.entries(items)
              .sort()
              .map(([id, m]) => `${id} ${m}`)
              .join(', ')})`
          : ''),
    ),
  ]
}

const total = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0)
