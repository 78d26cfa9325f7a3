import type { Change } from './testing.ts'
import type { Evaluation, PlacementFailure } from './view.ts'

/** For the tests of this folder: what Nomad's scheduler says of a group for which it finds no place. */
export const failure = (more: Partial<PlacementFailure> = {}): PlacementFailure => ({
  nodesEvaluated: 3,
  nodesFiltered: 0,
  nodesExhausted: 0,
  nodesAvailable: { dc1: 3 },
  constraintFiltered: {},
  dimensionExhausted: {},
  coalesced: 0,
  ...more,
})

/** A blocked evaluation of the group `web`, which failed to place because of `why`. */
export const evaluation = (
  more: Partial<Evaluation> = {},
  why: Partial<PlacementFailure> = {},
): Evaluation => ({
  id: 'e',
  status: 'blocked',
  triggeredBy: '',
  description: '',
  blockedEval: '',
  createIndex: 1,
  failed: { web: failure(why) },
  ...more,
})

/** One that placed all it had to. */
export const clear = (more: Partial<Evaluation>) => evaluation({ failed: {}, ...more })

export const collision = { 'network: port collision': 2 }

/** A deployment of the newest version, with this status. */
export const deploying =
  (status: string, group: object = {}): Change =>
  (seen) => {
    seen.view.nomad.deployment = {
      id: 'd',
      version: 0,
      status,
      description: 'late',
      groups: {
        web: { desired: 3, placed: 1, healthy: 1, canaries: 0, promoted: false, ...group },
      },
    }
  }
