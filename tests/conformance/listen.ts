import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { type Exchange, endpointOf, step } from './exchange.ts'

/** What was asked and answered while listening, and what of the answers was looked at. */
export interface Heard {
  exchanges: Exchange[]
  /** Endpoint → JSON paths below its answer that the grader's own code read. */
  reads: Map<string, Set<string>>
  stop(): void
}

/** Of undici's diagnostics: what is used of a request. */
interface Sent {
  origin: string
  path: string
  method: string
}
interface Message {
  request: Sent
  response: { statusCode: number; headers: Buffer[] }
  chunk: Buffer
}

/**
 * Listens to every HTTP exchange of this process, and to every field that is read of its JSON: whatever
 * JSON.parse makes of an answer's text is handed out behind a proxy that notes what is asked of it.
 * So the list comes from the code that runs, and nobody has to keep one. What JSON.stringify visits is
 * copied, not read.
 */
export function listen(): Heard {
  const exchanges: Exchange[] = []
  const reads = new Map<string, Set<string>>()
  const open = new WeakMap<Sent, { exchange: Exchange; text: string }>()
  /** Text of an answer, or of a line of an endless one → its endpoint. */
  const texts = new Map<string, string>()

  const onHeaders = (message: unknown) => {
    const { request, response } = message as Message
    const { method, path, origin } = request
    const exchange: Exchange = {
      request: `${method} ${path}`,
      agent: new URL(origin).host,
      status: response.statusCode,
      headers: headersOf(response.headers),
      body: '',
    }
    exchanges.push(exchange)
    open.set(request, { exchange, text: '' })
  }
  const onChunk = (message: unknown) => {
    const { request, chunk } = message as Message
    const one = open.get(request)
    if (!one) return
    one.text += chunk.toString('utf8')
    one.exchange.body = one.text
    if (one.exchange.status !== 200) return
    const endpoint = endpointOf(one.exchange)
    const lines = endpoint.includes('/event/stream') ? one.text.split('\n') : [one.text]
    for (const line of lines) texts.set(line, endpoint)
  }
  const channels = {
    'undici:request:headers': onHeaders,
    'undici:request:bodyChunkReceived': onChunk,
  }
  for (const [name, hear] of Object.entries(channels)) subscribe(name, hear)
  let stopped = false
  const restore = spyOnJson(texts, (endpoint, path) => {
    if (stopped) return
    const paths = reads.get(endpoint) ?? new Set()
    reads.set(endpoint, paths.add(path))
  })
  return {
    exchanges,
    reads,
    stop() {
      stopped = true
      for (const [name, hear] of Object.entries(channels)) unsubscribe(name, hear)
      restore()
    },
  }
}

function headersOf(raw: Buffer[]): Record<string, string> {
  const out: Record<string, string> = {}
  for (let i = 0; i + 1 < raw.length; i += 2) out[`${raw[i]}`.toLowerCase()] = `${raw[i + 1]}`
  return out
}

type Note = (endpoint: string, path: string) => void

function spyOnJson(texts: Map<string, string>, note: Note): () => void {
  const { parse, stringify } = JSON
  let copying = 0
  JSON.parse = (text, ...more) => {
    const value = parse(text, ...more)
    const endpoint = texts.get(text)
    if (endpoint === undefined || copying > 0) return value
    return proxied(value, '$', (path) => copying === 0 && note(endpoint, path))
  }
  JSON.stringify = ((...given: Parameters<typeof stringify>) => {
    copying++
    try {
      return stringify(...given)
    } finally {
      copying--
    }
  }) as typeof stringify
  return () => Object.assign(JSON, { parse, stringify })
}

function proxied(value: unknown, at: string, note: (path: string) => void): unknown {
  if (value === null || typeof value !== 'object') return value
  // The same object each time it is asked for, as without us.
  const known = new Map<PropertyKey, unknown>()
  return new Proxy(value, {
    get(target, key, receiver) {
      const own = Reflect.get(target, key, receiver)
      const isField = typeof key === 'string' && key !== 'then' && key !== 'toJSON'
      if (!isField || typeof own === 'function') return own
      if (Array.isArray(target) && !/^\d+$/.test(key)) return own
      const path = step(at, key, Array.isArray(target))
      note(path)
      if (!known.has(key)) known.set(key, proxied(own, path, note))
      return known.get(key)
    },
  })
}
