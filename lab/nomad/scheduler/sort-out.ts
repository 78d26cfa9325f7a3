import type { TaskGroup } from '../job/spec.ts'
import type { Store } from '../store.ts'
import { type Allocation, type Deployment, isTerminal } from '../types.ts'
import { isCurrent } from './counts.ts'
import { disconnectOfAlloc, staysOnReturn } from './disconnect.ts'
import type { Later, Situation, Stop } from './reconcile.ts'
import { replaceUnknown, rescheduleOf } from './reschedule.ts'
import { lostText, notNeededText, reconnectedText } from './texts.ts'

/** A group's allocations by what is to become of them. */
export interface Sorted {
  kept: Allocation[]
  lost: Allocation[]
  /** Their VM is drained. */
  migrating: Allocation[]
  rescheduled: Allocation[]
  later: Later[]
  /** Their VM is not heard of: from now on they are `unknown`. */
  unknown: Allocation[]
  /** Those that are unknown, are to be replaced, and are not yet. */
  away: Allocation[]
  /** Both the original and its replacement run: these stay, and those go. */
  reconnected: Allocation[]
  notNeeded: Pick<Stop, 'alloc' | 'description'>[]
}

export function sortOut(
  situation: Situation,
  group: TaskGroup,
  all: Allocation[],
  active: Deployment | undefined,
): Sorted {
  const sorted: Sorted = {
    kept: [],
    lost: [],
    migrating: [],
    rescheduled: [],
    later: [],
    unknown: [],
    away: [],
    reconnected: [],
    notNeeded: [],
  }
  for (const alloc of all) {
    if (alloc.DesiredStatus !== 'run') continue
    if (isDone(situation, alloc)) sorted.kept.push(alloc)
    if (alloc.ClientStatus === 'complete' || alloc.ClientStatus === 'lost') continue
    if (alloc.ClientStatus === 'failed') sortFailed(situation, group, alloc, active, sorted)
    else if (alloc.migrate) sorted.migrating.push(alloc)
    else if (isLost(situation.store, alloc)) sorted.lost.push(alloc)
    else if (isAway(situation, alloc)) sortAway(situation, alloc, all, active, sorted)
    else sorted.kept.push(alloc)
  }
  sorted.kept = sorted.kept.filter((alloc) => !sorted.notNeeded.some((one) => one.alloc === alloc))
  return sorted
}

/** What a batch job of this version has done is not done again (util.go filterOldTerminalAllocs). */
function isDone({ job }: Situation, alloc: Allocation): boolean {
  return job!.Type === 'batch' && alloc.ClientStatus === 'complete' && isCurrent(alloc, job!)
}

function sortFailed(
  { evalId, world }: Situation,
  group: TaskGroup,
  alloc: Allocation,
  active: Deployment | undefined,
  sorted: Sorted,
): void {
  if (alloc.NextAllocation) return
  const ofDeployment = active?.Status === 'running' && alloc.DeploymentID === active.ID
  const verdict =
    ofDeployment && !alloc.mayReschedule ? 'never' : rescheduleOf(group, alloc, evalId, world.now())
  if (verdict === 'now') {
    sorted.rescheduled.push(alloc)
    return
  }
  sorted.kept.push(alloc)
  if (verdict !== 'never') sorted.later.push({ alloc, at: verdict.at, trigger: 'alloc-failure' })
}

function isAway({ store, world }: Situation, alloc: Allocation): boolean {
  if (alloc.disconnectedAt !== undefined) return true
  const disconnected = store.nodes.get(alloc.NodeID)?.Status === 'disconnected'
  return disconnected && disconnectOfAlloc(alloc, world.versions.nomad) !== undefined
}

function sortAway(
  { store, world, job, evalId }: Situation,
  alloc: Allocation,
  all: Allocation[],
  active: Deployment | undefined,
  sorted: Sorted,
): void {
  const { lostAfter, replace, keep } = disconnectOfAlloc(alloc, world.versions.nomad)!
  const since = alloc.disconnectedAt ?? world.now()
  const end = since + lostAfter / 1e6
  const back = store.nodes.get(alloc.NodeID)?.Status === 'ready'
  const others = all.filter(
    (one) => one.ID !== alloc.ID && one.Name === alloc.Name && !isTerminal(one),
  )
  if (back && alloc.ClientStatus === 'running') {
    const stays =
      isCurrent(alloc, job!) && others.every((other) => staysOnReturn(keep, alloc, other) === alloc)
    if (!stays) sorted.notNeeded.push({ alloc, description: notNeededText })
    else {
      sorted.kept.push(alloc)
      sorted.reconnected.push(alloc)
      for (const other of others) {
        sorted.notNeeded.push({ alloc: other, description: reconnectedText })
      }
    }
    return
  }
  if (!back && world.now() >= end) {
    sorted.lost.push(alloc)
    return
  }
  if (alloc.disconnectedAt === undefined) {
    sorted.unknown.push(alloc)
    sorted.later.push({ alloc, at: end, trigger: 'max-disconnect-timeout' })
  }
  if (!replace) sorted.kept.push(alloc)
  else if (others.length === 0 && world.versions.nomad === '1.4.4') sorted.away.push(alloc)
  else if (others.length === 0) {
    const when = replaceUnknown(alloc, active, evalId, world.now())
    if (when === 'now') sorted.away.push(alloc)
    else sorted.kept.push(alloc)
    if (typeof when === 'object') {
      sorted.later.push({ alloc, at: when.at, trigger: 'alloc-reschedule' })
    }
  }
}

/** On a VM that is down, or that is not heard of where the group says nothing of that. */
function isLost(store: Store, alloc: Allocation): boolean {
  const node = store.nodes.get(alloc.NodeID)
  if (!node || node.Status === 'down') return true
  return node.Status === 'disconnected' && !mayBeUnknown(node.Attributes['nomad.version'], alloc)
}

function mayBeUnknown(version: string | undefined, alloc: Allocation): boolean {
  return disconnectOfAlloc(alloc, version === '2.0.5' ? '2.0.5' : '1.4.4') !== undefined
}

/** How an allocation ends that is not wanted any more: its node may have gone before it. */
export function endOf(store: Store, alloc: Allocation): Stop {
  const lost = isLost(store, alloc)
  return { alloc, description: lost ? lostText : notNeededText, lost }
}
