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
  keep: 'original' | 'replacement' | 'best score' | 'longest running'
}

/** The shape of Nomad 2's block, as the server keeps it. */
export interface DisconnectBlock {
  LostAfter?: number
  Replace?: boolean | null
  Reconcile?: string
  StopOnClientAfter?: number | null
}

const strategies = {
  keep_original: 'original',
  keep_replacement: 'replacement',
  best_score: 'best score',
  longest_running: 'longest running',
} as const

/** 1.4 reads `max_client_disconnect`, Nomad 2 the `disconnect` block alone (cluster-facts §7). */
function disconnectOf(group: TaskGroup, version: '1.4.4' | '2.0.5'): Disconnect | undefined {
  if (version === '1.4.4') {
    const lostAfter = group.MaxClientDisconnect
    return lostAfter ? { lostAfter, replace: true, keep: 'best score' } : undefined
  }
  const block = group.Disconnect as DisconnectBlock | null | undefined
  if (!block?.LostAfter) return undefined
  const keep = strategies[block.Reconcile as keyof typeof strategies] ?? 'best score'
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

/**
 * Which of two that run is kept (reconnecting_picker.go of 2.0.5; 1.4.4, which knows best score
 * alone: reconcile.go computeStopByReconnecting). Read, not recorded.
 */
export function staysOnReturn(
  keep: Disconnect['keep'],
  original: Allocation,
  replacement: Allocation,
): Allocation {
  const newer =
    replacement.Job.Version > original.Job.Version ||
    replacement.Job.CreateIndex > original.Job.CreateIndex
  if (newer || keep === 'replacement') return replacement
  if (keep === 'original') return original
  const [began, later] = [beganAt(original), beganAt(replacement)]
  if (keep === 'longest running' && (began || later)) {
    if (!later || (began && began < later)) return original
    return replacement
  }
  const better = bestScore(replacement) > bestScore(original)
  return better && replacement.ClientStatus === 'running' ? replacement : original
}

/** Of all nodes that were looked at for it; -1 where none was scored. */
function bestScore({ Metrics }: Allocation): number {
  return Math.max(-1, ...(Metrics.ScoreMetaData ?? []).map((one) => one.NormScore))
}

/** When its leader, or the oldest of its tasks, began to run (ms); 0 while none has. */
function beganAt({ Job, TaskGroup, TaskStates }: Allocation): number {
  const began = (name: string) => Date.parse(TaskStates?.[name]?.StartedAt ?? '') || 0
  const tasks = groupOf(Job, TaskGroup)?.Tasks ?? []
  const leader = tasks.find((task) => task.Leader)
  if (leader) return began(leader.Name)
  const all = tasks.map((task) => began(task.Name)).filter((ms) => ms > 0)
  return all.length > 0 ? Math.min(...all) : 0
}
