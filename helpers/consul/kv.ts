import { list, record, text } from '../loose.ts'
import { codeOf } from '../time/fault.ts'
import type { Asker } from './ask.ts'

/** A key's value, and the session that holds it, '' when none does. */
export interface Key {
  value: string
  session: string
}

/** Consul's sessions and keys, as far as the grader's lock needs them (cluster-facts §4.2). */
export function createKv({ raw, read }: Asker) {
  const missing = <T>(none: T) => {
    return (error: unknown): T => {
      if (codeOf(error) !== 'CONSUL_404') throw error
      return none
    }
  }
  return {
    /**
     * Creates a session and gives its id. When it ends, so do the keys it holds, and they may be
     * taken at once. Without a renewal it ends after twice its TTL (docs/discoveries.md).
     */
    async createSession(name: string, ttlSeconds: number): Promise<string> {
      const body = { Name: name, TTL: `${ttlSeconds}s`, LockDelay: '0s', Behavior: 'delete' }
      const answer = await raw('/v1/session/create', { method: 'PUT', body })
      return text(record(read(answer)).ID)
    },

    /** False when there is no such session any more. */
    renewSession: (id: string): Promise<boolean> =>
      raw(`/v1/session/renew/${id}`, { method: 'PUT' }).then(() => true, missing(false)),

    /** Ends the session, and with it the keys it holds. */
    destroySession: async (id: string): Promise<void> =>
      void (await raw(`/v1/session/destroy/${id}`, { method: 'PUT' })),

    /** Writes the key and holds it; false when another session does. `value` is written as JSON. */
    acquireKey: async (key: string, value: unknown, session: string): Promise<boolean> =>
      read(await raw(`/v1/kv/${key}?acquire=${session}`, { method: 'PUT', body: value })) === true,

    async key(key: string): Promise<Key | null> {
      const answer = await raw(`/v1/kv/${key}`).catch(missing(null))
      if (!answer) return null
      const found = record(list(read(answer))[0])
      const value = Buffer.from(text(found.Value), 'base64').toString('utf8')
      return { value, session: text(found.Session) }
    },
  }
}
