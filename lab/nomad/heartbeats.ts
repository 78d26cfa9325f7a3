import type { Undo, World } from '../contract.ts'
import type { Nodes } from './nodes.ts'
import { mayDisconnect } from './scheduler/disconnect.ts'
import type { Store } from './store.ts'

export interface Heartbeats {
  /** A heartbeat came; returns the TTL in ms that the client is to wait. */
  beat(nodeId: string): number
  /** As if the last heartbeat had been `agoMs` ago, with a TTL of `ttlMs`. */
  beatBefore(nodeId: string, agoMs: number, ttlMs: number): void
  /** A leader was elected: every timer starts at 300 s (cluster-facts §1.1, §0.2.19). */
  elect(): void
  /** The server is off: nothing is noticed. */
  halt(): void
}

const minTtlMs = 10_000
const mostPerSecond = 50
const graceMs = 10_000
const failoverTtlMs = 300_000

/** TTL = max(10 s, n/50) plus up to as much again; the node is down at TTL + 10 s (§1.1). */
export function makeHeartbeats(world: World, store: Store, nodes: Nodes): Heartbeats {
  const timers = new Map<string, Undo>()
  const wait = (nodeId: string, ms: number) => {
    timers.get(nodeId)?.()
    timers.set(
      nodeId,
      world.after(ms, () => {
        timers.delete(nodeId)
        const away = mayDisconnect(store, nodeId, world.versions.nomad)
        nodes.setStatus(nodeId, away ? 'disconnected' : 'down', 'Node heartbeat missed')
      }),
    )
  }
  return {
    beat(nodeId) {
      const ttl = newTtl(world, store.nodes.size)
      wait(nodeId, ttl + graceMs)
      return ttl
    },
    beatBefore: (nodeId, agoMs, ttlMs) => wait(nodeId, ttlMs + graceMs - agoMs),
    elect() {
      for (const node of store.nodes.values()) {
        if (node.Status !== 'down') wait(node.ID, failoverTtlMs)
      }
    },
    halt() {
      for (const undo of timers.values()) undo()
      timers.clear()
    },
  }
}

/** Milliseconds. */
export function newTtl(world: World, nodes: number): number {
  const base = Math.max(minTtlMs, (nodes / mostPerSecond) * 1000)
  return base + world.between(0, base)
}
