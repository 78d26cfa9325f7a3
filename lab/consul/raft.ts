import type { Undo } from '../contract.ts'

/** The server's log: each write has an index, and whoever waits for a change is told after it. */
export interface Raft {
  readonly index: number
  write(act: (index: number) => void): void
  watch(changed: () => void): Undo
}

/** A fresh cluster has about ten entries before the first node registers (recordings: nodes from 13). */
const firstIndex = 12

export function makeRaft(): Raft {
  let index = firstIndex
  const watchers = new Set<() => void>()
  return {
    get index() {
      return index
    },
    write(act) {
      act(++index)
      for (const changed of [...watchers]) changed()
    },
    watch(changed) {
      watchers.add(changed)
      return () => void watchers.delete(changed)
    },
  }
}
