import type { Http } from '../http.ts'
import { list, number, record, text } from '../loose.ts'
import type { Clock } from '../time/clock.ts'
import { createPauses } from '../time/pauses.ts'

export interface NomadChange {
  index: number
  /** Topics of its events: Allocation, Evaluation, Job, Node, Deployment. */
  topics: string[]
}

export const topics = ['Job', 'Allocation', 'Evaluation', 'Deployment', 'Node']
const wanted = topics.map((topic) => `topic=${topic}`).join('&')
/** An event carries a whole allocation; a line carries all events of one index. */
const longestLine = 4 * 1024 * 1024

/**
 * Calls `onChange` for each change of Nomad's state after `after`, until `signal` aborts. A stream
 * that breaks is opened again, with pauses of cluster time that grow; silence is no reason to
 * reconnect. What happened in between is not told: a change says "look", never what to see.
 */
export async function watchNomad(
  to: {
    http: Http
    host: string
    port: number
    clock: Clock
    signal: AbortSignal
    after?: number
    /** Whether a stream is there and has said something. */
    onOpen?: (open: boolean) => void
  },
  onChange: (change: NomadChange) => void,
): Promise<void> {
  const { http, clock, signal } = to
  let last = to.after ?? 0
  const pauses = createPauses(clock, signal)
  while (!signal.aborted) {
    try {
      const path = `/v1/event/stream?${wanted}&index=${last + 1}`
      const { host, port } = to
      for await (const line of http.stream({ host, port, path, signal, limit: longestLine })) {
        pauses.worked()
        to.onOpen?.(true)
        const change = changeIn(line)
        // A new stream first gives what the server still has (cluster-facts §0.2.9).
        if (!change || change.index <= last) continue
        last = change.index
        onChange(change)
      }
    } catch {
      // A stream is an accelerator only: the slow fallback of the waits goes on looking.
    }
    to.onOpen?.(false)
    if (!(await pauses.next())) return
  }
}

/** undefined for `{}`, the sign of life, and for what is no event. */
function changeIn(line: string): NomadChange | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(line)
  } catch {
    return undefined
  }
  const { Index, Events } = record(parsed)
  const events = list(Events)
  if (events.length === 0) return undefined
  const topics = new Set(events.map((event) => text(record(event).Topic)))
  return { index: number(Index), topics: [...topics] }
}
