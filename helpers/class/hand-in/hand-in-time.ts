import { type Message, msg } from '../../language/message.ts'
import { told } from '../roster/roster-times.ts'

/** What tells when something was handed in. */
export type Clock = 'roster' | 'files' | 'commit'

const whose: Record<Clock, () => Message> = {
  roster: () => msg('The time is the roster’s.'),
  files: () =>
    msg('The time is that of the newest file, which whoever wrote or copied it can set.'),
  commit: () => msg('The time is that of the student’s own machine, which can be set at will.'),
}

/**
 * Whether it came after the deadline, and what the teacher is told of that. Late work is graded as any
 * other: what it costs is not the grader's to say.
 */
export function lateness(
  at: Date | undefined,
  deadline: string | undefined,
  clock: Clock,
): { handedInAt?: string; late: boolean; notes: Message[] } {
  if (!at) return { late: false, notes: [] }
  const handedInAt = at.toISOString()
  if (!deadline || at <= new Date(deadline)) return { handedInAt, late: false, notes: [] }
  const late = msg(
    'It came at {at}, and the deadline was {deadline}. It is graded; what that costs is yours to say, in {file}.',
    {
      ...{ at: told(at), deadline: told(deadline), file: 'overrides.yaml' },
    },
  )
  return { handedInAt, late: true, notes: [late, whose[clock]()] }
}
