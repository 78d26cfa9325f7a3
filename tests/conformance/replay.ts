import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openTcp } from '../../helpers/cluster/straight.ts'
import type { Route } from '../../helpers/socket.ts'

/** One recorded answer of a real agent. */
interface Recorded {
  /** 'GET /v1/…' */
  request: string
  /** address:port of the agent */
  agent: string
  /** 0: it did not answer. */
  status: number
  headers: Record<string, string>
  body: unknown
}

/** Recordings whose agents answer again, at their own addresses, behind a route. */
export async function replay(name: string) {
  const file = new URL(`recordings/${name}.json`, import.meta.url)
  const all = JSON.parse(readFileSync(file, 'utf8')) as Recorded[]
  const asked: string[] = []
  const server = createServer((req, res) => {
    const request = `${req.method} ${req.url}`
    asked.push(request)
    const one = all.find((r) => r.agent === req.headers.host && r.request === request)
    if (!one) return res.writeHead(404).end('not recorded')
    const body = typeof one.body === 'string' ? one.body : JSON.stringify(one.body)
    res.writeHead(one.status, one.headers)
    return res.end(one.request.endsWith('/leader') ? JSON.stringify(one.body) : body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const route: Route = {
    connect: (host, wanted, deadline) => {
      const silent = all.some((r) => r.agent === `${host}:${wanted}` && r.status === 0)
      return openTcp('127.0.0.1', silent ? 1 : port, deadline)
    },
    udp: () => undefined,
  }
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { route, asked, close }
}
