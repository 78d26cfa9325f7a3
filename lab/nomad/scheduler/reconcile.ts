import type { World } from '../../contract.ts'
import { groupOf, isSystem, type Job, type TaskGroup } from '../job/spec.ts'
import type { Store } from '../store.ts'
import {
  type Allocation,
  type Deployment,
  isClientTerminal,
  isTerminal,
  type Node,
} from '../types.ts'
import { isDestructive } from './changes.ts'
import {
  freeNames,
  indexOf,
  isCurrent,
  replacements,
  rollingLimit,
  superfluousOf,
} from './counts.ts'
import { type Desired, none } from './desired.ts'
import { deploymentFor, isComplete, planDeployment } from './rollout.ts'
import { endOf, sortOut } from './sort-out.ts'
import { mayStay } from './stay.ts'
import { changeSystemGroup } from './system.ts'
import { lostText, migratingText, notNeededText, rescheduledText, updatedText } from './texts.ts'

export interface Stop {
  alloc: Allocation
  description: string
  lost?: boolean
}

export interface Placement {
  group: TaskGroup
  name: string
  previous?: Allocation
  /** The previous allocation is stopped only if its replacement finds a place. */
  stopPrevious?: string
  canary: boolean
  /** Of a system job: here or nowhere. */
  node?: Node
  /** The previous allocation failed. */
  rescheduled: boolean
}

export interface Later {
  alloc: Allocation
  at: number
  trigger: 'alloc-failure' | 'alloc-reschedule' | 'max-disconnect-timeout'
}

/** What is to be done so that the job is as it should be (scheduler/reconcile.go). */
export interface Changes {
  stops: Stop[]
  inPlace: Allocation[]
  /** In this order. */
  placements: Placement[]
  /** On a VM that is not heard of, from now on. */
  unknown: Allocation[]
  /** Their VM is heard of again, and they stay. */
  reconnected: Allocation[]
  /** Allocations that are to be looked at again at a time (ms), and why. */
  later: Later[]
  deployment?: Deployment
  deploymentUpdates: Deployment[]
  desired: Record<string, Desired>
}

export interface Situation {
  world: World
  store: Store
  job: Job | undefined
  jobId: string
  evalId: string
}

export function reconcile(situation: Situation): Changes {
  const { store, job, jobId } = situation
  const changes: Changes = {
    stops: [],
    inPlace: [],
    placements: [],
    unknown: [],
    reconnected: [],
    later: [],
    deploymentUpdates: [],
    desired: {},
  }
  const allocs = store.allocsOf(jobId)
  changes.stops.push(...stoppedAndLost(situation, allocs))
  const { active, cancelled } = deploymentFor(store.deploymentsOf(jobId), job)
  if (cancelled) changes.deploymentUpdates.push(cancelled)
  const names = new Set([
    ...allocs.map((alloc) => alloc.TaskGroup),
    ...(job?.TaskGroups.map((group) => group.Name) ?? []),
  ])
  for (const name of names) {
    const own = allocs.filter((alloc) => alloc.TaskGroup === name)
    const group = job && !job.Stop ? groupOf(job, name) : undefined
    if (group && isSystem(job!)) changeSystemGroup(situation, changes, group, own, active)
    else if (group) changeGroup(situation, changes, group, own, active)
    else stopAll(situation, changes, name, own)
  }
  const idle = changes.placements.length + changes.inPlace.length === 0
  if (active?.Status === 'running' && idle && isComplete(active)) {
    const StatusDescription = 'Deployment completed successfully'
    changes.deploymentUpdates.push({ ...active, Status: 'successful', StatusDescription })
  }
  return changes
}

/**
 * What was told to stop on a VM that went down before it did: lost, or whoever waits for its end would
 * wait as long as the VM is off (scheduler/util.go, updateNonTerminalAllocsToLost; not recorded).
 */
function stoppedAndLost({ store }: Situation, allocs: Allocation[]): Stop[] {
  return allocs
    .filter((alloc) => alloc.DesiredStatus !== 'run' && !isClientTerminal(alloc))
    .filter((alloc) => (store.nodes.get(alloc.NodeID)?.Status ?? 'down') === 'down')
    .map((alloc) => ({ alloc, description: lostText, lost: true }))
}

function stopAll(situation: Situation, changes: Changes, name: string, allocs: Allocation[]): void {
  const alive = allocs.filter((alloc) => !isTerminal(alloc))
  changes.stops.push(...alive.map((alloc) => endOf(situation.store, alloc)))
  changes.desired[name] = { ...none, Stop: alive.length }
}

function changeGroup(
  situation: Situation,
  changes: Changes,
  group: TaskGroup,
  all: Allocation[],
  active: Deployment | undefined,
): void {
  const job = situation.job!
  const desired = { ...none }
  changes.desired[group.Name] = desired
  const sorted = sortOut(situation, group, all, active)
  const { lost, rescheduled, kept: present } = sorted
  changes.later.push(...sorted.later)
  changes.unknown.push(...sorted.unknown)
  changes.reconnected.push(...sorted.reconnected)
  changes.stops.push(...sorted.notNeeded)
  for (const alloc of lost) changes.stops.push({ alloc, description: lostText, lost: true })
  const state = active?.TaskGroups[group.Name]
  const canaries = present.filter((alloc) => state?.PlacedCanaries?.includes(alloc.ID))
  const inCanaries = !!state && state.DesiredCanaries > 0 && !state.Promoted
  const surplus = superfluousOf(present, canaries, group.Count, inCanaries, state?.Promoted)
  for (const alloc of surplus) changes.stops.push({ alloc, description: notNeededText })
  desired.Stop += surplus.length + lost.length + sorted.notNeeded.length
  const kept = present.filter((alloc) => !surplus.includes(alloc))
  const others = present.length - (inCanaries ? canaries.length : 0)
  const moves = movesOf(changes, group, sorted.migrating, others)
  desired.Migrate += moves.length
  const { destructive, inPlace } = updatesOf(situation, group, kept)
  changes.inPlace.push(...inPlace)
  desired.InPlaceUpdate += inPlace.length
  desired.Ignore += kept.length - destructive.length - inPlace.length

  const more = (group.Update?.Canary ?? 0) - canaries.length
  const wantsCanaries = destructive.length > 0 && more > 0 && !state?.Promoted
  const ready = active?.Status !== 'failed' && !inCanaries && !wantsCanaries
  if (wantsCanaries) {
    desired.Canary += more
    changes.placements.push(...canaryPlacements(job, group, kept, destructive, more))
  }
  const missing = replacements(
    job,
    group,
    [...kept, ...moves.map((move) => move.previous!)],
    canaries,
    [...lost, ...sorted.away],
    rescheduled,
    inCanaries,
  )
  const placed = ready ? missing : missing.filter((one) => one.previous)
  desired.Place += placed.length
  for (const { rescheduled: failed, previous } of placed) {
    if (failed) changes.stops.push({ alloc: previous!, description: rescheduledText })
  }
  const limit = rollingLimit(group, active, kept, ready)
  const replaced = destructive.slice(0, Math.max(0, limit - placed.length))
  const updated = replaced.map((alloc) => replacementOf(group, alloc))
  changes.placements.push(...placed, ...updated, ...moves)
  desired.DestructiveUpdate += replaced.length
  desired.Ignore += destructive.length - replaced.length
  planDeployment(situation, changes, group, all, active, {
    updates: destructive.length + inPlace.length,
    canaries: wantsCanaries,
    total: group.Count,
  })
}

/**
 * Those on a drained VM stop, whether their replacements find a place or not; what is more than the
 * count is not replaced (computeMigrations and computeStop, 1.4.4 and 2.0.5).
 */
function movesOf(
  changes: Changes,
  group: TaskGroup,
  migrating: Allocation[],
  others: number,
): Placement[] {
  const all = [...migrating].sort((a, b) => indexOf(a) - indexOf(b))
  const moved = all.slice(0, Math.max(0, group.Count - others))
  for (const alloc of all) {
    const description = moved.includes(alloc) ? migratingText : notNeededText
    changes.stops.push({ alloc, description })
  }
  const isCanary = (alloc: Allocation) => alloc.DeploymentStatus?.Canary === true
  return moved.map((previous) => {
    const { Name: name } = previous
    return { group, name, previous, canary: isCanary(previous), rescheduled: false }
  })
}

/** Allocations of older versions, in the order of their names. */
function updatesOf(
  situation: Situation,
  group: TaskGroup,
  kept: Allocation[],
): { destructive: Allocation[]; inPlace: Allocation[] } {
  const job = situation.job!
  const old = kept.filter((alloc) => !isCurrent(alloc, job))
  const destructive = old
    .filter(
      (alloc) =>
        isDestructive(alloc.Job, job, group.Name) || !mayStay(situation, job, group, alloc),
    )
    .sort((a, b) => indexOf(a) - indexOf(b))
  return { destructive, inPlace: old.filter((alloc) => !destructive.includes(alloc)) }
}

/** Canaries have the names of what they will replace. */
function canaryPlacements(
  job: Job,
  group: TaskGroup,
  kept: Allocation[],
  destructive: Allocation[],
  count: number,
): Placement[] {
  const taken = destructive.slice(0, count).map((alloc) => alloc.Name)
  const names = [...taken, ...freeNames(job, group, kept, count - taken.length)]
  return names.map((name) => ({ group, name, canary: true, rescheduled: false }))
}

function replacementOf(group: TaskGroup, previous: Allocation): Placement {
  return {
    group,
    name: previous.Name,
    previous,
    stopPrevious: updatedText,
    canary: false,
    rescheduled: false,
  }
}
