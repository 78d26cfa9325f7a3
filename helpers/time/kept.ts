import type { Clock } from './clock.ts'

/** How one look is taken. */
export interface Look {
  /** Everything is asked for now: whatever is decided is decided by such a look. */
  readonly fresh: boolean
  /** Set when something of an earlier look was used. */
  reused: boolean
  /** Cluster ms until what was used although a change of it was told may be asked for again. */
  againIn?: number
}

export const freshLook = (): Look => ({ fresh: true, reused: false })

/** For what a decision does not hang on. */
export const sharedLook = (): Look => ({ fresh: false, reused: false })

/** How long an answer may be used again, in cluster ms, while nobody tells of a change of `topics`. */
export interface Keeping {
  ms: number
  topics?: readonly string[]
  /** Cluster ms between two questions, whatever is told: changes on each other's heels are one. */
  apart?: number
}

/**
 * What looks share that follow each other soon: an answer is asked for again when a watch told of a
 * change, when the watch is not there, and when it is old. Such looks say "not yet" and no more; a
 * fresh look decides.
 */
export interface Kept {
  changed(topics: readonly string[]): void
  /** A watch tells of changes of these topics from now on, or does not any more. */
  watched(topics: readonly string[], open: boolean): void
  /** `worth`: whether an answer may be used again at all; any may when it is not given. */
  answer<T>(
    look: Look,
    key: string,
    keeping: Keeping,
    ask: () => Promise<T>,
    worth?: (answer: T) => boolean,
  ): Promise<T>
}

export function createKept(clock: Pick<Clock, 'now'>): Kept {
  const answers = new Map<string, { at: number; told: number; answer: unknown }>()
  const told = new Map<string, number>()
  const open = new Set<string>()
  const changes = (topics: readonly string[]) =>
    topics.reduce((sum, topic) => sum + (told.get(topic) ?? 0), 0)
  const changed = (topics: readonly string[]) => {
    for (const topic of topics) told.set(topic, (told.get(topic) ?? 0) + 1)
  }
  return {
    changed,
    watched(topics, isOpen) {
      for (const topic of topics) {
        if (isOpen) open.add(topic)
        // What happened until it is open again is not told.
        else if (open.delete(topic)) changed([topic])
      }
    },
    async answer<T>(
      look: Look,
      key: string,
      { ms, topics = [], apart = 0 }: Keeping,
      ask: () => Promise<T>,
      worth: (answer: T) => boolean = () => true,
    ) {
      const had = answers.get(key)
      const age = had ? clock.now() - had.at : Number.POSITIVE_INFINITY
      const told = had?.told !== changes(topics) || !topics.every((topic) => open.has(topic))
      if (had && !look.fresh && age <= ms && (!told || age < apart)) {
        look.reused = true
        if (told) look.againIn = Math.min(look.againIn ?? apart, apart - age)
        return had.answer as T
      }
      // Of the moment before it was asked: a change on its way back counts.
      const before = { at: clock.now(), told: changes(topics) }
      const answer = await ask()
      if (worth(answer)) answers.set(key, { ...before, answer })
      else answers.delete(key)
      return answer
    },
  }
}
