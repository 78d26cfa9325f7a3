import type { ServerResponse } from 'node:http'
import { parseDuration } from '../nomad/hcl/values.ts'
import { lied } from './lies.ts'
import type { Asked } from './nomad-http.ts'
import type { Query } from './nomad-lists.ts'

/** A plain-text error of Nomad's. */
export class Refusal extends Error {
  readonly status: number
  constructor(status: number, text: string) {
    super(text)
    this.status = status
  }
}

/** Default and most (cluster-facts §3.2: the documentation's 10 minutes are wrong). */
const longestWaitMs = 300_000
const jitter = 1 / 16

/**
 * Answers at once, or parks the response until the index has passed `?index=` or `?wait=` is over; then
 * with what there is, changed or not.
 */
export function answerQuery(asked: Asked, query: Query): void {
  const { params, response, nomad, world } = asked
  const index = indexOf(params)
  const wait = waitOf(params)
  if (index === 0 || query.index() > index) return void send(asked, query)
  const parked = response as ServerResponse & { parked?: boolean }
  parked.parked = true
  const unwatch = watch(nomad.store, () => {
    if (query.index() > index) end(true)
  })
  const undo = world.after(wait * (1 + world.between(0, jitter)), () => end(true))
  const gone = () => end(false)
  response.once('close', gone)
  let ended = false
  function end(answer: boolean): void {
    if (ended) return
    ended = true
    undo()
    unwatch()
    parked.parked = false
    if (answer) send(asked, query)
  }
}

const watchers = new WeakMap<object, Set<() => void>>()

/** One listener of the store for all that wait. */
function watch(store: Asked['nomad']['store'], act: () => void): () => void {
  let own = watchers.get(store)
  if (!own) {
    own = new Set()
    watchers.set(store, own)
    const all = own
    store.onCommit(() => {
      for (const one of [...all]) one()
    })
  }
  own.add(act)
  return () => void own.delete(act)
}

function send(asked: Asked, query: Query): void {
  const { response } = asked
  const found = query.body()
  const index = String(query.index())
  response.setHeader('X-Nomad-Index', index)
  response.setHeader('X-Nomad-KnownLeader', 'true')
  response.setHeader('X-Nomad-LastContact', '0')
  if (found === undefined) return void sendText(response, 404, query.missing ?? 'not found')
  sendJson(asked, lied(asked.world, found))
}

export function sendJson({ response, params }: Pick<Asked, 'response' | 'params'>, body: unknown) {
  const text = JSON.stringify(body, null, params.has('pretty') ? 4 : undefined)
  response.setHeader('Content-Type', 'application/json')
  response.setHeader('Content-Length', Buffer.byteLength(text))
  response.end(text)
}

export function sendText(response: ServerResponse, status: number, text: string): void {
  if (response.headersSent || response.destroyed) return void response.destroy()
  response.statusCode = status
  response.setHeader('Content-Type', 'text/plain; charset=utf-8')
  response.setHeader('Content-Length', Buffer.byteLength(text))
  response.end(text)
}

export function indexOf(params: URLSearchParams): number {
  const text = params.get('index')
  if (text === null) return 0
  if (!/^\d+$/.test(text)) throw new Refusal(400, 'Invalid index')
  return Number(text)
}

function waitOf(params: URLSearchParams): number {
  const text = params.get('wait')
  if (text === null) return longestWaitMs
  const nanoseconds = parseDuration(text)
  if (nanoseconds === undefined) throw new Refusal(400, 'Invalid wait time')
  const ms = nanoseconds / 1e6
  return ms <= 0 ? longestWaitMs : Math.min(ms, longestWaitMs)
}
