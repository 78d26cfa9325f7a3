import type { Faults, World } from '../contract.ts'

type Json = Record<string, unknown>

/** When `control` began to lie: nothing placed since then is listed. */
const began = new WeakMap<Faults, number>()

/**
 * What Nomad's or Consul's API answers while the cluster lies (Faults.lies). Only the answer is
 * otherwise: what really happens in the lab does not change.
 */
export function lied(world: Pick<World, 'faults' | 'now'>, body: unknown): unknown {
  const { lies } = world.faults
  if (lies.size === 0) return body
  if (!Array.isArray(body)) return isRecord(body) ? liedRecord(world, body) : body
  const all = body.map((one) => (isRecord(one) ? liedRecord(world, one) : one))
  if (!all.every(isAllocation)) return all
  if (lies.has('own-vm')) return onOneVm(all)
  return lies.has('control') ? withoutNewOnes(world.faults, world.now(), all) : all
}

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isAllocation = (value: unknown): value is Json =>
  isRecord(value) && 'ClientStatus' in value && 'NodeID' in value

function liedRecord({ faults: { lies }, now }: Pick<World, 'faults' | 'now'>, one: Json): Json {
  const copy = structuredClone(one)
  if (isAllocation(copy)) {
    if (lies.has('port')) otherPort(copy)
    const tasks = isRecord(copy.TaskStates) ? Object.values(copy.TaskStates) : []
    if (lies.has('stays'))
      for (const task of tasks) if (isRecord(task)) task.Restarts = Math.floor(now() / 1000)
  }
  if (lies.has('held-back') && isRecord(copy.FailedTGAllocs))
    for (const failed of Object.values(copy.FailedTGAllocs))
      if (isRecord(failed)) failed.DimensionExhausted = { memory: 1 }
  if (lies.has('consul') && isRecord(copy.Service) && 'Checks' in copy) copy.Service.Port = 8080
  return copy
}

function otherPort(allocation: Json): void {
  // A reader may keep what it knows of an allocation that has not changed.
  allocation.ModifyIndex = Number(allocation.ModifyIndex) + 1
  const { AllocatedResources: resources } = allocation
  const shared = isRecord(resources) ? resources.Shared : undefined
  const ports = isRecord(shared) && Array.isArray(shared.Ports) ? shared.Ports : []
  for (const port of ports) port.Value = 8080
}

function onOneVm(all: Json[]): Json[] {
  const first = all.find((one) => one.ClientStatus === 'running')
  return all.map((one) =>
    first && one.ClientStatus === 'running'
      ? { ...one, NodeID: first.NodeID, NodeName: first.NodeName }
      : one,
  )
}

function withoutNewOnes(faults: Faults, now: number, all: Json[]): Json[] {
  const since = began.get(faults) ?? now
  began.set(faults, since)
  return all.filter((one) => Number(one.CreateTime) <= since * 1e6)
}
