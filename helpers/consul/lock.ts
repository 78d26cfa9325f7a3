import { type Message, msg, type Text } from '../language/message.ts'
import { number, record, text } from '../loose.ts'
import type { Clock } from '../time/clock.ts'
import { Fault, told } from '../time/fault.ts'
import type { Consul } from './client.ts'

/** Who grades on a cluster; written into Consul for whoever comes second. */
export interface Holder {
  who: string
  host: string
  student: string
  pid: number
  /** ISO 8601, of the holder's clock. */
  since: string
}

/** The right to grade on a cluster: one grader at a time. */
export interface Lock {
  /** Another grader has it: the cluster is not to be touched. May come late, when it was lost. */
  readonly lost: Fault | undefined
  /** Why there is no lock, though nobody is known to have it; '' otherwise. */
  readonly warning: Text
  /** Gives it back: the key is gone, as before. Never rejects. */
  release(): Promise<void>
}

export interface LockOptions {
  consul: Consul
  clock: Clock
  holder: Holder
  /**
   * An embedded lab has this grader only, and ends with it. Its time would pass beside the grader's
   * work if somebody slept there all the while: the session lives for a day instead of being renewed.
   */
  embedded: boolean
  /** Whether a process of this machine lives. */
  isAlive(pid: number): boolean
  say(sentence: Message): void
  signal: AbortSignal
}

const lockKey = 'nomad-consul-grader/lock'
/** Cluster seconds. Consul ends a session after twice its TTL, so six renewals may fail. */
const ttl = 15
const renewEverySeconds = 5
const dayTtl = 86_400
/** Cluster milliseconds: how long the lock of a holder that has died can live, and a little more. */
const deadLockMs = 2 * ttl * 1000 + 10_000
const askAgainMs = 1000

/**
 * Takes the cluster's lock, a key in Consul with a session. Another living grader's is a Fault in
 * `lost`; one whose holder died here is waited for; without the right to sessions or keys, or with a
 * Consul that fails, there is a warning and no lock.
 */
export async function takeLock(options: LockOptions): Promise<Lock> {
  const { consul, clock, embedded, say } = options
  const ending = new AbortController()
  const lock = { lost: undefined as Fault | undefined, warning: '' as Text }
  let session = ''
  let renewing: Promise<void> | undefined

  try {
    const taken = await takeOrWait(options)
    if (taken instanceof Fault) lock.lost = taken
    else session = taken
    if (session !== '' && !embedded) renewing = renew()
  } catch (error) {
    options.signal.throwIfAborted()
    lock.warning = msg(
      'No lock could be taken in Consul, so take care that nobody else grades on this cluster now: {why}',
      { why: told(error) },
    )
  }

  /** Until the lock is given back, or another has it. */
  async function renew(): Promise<void> {
    while (!lock.lost) {
      try {
        await clock.sleep(renewEverySeconds * 1000, ending.signal)
        if (await consul.renewSession(session)) continue
        const taken = await take(options)
        if (typeof taken === 'string') session = taken
        else if (taken) lock.lost = heldBy(taken)
        if (lock.lost) say(told(lock.lost))
      } catch {
        if (ending.signal.aborted) return
        // Consul may be without a leader for a moment: asked again.
      }
    }
  }

  return {
    get lost() {
      return lock.lost
    },
    get warning() {
      return lock.warning
    },
    async release() {
      ending.abort()
      await renewing
      if (session === '' || lock.lost) return
      await consul.destroySession(session).catch((error) => {
        say(
          msg('The lock in Consul ends by itself in {s} s: {why}', {
            s: 2 * ttl,
            why: told(error),
          }),
        )
      })
      session = ''
    },
  }
}

/** The session's id, or who has the lock; undefined: it was given back just now. */
async function take({ consul, holder, embedded }: LockOptions) {
  const session = await consul.createSession('nomad-consul-grader', embedded ? dayTtl : ttl)
  let taken = false
  try {
    taken = await consul.acquireKey(lockKey, holder, session)
    if (taken) return session
    const found = await consul.key(lockKey)
    return found?.session ? holderIn(found.value) : undefined
  } finally {
    // Without the right to the key, the session is not left behind either.
    if (!taken) await consul.destroySession(session).catch(() => {})
  }
}

async function takeOrWait(options: LockOptions): Promise<string | Fault> {
  const { clock, holder, isAlive, say, signal } = options
  const until = clock.now() + deadLockMs
  let waits = false
  for (;;) {
    const taken = await take(options)
    if (typeof taken === 'string') return taken
    const diedHere = taken?.host === holder.host && !isAlive(taken.pid)
    if (taken && (!diedHere || clock.now() >= until)) return heldBy(taken)
    if (clock.now() >= until) throw neverTaken()
    if (diedHere && !waits)
      say(
        msg('A run on this machine ended early; its lock in Consul ends within {s} s: waiting.', {
          s: 2 * ttl,
        }),
      )
    waits ||= diedHere
    await clock.sleep(askAgainMs, signal)
  }
}

function heldBy({ who, host, student, pid, since }: Holder): Fault {
  return new Fault(
    msg(
      'Another grader holds this cluster since {since}: {who} on {host} grades {student} (process {pid}).',
      { since, who, host, student, pid: `${pid}` },
    ),
    {
      code: 'cluster-held',
      cure: msg(
        'Wait until it has ended. If it died, its lock ends by itself within {s} s: run this again.',
        { s: 2 * ttl },
      ),
    },
  )
}

function neverTaken(): Fault {
  const key = lockKey
  return new Fault(
    msg('Consul refused the key {key} again and again, though nobody holds it.', { key }),
    {
      code: 'lock-refused',
      cure: msg('See {code}.', { code: `consul kv get -detailed ${key}` }),
    },
  )
}

/** What is written there may be anybody's: bounded, and no more than words. */
function holderIn(value: string): Holder {
  let json: unknown
  try {
    json = JSON.parse(value.slice(0, 4096))
  } catch {
    json = undefined
  }
  const found = record(json)
  const word = (name: keyof Holder) => text(found[name]).slice(0, 80) || 'unknown'
  return {
    who: word('who'),
    host: word('host'),
    student: word('student'),
    pid: number(found.pid),
    since: word('since'),
  }
}
