import type { ServerResponse } from 'node:http'
import type { Undo } from '../contract.ts'
import type { Asked } from './consul-http.ts'
import { lied } from './lies.ts'

/** A plain-text error of Consul's (cluster-facts §4.2). */
export class Refusal extends Error {
  readonly status: number
  constructor(status: number, text: string) {
    super(text)
    this.status = status
  }
}

/** What a blocking endpoint answers. */
export interface Query {
  /** What `?index=` is compared with. */
  index(): number
  body(): unknown
  /** Served by the streaming backend when it blocks (recordings: consul-blocking-*.json). */
  streaming?: boolean
  /** False: without the header of effective consistency (kv, ui). */
  consistency?: boolean
  /** Sends what is not JSON; true when it did. */
  send?(): boolean
}

/** cluster-facts §3.1 */
const defaultWait = 300_000
const longestWait = 600_000
const jitter = 1 / 16

/**
 * Answers at once, or parks the response until the index has passed `?index=` or `?wait=` is over: then
 * with what there is, changed or not.
 */
export function answerQuery(asked: Asked, query: Query): Promise<void> {
  const { params, response, consul, world, random } = asked
  const index = indexOf(params)
  const wait = waitOf(params)
  const answer = () => sendQuery(asked, query, index > 0)
  if (index === 0 || query.index() > index) {
    answer()
    return Promise.resolve()
  }
  const parked = response as ServerResponse & { parked?: boolean }
  parked.parked = true
  const { promise, resolve } = Promise.withResolvers<void>()
  const undos: Undo[] = []
  const end = (act: () => void) => {
    for (const undo of undos) undo()
    parked.parked = false
    act()
    resolve()
  }
  undos.push(world.after(wait * (1 + random() * jitter), () => end(answer)))
  undos.push(consul.raft.watch(() => query.index() > index && end(answer)))
  const gone = () => end(() => {})
  response.once('close', gone)
  undos.push(() => response.off('close', gone))
  return promise
}

function sendQuery(asked: Asked, query: Query, blocking: boolean): void {
  const { response } = asked
  const streamed = blocking && query.streaming === true
  if (query.consistency !== false) response.setHeader('X-Consul-Effective-Consistency', 'leader')
  response.setHeader('X-Consul-Index', String(Math.max(1, query.index())))
  response.setHeader('X-Consul-Knownleader', String(!streamed))
  response.setHeader('X-Consul-Lastcontact', '0')
  response.setHeader('X-Consul-Query-Backend', streamed ? 'streaming' : 'blocking-query')
  if (!query.send?.()) sendJson(asked, lied(asked.world, query.body()))
}

export function sendJson({ response, params }: Pick<Asked, 'response' | 'params'>, body: unknown) {
  const text = JSON.stringify(body, null, params.has('pretty') ? 4 : undefined)
  common(response)
  response.setHeader('Content-Type', 'application/json')
  response.end(text)
}

export function sendText(response: ServerResponse, status: number, text: string): void {
  if (response.headersSent || response.destroyed) return void response.destroy()
  common(response)
  response.statusCode = status
  response.setHeader('Content-Type', 'text/plain; charset=utf-8')
  response.setHeader('Content-Length', Buffer.byteLength(text))
  response.end(text)
}

export function fail(response: ServerResponse, error: unknown): void {
  const status = error instanceof Refusal ? error.status : 500
  sendText(response, status, error instanceof Error ? error.message : String(error))
}

function common(response: ServerResponse): void {
  response.setHeader('Vary', 'Accept-Encoding')
  response.setHeader('X-Consul-Default-Acl-Policy', 'allow')
}

function indexOf(params: URLSearchParams): number {
  const text = params.get('index')
  if (text === null) return 0
  if (!/^\d+$/.test(text)) throw new Refusal(400, 'Invalid index')
  return Number(text)
}

function waitOf(params: URLSearchParams): number {
  const text = params.get('wait')
  if (text === null) return defaultWait
  const ms = durationMs(text)
  if (ms === undefined) throw new Refusal(400, 'Invalid wait time')
  return Math.min(longestWait, ms === 0 ? defaultWait : ms)
}

const units: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
}

/** A Go duration (`1m30s`) in milliseconds, undefined when it is none. */
export function durationMs(text: string): number | undefined {
  if (text === '0') return 0
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|ms|s|m|h)/g)]
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) return undefined
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * (units[unit ?? ''] ?? 0), 0)
}
