import type {
  Allocation,
  Deployment,
  Evaluation,
  NodeState,
  NomadView,
  PlacementFailure,
  TaskState,
} from '../grade/view.ts'
import { counts, flag, list, number, record, text } from '../loose.ts'

/** Nomad's JSON (cluster-facts §4.1) → the view's types. */

const keptEvents = 20
const longestMessage = 2000
/** Nomad's times are nanoseconds since the epoch. */
const ms = (nanoseconds: unknown) => Math.round(number(nanoseconds) / 1e6)

export function jobState(json: unknown): NonNullable<NomadView['job']> {
  const job = record(json)
  return {
    id: text(job.ID),
    version: number(job.Version),
    stop: flag(job.Stop),
    status: text(job.Status),
    ...(job.JobModifyIndex !== undefined && { changedAt: number(job.JobModifyIndex) }),
  }
}

/**
 * One allocation from the list's stub and its own page; only the page has the ports, and in old
 * versions only it has the next allocation (cluster-facts §1.2).
 */
export function allocation(stubJson: unknown, pageJson: unknown): Allocation {
  const stub = record(stubJson)
  const page = record(pageJson)
  const deployment = record(stub.DeploymentStatus)
  const shared = record(record(page.AllocatedResources).Shared)
  return {
    id: text(stub.ID),
    name: text(stub.Name),
    nodeId: text(stub.NodeID),
    nodeName: text(stub.NodeName),
    version: number(stub.JobVersion ?? record(page.Job).Version),
    group: text(stub.TaskGroup),
    desired: text(stub.DesiredStatus),
    client: text(stub.ClientStatus),
    createdAt: ms(stub.CreateTime),
    modifiedAt: ms(stub.ModifyTime),
    next: text(stub.NextAllocation) || text(page.NextAllocation),
    ports: list(shared.Ports).map(port),
    tasks: Object.entries(record(stub.TaskStates)).map(([name, state]) => task(name, state)),
    deploymentHealthy: typeof deployment.Healthy === 'boolean' ? deployment.Healthy : null,
    canary: flag(deployment.Canary),
  }
}

function port(json: unknown): Allocation['ports'][number] {
  const one = record(json)
  return {
    label: text(one.Label),
    value: number(one.Value),
    to: number(one.To),
    ip: text(one.HostIP),
  }
}

function task(name: string, json: unknown): TaskState {
  const state = record(json)
  return {
    name,
    state: text(state.State),
    failed: flag(state.Failed),
    restarts: number(state.Restarts),
    events: list(state.Events).slice(-keptEvents).map(taskEvent),
  }
}

function taskEvent(json: unknown): TaskState['events'][number] {
  const event = record(json)
  const message = text(event.DisplayMessage) || text(event.Message)
  return {
    type: text(event.Type),
    message: message.slice(0, longestMessage),
    at: ms(event.Time),
  }
}

export function evaluation(json: unknown): Evaluation {
  const one = record(json)
  const failed = Object.entries(record(one.FailedTGAllocs))
  return {
    id: text(one.ID),
    status: text(one.Status),
    triggeredBy: text(one.TriggeredBy),
    description: text(one.StatusDescription),
    blockedEval: text(one.BlockedEval),
    createIndex: number(one.CreateIndex),
    failed: Object.fromEntries(failed.map(([group, why]) => [group, placementFailure(why)])),
  }
}

function placementFailure(json: unknown): PlacementFailure {
  const one = record(json)
  return {
    nodesEvaluated: number(one.NodesEvaluated),
    nodesFiltered: number(one.NodesFiltered),
    nodesExhausted: number(one.NodesExhausted),
    nodesAvailable: counts(one.NodesAvailable),
    constraintFiltered: counts(one.ConstraintFiltered),
    dimensionExhausted: counts(one.DimensionExhausted),
    coalesced: number(one.CoalescedFailures),
  }
}

export function deployment(json: unknown): Deployment {
  const one = record(json)
  const groups = Object.entries(record(one.TaskGroups)).map(([name, value]) => {
    const group = record(value)
    const state = {
      desired: number(group.DesiredTotal),
      placed: number(group.PlacedAllocs),
      healthy: number(group.HealthyAllocs),
      canaries: number(group.DesiredCanaries),
      promoted: flag(group.Promoted),
    }
    return [name, state]
  })
  return {
    id: text(one.ID),
    version: number(one.JobVersion),
    status: text(one.Status),
    description: text(one.StatusDescription),
    groups: Object.fromEntries(groups),
  }
}

/** From a stub of /v1/nodes or the page of one node, which has its address in HTTPAddr only. */
export function nodeState(json: unknown): NodeState {
  const node = record(json)
  const docker = record(record(node.Drivers).docker)
  return {
    id: text(node.ID),
    name: text(node.Name),
    address: text(node.Address) || text(node.HTTPAddr).replace(/:\d+$/, ''),
    datacenter: text(node.Datacenter),
    status: text(node.Status),
    eligibility: text(node.SchedulingEligibility),
    dockerHealthy: flag(docker.Detected) && flag(docker.Healthy),
  }
}

/** The summary's `Queued` per group. */
export function queued(json: unknown): Record<string, number> {
  const groups = Object.entries(record(record(json).Summary))
  return Object.fromEntries(groups.map(([name, group]) => [name, number(record(group).Queued)]))
}
