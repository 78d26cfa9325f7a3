import type { Entry, Session } from '../consul/kv.ts'
import { answerQuery, durationMs, Refusal, sendJson } from './consul-answer.ts'
import type { Asked } from './consul-http.ts'

/** As Consul 1.14.4 refuses whom its policy denies keys and sessions (seen with an anonymous token). */
export function permitted(what: 'key' | 'session', handle: (asked: Asked) => Promise<void>) {
  return async (asked: Asked): Promise<void> => {
    const { method, rest, world, vm } = asked
    if (!world.faults.keysDenied) return handle(asked)
    const right = `${what}:${method === 'GET' ? 'read' : 'write'}`
    const token = `token with AccessorID '00000000-0000-0000-0000-000000000002'`
    const name = what === 'key' ? rest : vm.name
    throw new Refusal(403, `Permission denied: ${token} lacks permission '${right}' on "${name}"`)
  }
}

/** /v1/kv/:key (cluster-facts §4.2; recordings: kv-*.json). */
export async function answerKv(asked: Asked): Promise<void> {
  const { method, rest, params } = asked
  if (method === 'GET') return readKv(asked)
  if (rest === '' && !params.has('recurse')) throw new Refusal(400, 'Missing key name')
  if (method === 'PUT') return putKv(asked)
  const cas = numberOf(params, 'cas')
  const recurse = params.has('recurse')
  sendJson(asked, asked.consul.kv.delete(rest, { ...(cas === undefined ? {} : { cas }), recurse }))
}

function readKv(asked: Asked): Promise<void> {
  const { consul, rest, params, response } = asked
  const many = params.has('recurse') || params.has('keys')
  if (rest === '' && !many) throw new Refusal(400, 'Missing key name')
  const entries = (): Entry[] => {
    if (many) return consul.kv.list(rest)
    const one = consul.kv.get(rest)
    return one ? [one] : []
  }
  return answerQuery(asked, {
    index: () => consul.kv.index(entries()),
    body: () => (params.has('keys') ? keysOf(asked, entries()) : entries().map(entryShape)),
    consistency: false,
    send() {
      const [first] = entries()
      // All keys are never missing: there may be none.
      if (!first && rest === '' && params.has('keys')) return false
      if (!first) {
        response.setHeader('Vary', 'Accept-Encoding')
        response.setHeader('X-Consul-Default-Acl-Policy', 'allow')
        response.writeHead(404, { 'Content-Length': 0 }).end()
        return true
      }
      if (!params.has('raw') || many) return false
      response.setHeader('X-Consul-Default-Acl-Policy', 'allow')
      response.setHeader('Content-Type', 'text/plain')
      response.setHeader('Content-Security-Policy', 'sandbox')
      response.setHeader('X-Content-Type-Options', 'nosniff')
      response.end(first.value)
      return true
    },
  })
}

/** With `?separator=` a key is cut behind the first one that follows what was asked (`kv get -keys`). */
function keysOf({ rest, params }: Asked, entries: Entry[]): string[] {
  const separator = params.get('separator') ?? ''
  const cut = ({ key }: Entry) => {
    const at = separator === '' ? -1 : key.indexOf(separator, rest.length)
    return at < 0 ? key : key.slice(0, at + separator.length)
  }
  return [...new Set(entries.map(cut))]
}

async function putKv(asked: Asked): Promise<void> {
  const { consul, rest, params } = asked
  const value = await asked.body()
  const cas = numberOf(params, 'cas')
  const [acquire, release] = [params.get('acquire'), params.get('release')]
  const done = consul.kv.put(rest, value, {
    flags: numberOf(params, 'flags') ?? 0,
    ...(cas === undefined ? {} : { cas }),
    ...(acquire === null ? {} : { acquire }),
    ...(release === null ? {} : { release }),
  })
  sendJson(asked, done)
}

function numberOf(params: URLSearchParams, name: string): number | undefined {
  const text = params.get(name)
  if (text === null) return undefined
  if (!/^\d+$/.test(text)) throw new Refusal(400, `Invalid ${name}`)
  return Number(text)
}

function entryShape(entry: Entry) {
  return {
    LockIndex: entry.lockIndex,
    Key: entry.key,
    Flags: entry.flags,
    Value: entry.value.length === 0 ? null : entry.value.toString('base64'),
    Session: entry.session,
    CreateIndex: entry.createIndex,
    ModifyIndex: entry.modifyIndex,
  }
}

/** /v1/session/create, destroy, renew and info (recordings: session-*.json). */
export async function answerSession(asked: Asked): Promise<void> {
  const { consul, rest, method } = asked
  const [verb = '', id = ''] = rest.split('/')
  if (method === 'PUT' && verb === 'create') return createSession(asked)
  if (verb !== 'list' && id === '') throw new Refusal(400, 'Missing session')
  if (method === 'PUT' && verb === 'destroy') {
    consul.kv.destroy(id)
    return sendJson(asked, true)
  }
  if (method === 'PUT' && verb === 'renew') {
    const session = consul.kv.renew(id)
    if (!session) throw new Refusal(404, `Session id '${id}' not found`)
    return sendJson(asked, [sessionShape(session)])
  }
  if (method === 'GET' && verb === 'info') {
    const session = consul.kv.session(id)
    return sendJson(asked, session ? [sessionShape(session)] : [])
  }
  throw new Refusal(501, `lab: ${method} /v1/session/${verb} is not simulated`)
}

async function createSession(asked: Asked): Promise<void> {
  const { consul, world, vm } = asked
  const text = (await asked.body()).toString()
  const given = parse(text === '' ? '{}' : text)
  const word = (name: string) => String(given[name] ?? '')
  const node = word('Node') || vm.name
  if (!world.vms.has(node)) throw new Refusal(500, 'apply failed: Missing node registration')
  const ttl = word('TTL')
  const ttlMs = ttl === '' ? 0 : durationMs(ttl)
  if (ttlMs === undefined)
    throw new Refusal(500, `Session TTL '${ttl}' invalid: time: invalid duration "${ttl}"`)
  // Consul refuses a TTL outside 10 s to 24 h.
  if (ttlMs !== 0 && (ttlMs < 10_000 || ttlMs > 86_400_000)) {
    throw new Refusal(500, `Invalid Session TTL '${ttlMs * 1e6}', must be between [10s=24h0m0s]`)
  }
  const delay = durationMs(word('LockDelay') || '15s') ?? 15_000
  const behavior = word('Behavior') === 'delete' ? 'delete' : 'release'
  const name = word('Name')
  const session = { name, node, lockDelay: delay * 1e6, behavior, ttl, ttlMs } as const
  sendJson(asked, { ID: consul.kv.createSession(session).id })
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // Said below.
  }
  throw new Refusal(400, 'Request decode failed: not a JSON object')
}

function sessionShape(session: Session) {
  return {
    ID: session.id,
    Name: session.name,
    Node: session.node,
    LockDelay: session.lockDelay,
    Behavior: session.behavior,
    TTL: session.ttl,
    NodeChecks: ['serfHealth'],
    ServiceChecks: null,
    CreateIndex: session.createIndex,
    ModifyIndex: session.modifyIndex,
  }
}
