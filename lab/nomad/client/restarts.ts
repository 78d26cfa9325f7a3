import type { World } from '../../contract.ts'
import type { RestartPolicy } from '../job/spec.ts'

export interface Restarts {
  /** What is to happen after a task ended: again after nanoseconds, or not, with Nomad's reason. */
  next(): { delay: number; reason: string } | { reason: string }
}

/** cluster-facts §1.7: a random 0–25 % is added to the delay. */
const jitter = 0.25

/** The restart policy (client/allocrunner/taskrunner/restarts). */
export function makeRestarts(world: World, policy: RestartPolicy): Restarts {
  let count = 0
  let windowStart = world.now()
  return {
    next() {
      if (policy.Attempts === 0) return { reason: 'Policy allows no restarts' }
      if ((world.now() - windowStart) * 1e6 > policy.Interval) {
        count = 0
        windowStart = world.now()
      }
      count++
      if (count <= policy.Attempts) {
        const delay = Math.round(policy.Delay * (1 + world.between(0, jitter)))
        return { delay, reason: 'Restart within policy' }
      }
      const exceeded =
        `Exceeded allowed attempts ${policy.Attempts} in interval ${goDuration(policy.Interval)} ` +
        `and mode is "${policy.Mode}"`
      if (policy.Mode === 'fail') return { reason: exceeded }
      const left = policy.Interval - (world.now() - windowStart) * 1e6
      return { delay: Math.max(0, left), reason: `${exceeded}, delaying` }
    },
  }
}

/** Nanoseconds as Go prints a duration: `1h30m0s`, `17.6s`, `300ms`. */
export function goDuration(nanoseconds: number): string {
  if (nanoseconds < 1e9) return nanoseconds === 0 ? '0s' : `${nanoseconds / 1e6}ms`
  const hours = Math.floor(nanoseconds / 3600e9)
  const minutes = Math.floor((nanoseconds % 3600e9) / 60e9)
  const seconds = (nanoseconds % 60e9) / 1e9
  if (hours > 0) return `${hours}h${minutes}m${seconds}s`
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`
}
