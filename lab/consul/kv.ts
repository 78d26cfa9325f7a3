import type { Undo, World } from '../contract.ts'
import { uuidFrom } from '../random.ts'
import type { Raft } from './raft.ts'

export interface Entry {
  key: string
  value: Buffer
  flags: number
  lockIndex: number
  session: string | undefined
  createIndex: number
  modifyIndex: number
}

export interface Session {
  id: string
  name: string
  node: string
  /** Nanoseconds, as the API says it. */
  lockDelay: number
  behavior: 'release' | 'delete'
  /** A Go duration, '' without. */
  ttl: string
  ttlMs: number
  createIndex: number
  modifyIndex: number
}

export interface Kv {
  get(key: string): Entry | undefined
  /** Entries whose key begins so, by key. */
  list(prefix: string): Entry[]
  /** Undefined index: the whole table's. */
  index(entries: Entry[]): number
  /** False when `cas`, `acquire` or `release` refuses. */
  put(key: string, value: Buffer, how: PutOptions): boolean
  delete(key: string, how: { cas?: number; recurse?: boolean }): boolean
  createSession(session: Omit<Session, 'id' | 'createIndex' | 'modifyIndex'>): Session
  session(id: string): Session | undefined
  renew(id: string): Session | undefined
  destroy(id: string): void
  /** A node that left or failed takes its sessions with it. */
  nodeGone(node: string): void
}

export interface PutOptions {
  flags?: number
  cas?: number
  acquire?: string
  release?: string
}

export function makeKv(world: World, raft: Raft, random: () => number): Kv {
  const entries = new Map<string, Entry>()
  const table = { index: 1 }
  const { sessions, ...sessionCalls } = makeSessions(world, raft, random, entries, table)
  const locked = sessionCalls.lockedUntil
  return {
    get: (key) => entries.get(key),
    list: (prefix) =>
      [...entries.values()]
        .filter((entry) => entry.key.startsWith(prefix))
        .sort((a, b) => (a.key < b.key ? -1 : 1)),
    index: (found) =>
      found.length === 0 ? table.index : Math.max(...found.map((entry) => entry.modifyIndex)),
    put(key, value, { flags = 0, cas, acquire, release }) {
      const old = entries.get(key)
      if (cas !== undefined && cas !== (old?.modifyIndex ?? 0)) return false
      let session = old?.session
      let lockIndex = old?.lockIndex ?? 0
      if (acquire !== undefined) {
        if (!sessions.has(acquire))
          throw new Error(
            `raft apply failed: ${acquire === '' ? 'missing session' : `invalid session "${acquire}"`}`,
          )
        if (session !== undefined && session !== acquire) return false
        if ((locked.get(key) ?? 0) > world.now()) return false
        if (session === undefined) lockIndex++
        session = acquire
      }
      if (release !== undefined) {
        if (session !== release) return false
        session = undefined
      }
      raft.write((index) => {
        const createIndex = old?.createIndex ?? index
        entries.set(key, { key, value, flags, lockIndex, session, createIndex, modifyIndex: index })
        table.index = index
      })
      return true
    },
    delete(key, { cas, recurse }) {
      if (cas !== undefined && cas !== (entries.get(key)?.modifyIndex ?? 0)) return false
      const gone = [...entries.keys()].filter((one) =>
        recurse ? one.startsWith(key) : one === key,
      )
      if (gone.length === 0) return true
      raft.write((index) => {
        for (const one of gone) entries.delete(one)
        table.index = index
      })
      return true
    },
    ...sessionCalls,
  }
}

function makeSessions(
  world: World,
  raft: Raft,
  random: () => number,
  entries: Map<string, Entry>,
  table: { index: number },
) {
  const sessions = new Map<string, Session>()
  const timers = new Map<string, Undo>()
  const lockedUntil = new Map<string, number>()
  const arm = (session: Session) => {
    timers.get(session.id)?.()
    if (session.ttlMs === 0) return
    // Consul lets a session live up to twice its TTL; it ends it no earlier than the TTL says.
    timers.set(
      session.id,
      world.after(session.ttlMs * 2, () => destroy(session.id)),
    )
  }
  const destroy = (id: string) => {
    const session = sessions.get(id)
    if (!session) return
    timers.get(id)?.()
    timers.delete(id)
    sessions.delete(id)
    raft.write((index) => {
      for (const entry of [...entries.values()].filter((one) => one.session === id)) {
        table.index = index
        lockedUntil.set(entry.key, world.now() + session.lockDelay / 1e6)
        if (session.behavior === 'delete') entries.delete(entry.key)
        else entries.set(entry.key, { ...entry, session: undefined, modifyIndex: index })
      }
    })
  }
  return {
    sessions,
    lockedUntil,
    createSession(given: Omit<Session, 'id' | 'createIndex' | 'modifyIndex'>): Session {
      const id = uuidFrom(random)
      let made: Session | undefined
      raft.write((index) => {
        made = { ...given, id, createIndex: index, modifyIndex: index }
        sessions.set(id, made)
      })
      arm(made!)
      return made!
    },
    session: (id: string) => sessions.get(id),
    renew(id: string) {
      const session = sessions.get(id)
      if (session) arm(session)
      return session
    },
    destroy,
    nodeGone(node: string) {
      for (const session of [...sessions.values()]) if (session.node === node) destroy(session.id)
    },
  }
}
