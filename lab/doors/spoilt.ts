import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { HttpAsked, HttpFault, World } from '../contract.ts'

type Response = ServerResponse & { parked?: boolean }
type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** What was answered to one URL, with its headers. */
interface Kept {
  at: number
  status: number
  headers: [string, string | number | string[]][]
  body: string
}

/** The door of an agent, but for Faults.http. */
export function spoilt(server: Server, world: World, who: HttpAsked['who'], vm: string): Server {
  const answers = server.listeners('request') as Answer[]
  const kept = new Map<string, Kept[]>()
  server.removeAllListeners('request')
  server.on('request', (request, response) => {
    const fault = world.faults.http?.(askedOf(request, who, vm))
    const pass = () => {
      for (const answer of answers) answer(request, response)
    }
    const it = { world, request, response, kept, pass }
    if (world.faults.http) keep(it, fault)
    if (fault === undefined) pass()
    else spoil(fault, it)
  })
  return server
}

function askedOf(request: IncomingMessage, who: HttpAsked['who'], vm: string): HttpAsked {
  const url = new URL(request.url ?? '/', 'http://lab')
  const path = url.pathname.replace(/^\/v1\//, '')
  const waits = path === 'event/stream' || Number(url.searchParams.get('index') ?? 0) > 0
  return { who, vm, method: request.method ?? 'GET', path, waits }
}

interface Spoiling {
  world: World
  request: IncomingMessage
  response: Response
  kept: Map<string, Kept[]>
  pass(): void
}

function spoil(fault: HttpFault, it: Spoiling): void {
  const { request, response, pass } = it
  if (typeof fault !== 'string') {
    if ('slowMs' in fault) setTimeout(pass, fault.slowMs)
    else pass()
    return
  }
  const acts: Record<typeof fault, () => void> = {
    hang: () => {},
    '500': () => sendText(response, 500, 'rpc error: No cluster leader'),
    // cluster-facts §4.1, limits.
    '429': () => sendText(response, 429, `${tooMany}\n`),
    garbage: () => sendText(response, 200, '<html><title>Welcome to the router</title>'),
    half() {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '4000' })
      response.write('[{"ID":"0f3c', () => request.socket.destroy())
    },
    endless: () => sendEndless(response),
    early() {
      request.url = (request.url ?? '').replace(/([?&]index=)\d+/, '$10')
      pass()
    },
    never() {
      response.parked = true
      // A stream has begun, a query has not.
      if (request.url?.startsWith('/v1/event/stream')) response.writeHead(200).flushHeaders()
    },
    backwards() {
      const set = response.setHeader.bind(response)
      response.setHeader = (name, value) => set(name, /^X-\w+-Index$/.test(name) ? '1' : value)
      pass()
    },
    closed: () => response.writeHead(200).end(),
  }
  acts[fault]()
}

const tooMany = 'Your IP is issuing too many concurrent connections, please rate limit your calls'

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(text)
}

function sendEndless(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'application/json' })
  const chunk = Buffer.alloc(256 * 1024, ' ')
  const more = () => {
    if (!response.destroyed) response.write(chunk, (error) => !error && setImmediate(more))
  }
  more()
}

/**
 * Keeps what is answered, for later; while the fault is `staleMs`, the newest that is so old is sent
 * instead (the true one where there is none). Bounded by the length of a run: only while there is a fault.
 */
function keep({ world, request, response, kept }: Spoiling, fault: HttpFault | undefined): void {
  if (request.method !== 'GET') return
  const end = response.end.bind(response)
  const key = request.url ?? ''
  const ms = typeof fault === 'object' && 'staleMs' in fault ? fault.staleMs : undefined
  response.end = ((chunk?: unknown, ...rest: never[]) => {
    if (typeof chunk !== 'string') return end(chunk as string, ...rest)
    const headers = Object.entries(response.getHeaders()) as Kept['headers']
    const all = kept.get(key) ?? []
    kept.set(key, all)
    all.push({ at: world.now(), status: response.statusCode, headers, body: chunk })
    const old = ms === undefined ? undefined : all.findLast(({ at }) => at <= world.now() - ms)
    if (!old) return end(chunk, ...rest)
    for (const [name, value] of old.headers) response.setHeader(name, value)
    for (const name of ['X-Nomad-LastContact', 'X-Consul-Lastcontact'])
      if (response.hasHeader(name)) response.setHeader(name, String(ms))
    response.statusCode = old.status
    return end(old.body)
  }) as typeof response.end
}
