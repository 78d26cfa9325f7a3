import type { Job, TaskGroup } from '../job/spec.ts'
import type { Allocation } from '../types.ts'
import { makeDraft } from './draft.ts'
import { isInDatacenters } from './feasible.ts'
import { makeStack } from './place.ts'
import type { Situation } from './reconcile.ts'

/**
 * Whether a running allocation may become one of the new version where it is: its own node is asked
 * as if it were not there. Where that node would not take it any more (a new constraint, more memory)
 * it is replaced (scheduler/util.go genericAllocUpdateFn; real agents of 1.4.4 and 2.0.5, 2026-11-25).
 */
export function mayStay(
  { world, store }: Situation,
  job: Job,
  group: TaskGroup,
  alloc: Allocation,
): boolean {
  const node = store.nodes.get(alloc.NodeID)
  if (!node || !isInDatacenters(node, job)) return false
  const draft = makeDraft(store)
  draft.changed.set(alloc.ID, { ...alloc, DesiredStatus: 'stop' })
  return makeStack(world, [node], draft, {}).select(job, group, []).option !== undefined
}
