import type { Faults } from './contract.ts'

/** Everything works, but for what is given. Tests and demonstrations may also switch faults later. */
export function faultsWith(given: Partial<Faults> = {}): Faults {
  return {
    schedulerDead: false,
    consulDown: false,
    vmsThatNeverReturn: new Set(),
    vmsThatDoNotStop: new Set(),
    agentsOnLoopback: new Set(),
    registryDown: false,
    ...given,
  }
}
