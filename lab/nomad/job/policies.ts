import { goDuration } from '../client/restarts.ts'
import { errorList } from './error-list.ts'
import type { RestartPolicy, TaskGroup, Update } from './spec.ts'

/** What Nomad refuses in a group's restart and update blocks (structs.go, Validate of each). */
export function policyErrors(group: TaskGroup, version: '1.4.4' | '2.0.5'): string[] {
  return [restartErrors(group.RestartPolicy), updateErrors(group.Update)].flatMap((errors) =>
    // 1.4.4 has a list in the list; 2.0.5 has one list (real answers, 2026-11-25).
    version === '1.4.4' && errors.length > 0 ? [errorList(errors)] : errors,
  )
}

function restartErrors({ Attempts, Interval, Delay, Mode }: RestartPolicy): string[] {
  const errors: string[] = []
  if (Mode !== 'delay' && Mode !== 'fail') errors.push(`Unsupported restart mode: "${Mode}"`)
  if (Attempts === 0 && Mode !== 'fail') {
    errors.push(`Restart policy "${Mode}" with 0 attempts is ambiguous`)
  }
  if (Interval < 5e9) errors.push(`Interval can not be less than 5s (got ${goDuration(Interval)})`)
  if (Attempts * Delay > Interval) {
    errors.push(
      `Nomad can't restart the TaskGroup ${Attempts} times in an interval of ` +
        `${goDuration(Interval)} with a delay of ${goDuration(Delay)}`,
    )
  }
  return errors
}

function updateErrors(update: Update | null): string[] {
  if (!update || update.MaxParallel === 0) return []
  const errors: string[] = []
  if (update.AutoPromote && update.Canary === 0) {
    errors.push('Auto Promote requires a Canary count greater than zero')
  }
  const mustBeLess = (what: string, short: number, long: number) => {
    if (short >= long) errors.push(`${what}: ${goDuration(short)} > ${goDuration(long)}`)
  }
  mustBeLess(
    'Minimum healthy time must be less than healthy deadline',
    update.MinHealthyTime,
    update.HealthyDeadline,
  )
  if (update.ProgressDeadline !== 0) {
    mustBeLess(
      'Healthy deadline must be less than progress deadline',
      update.HealthyDeadline,
      update.ProgressDeadline,
    )
  }
  return errors
}
