import type { Job } from '../job/spec.ts'
import { nanoseconds } from '../records.ts'
import type { Allocation, Deployment, Metrics, Node, RescheduleEvent } from '../types.ts'
import { type Draft, makeDraft } from './draft.ts'
import { isEscaped, readyNodes } from './feasible.ts'
import { emptyMetrics, makeStack, type Option } from './place.ts'
import { type Changes, type Placement, reconcile, type Situation, type Stop } from './reconcile.ts'
import { nextDelay } from './reschedule.ts'
import { unknownText } from './texts.ts'

export interface Plan {
  /** New values of existing allocations. */
  changed: Allocation[]
  placed: Allocation[]
  deployment?: Deployment
  deploymentUpdates: Deployment[]
  failures: Record<string, Metrics>
  queued: Record<string, number>
  classes: Record<string, boolean>
  escaped: boolean
  desired: Changes['desired']
  later: Changes['later']
}

/** Decides what one evaluation does; nothing is written. */
export function makePlan(situation: Situation): Plan {
  const { world, store, job } = situation
  const changes = reconcile(situation)
  const draft = makeDraft(store)
  const active = job && activeDeployment(situation, changes)
  for (const stop of changes.stops) draft.changed.set(stop.alloc.ID, stopped(stop))
  for (const alloc of changes.inPlace) {
    draft.changed.set(alloc.ID, updatedInPlace(alloc, job!, situation.evalId, active?.ID ?? ''))
  }
  for (const alloc of changes.unknown) draft.changed.set(alloc.ID, unknown(alloc, world.now()))
  for (const alloc of changes.reconnected) {
    const known = draft.changed.get(alloc.ID) ?? alloc
    draft.changed.set(alloc.ID, { ...known, disconnectedAt: undefined })
  }
  const nodes = readyNodes(situation)
  const available = availableBy(job, nodes)
  const stack = makeStack(world, nodes, draft, available)
  const failures: Record<string, Metrics> = {}
  const queued: Record<string, number> = {}
  for (const group of job?.TaskGroups ?? []) if (!job!.Stop) queued[group.Name] = 0
  for (const placement of changes.placements) {
    const name = placement.group.Name
    if (failures[name]) {
      failures[name].CoalescedFailures++
      queued[name]!++
      continue
    }
    const { previous, stopPrevious } = placement
    const before = previous && draft.changed.get(previous.ID)
    if (previous && stopPrevious) {
      const stop = { alloc: previous, description: stopPrevious }
      draft.changed.set(previous.ID, stopped(stop))
    }
    const penalty = previous && placement.rescheduled ? [previous.NodeID] : []
    const here = placement.node
    const choice = here ? makeStack(world, [here], draft, available) : stack
    const { option, metrics } = choice.select(job!, placement.group, penalty)
    if (option) place(situation, draft, placement, option, metrics, active?.ID ?? '')
    else {
      // The old one stays when its replacement finds no place (cluster-facts §1.5).
      if (previous && stopPrevious) {
        if (before) draft.changed.set(previous.ID, before)
        else draft.changed.delete(previous.ID)
      }
      failures[name] = nodes.length > 0 ? metrics : emptyMetrics(world, available, 0)
      queued[name]!++
    }
  }
  return {
    changed: [...draft.changed.values()],
    placed: draft.placed,
    deployment: changes.deployment,
    deploymentUpdates: changes.deploymentUpdates,
    failures,
    queued,
    classes: stack.classes,
    escaped: job?.TaskGroups.some((group) => isEscaped(job, group)) ?? false,
    desired: changes.desired,
    later: changes.later,
  }
}

/** The deployment that new allocations of this version belong to. */
function activeDeployment(
  { store, jobId, job }: Situation,
  changes: Changes,
): Deployment | undefined {
  if (changes.deployment) return changes.deployment
  const latest = store.deploymentsOf(jobId).at(-1)
  const own = latest?.JobVersion === job!.Version && latest.JobCreateIndex === job!.CreateIndex
  return own && latest.Status === 'running' ? latest : undefined
}

function stopped({ alloc, description, lost }: Stop): Allocation {
  return {
    ...alloc,
    DesiredStatus: 'stop',
    DesiredDescription: description,
    AllocModifyIndex: 0,
    ...(lost && { ClientStatus: 'lost' as const }),
  }
}

/** Desired still `run`; tasks as last reported (cluster-facts §0.2.17). */
function unknown(alloc: Allocation, disconnectedAt: number): Allocation {
  const ClientDescription = unknownText
  return {
    ...alloc,
    ClientStatus: 'unknown',
    ClientDescription,
    disconnectedAt,
    AllocModifyIndex: 0,
  }
}

function updatedInPlace(
  alloc: Allocation,
  job: Job,
  EvalID: string,
  DeploymentID: string,
): Allocation {
  const deployment = DeploymentID ? { DeploymentID, DeploymentStatus: null } : {}
  return { ...alloc, Job: job, EvalID, AllocModifyIndex: 0, ...deployment }
}

function place(
  { world, job, evalId }: Situation,
  draft: Draft,
  placement: Placement,
  { node, ports }: Option,
  metrics: Metrics,
  deploymentId: string,
): void {
  const { previous, group, name, canary, rescheduled } = placement
  const alloc: Allocation = {
    ID: world.uuid(),
    EvalID: evalId,
    Name: name,
    NodeID: node.ID,
    NodeName: node.Name,
    NodeIP: node.ip,
    Job: job!,
    TaskGroup: group.Name,
    Ports: ports,
    Metrics: metrics,
    DesiredStatus: 'run',
    DesiredDescription: '',
    ClientStatus: 'pending',
    ClientDescription: '',
    TaskStates: null,
    PreviousAllocation: previous?.ID ?? '',
    NextAllocation: '',
    DeploymentID: deploymentId,
    DeploymentStatus: canary
      ? { Healthy: null, Timestamp: null, Canary: true, ModifyIndex: 0 }
      : null,
    mayReschedule: false,
    migrate: false,
    FollowupEvalID: '',
    RescheduleTracker: rescheduled && previous ? tracker(placement, world.now()) : null,
    CreateIndex: 0,
    ModifyIndex: 0,
    AllocModifyIndex: 0,
    CreateTime: nanoseconds(world),
    ModifyTime: 0,
  }
  draft.placed.push(alloc)
  if (!previous) return
  const old = draft.changed.get(previous.ID) ?? previous
  draft.changed.set(previous.ID, { ...old, NextAllocation: alloc.ID })
}

function tracker({ previous, group }: Placement, now: number): { Events: RescheduleEvent[] } {
  const event = {
    RescheduleTime: now * 1e6,
    PrevAllocID: previous!.ID,
    PrevNodeID: previous!.NodeID,
    Delay: nextDelay(group, previous!),
  }
  return { Events: [...(previous!.RescheduleTracker?.Events ?? []), event] }
}

function availableBy(job: Job | undefined, nodes: Node[]): Record<string, number> {
  const plain = (job?.Datacenters ?? []).filter((name) => !name.includes('*'))
  const counts = Object.fromEntries(plain.map((name) => [name, 0]))
  for (const node of nodes) counts[node.Datacenter] = (counts[node.Datacenter] ?? 0) + 1
  return counts
}

/** Nothing to write. */
export function isEmpty(plan: Plan): boolean {
  const { changed, placed, deployment, deploymentUpdates } = plan
  return changed.length + placed.length + deploymentUpdates.length === 0 && !deployment
}

export function annotations(plan: Plan, version: '1.4.4' | '2.0.5'): unknown {
  const newer = { Disconnect: 0, Reconnect: 0, RescheduleNow: 0, RescheduleLater: 0 }
  const groups = Object.entries(plan.desired).map(([name, desired]) => [
    name,
    version === '2.0.5' ? { ...desired, ...newer } : desired,
  ])
  return { DesiredTGUpdates: Object.fromEntries(groups), PreemptedAllocs: null }
}
