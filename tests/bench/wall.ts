import type { CheckRecord, Evidence } from '../../helpers/grade/evidence.ts'
import type { OurRun } from './ours.ts'

export interface Interval {
  what: string
  from: number
  to: number
}

type In<K> = Extract<Evidence, { kind: K }>
const ofKind = <K extends Evidence['kind']>({ evidence }: Pick<OurRun, 'evidence'>, kind: K) =>
  evidence.filter((record): record is In<K> => record.kind === kind)

/** Observer and grader read one clock, in whole ms. */
const sameMoment = 10

/**
 * From each act to the last event that it required, with the hold that the rubric asks for: what no
 * grader could have waited less for. Acts are the grader's own times, events the observer's.
 */
export function required(run: OurRun): Interval[] {
  return [...registers(run), ...stops(run), ...starts(run), ...purges(run)]
}

function registers(run: OurRun): Interval[] {
  return ofKind(run, 'deploy').flatMap((deploy): Interval[] => {
    if (!deploy.registered) return []
    const job = `job ${deploy.job?.id}`
    const taken = run.seen.findLast(
      ({ key, at }) => key === job && at > deploy.at - 1000 && at < deploy.at + sameMoment,
    )
    const from = Math.min(deploy.at, taken?.at ?? deploy.at)
    const what = `register ${deploy.stage}`
    const settled = { what, from, to: from, ...settledAfter(run, deploy.item, from) }
    // 02.3 begins when no deployment is under way (rubric, The items).
    const done = run.seen.find(
      ({ key, value, at }) =>
        deploy.stage === '02.1' &&
        key.startsWith('deployment ') &&
        value === `successful ${deploy.job?.id}` &&
        at > settled.to - 3000,
    )
    return done ? [settled, { what: `${what}, deployment`, from, to: done.at }] : [settled]
  })
}

/** The last event before the hold of that item's check, and the hold. */
function settledAfter(run: OurRun, item: string, from: number): { to: number } | undefined {
  const check = ofKind(run, 'check').find(
    (c) => c.item === item && c.at > from && c.criteria.includes('stays'),
  )
  if (!check) return undefined
  const hold = holdOf(check)
  return { to: lastEvent(run, from, check.at - hold) + hold }
}

const holdOf = ({ want }: CheckRecord) => (want.heldBack ? 5000 : 3000)

function lastEvent(run: OurRun, from: number, to: number): number {
  const last = run.seen.findLast(
    ({ key, at }) => /^(allocation|instance|dns) /.test(key) && at >= from && at <= to,
  )
  return last?.at ?? from
}

/** When the wish was uttered: Nomad's word is the last that a stop waits for. */
export const stopWished = (stop: In<'stop'>): number =>
  stop.at - Math.max(0, ...stop.vms.map((vm) => vm.missedMs ?? 0))

function stops(run: OurRun): Interval[] {
  return ofKind(run, 'stop').flatMap((stop): Interval[] => {
    const from = stopWished(stop)
    const what = `stop ${stop.vms.map((vm) => vm.name).join(', ')}`
    const settled = settledAfter(run, stop.item, from)
    return settled ? [{ what, from, ...settled }] : []
  })
}

function starts(run: OurRun): Interval[] {
  return ofKind(run, 'stop').flatMap((stop): Interval[] => {
    const ends = ofKind(run, 'end').find((r) => r.item === stop.item && r.at > stop.at)
    const grows = ofKind(run, 'check').find(
      (c) => c.item === stop.item && c.at > stop.at && c.criteria.includes('control'),
    )
    const first = grows && {
      what: `start ${grows.want.returning}`,
      from: grows.at - grows.spent,
      to: lastEvent(run, grows.at - grows.spent, grows.at),
    }
    const others = stop.vms.flatMap(({ name }): Interval[] => {
      const from = name === grows?.want.returning ? first?.from : ends?.at
      if (from === undefined) return []
      const back = run.seen.filter(
        ({ key, value, at }) =>
          at > from &&
          ((key === `node ${name}` && value === 'ready') ||
            (key === `member ${name}` && value === 'alive')),
      )
      return [{ what: `start ${name}`, from, to: Math.max(from, ...back.map(({ at }) => at)) }]
    })
    return first ? [first, ...others] : others
  })
}

function purges(run: OurRun): Interval[] {
  return run.seen
    .filter(({ key, value }) => key.startsWith('job ') && value === '')
    .map(({ key, at }) => {
      const job = key.slice('job '.length)
      const ends = run.seen.filter(
        (s) =>
          s.at > at && s.key.startsWith('allocation ') && s.value.startsWith(`complete ${job}`),
      )
      return { what: `purge ${job}`, from: at, to: Math.max(at, ...ends.map((s) => s.at)) }
    })
}

/** Milliseconds that at least one interval covers, within the run. */
export function union(intervals: Interval[], { began, ended }: Pick<OurRun, 'began' | 'ended'>) {
  return ended - began - gaps(intervals, { began, ended }).reduce((ms, g) => ms + g.to - g.from, 0)
}

/** Where nothing was required; `what`: what ended before it and what began after it. */
export function gaps(
  intervals: Interval[],
  { began, ended }: Pick<OurRun, 'began' | 'ended'>,
): Interval[] {
  const found: Interval[] = []
  let covered: Interval = { what: 'the start of the program', from: began, to: began }
  const end = { what: 'its end', from: ended, to: ended }
  for (const next of [...intervals.toSorted((a, b) => a.from - b.from), end]) {
    if (next.from > covered.to)
      found.push({ what: `${covered.what} … ${next.what}`, from: covered.to, to: next.from })
    if (next.to > covered.to) covered = next
  }
  return found
}
