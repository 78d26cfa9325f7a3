import { StringDecoder } from 'node:string_decoder'
import type { Dispatcher } from 'undici'
import { createConnections, deadlineOf, isKept } from './http-connections.ts'
import { exchange } from './http-exchange.ts'
import { httpFault, lineTooLong } from './http-faults.ts'
import { readTls, type TlsFiles } from './http-tls.ts'
import { msg } from './language/message.ts'
import type { Route } from './socket.ts'
import { type Clock, held } from './time/clock.ts'
import { coded, withDeadline } from './time/deadline.ts'
import { codeOf, Fault } from './time/fault.ts'

export interface Ask {
  host: string
  port: number
  path: string
  /** GET when it is not given. */
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Bytes as they are; anything else as JSON. */
  body?: unknown
  headers?: Record<string, string>
  /** Wall milliseconds: 5000 when not given, never below 2000. */
  deadline?: number
  /** Bytes of the longest body (of a stream: of the longest line); 8 MiB when not given. */
  limit?: number
  /** A body above the limit is cut there; without it, it is a Fault. */
  cut?: boolean
  signal?: AbortSignal
  /** A connection of its own, opened for this request and closed after it. */
  fresh?: boolean
  /** A blocking query: cluster time may pass while the server keeps us waiting. */
  long?: boolean
}

export interface Answer {
  status: number
  /** Names in lower case; of several with one name, the first. */
  headers: Record<string, string>
  text: string
}

export interface Http {
  /** Rejects with a Fault; its `code` is the network's (ECONNREFUSED …), or HTTP_… */
  request(ask: Ask): Promise<Answer>
  /**
   * The lines of an endless answer, without empty ones. The deadline covers connecting and the
   * headers. Cluster time stands still while the caller works on a line, so it must not sleep
   * there.
   */
  stream(ask: Ask): AsyncIterable<string>
  close(): Promise<void>
}

const usualLimit = 8 * 1024 * 1024

/** What all requests of one client have in common. */
export interface Access {
  /** Its presence alone means HTTPS. */
  tls?: TlsFiles
  /** Sent with each request: a token. Nothing of it is ever told. */
  headers?: Record<string, string>
  /** What an answer means that is none because of a missing right; undefined: it is an answer. */
  denied?(answer: Answer, ask: Ask): Fault | undefined
}

/**
 * HTTP over the cluster's route. Nothing that a server answers makes it hang or grow. Each kind of
 * server has a client of its own, so that no token goes where it does not belong.
 */
export function createHttp(route: Route, clock: Clock, access: Access = {}): Http {
  const connections = createConnections(route, clock, access.tls && readTls(access.tls))
  const scheme = access.tls ? 'https' : 'http'
  const fault = (error: unknown, ask: Ask) => httpFault(error, ask, scheme)

  async function once(ask: Ask, signal: AbortSignal): Promise<Answer> {
    const via = connections.take(ask)
    try {
      const { limit = usualLimit } = ask
      // From the first byte of a blocking query's answer on, it is work that time must wait for.
      const arrives = () => (ask.long ? clock.hold() : () => {})
      const sent = sentFor(ask, access)
      const answer = await exchange(via.client, { ask, limit, signal }, sent, arrives)
      const { status, headers, body } = answer
      return allowed({ status, headers: plain(headers), text: body.toString('utf8') }, ask)
    } finally {
      await connections.leave(via)
    }
  }

  function allowed(answer: Answer, ask: Ask): Answer {
    const why = access.denied?.(answer, ask)
    if (why) throw why
    return answer
  }

  async function request(ask: Ask): Promise<Answer> {
    const deadline = deadlineOf(ask)
    const late = () => coded('ETIMEDOUT', `no answer within ${deadline} ms`)
    const attempt = (way: Ask) => withDeadline(deadline, late, (s) => once(way, s), ask.signal)
    const work = async () => {
      try {
        return await attempt(ask)
      } catch (error) {
        ask.signal?.throwIfAborted()
        if (!isStale(error, ask)) throw fault(error, ask)
      }
      return await attempt({ ...ask, fresh: true }).catch((error) => {
        throw fault(error, ask)
      })
    }
    return ask.long ? await work() : await held(clock, work)
  }

  async function* stream(ask: Ask): AsyncGenerator<string> {
    const via = connections.take({ ...ask, long: true })
    const deadline = deadlineOf(ask)
    const late = () => coded('ETIMEDOUT', `no headers within ${deadline} ms`)
    try {
      const answer = await withDeadline(
        deadline,
        late,
        () => via.client.request({ ...sentFor(ask, access), signal: ask.signal }),
        ask.signal,
      )
      if (answer.statusCode !== 200) {
        const text = await firstOf(answer.body, 4096)
        const status = answer.statusCode
        allowed({ status, headers: plain(answer.headers), text }, ask)
        throw coded('HTTP_STATUS', `HTTP ${status} ${text.slice(0, 200)}`)
      }
      yield* linesOf(answer.body, ask, clock)
    } catch (error) {
      ask.signal?.throwIfAborted()
      throw fault(error, ask)
    } finally {
      await connections.leave(via)
    }
  }

  return {
    request,
    stream,
    close: () => connections.close(),
  }
}

function sentFor(ask: Ask, access: Access) {
  const raw = ask.body === undefined || ask.body instanceof Uint8Array
  const body = raw ? (ask.body as Uint8Array | undefined) : JSON.stringify(ask.body)
  const headers: Record<string, string> = { accept: '*/*', ...access.headers, ...ask.headers }
  if (!raw) headers['content-type'] = 'application/json'
  return { path: ask.path, method: ask.method ?? 'GET', headers, body }
}

/** A kept connection that the server closed just as we used it: asking once more is harmless. */
function isStale(error: unknown, ask: Ask): boolean {
  if (!isKept(ask)) return false
  return ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(codeOf(error))
}

/** The beginning of a body. */
async function firstOf(body: Dispatcher.ResponseData['body'], limit: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length
    chunks.push(chunk)
    if (size > limit) break
  }
  return Buffer.concat(chunks).subarray(0, limit).toString('utf8')
}

/** Lines of a stream; time is held from the arrival of a chunk until its lines are worked on. */
async function* linesOf(
  body: Dispatcher.ResponseData['body'],
  ask: Ask,
  clock: Clock,
): AsyncGenerator<string> {
  const limit = ask.limit ?? usualLimit
  const decoder = new StringDecoder('utf8')
  let rest = ''
  for await (const chunk of body as AsyncIterable<Buffer>) {
    const release = clock.hold()
    try {
      const lines = (rest + decoder.write(chunk)).split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > limit) throw lineTooLong(ask, limit)
      for (const line of lines) if (line.trim() !== '') yield line
    } finally {
      release()
    }
  }
}

function plain(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const out: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    const first = Array.isArray(value) ? value[0] : value
    if (first !== undefined) out[name.toLowerCase()] = first
  }
  return out
}

/** The answer's JSON; a Fault when it is none. */
export function json(answer: Answer, who: string): unknown {
  try {
    return JSON.parse(answer.text)
  } catch (cause) {
    throw new Fault(
      msg('{who} answered something that is not JSON: {said}.', {
        ...{ who, said: JSON.stringify(answer.text.slice(0, 80)) },
      }),
      {
        code: 'HTTP_NOT_JSON',
        cure: msg('See whether another program listens on that port.'),
        cause,
      },
    )
  }
}
