import { tell } from '../time/fault.ts'
import type { Journal } from './journal.ts'
import { isOpen } from './journal-records.ts'
import { bringBack, type Hands } from './return.ts'

export interface RestoreOptions {
  say: (sentence: string) => void
  /** Cluster milliseconds for each VM. */
  budgetMs?: number
  signal?: AbortSignal
}

const usualBudget = 300_000

/**
 * Undoes what the journal leaves open: purges our jobs, makes nodes eligible, starts VMs and waits
 * until they are proved back. One sentence for each; what cannot be undone stays in the journal.
 * Resolves with true when nothing is left open; never rejects for what the cluster does. May be run
 * again.
 */
export async function restore(
  journal: Journal,
  hands: Hands,
  options: RestoreOptions,
): Promise<boolean> {
  const { say } = options
  const found = journal.open()
  for (const sentence of found.toTell) say(sentence)
  if (found.toTell.length > 0) journal.told()
  // Jobs first: a VM that comes back must not be given a replica of a run that is over.
  await each(found.jobs, options, async (job) => {
    await hands.nomad.purge(job)
    journal.purged(job)
    return `The job ${job} of a run that ended early was purged.`
  })
  await each(found.ineligible, options, async ({ id, name }) => {
    await hands.nomad.eligibility(id, 'eligible')
    journal.eligible(id)
    return `${name} may be given work again.`
  })
  await each(found.vms, options, async ({ name, address }) => {
    const budget = options.budgetMs ?? usualBudget
    await bringBack({ name, host: address }, hands, budget, options.signal)
    journal.back(name)
    return `${name} was off and is back.`
  })
  return !isOpen(journal.open())
}

/** Does all at once; a failure is told and hinders no other. */
async function each<T>(
  all: T[],
  { say, signal }: RestoreOptions,
  undo: (one: T) => Promise<string>,
): Promise<void> {
  await Promise.all(
    all.map(async (one) => {
      try {
        say(await undo(one))
      } catch (error) {
        signal?.throwIfAborted()
        say(tell(error))
      }
    }),
  )
}
