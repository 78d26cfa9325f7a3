import type { Evidence } from '../../helpers/grade/evidence.ts'
import { tellIn } from '../../helpers/language/message.ts'
import type { Seen } from './observer.ts'
import type { OurRun } from './ours.ts'
import { stopWished } from './wall.ts'

export interface Lag {
  what: string
  /** Ms from the observer's sight to the grader's; below 0 where the grader was first. */
  ms: number
  at: number
}

/**
 * Of each change that happened while the grader waited for one: how much later than the observer it
 * had it in its evidence. What was so before a wait began was not waited for.
 */
export function lagsOf(run: OurRun): Lag[] {
  const lags: Lag[] = []
  for (const record of run.evidence) {
    if (record.kind === 'stop') lags.push(...lagOfStop(run, record))
    if (record.kind !== 'change') continue
    const from = waitBegan(run, record)
    const saw = tellIn(record.saw, 'en')
    const change = readChange(saw, record.who)
    if (from === undefined || !change) continue
    const seen = sightOf(run, change, record.at)
    if (seen && seen.at >= from) lags.push({ what: saw, ms: record.at - seen.at, at: seen.at })
  }
  return lags
}

/** A stop ends when Nomad and Consul have both said so: the last of these words is its change. */
function lagOfStop(run: OurRun, stop: Extract<Evidence, { kind: 'stop' }>): Lag[] {
  const from = stopWished(stop)
  const names = stop.vms.map((vm) => vm.name)
  const words = run.seen.filter(
    ({ key, value, at }) =>
      at > from &&
      at < stop.at + 1000 &&
      names.some(
        (name) =>
          (key === `node ${name}` && value === 'down') ||
          (key === `member ${name}` && ['left', 'failed'].includes(value)),
      ),
  )
  const last = Math.max(...words.map(({ at }) => at))
  return words.length === 0
    ? []
    : [{ what: `${names.join(' and ')} gone`, ms: stop.at - last, at: last }]
}

/** When the wait in which something was recorded had begun; undefined outside of any. */
function waitBegan({ evidence }: OurRun, { at, item }: { at: number; item: string }) {
  const check = evidence.find((r) => r.kind === 'check' && r.item === item && r.at >= at)
  return check?.kind === 'check' && check.at - check.spent <= at
    ? check.at - check.spent
    : undefined
}

type Change = { key: string; is(value: string): boolean }

/** What the observer calls the change that the evidence tells in words (helpers/grade/changes.ts). */
function readChange(saw: string, who: string): Change | undefined {
  const [, name = '', addresses] = /^(\w+)\.service\.consul → (.*)$/.exec(saw) ?? []
  if (addresses !== undefined) return { key: `dns ${name}`, is: (value) => value === addresses }
  const [, id = '', client = ''] = /\((\w{8}), version \d+\) on \S+ is (\w+)$/.exec(saw) ?? []
  if (id !== '') return { key: `allocation ${id}`, is: (value) => value.startsWith(client) }
  const [, vm = '', status = ''] = /^(\S+) is (\w+)$/.exec(saw) ?? []
  if (vm !== '')
    return { key: `${who === 'nomad' ? 'node' : 'member'} ${vm}`, is: (value) => value === status }
  const [, one = '', state = ''] = /^(\w{8}) at \S+ is (listed|critical|gone)$/.exec(saw) ?? []
  if (one === '') return undefined
  return {
    key: one,
    is: (value) => (state === 'gone' ? value === '' : value.startsWith(state)),
  }
}

/** When the observer saw that, for the last time before it was written (or at the same moment). */
function sightOf(run: OurRun, change: Change, at: number): Seen | undefined {
  const isIt = ({ key, value }: Seen) =>
    (key === change.key || (key.startsWith('instance ') && key.endsWith(change.key))) &&
    change.is(value)
  const before = run.seen.findLast((seen) => seen.at <= at && isIt(seen))
  const after = run.seen.find((seen) => seen.at > at && seen.at < at + 50 && isIt(seen))
  return after ?? before
}

/** What somebody who looks every `period` ms would have had of the same changes, at any phase. */
export function pollerLags(lags: Lag[], period: number): number[] {
  const phases = Array.from({ length: 50 }, (_, i) => (i + 0.5) / 50)
  return phases.flatMap((phase) =>
    lags.map(({ at }) => {
      const since = (at / period - phase) % 1
      return (1 - since) * period
    }),
  )
}

/** p50, p95 and the longest. */
export function spreadOf(values: number[]): [p50: number, p95: number, max: number] {
  const sorted = values.toSorted((a, b) => a - b)
  const share = (part: number) => sorted[Math.ceil(sorted.length * part) - 1] ?? Number.NaN
  return [share(0.5), share(0.95), share(1)]
}

/** Real minus foretold, in ms, of each VM that was stopped, by the observer's sight of `down`. */
export function foretold(run: OurRun): { vm: string; off: number }[] {
  return run.evidence.flatMap((stop) => {
    if (stop.kind !== 'stop') return []
    const from = stopWished(stop)
    return stop.vms.flatMap(({ name, foretoldMs }) => {
      const down = run.seen.find(
        (s) => s.key === `node ${name}` && s.value === 'down' && s.at > from,
      )
      return down && foretoldMs !== undefined
        ? [{ vm: `${stop.item} ${name}`, off: down.at - from - foretoldMs }]
        : []
    })
  })
}
