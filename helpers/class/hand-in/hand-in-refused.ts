import type { Message } from '../../language/message.ts'
import { Fault } from '../../time/fault.ts'

/** Thrown where a hand-in cannot be read: one student's line, never the end of the class. */
export const refusal = (why: Message, cause?: unknown): Fault =>
  new Fault(why, { code: 'HAND_IN_REFUSED', cause })
