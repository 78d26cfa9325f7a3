import type { World } from '../contract.ts'
import { eventJson } from './render.ts'
import type { Commit, Store, StoreEvent } from './store.ts'

/** `event_buffer_size` (cluster-facts §3.2): a buffer of 5 gave 6 lines (Nomad 1.4.4 and 2.0.5). */
const bufferSize = 100
/** Cluster time between two `{}` (cluster-facts §3.2). */
const heartbeatMs = 30_000

/** What a subscriber asked for: topic → keys, `*` is any. */
export type Topics = Map<string, string[]>

export interface EventBroker {
  /**
   * Sends the lines of the buffer from `index` on, then each as it comes, and `{}` first and every 30 s. An
   * index that fell out of the buffer begins with the oldest line, one that is yet to come with the
   * newest (real answers of both versions). `send` gets text; the returned function ends it.
   */
  subscribe(topics: Topics, index: number, send: (text: string) => void): () => void
}

interface Line {
  index: number
  events: StoreEvent[]
}

export function makeEventBroker(world: World, store: Store): EventBroker {
  const buffer: Line[] = []
  const subscribers = new Set<(line: Line) => void>()
  store.onCommit(({ index, lines }: Commit) => {
    for (const events of lines) {
      const line = { index, events }
      buffer.push(line)
      if (buffer.length > bufferSize + 1) buffer.shift()
      for (const subscriber of subscribers) subscriber(line)
    }
  })
  return {
    subscribe(topics, index, send) {
      const show = ({ index: at, events }: Line) => {
        const wanted = events.filter((event) => matches(event, topics))
        if (wanted.length === 0) return
        const Events = wanted.map((event) => eventJson(event, world.versions.nomad))
        send(`${JSON.stringify({ Index: at, Events })}\n`)
      }
      send('{}\n')
      const from = buffer.findIndex((line) => line.index >= index)
      for (const line of buffer.slice(from)) show(line) // -1: the newest
      subscribers.add(show)
      let undo = world.after(heartbeatMs, beat)
      function beat() {
        send('{}\n')
        undo = world.after(heartbeatMs, beat)
      }
      return () => {
        subscribers.delete(show)
        undo()
      }
    },
  }
}

function matches(event: StoreEvent, topics: Topics): boolean {
  const keys = [...(topics.get(event.Topic) ?? []), ...(topics.get('*') ?? [])]
  return keys.some(
    (key) => key === '*' || key === event.Key || (event.FilterKeys?.includes(key) ?? false),
  )
}
