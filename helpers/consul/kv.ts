import { list, number, record, text } from '../loose.ts'
import { codeOf } from '../time/fault.ts'
import type { Asker } from './ask.ts'

/** A key's value, and the session that holds it, '' when none does. */
export interface Key {
  value: string
  session: string
}

/** A key as it stands, byte for byte. */
export interface Entry {
  /** Base64. */
  value: string
  flags: number
  /** ModifyIndex: what `cas` asks for. */
  index: number
}

/** Consul's sessions and keys, as far as suite 00 and the grader's lock need them (cluster-facts §4.2). */
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

    /** null: there is no such key. `host`: another agent than the server's. */
    async entry(key: string, host?: string): Promise<Entry | null> {
      const answer = await raw(`/v1/kv/${key}`, host === undefined ? {} : { host }).catch(
        missing(null),
      )
      if (!answer) return null
      const { Value, Flags, ModifyIndex } = record(list(read(answer, host))[0])
      return { value: text(Value), flags: number(Flags), index: number(ModifyIndex) }
    },

    /** Writes the key, if it still stands at `cas` (0: if it is not there); false when it does not. */
    async putEntry(key: string, entry: Omit<Entry, 'index'>, cas: number): Promise<boolean> {
      const path = `/v1/kv/${key}?flags=${entry.flags}&cas=${cas}`
      const body = Buffer.from(entry.value, 'base64')
      return read(await raw(path, { method: 'PUT', body })) === true
    },

    /** Removes the key, if it still stands at `cas`; false when it does not. */
    deleteEntry: async (key: string, cas: number): Promise<boolean> =>
      read(await raw(`/v1/kv/${key}?cas=${cas}`, { method: 'DELETE' })) === true,

    async key(key: string): Promise<Key | null> {
      const answer = await raw(`/v1/kv/${key}`).catch(missing(null))
      if (!answer) return null
      const found = record(list(read(answer))[0])
      const value = Buffer.from(text(found.Value), 'base64').toString('utf8')
      return { value, session: text(found.Session) }
    },
  }
}
