import { msg } from '../language/message.ts'
import { Fault } from '../time/fault.ts'
import type { Journal } from './journal.ts'
import { nameOf, type Written } from './journal-records.ts'

interface Entry {
  /** Base64. */
  value: string
  flags: number
}

type Intention = Record<string, unknown>
type Pair = { source: string; destination: string }

/** What putting Consul's keys and intentions back needs of its client. */
export interface ConsulHands {
  entry(key: string): Promise<(Entry & { index: number }) | null>
  putEntry(key: string, entry: Entry, cas: number): Promise<boolean>
  deleteEntry(key: string, cas: number): Promise<boolean>
  intention(pair: Pair): Promise<Intention | null>
  putIntention(pair: Pair, intention: Intention): Promise<boolean>
  deleteIntention(pair: Pair): Promise<void>
}

/** How an intention of the grader's is known; what else stands there meanwhile is somebody else's. */
export const deniedBy = 'nomad-consul-grader'

/**
 * Puts back what stood in Consul before the grader wrote there, and says so in the journal. What
 * somebody else wrote there meanwhile stays: false then. May be done again.
 */
export async function putBack(
  written: Written,
  consul: ConsulHands,
  journal: Pick<Journal, 'putBack'>,
): Promise<boolean> {
  const ours =
    written.kind === 'key' ? await putKeyBack(written, consul) : await putRuleBack(written, consul)
  journal.putBack(written)
  return ours
}

type Of<K extends Written['kind']> = Extract<Written, { kind: K }>

async function putKeyBack({ key, ours, before }: Of<'key'>, consul: ConsulHands): Promise<boolean> {
  for (let tries = 0; tries < mostTries; tries++) {
    const now = await consul.entry(key)
    if (now?.value !== ours) return same(now, before)
    if (same(now, before)) return true
    const done = before
      ? await consul.putEntry(key, before, now.index)
      : await consul.deleteEntry(key, now.index)
    if (done) return true
  }
  throw busy(key, `consul kv get -detailed ${key}`)
}

/** Somebody else may write at the same moment. */
const mostTries = 3

const busy = (name: string, code: string) =>
  new Fault(msg('{name} changes again and again: it is not put back.', { name }), {
    code: 'PUT_BACK_BUSY',
    cure: msg('See {code}.', { code }),
  })

const same = (now: Entry | null, before: Entry | null) =>
  now?.value === before?.value && now?.flags === before?.flags

async function putRuleBack(written: Of<'intention'>, consul: ConsulHands): Promise<boolean> {
  const { before, ...pair } = written
  for (let tries = 0; tries < mostTries; tries++) {
    const now = await consul.intention(pair)
    if (now?.Description !== deniedBy) return JSON.stringify(now) === JSON.stringify(before)
    if (!before) {
      await consul.deleteIntention(pair)
      return true
    }
    if (await consul.putIntention(pair, before)) return true
  }
  throw busy(nameOf(written), 'consul intention list')
}
