import { BroadcastChannel } from 'node:worker_threads'
import type { ItemResult } from '../helpers/grade/result.ts'
import type { Wait } from '../helpers/progress.ts'

/** What the thread that grades tells the screen. */
export type Message =
  | { kind: 'say'; sentence: string }
  | { kind: 'waiting'; wait: Wait }
  /** The run could not begin; `own`: the grader's own fault. */
  | { kind: 'broken'; sentence: string; own: boolean }
  | { kind: 'settled'; result: ItemResult }

/** What the screen's thread tells the one that grades. */
export type Order = 'stop'

export interface Channel<T> {
  onmessage: (event: { data: T }) => void
  postMessage(message: T): void
  unref(): void
  close(): void
}

/** A channel between the threads of this process. */
export function openChannel<T>(name: 'screen' | 'orders'): Channel<T> {
  const channel = new BroadcastChannel(`grade-${process.pid}-${name}`)
  channel.unref()
  return channel as unknown as Channel<T>
}
