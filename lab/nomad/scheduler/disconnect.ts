import type { TaskGroup } from '../job/spec.ts'
import { groupOf } from '../job/spec.ts'
import type { Store } from '../store.ts'
import { type Allocation, isTerminal } from '../types.ts'

/** What a group wants while its VM is not heard of (cluster-facts §0.2.17). */
export interface Disconnect {
  /** Nanoseconds until it counts as lost. */
  lostAfter: number
  replace: boolean
  /** Which one stays when both run. */
  keep: 'original' | 'replacement'
}

/** The shape of Nomad 2's block, as the server keeps it. */
export interface DisconnectBlock {
  LostAfter?: number
  Replace?: boolean | null
  Reconcile?: string
  StopOnClientAfter?: number | null
}

/** 1.4 reads `max_client_disconnect`, Nomad 2 the `disconnect` block alone (cluster-facts §7). */
export function disconnectOf(group: TaskGroup, version: '1.4.4' | '2.0.5'): Disconnect | undefined {
  if (version === '1.4.4') {
    const lostAfter = group.MaxClientDisconnect
    return lostAfter ? { lostAfter, replace: true, keep: 'original' } : undefined
  }
  const block = group.Disconnect as DisconnectBlock | null | undefined
  if (!block?.LostAfter) return undefined
  const keep = block.Reconcile === 'keep_replacement' ? 'replacement' : 'original'
  return { lostAfter: block.LostAfter, replace: block.Replace ?? true, keep }
}

export function disconnectOfAlloc(
  { Job, TaskGroup }: Allocation,
  version: '1.4.4' | '2.0.5',
): Disconnect | undefined {
  const group = groupOf(Job, TaskGroup)
  return group && disconnectOf(group, version)
}

/** Whether a node that is not heard of becomes `disconnected` instead of `down` (heartbeat.go). */
export function mayDisconnect(store: Store, nodeId: string, version: '1.4.4' | '2.0.5'): boolean {
  return store
    .allocsOn(nodeId)
    .some((alloc) => !isTerminal(alloc) && disconnectOfAlloc(alloc, version) !== undefined)
}

export const unknownText = 'alloc is unknown since its node is disconnected'
export const reconnectedText = 'alloc not needed due to disconnected client reconnect'
