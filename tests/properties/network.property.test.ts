import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { encode } from 'dns-packet'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { openTcp, straightRoute } from '../../helpers/cluster/straight.ts'
import { createConsul } from '../../helpers/consul/client.ts'
import { askDns } from '../../helpers/consul/dns.ts'
import { createHttp } from '../../helpers/http.ts'
import { createNomad } from '../../helpers/nomad/client.ts'
import { type NomadChange, watchNomad } from '../../helpers/nomad/events.ts'
import { wallClock } from '../../helpers/time/clock.ts'
import { Fault } from '../../helpers/time/fault.ts'
import { oddBytes, oddJson } from './odd.ts'
import { runs } from './runs.ts'
import { httpAnswer, oddDatagrams, oddServer } from './server.ts'

const clock = wallClock()
const server = await oddServer()
const http = createHttp(straightRoute(), clock)
const at = { host: '127.0.0.1', port: server.port }
afterAll(async () => {
  await http.close()
  server.close()
})

interface Exchange {
  request: string
  agent: string
  status: number
  body: unknown
}
const recordings = fileURLToPath(new URL('../conformance/recordings/', import.meta.url))
const exchanges = readdirSync(recordings)
  .filter((name) => name.startsWith('own-'))
  .flatMap((name) =>
    gunzipSync(readFileSync(`${recordings}${name}/exchanges.ndjson.gz`))
      .toString('utf8')
      .trim()
      .split('\n'),
  )
  .map((line) => JSON.parse(line) as Exchange)
  .filter(({ status, body }) => status === 200 && body !== '')

/** What real agents answered to GET requests whose path begins so; a few of each. */
const bodies = (...starts: string[]) =>
  starts
    .flatMap((start) =>
      exchanges.filter(({ request }) => request.startsWith(`GET ${start}`)).slice(0, 3),
    )
    .map(({ body }) => body)

const nomad = createNomad(http, at)
const consul = createConsul(http, at)
const ofNomad = bodies(
  '/v1/job/',
  '/v1/allocation/',
  '/v1/nodes',
  '/v1/node/',
  '/v1/jobs',
  '/v1/agent/self',
  '/v1/status/leader',
)
const ofConsul = bodies(
  '/v1/health/service',
  '/v1/catalog/services',
  '/v1/catalog/service/',
  '/v1/agent/services',
  '/v1/agent/members',
)

const asks: Record<string, () => Promise<unknown>> = {
  'nomad job': () => nomad.job('nginx'),
  'nomad jobs': () => nomad.jobs(),
  'nomad allocations': () => nomad.allocations('nginx'),
  'nomad allocation': () => nomad.allocation('x'),
  'nomad evaluations': () => nomad.evaluations('nginx'),
  'nomad deployment': () => nomad.deployment('nginx'),
  'nomad queued': () => nomad.queued('nginx'),
  'nomad nodes': () => nomad.nodes(),
  'nomad node': () => nomad.node('x'),
  'nomad self': () => nomad.self(),
  'nomad clientSelf': () => nomad.clientSelf(at.host),
  'nomad leader': () => nomad.leader(),
  'nomad register': () => nomad.register({ ID: 'nginx' }),
  'nomad validate': () => nomad.validate({ ID: 'nginx' }),
  'consul health': () => consul.health('nginx'),
  'consul members': () => consul.members(),
  'consul catalogServices': () => consul.catalogServices(),
  'consul catalogService': () => consul.catalogService('apache'),
  'consul agentServices': () => consul.agentServices(),
  'consul self': () => consul.self(),
  'consul leader': () => consul.leader(),
}

/** The answer, or a Fault with a sentence; anything else fails the property. */
async function answerOrFault(what: string, ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask()
  } catch (error) {
    expect(error, `${what}: ${(error as Error).stack}`).toBeInstanceOf(Fault)
    expect((error as Fault).message, what).toMatch(/^\S.*[.?]$/s)
    return undefined
  }
}

/** Asks something that no path tells apart: the server gives every question the same body. */
const question = fc.constantFrom(...Object.keys(asks))
const statuses = fc.constantFrom(200, 200, 200, 404, 429, 500)

test('JSON of any shape from Nomad or Consul is an answer or a Fault', async () => {
  expect(ofNomad.length).toBeGreaterThan(10)
  expect(ofConsul.length).toBeGreaterThan(5)
  await fc.assert(
    fc.asyncProperty(
      question,
      oddJson([...ofNomad, ...ofConsul]),
      statuses,
      async (what, body, status) => {
        // JSON can say a number that none is.
        const text = (JSON.stringify(body) ?? '').replaceAll('1e+308', '1e999')
        server.says(httpAnswer(Buffer.from(text), status))
        // `json` is the answer as it came; nothing is judged by it.
        JSON.stringify(await answerOrFault(what, asks[what]!), (key, value) => {
          if (key === 'json') return undefined
          if (typeof value === 'number') expect(value, `${what} ${key}`).toSatisfy(Number.isFinite)
          return value
        })
      },
    ),
    runs(250),
  )
})

test('HTTP of any bytes is an answer or a Fault', async () => {
  const whole = [...ofNomad.slice(0, 6), ...ofConsul.slice(0, 6)].map((body) =>
    httpAnswer(Buffer.from(JSON.stringify(body)).subarray(0, 4000)),
  )
  await fc.assert(
    fc.asyncProperty(question, oddBytes(whole), async (what, bytes) => {
      server.says(bytes)
      await answerOrFault(what, asks[what]!)
    }),
    runs(150),
  )
})

const dnsName = 'nginx.service.consul'
const dnsAnswer = encode({
  type: 'response',
  id: 1,
  questions: [{ type: 'A', class: 'IN', name: dnsName }],
  answers: ['192.168.56.101', '192.168.56.102'].map((data) => ({
    type: 'A' as const,
    class: 'IN' as const,
    ttl: 0,
    name: dnsName,
    data,
  })),
})
// One byte of the last record's time is missing: what follows is read one byte too late.
const tornAnswer = Buffer.concat([dnsAnswer.subarray(0, -10), dnsAnswer.subarray(-9)])
const oddPackets = fc.oneof(
  { weight: 2, arbitrary: oddBytes([dnsAnswer]) },
  // Names that point to themselves.
  fc
    .uint8Array({ minLength: 12, maxLength: 60 })
    .map((bytes) => Buffer.from([...bytes, 0xc0, 0x0c, 0xc0, 0x0c])),
)

/** The packet as an answer to what was asked. */
function withIdOf(asked: Buffer, packet: Buffer): Buffer {
  const bytes = Buffer.from(packet.subarray(0, 60_000))
  if (bytes.length > 1) bytes.writeUInt16BE(asked.readUInt16BE(0))
  return bytes
}

function expectAddresses(seen: unknown): void {
  for (const address of (seen as { addresses: string[] } | undefined)?.addresses ?? [])
    expect(address).toMatch(/^\d+\.\d+\.\d+\.\d+$/)
}

test('a DNS packet of any bytes is an answer or a Fault, and gives nothing but addresses', async () => {
  await fc.assert(
    fc.asyncProperty(oddPackets, fc.boolean(), async (packet, rightId) => {
      server.says((asked) => {
        const bytes = rightId ? withIdOf(asked.subarray(2), packet) : packet.subarray(0, 60_000)
        const length = Buffer.alloc(2)
        length.writeUInt16BE(bytes.length)
        return Buffer.concat([length, bytes])
      })
      const route = { connect: openTcp, udp: () => undefined }
      const ask = { ...at, name: dnsName, type: 'A' as const, route, clock }
      expectAddresses(await answerOrFault('dns', () => askDns(ask)))
    }),
    { ...runs<[Buffer, boolean]>(200), examples: [[tornAnswer, true]] },
  )
})

test('datagrams of any bytes are passed over, and the answer after them is taken', async () => {
  const udp = await oddDatagrams()
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(oddPackets, { maxLength: 3 }), async (packets) => {
        // One of them may ask for TCP, and is as odd there.
        server.says(() => Buffer.alloc(1))
        udp.says((asked) => [...packets, dnsAnswer].map((packet) => withIdOf(asked, packet)))
        const route = { connect: openTcp, udp: () => ({ host: at.host, port: udp.port }) }
        const ask = { ...at, name: dnsName, type: 'A' as const, route, clock }
        expectAddresses(await answerOrFault('dns', () => askDns(ask)))
      }),
      { ...runs<[Buffer[]]>(150), examples: [[[tornAnswer]]] },
    )
    udp.says((asked) => [tornAnswer, dnsAnswer].map((packet) => withIdOf(asked, packet)))
    const route = { connect: openTcp, udp: () => ({ host: at.host, port: udp.port }) }
    const seen = await askDns({ ...at, name: dnsName, type: 'A', route, clock })
    expect(seen).toMatchObject({ via: 'udp', addresses: ['192.168.56.101', '192.168.56.102'] })
  } finally {
    udp.close()
  }
})

test('an event stream of any bytes tells changes with an index that only grows', async () => {
  const lines = [5, 6, 9].map(
    (Index) =>
      `{}\n${JSON.stringify({ Index, Events: [{ Topic: 'Job', Payload: {} }, { Topic: 'Node' }] })}\n`,
  )
  await fc.assert(
    fc.asyncProperty(oddBytes([lines.join('')]), async (bytes) => {
      const seen: NomadChange[] = []
      const stop = new AbortController()
      server.says(() => {
        // It is read to its end and then asked again after a second: by then it was stopped.
        setTimeout(() => stop.abort(), 15)
        return httpAnswer(bytes)
      })
      await watchNomad({ http, ...at, clock, signal: stop.signal }, (change) => seen.push(change))
      const indices = seen.map(({ index }) => index)
      expect(indices).toEqual([...new Set(indices)].sort((a, b) => a - b))
      for (const { topics } of seen)
        expect(topics.every((topic) => typeof topic === 'string')).toBe(true)
    }),
    runs(40),
  )
})
