import type { TaskGroup } from '../job/spec.ts'
import { type Allocation, type Deployment, isTerminal, type Node } from '../types.ts'
import { isDestructive } from './changes.ts'
import { isCurrent, rollingLimit } from './counts.ts'
import { none } from './desired.ts'
import { infeasible, readyNodes } from './feasible.ts'
import type { Changes, Situation } from './reconcile.ts'
import { planDeployment } from './rollout.ts'
import { endOf } from './sort-out.ts'
import { mayStay } from './stay.ts'
import { taintedText, updatedText } from './texts.ts'

/**
 * One allocation of each group on each node that is ready and meets its constraints; the others are
 * passed over without a word (scheduler/util.go diffSystemAllocs). Names all end with `[0]`, as seen
 * in 1.4.4 and 2.0.5 with one client. What is done with several was read, not run.
 */
export function changeSystemGroup(
  situation: Situation,
  changes: Changes,
  group: TaskGroup,
  all: Allocation[],
  active: Deployment | undefined,
): void {
  const job = situation.job!
  const desired = { ...none }
  changes.desired[group.Name] = desired
  const { world } = situation
  const wanted = readyNodes(situation).filter((node) => !infeasible(world, job, group, node))
  const alive = all.filter((alloc) => !isTerminal(alloc))
  const kept: Allocation[] = []
  for (const alloc of alive) {
    const end = endOf(situation.store, alloc)
    if (!end.lost && staysOn(situation, group, alloc)) kept.push(alloc)
    else {
      changes.stops.push(alloc.migrate ? { alloc, description: taintedText } : end)
      desired.Stop++
    }
  }
  const old = kept.filter((alloc) => !isCurrent(alloc, job))
  const destructive = old.filter(
    (one) => isDestructive(one.Job, job, group.Name) || !mayStay(situation, job, group, one),
  )
  changes.inPlace.push(...old.filter((alloc) => !destructive.includes(alloc)))
  const free = wanted.filter((node) => !isServed(situation, node, kept, all))
  const name = `${job.Name}.${group.Name}[0]`
  const base = { group, name, canary: false, rescheduled: false }
  // Without an update block all at once: so it is in 1.4.
  const limit = group.Update
    ? rollingLimit(group, active, kept, active?.Status !== 'failed')
    : destructive.length
  const replaced = destructive.slice(0, limit)
  changes.placements.push(
    ...free.map((node) => ({ ...base, node })),
    ...replaced.map((previous) => {
      const node = situation.store.nodes.get(previous.NodeID)!
      return { ...base, node, previous, stopPrevious: updatedText }
    }),
  )
  desired.Place += free.length
  desired.DestructiveUpdate += replaced.length
  desired.Ignore += kept.length - replaced.length
  planDeployment(situation, changes, group, all, active, {
    updates: old.length,
    canaries: false,
    total: wanted.length,
  })
}

/** On a node that is not to get new ones it runs on; on one that does not fit it does not. */
function staysOn({ world, store, job }: Situation, group: TaskGroup, alloc: Allocation): boolean {
  if (alloc.migrate) return false
  const node = store.nodes.get(alloc.NodeID)
  return node !== undefined && infeasible(world, job!, group, node) === ''
}

/** It has one that runs, or (sysbatch) one of this version that is done. */
function isServed({ job }: Situation, node: Node, kept: Allocation[], all: Allocation[]): boolean {
  if (kept.some((alloc) => alloc.NodeID === node.ID)) return true
  return (
    job!.Type === 'sysbatch' &&
    all.some(
      (alloc) =>
        alloc.NodeID === node.ID && alloc.ClientStatus === 'complete' && isCurrent(alloc, job!),
    )
  )
}
