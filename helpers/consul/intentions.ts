import { list, number, record, text } from '../loose.ts'
import { codeOf } from '../time/fault.ts'
import type { Asker } from './ask.ts'

/** Which service may not, or may, call which. */
export interface Pair {
  source: string
  destination: string
}

/** One source among the intentions of a service, as Consul gives it. */
export type Intention = Record<string, unknown>

/**
 * Intentions, as Consul 1.14.4 and 1.21.4 keep them: sources in a configuration entry of the
 * destination, which may have more (`Meta`) that its older calls refuse to be given.
 */
export function createIntentions({ raw, read }: Asker) {
  const exact = ({ source, destination }: Pair) =>
    `/v1/connect/intentions/exact?${new URLSearchParams({ source, destination })}`
  const entryOf = async (destination: string) => {
    const path = `/v1/config/service-intentions/${encodeURIComponent(destination)}`
    const answer = await raw(path).catch((error) => {
      if (codeOf(error) !== 'CONSUL_404') throw error
      return null
    })
    return answer && record(read(answer))
  }
  const sourcesOf = (entry: Intention | null) => list(entry?.Sources).map(record)
  return {
    /** null: there is none of exactly this pair. */
    async intention({ source, destination }: Pair): Promise<Intention | null> {
      const sources = sourcesOf(await entryOf(destination))
      return sources.find(({ Name }) => text(Name) === source) ?? null
    },

    /** Denies the way, under a description to know it by; whatever stood there is written over. */
    deny: async (pair: Pair, description: string): Promise<void> =>
      void (await raw(exact(pair), {
        method: 'PUT',
        body: { Action: 'deny', Description: description },
      })),

    /** Puts that source back into its entry, whose other sources stay; false where it has changed. */
    async putIntention({ source, destination }: Pair, intention: Intention): Promise<boolean> {
      const entry = await entryOf(destination)
      if (!entry) return false
      const { CreateIndex, ModifyIndex, Hash, ...kept } = entry
      const Sources = sourcesOf(entry).map((one) => (text(one.Name) === source ? intention : one))
      const path = `/v1/config?cas=${number(ModifyIndex)}`
      return read(await raw(path, { method: 'PUT', body: { ...kept, Sources } })) === true
    },

    /** Without its last source the whole entry goes. */
    deleteIntention: async (pair: Pair): Promise<void> =>
      void (await raw(exact(pair), { method: 'DELETE' })),
  }
}
