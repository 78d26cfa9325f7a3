import { asMessage, type Message, msg } from '../language/message.ts'
import { Fault, told } from '../time/fault.ts'
import { takeBack } from './aside.ts'
import type { Journal } from './journal.ts'
import { isOpen } from './journal-records.ts'
import { putBack } from './put-back.ts'
import { bringBack, type Hands } from './return.ts'

export interface RestoreOptions {
  /** Hears what was undone. */
  say: (sentence: Message) => void
  /** Hears what could not be undone, and the next step; `say` where absent. */
  trouble?: (sentence: Message) => void
  /** Cluster milliseconds for each VM. */
  budgetMs?: number
  signal?: AbortSignal
}

const usualBudget = 300_000
/** How long containers of a purged job may end: kill_timeout is 30 s at most (Nomad's own limit). */
const endingMs = 90_000
const lookEvery = 500

/**
 * Undoes what the journal leaves open: purges our jobs, makes nodes eligible, starts VMs, and waits
 * until all of that is proved. One sentence for each; what cannot be undone stays in the journal.
 * Resolves with true when nothing is left open; never rejects for what the cluster does. May be run
 * again.
 */
export async function restore(
  journal: Journal,
  hands: Hands,
  options: RestoreOptions,
): Promise<boolean> {
  const { say } = options
  const { nomad } = hands
  const found = journal.open()
  // Jobs first: a VM that comes back must not be given a replica of a run that is over.
  const purged = await each(found.jobs, options, async (job) => {
    await orAgain(msg('The job {job} is not purged', { job }), () => nomad.purge(job))
  })
  await Promise.all([
    each(found.written, options, async ({ id, written }) => {
      const undone = await orAgain(msg('{name} in Consul is not put back', { name: id }), () =>
        putBack(written, hands.consul, journal),
      )
      say(
        undone
          ? msg('{name} in Consul is as it was before.', { name: id })
          : msg('{name} in Consul was changed by somebody else meanwhile: it stays so.', {
              name: id,
            }),
      )
    }),
    each(found.ineligible, options, async ({ id, name }) => {
      await orAgain(msg('{name} is still ineligible', { name }), () =>
        takeBack({ id }, nomad, journal),
      )
      say(msg('{name} may be given work again.', { name }))
    }),
    each(found.vms, options, async ({ name, address, bootId, accepted }) => {
      const { budgetMs = usualBudget, signal } = options
      const vm = { name, host: address, bootId, accepted }
      const how = await bringBack(vm, hands, { budgetMs, fit: true, ...(signal && { signal }) })
      journal.back(name)
      say(
        how === 'returned'
          ? msg('{name} was off and is back.', { name })
          : msg('{name} was to be stopped and is up.', { name }),
      )
    }),
  ])
  await each(purged, options, async (job) => {
    await hasEnded(job, hands, options.signal)
    journal.purged(job)
    say(msg('The job {job} of a run that ended early was purged.', { job }))
  })
  return !isOpen(journal.open())
}

/** Says what a watcher kept for whoever runs next. */
export function tellKept(journal: Journal, say: (sentence: Message) => void): void {
  const { toTell } = journal.open()
  for (const sentence of toTell) say(asMessage(sentence))
  if (toTell.length > 0) journal.told()
}

/** Waits until no container of a purged job runs: its VMs are back or down, so each has an end. */
async function hasEnded(job: string, { nomad, clock }: Hands, signal?: AbortSignal): Promise<void> {
  const deadline = clock.now() + endingMs
  for (;;) {
    const all = await orAgain(msg('The job {job} may still run', { job }), () =>
      nomad.allocations(job),
    )
    const left = all.find((one) => ['running', 'pending'].includes(one.client))
    if (!left) return
    if (clock.now() >= deadline)
      throw new Fault(
        msg('The job {job} was purged, yet its container on {vm} runs on.', {
          ...{ job, vm: left.nodeName },
        }),
        {
          code: 'JOB_RUNS_ON',
          cure: msg('End it there ({look}), then run: {code}', {
            look: 'docker ps',
            code: 'grade restore',
          }),
        },
      )
    await clock.sleep(lookEvery, signal)
  }
}

async function orAgain<T>(what: Message, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (cause) {
    throw new Fault(msg('{what}: {why}', { what, why: told(cause) }), {
      code: 'NOT_UNDONE',
      cure: msg('When it answers again, run: {code}', { code: 'grade restore' }),
      cause,
    })
  }
}

/** Does all at once; a failure is told and hinders no other. Gives those that went well. */
async function each<T>(
  all: T[],
  { say, trouble = say, signal }: RestoreOptions,
  undo: (one: T) => Promise<void>,
): Promise<T[]> {
  const done = await Promise.all(
    all.map(async (one) => {
      try {
        await undo(one)
        return [one]
      } catch (error) {
        signal?.throwIfAborted()
        trouble(told(error))
        return []
      }
    }),
  )
  return done.flat()
}
