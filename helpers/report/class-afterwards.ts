import type { Evidence } from '../grade/evidence.ts'
import type { ItemResult, Result } from '../grade/result.ts'
import { type Standing, standingOf, stateOf } from '../grade/standing.ts'

/** What a student of a class comes to. Texts are as they came; whoever shows them cleans them. */
export interface Afterwards {
  student: string
  /** Undefined: never graded. */
  result: Result | undefined
  /** What happened to this one besides; none for most. */
  ways: readonly Way[]
  /** VMs that its runs stopped. */
  misses: readonly Miss[]
}

/**
 * `missing`: nothing was handed in. `refused`: it cannot be read. `parked`: no cluster could grade it.
 * `own`: the grader itself failed.
 */
export type Way = 'late' | 'missing' | 'refused' | 'parked' | 'interrupted' | 'own'

/** A VM that was stopped: how long, in ms, until Nomad missed it, and what its heartbeat foretold. */
export interface Miss {
  how: 'orderly' | 'cut'
  missedMs: number
  foretoldMs?: number
}

/** One item over the whole class. */
export interface ItemNumbers {
  id: string
  title: string
  /** How many students stand so; `missing` counts what builds on nothing, too. */
  counts: Record<Standing, number>
  /** Handed in, and known: of these `counts.passed` passed. */
  of: number
  /** Why it was not passed, the commonest first; what is only blocked has none of its own. */
  causes: Cause[]
  /** Cluster seconds of those who passed: the middle one and the longest. */
  seconds: { middle: number; longest: number } | undefined
}

export interface Cause {
  code: string
  /** The commonest sentence, without its place in a file. */
  sentence: string
  hint: string
  /** False: others with this cause were told another sentence. */
  same: boolean
  students: string[]
}

/** What could not be known for one reason, on one cluster. */
export interface Unknown {
  cluster: Pick<Result['cluster'], 'kind' | 'simulated' | 'server'>
  code: string
  sentence: string
  hint: string
  /** All items that are open for it, and of whom. */
  items: number
  ids: string[]
  students: string[]
}

/** Of these the sentence is the cause: the code says only from where it came. */
const toldBySentence = new Set(['unfit', 'fault', 'control', 'refused', 'rejected'])

const isMissing = ({ verdict, cause }: ItemResult) =>
  verdict === 'missing' || (verdict === 'blocked' && cause === 'not-handed-in')

const countedAs = (item: ItemResult): Standing =>
  standingOf(item) === 'blocked' && isMissing(item) ? 'missing' : standingOf(item)

const graded = (class_: readonly Afterwards[]) =>
  class_.flatMap(({ student, result }) => (result ? [{ student, result }] : []))

/** Each item that anybody has, in the order of the exercise. */
export function itemNumbers(class_: readonly Afterwards[]): ItemNumbers[] {
  const all = graded(class_).flatMap(({ student, result }) =>
    result.items.map((item) => ({ student, item })),
  )
  const ids = [...new Set(all.map(({ item }) => item.id))].sort()
  return ids.map((id) => {
    const own = all.filter(({ item }) => item.id === id)
    const counts = countsOf(own.map(({ item }) => countedAs(item)))
    const lost = own.filter(({ item }) => ['failed', 'partial'].includes(countedAs(item)))
    return {
      id,
      title: own[0]?.item.title ?? id,
      counts,
      of: counts.passed + counts.partial + counts.failed + counts.blocked,
      causes: causesOf(lost),
      seconds: middleAndLongest(
        own.filter(({ item }) => item.verdict === 'passed').map(({ item }) => item.seconds),
      ),
    }
  })
}

function countsOf(standings: Standing[]): Record<Standing, number> {
  const none = { passed: 0, partial: 0, failed: 0, blocked: 0 }
  const counts: Record<Standing, number> = { ...none, inconclusive: 0, missing: 0, waived: 0 }
  for (const standing of standings) counts[standing]++
  return counts
}

type Own = { student: string; item: ItemResult }

function causesOf(lost: readonly Own[]): Cause[] {
  return groups(lost, ({ item }) => keyOf(item))
    .map((own) => {
      const sentences = groups(own, ({ item }) => withoutPlace(item))
      const [commonest] = sentences
      const [first] = commonest ?? []
      return {
        code: first?.item.cause ?? '',
        sentence: first ? withoutPlace(first.item) : '',
        hint: first?.item.hint ?? '',
        same: sentences.length === 1,
        students: own.map(({ student }) => student),
      }
    })
    .filter(({ sentence }) => sentence !== '')
}

const keyOf = (item: ItemResult): string =>
  toldBySentence.has(item.cause) ? `${item.cause} ${withoutPlace(item)}` : item.cause

/** A sentence ends with `(nginx.nomad, line 7).`, which is each student's own. */
function withoutPlace({ sentence, file }: ItemResult): string {
  const at = sentence.lastIndexOf(' (')
  const isPlace = file !== undefined && at > 0 && sentence.slice(at + 2).startsWith(file)
  return isPlace && sentence.endsWith(').') ? `${sentence.slice(0, at)}.` : sentence
}

/** Those with the same key, the largest group first, otherwise as they came. */
function groups<One>(all: readonly One[], keyOf: (one: One) => string): One[][] {
  const found = new Map<string, One[]>()
  for (const one of all) {
    const own = found.get(keyOf(one)) ?? []
    own.push(one)
    found.set(keyOf(one), own)
  }
  return [...found.values()].sort((a, b) => b.length - a.length)
}

/**
 * What is open, by cluster and reason, the most items first. An item that is open because of another
 * is counted with that one. Not of those whose hand-in is the reason.
 */
export function unknowns(class_: readonly Afterwards[]): Unknown[] {
  const open = graded(class_.filter(({ ways }) => !ways.includes('refused'))).flatMap(
    ({ student, result }) => {
      const own = result.items.filter((item) => standingOf(item) === 'inconclusive')
      return own
        .filter(({ cause }) => cause !== 'ambiguous')
        .map((item) => {
          const cluster = item.run?.cluster ?? result.cluster
          return { student, item, cluster, root: rootOf(item, own) }
        })
    },
  )
  const keyOfOpen = ({ cluster, root }: (typeof open)[number]) =>
    JSON.stringify([cluster.kind, cluster.server, keyOf(root)])
  return groups(open, keyOfOpen).flatMap((own) => {
    const [first] = own
    if (!first) return []
    const { cause: code, sentence, hint } = first.root
    return {
      ...{ cluster: first.cluster, code, sentence, hint, items: own.length },
      ids: [...new Set(own.map(({ item }) => item.id))].sort(),
      students: [...new Set(own.map(({ student }) => student))],
    }
  })
}

/** The open item whose sentence this one repeats. */
const rootOf = (item: ItemResult, open: readonly ItemResult[]): ItemResult =>
  open.find(
    (one) => one.id < item.id && one.cause === item.cause && item.sentence.endsWith(one.sentence),
  ) ?? item

/** Whose items are open because nobody knows which file is meant. */
export const ambiguous = ({ result }: Afterwards): ItemResult | undefined =>
  result?.items.find((item) => standingOf(item) === 'inconclusive' && item.cause === 'ambiguous')

/** How many students have each whole mark, on the scale where there is one, and who has none. */
export interface Marks {
  /** Bar n: marks from n × `width` on. */
  bars: number[]
  /** 1, or a tenth of the highest mark where that is more than 20. */
  width: number
  /** The highest mark that there is. */
  top: number
  middle: number | undefined
  open: number
  missing: number
  /** Never graded. */
  none: number
}

export function marksOf(class_: readonly Afterwards[]): Marks {
  const results = graded(class_).map(({ result }) => result)
  const top = Math.max(0, ...results.map((one) => one.scale?.max ?? one.score.max))
  const width = top > 20 ? top / 10 : 1
  const bars = Array.from({ length: Math.floor(top / width) + 1 }, () => 0)
  const marks: number[] = []
  const states = results.map(stateOf)
  for (const [i, { score, scale }] of results.entries()) {
    if (states[i] !== 'graded' || top === 0 || score.max === 0) continue
    // Of fewer items (a waiver): the same share of all.
    const share =
      scale && score.scaled ? (score.scaled.value ?? 0) / scale.max : score.points / score.max
    marks.push(share * top)
    const bar = Math.floor((share * top) / width + 1e-9)
    bars[bar] = (bars[bar] ?? 0) + 1
  }
  const count = (state: string) => states.filter((one) => one === state).length
  return {
    ...{ bars, width, top, middle: middleAndLongest(marks)?.middle },
    ...{ open: count('inconclusive'), missing: count('not handed in') },
    none: class_.length - results.length,
  }
}

function middleAndLongest(values: readonly number[]) {
  if (values.length === 0) return undefined
  const sorted = [...values].sort((a, b) => a - b)
  const at = (i: number) => sorted[i] ?? 0
  const half = (sorted.length - 1) / 2
  return {
    middle: (at(Math.floor(half)) + at(Math.ceil(half))) / 2,
    longest: at(sorted.length - 1),
  }
}

/** How long Nomad took to miss VMs, by how they were stopped: ms. */
export interface Lag {
  how: Miss['how']
  n: number
  middle: number
  longest: number
  /** Longest that a heartbeat had foretold. */
  foretold: number | undefined
}

export function lagsOf(class_: readonly Afterwards[]): Lag[] {
  const all = class_.flatMap(({ misses }) => misses)
  return (['orderly', 'cut'] as const).flatMap((how) => {
    const own = all.filter((one) => one.how === how)
    const times = middleAndLongest(own.map(({ missedMs }) => missedMs))
    const foretold = own.flatMap(({ foretoldMs }) => foretoldMs ?? [])
    const most = foretold.length > 0 ? Math.max(...foretold) : undefined
    return times ? [{ how, n: own.length, ...times, foretold: most }] : []
  })
}

/** The VMs that a run stopped and Nomad was seen to miss. */
export const missesIn = (evidence: readonly Evidence[]): Miss[] =>
  evidence.flatMap((one) =>
    one.kind !== 'stop'
      ? []
      : one.vms.flatMap(({ missedMs, foretoldMs }) =>
          missedMs === undefined
            ? []
            : { how: one.how, missedMs, ...(foretoldMs !== undefined && { foretoldMs }) },
        ),
  )
