import type { Store } from '../store.ts'
import { type Allocation, isTerminal, type Node } from '../types.ts'

/** A plan while it is made: what it stops and places counts at once. */
export interface Draft {
  /** New values of allocations that are stopped or changed. */
  changed: Map<string, Allocation>
  placed: Allocation[]
  /** Allocations that take up room on a node if the plan is carried out. */
  on(node: Node): Allocation[]
}

export function makeDraft(store: Store): Draft {
  const draft: Draft = {
    changed: new Map(),
    placed: [],
    on: (node) => [
      ...store
        .allocsOn(node.ID)
        .map((alloc) => draft.changed.get(alloc.ID) ?? alloc)
        .filter((alloc) => !isTerminal(alloc)),
      ...draft.placed.filter((alloc) => alloc.NodeID === node.ID),
    ],
  }
  return draft
}
