import type { World } from '../../contract.ts'
import { groupOf, type Job, type TaskGroup } from '../job/spec.ts'
import type { Store } from '../store.ts'
import { type Allocation, type Deployment, isTerminal } from '../types.ts'
import { isDestructive } from './changes.ts'
import {
  freeNames,
  indexOf,
  isCurrent,
  replacements,
  rollingLimit,
  superfluousOf,
} from './counts.ts'
import { rescheduleOf } from './reschedule.ts'
import { deploymentFor, isComplete, newDeployment } from './rollout.ts'

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
  /** The previous allocation failed. */
  rescheduled: boolean
}

export interface Desired {
  Ignore: number
  Place: number
  Migrate: number
  Stop: number
  InPlaceUpdate: number
  DestructiveUpdate: number
  Canary: number
  Preemptions: number
}

/** What is to be done so that the job is as it should be (scheduler/reconcile.go). */
export interface Changes {
  stops: Stop[]
  inPlace: Allocation[]
  /** In this order. */
  placements: Placement[]
  /** Failed allocations that are to be looked at again later. */
  later: { alloc: Allocation; at: number }[]
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
    later: [],
    deploymentUpdates: [],
    desired: {},
  }
  const allocs = store.allocsOf(jobId)
  const { active, cancelled } = deploymentFor(store.deploymentsOf(jobId), job)
  if (cancelled) changes.deploymentUpdates.push(cancelled)
  const names = new Set([
    ...allocs.map((alloc) => alloc.TaskGroup),
    ...(job?.TaskGroups.map((group) => group.Name) ?? []),
  ])
  for (const name of names) {
    const own = allocs.filter((alloc) => alloc.TaskGroup === name)
    const group = job && !job.Stop ? groupOf(job, name) : undefined
    if (group) changeGroup(situation, changes, group, own, active)
    else stopAll(situation, changes, name, own)
  }
  const idle = changes.placements.length + changes.inPlace.length === 0
  if (active?.Status === 'running' && idle && isComplete(active)) {
    const StatusDescription = 'Deployment completed successfully'
    changes.deploymentUpdates.push({ ...active, Status: 'successful', StatusDescription })
  }
  return changes
}

function stopAll(situation: Situation, changes: Changes, name: string, allocs: Allocation[]): void {
  const alive = allocs.filter((alloc) => !isTerminal(alloc))
  for (const alloc of alive) {
    const lost = isLost(situation.store, alloc)
    changes.stops.push({ alloc, description: lost ? lostText : notNeededText, lost })
  }
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
  const { lost, rescheduled } = sorted
  let { kept } = sorted
  changes.later.push(...sorted.later)
  for (const alloc of lost) changes.stops.push({ alloc, description: lostText, lost: true })
  const state = active?.TaskGroups[group.Name]
  const canaries = kept.filter((alloc) => state?.PlacedCanaries?.includes(alloc.ID))
  const inCanaries = !!state && state.DesiredCanaries > 0 && !state.Promoted
  const superfluous = superfluousOf(kept, canaries, group.Count, inCanaries, state?.Promoted)
  for (const alloc of superfluous) changes.stops.push({ alloc, description: notNeededText })
  desired.Stop += superfluous.length + lost.length
  kept = kept.filter((alloc) => !superfluous.includes(alloc))

  const old = kept.filter((alloc) => !isCurrent(alloc, job))
  const destructive = old
    .filter((alloc) => isDestructive(alloc.Job, job, group.Name))
    .sort((a, b) => indexOf(a) - indexOf(b))
  const inPlace = old.filter((alloc) => !destructive.includes(alloc))
  changes.inPlace.push(...inPlace)
  desired.InPlaceUpdate += inPlace.length
  desired.Ignore += kept.length - old.length

  const wantsCanaries =
    destructive.length > 0 && canaries.length < (group.Update?.Canary ?? 0) && !state?.Promoted
  const ready = active?.Status !== 'failed' && !inCanaries && !wantsCanaries
  let limit = rollingLimit(group, active, kept, ready)
  if (wantsCanaries) {
    const count = Math.min(group.Update!.Canary - canaries.length, group.Update!.Canary)
    const taken = destructive.slice(0, count).map((alloc) => alloc.Name)
    const names = [...taken, ...freeNames(job, group, kept, count - taken.length)]
    for (const name of names) {
      changes.placements.push({ group, name, canary: true, rescheduled: false })
    }
    desired.Canary += names.length
  }

  const missing = replacements(job, group, kept, canaries, lost, rescheduled, inCanaries)
  const allowed = ready ? missing : missing.filter((one) => one.previous)
  for (const placement of allowed) {
    changes.placements.push(placement)
    desired.Place++
    const { previous } = placement
    if (placement.rescheduled && previous) {
      changes.stops.push({ alloc: previous, description: rescheduledText })
    }
  }
  limit -= Math.min(allowed.length, limit)
  const replaced = ready ? destructive.slice(0, limit) : []
  for (const alloc of replaced) {
    changes.placements.push({
      group,
      name: alloc.Name,
      previous: alloc,
      stopPrevious: updatedText,
      canary: false,
      rescheduled: false,
    })
  }
  desired.DestructiveUpdate += replaced.length
  desired.Ignore += destructive.length - replaced.length
  planDeployment(situation, changes, group, all, active, {
    updates: destructive.length + inPlace.length,
    canaries: wantsCanaries,
  })
}

/** A deployment begins with a new version, and with an update of what runs. */
function planDeployment(
  { world, job }: Situation,
  changes: Changes,
  group: TaskGroup,
  all: Allocation[],
  active: Deployment | undefined,
  found: { updates: number; canaries: boolean },
): void {
  if (active || !group.Update || group.Update.MaxParallel === 0 || group.Count === 0) return
  const ranBefore = all.some((alloc) => isCurrent(alloc, job!))
  if (ranBefore && found.updates === 0) return
  changes.deployment ??= newDeployment(world, job!)
  if (found.canaries) {
    const how = group.Update.AutoPromote ? 'automatic' : 'manual'
    changes.deployment.StatusDescription = `Deployment is running but requires ${how} promotion`
  }
  changes.deployment.TaskGroups[group.Name] = {
    AutoRevert: group.Update.AutoRevert,
    AutoPromote: group.Update.AutoPromote,
    ProgressDeadline: group.Update.ProgressDeadline,
    RequireProgressBy: null,
    Promoted: false,
    PlacedCanaries: null,
    DesiredCanaries: found.canaries ? group.Update.Canary : 0,
    DesiredTotal: group.Count,
    PlacedAllocs: 0,
    HealthyAllocs: 0,
    UnhealthyAllocs: 0,
  }
}

interface Sorted {
  kept: Allocation[]
  lost: Allocation[]
  rescheduled: Allocation[]
  later: { alloc: Allocation; at: number }[]
}

function sortOut(
  situation: Situation,
  group: TaskGroup,
  all: Allocation[],
  active: Deployment | undefined,
): Sorted {
  const sorted: Sorted = { kept: [], lost: [], rescheduled: [], later: [] }
  for (const alloc of all) {
    if (alloc.DesiredStatus !== 'run') continue
    if (alloc.ClientStatus === 'complete' || alloc.ClientStatus === 'lost') continue
    if (alloc.ClientStatus !== 'failed') {
      if (isLost(situation.store, alloc)) sorted.lost.push(alloc)
      else sorted.kept.push(alloc)
      continue
    }
    if (alloc.NextAllocation) continue
    const ofDeployment = active?.Status === 'running' && alloc.DeploymentID === active.ID
    const verdict =
      ofDeployment && !alloc.mayReschedule
        ? 'never'
        : rescheduleOf(group, alloc, situation.evalId, situation.world.now())
    if (verdict === 'now') sorted.rescheduled.push(alloc)
    else {
      sorted.kept.push(alloc)
      if (verdict !== 'never') sorted.later.push({ alloc, at: verdict.at })
    }
  }
  return sorted
}

function isLost(store: Store, alloc: Allocation): boolean {
  const node = store.nodes.get(alloc.NodeID)
  return !node || node.Status === 'down'
}

export const lostText = 'alloc is lost since its node is down'
const notNeededText = 'alloc not needed due to job update'
const updatedText = 'alloc is being updated due to job update'
const rescheduledText = 'alloc was rescheduled because it failed'

const none: Desired = {
  Ignore: 0,
  Place: 0,
  Migrate: 0,
  Stop: 0,
  InPlaceUpdate: 0,
  DestructiveUpdate: 0,
  Canary: 0,
  Preemptions: 0,
}
