import type { Socket } from 'node:net'
import { type buildConnector, Client, type Dispatcher, Pool } from 'undici'
import type { Ask } from './http.ts'
import { overTls, type Tls } from './http-tls.ts'
import { openSocket, type Route } from './socket.ts'
import type { Clock } from './time/clock.ts'

/** What one request is sent over. */
export interface Taken {
  client: Dispatcher
  /** A connection for this request alone, ended with it. */
  single?: Client
}

export interface Connections {
  take(ask: Ask): Taken
  leave(taken: Taken): Promise<void>
  close(): Promise<void>
}

/** Connections to one agent at a time; Nomad and Consul refuse more than 100 and 200. */
const perAgent = 6

/** Wall milliseconds. */
export const deadlineOf = (ask: Ask): number => Math.max(ask.deadline ?? 5000, 2000)

/** Ends the connection of one request. Made once, since an error writes down its stack when made. */
const left = new Error('the request is over')

/**
 * Whether the request may use a kept connection. Acts may not: when the server closes it just then,
 * nobody knows whether they were done.
 */
export const isKept = (ask: Ask): boolean =>
  !ask.fresh && !ask.long && (ask.method ?? 'GET') === 'GET'

/** An IPv6 address stands in brackets there. */
const inUrl = (host: string) => (host.includes(':') ? `[${host}]` : host)

/** Kept connections per agent, and single ones; every socket comes from the route. */
export function createConnections(route: Route, clock: Clock, tls?: Tls): Connections {
  const pools = new Map<string, Pool>()
  const singles = new Set<Client>()

  const connector = (deadline: number): buildConnector.connector => {
    return (to, done) => {
      const host = to.hostname.replace(/^\[|\]$/g, '')
      const port = Number(to.port || (tls ? 443 : 80))
      openSocket(route, clock, { host, port, deadline })
        .then((socket): Socket | Promise<Socket> =>
          tls ? overTls(socket, tls, host, deadline) : socket,
        )
        .then(
          (socket) => done(null, socket),
          (error) => done(error, null),
        )
    }
  }
  const options = (deadline: number) => ({
    connect: connector(deadline),
    pipelining: 1,
    // Our own deadlines are for the whole request.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: 32 * 1024,
  })
  const poolOf = (origin: string): Pool => {
    const kept = pools.get(origin)
    if (kept) return kept
    const pool = new Pool(origin, { ...options(5000), connections: perAgent })
    pools.set(origin, pool)
    return pool
  }

  return {
    take(ask) {
      const origin = `${tls ? 'https' : 'http'}://${inUrl(ask.host)}:${ask.port}`
      if (isKept(ask)) return { client: poolOf(origin) }
      const single = new Client(origin, options(deadlineOf(ask)))
      singles.add(single)
      return { client: single, single }
    },
    async leave({ single }) {
      if (!single) return
      singles.delete(single)
      await single.destroy(left)
    },
    async close() {
      const all = [...pools.values(), ...singles]
      pools.clear()
      singles.clear()
      await Promise.all(all.map((client) => client.destroy()))
    },
  }
}
