import type { Clock } from '../time/clock.ts'
import { createPauses } from '../time/pauses.ts'
import type { Consul } from './client.ts'

const waitSeconds = 30
/**
 * Wall time: the server adds up to a sixteenth (cluster-facts §3.1), the rest is for a slow
 * machine.
 */
const deadline = 40_000
/** Cluster ms: a server that answers sooner has not waited for a change. */
const atOnceMs = 1000
/** So many returns in a row, each at once, are a server that does not block. */
const burst = 10

/**
 * Calls `onChange` whenever Consul may know something new of a service, until `signal` aborts. It
 * pauses (in cluster time) only after errors and when the server does not keep it waiting.
 */
export async function watchService(
  to: {
    consul: Consul
    service: string
    clock: Clock
    signal: AbortSignal
    /** Whether the last question was answered. */
    onOpen?: (open: boolean) => void
  },
  onChange: () => void,
): Promise<void> {
  const { consul, service, clock, signal } = to
  const wait = { seconds: waitSeconds, deadline, signal }
  let index = 0
  const pauses = createPauses(clock, signal)
  let atOnce = 0
  while (!signal.aborted) {
    const began = clock.now()
    try {
      const before = index
      index = (await consul.healthBlocking(service, before, wait)).index
      if (index !== before) onChange()
      pauses.worked()
      to.onOpen?.(true)
      atOnce = clock.now() - began < atOnceMs ? atOnce + 1 : 0
      if (atOnce < burst) continue
    } catch {
      // A watch only wakes: the slow fallback of the waits goes on looking.
      to.onOpen?.(false)
    }
    if (!(await pauses.next())) return
    atOnce = 0
  }
}
