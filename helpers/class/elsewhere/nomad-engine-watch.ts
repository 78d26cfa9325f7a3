import { watchNomad } from '../../nomad/events.ts'
import type { Clock } from '../../time/clock.ts'
import { createWakes } from '../../time/eventually.ts'
import { type Child, type NomadApi, patiently } from './nomad-engine-api.ts'

/** Looks at all dispatched jobs of a class together, woken by Nomad's event stream. */
export interface Watch {
  /** The children as the next look shows them; rejects when Nomad stays away, or the signal aborts. */
  next(signal: AbortSignal): Promise<Map<string, Child>>
  /** The next look is a matter of half a second, whatever Nomad tells of. */
  soon(): void
  close(): Promise<void>
}

/** Wall ms: between two looks, and until one without being woken. */
const pace = { apart: 500, slowly: 10_000 }
/** A server that is away for longer than that is no moment's matter. */
export const awayMs = 10 * 60_000

export function createWatch(api: NomadApi, parent: string, clock: Clock): Watch {
  const ending = new AbortController()
  const wakes = createWakes(clock)
  const { http, host, port } = api
  const watching = watchNomad({ http, host, port, clock, signal: ending.signal }, () =>
    wakes.notify(),
  )
  let look: Promise<Map<string, Child>> | undefined
  /** Wakes that the last look came after. */
  let known = wakes.heard

  /** One look for everybody who waits for one. */
  async function taken(): Promise<Map<string, Child>> {
    await clock.sleep(pace.apart, ending.signal)
    await wakes.next(known, pace.slowly, ending.signal)
    known = wakes.heard
    look = undefined
    const patience = { clock, signal: ending.signal, ms: awayMs }
    return await patiently(() => api.children(parent), patience)
  }

  return {
    async next(signal) {
      signal.throwIfAborted()
      const stopped = Promise.withResolvers<never>()
      const stop = () => stopped.reject(signal.reason)
      signal.addEventListener('abort', stop, { once: true })
      look ??= taken()
      // Nobody may be waiting for it any more.
      look.catch(() => {})
      try {
        return await Promise.race([look, stopped.promise])
      } finally {
        signal.removeEventListener('abort', stop)
      }
    },
    soon: () => wakes.notify(),
    async close() {
      ending.abort(new Error('closed'))
      await watching
    },
  }
}
