import type { Reason } from './grade/reason.ts'
import type { ItemResult } from './grade/result.ts'
import { tellReason } from './grade/sentences.ts'
import type { Text } from './language/message.ts'
import type { Budget } from './time/budget.ts'
import type { Clock } from './time/clock.ts'

/** A wait as it stands: what for, why it is not so yet ('' at first), since when, and what is usual. */
export interface Wait {
  item: string
  what: Text
  why: Text
  elapsedMs: number
  usualMs: number
}

/** What a run says while it goes on: for screens, never for verdicts. */
export interface Progress {
  /** One sentence about the run or its VMs. */
  say(sentence: Text): void
  waiting(wait: Wait): void
  settled(result: ItemResult): void
}

/** Tells of the waits of the item under way. */
export interface Teller {
  /** The item under way, '' before the first. */
  item: string
  begins(what: Text, budget: Pick<Budget, 'usualMs'>): void
  notYet(reason: Reason): void
}

/** A teller that speaks through `progress` in cluster time. */
export function createTeller(progress: Progress, clock: Clock): Teller {
  let wait = { what: '' as Text, since: 0, usualMs: 0 }
  const teller: Teller = {
    item: '',
    begins(what, { usualMs }) {
      wait = { what, since: clock.now(), usualMs }
      progress.waiting({ item: teller.item, what, why: '', elapsedMs: 0, usualMs })
    },
    notYet(reason) {
      // Every change is evaluated for a moment: not worth a word.
      if (reason.code === 'evaluating') return
      const { what, since, usualMs } = wait
      const why = tellReason(reason).sentence
      progress.waiting({ item: teller.item, what, why, elapsedMs: clock.now() - since, usualMs })
    },
  }
  return teller
}
