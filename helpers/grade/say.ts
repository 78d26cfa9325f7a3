import type { Key, Message, Value } from '../language/message.ts'
import type { Reason } from './reason.ts'

/** What a reader is told for a cause, in no language yet. */
export interface Told {
  sentence: Message
  hint?: Message | undefined
}

export type Say = (values: Reason['values']) => Told

/**
 * The sentence `key`, filled with the reason's own values, and what to do. Every name in the key is
 * one of the values that the predicates give with that code.
 */
export const s =
  (key: Key, hint?: Message | ((v: Reason['values']) => Message)): Say =>
  (v) => ({
    sentence: { text: key, values: v },
    hint: typeof hint === 'function' ? hint(v) : hint,
  })

/** One of the values; nothing where an older grader's evidence lacks it. */
export const value = (v: Reason['values'], name: string): Value => v[name] ?? ''
