import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { type Answer, decode, encode, streamEncode, TRUNCATED_RESPONSE } from 'dns-packet'
import { afterEach, expect, test } from 'vitest'
import { openTcp } from '../cluster/straight.ts'
import type { Route } from '../socket.ts'
import { wallClock } from '../time/clock.ts'
import { askDns } from './dns.ts'

const undo: (() => unknown)[] = []
afterEach(() => {
  for (const act of undo.splice(0)) act()
})

interface Reply {
  answers?: string[]
  rcode?: number
  truncated?: boolean
  /** Sent as it is, instead of an answer. */
  raw?: Buffer
  /** Added to the id of the question. */
  wrongId?: number
  otherName?: string
}

function packet(query: Buffer, reply: Reply, encoder: typeof encode | typeof streamEncode): Buffer {
  if (reply.raw) return reply.raw
  const { id = 0, questions = [] } = decode(query)
  const name = questions[0]?.name ?? ''
  const answers = (reply.answers ?? []).map(
    (data): Answer => ({ type: 'A', class: 'IN', ttl: 0, name, data }),
  )
  return encoder({
    type: 'response',
    id: id + (reply.wrongId ?? 0),
    flags: (reply.truncated ? TRUNCATED_RESPONSE : 0) | (reply.rcode ?? 0),
    questions: reply.otherName ? [{ ...questions[0]!, name: reply.otherName }] : questions,
    answers,
  })
}

/** A DNS server; an absent reply is silence on UDP, and no listener on TCP. */
async function dns(replies: { udp?: Reply[]; tcp?: Reply }) {
  const asked: string[] = []
  const udp = createSocket('udp4')
  udp.on('message', (query, from) => {
    const opt = decode(query).additionals?.[0]
    asked.push(`udp ${opt?.type === 'OPT' ? opt.udpPayloadSize : 'plain'}`)
    for (const reply of replies.udp ?? []) udp.send(packet(query, reply, encode), from.port)
  })
  udp.bind(0, '127.0.0.1')
  await once(udp, 'listening')
  const tcp = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (data) => {
      asked.push('tcp')
      const bytes = packet(data.subarray(2), replies.tcp!, streamEncode)
      // In pieces, as a network may.
      socket.write(bytes.subarray(0, 1))
      setImmediate(() => socket.end(bytes.subarray(1)))
    })
  })
  tcp.listen(0, '127.0.0.1')
  await once(tcp, 'listening')
  const tcpPort = (tcp.address() as AddressInfo).port
  undo.push(
    () => udp.close(),
    () => tcp.close(),
  )
  if (!replies.tcp) tcp.close()
  const route: Route = {
    connect: (_host, _port, deadline) => openTcp('127.0.0.1', tcpPort, deadline),
    udp: () => (replies.udp ? { host: '127.0.0.1', port: udp.address().port } : undefined),
  }
  const ask = (type: 'A' | 'SRV' = 'A') => {
    const at = { host: '192.168.56.101', port: 8600, name: 'nginx.service.consul' }
    return askDns({ ...at, type, route, clock: wallClock() })
  }
  return { ask, asked }
}
const two = ['192.168.56.108', '192.168.56.105']

test('over UDP, with EDNS; addresses once and sorted', async () => {
  const { ask, asked } = await dns({ udp: [{ answers: [...two, ...two] }] })
  expect(await ask()).toEqual({
    name: 'nginx.service.consul',
    via: 'udp',
    rcode: 'NOERROR',
    addresses: ['192.168.56.105', '192.168.56.108'],
  })
  expect(asked).toEqual(['udp 1232'])
})

test('NXDOMAIN is an answer', async () => {
  const { ask } = await dns({ udp: [{ rcode: 3 }] })
  expect(await ask()).toMatchObject({ rcode: 'NXDOMAIN', addresses: [] })
})

test('over TCP where there is no way for UDP, and where the answer was cut', async () => {
  const only = await dns({ tcp: { answers: two } })
  expect(await only.ask()).toMatchObject({ via: 'tcp', addresses: two.toSorted() })
  const cut = await dns({ udp: [{ truncated: true }], tcp: { answers: two } })
  expect(await cut.ask()).toMatchObject({ via: 'tcp', addresses: two.toSorted() })
  expect(cut.asked).toEqual(['udp 1232', 'tcp'])
})

test('garbage, answers to others and to other questions are passed over', async () => {
  const junk: Reply[] = [
    { raw: Buffer.from('hello') },
    { raw: Buffer.alloc(0) },
    { wrongId: 1, answers: ['10.0.0.1'] },
    { otherName: 'evil.service.consul', answers: ['10.0.0.2'] },
  ]
  const { ask } = await dns({ udp: [...junk, { answers: two }] })
  expect(await ask()).toMatchObject({ via: 'udp', addresses: two.toSorted() })
})

test('silence on UDP is asked again, then over TCP', { timeout: 10_000 }, async () => {
  const { ask, asked } = await dns({ udp: [], tcp: { answers: two } })
  expect(await ask()).toMatchObject({ via: 'tcp' })
  expect(asked).toEqual(['udp 1232', 'udp 1232', 'tcp'])
})

test.each<[string, Reply, string]>([
  ['garbage', { raw: Buffer.from('\0\u0005hello') }, 'DNS_GARBAGE'],
  ['half an answer', { raw: Buffer.from('\0\u0050hello') }, 'ECONNRESET'],
  ['another id', { wrongId: 1 }, 'DNS_GARBAGE'],
])('%s over TCP is a Fault', async (_what, reply, code) => {
  const { ask } = await dns({ tcp: reply })
  await expect(ask()).rejects.toMatchObject({ name: 'Fault', code })
})

test('nobody listening is a Fault that names the server and the name', async () => {
  const { ask } = await dns({})
  await expect(ask()).rejects.toMatchObject({
    code: 'ECONNREFUSED',
    message:
      'Consul DNS at 192.168.56.101:8600 did not answer nginx.service.consul (ECONNREFUSED).',
  })
})
