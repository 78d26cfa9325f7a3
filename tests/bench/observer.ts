/**
 * node tests/bench/observer.ts SERVER OUT
 *
 * Watches a real cluster by itself, until its input ends: asks Nomad, Consul and DNS at SERVER again
 * and again, each over a connection of its own that stays open, and writes each change with the wall
 * time at which the answer had come. Imports nothing of the grader, so that a mistake of the
 * grader's is not made twice.
 */
import { createSocket } from 'node:dgram'
import { createWriteStream } from 'node:fs'
import { Agent, get } from 'node:http'

/** A line of OUT. `value` is '' when it is there no longer. */
export interface Seen {
  at: number
  /** `node box-5`, `allocation 1a2b3c4d`, `job nginx`, `deployment …`, `member …`, `instance …`, `dns …`. */
  key: string
  value: string
}

/** The last line of OUT. */
export interface Tally {
  requests: number
  /** Ms from one answer of a source to its next: how far apart the looks really were. */
  apartMs: { p50: number; p95: number }
}

type Json = Record<string, unknown>
type Facts = Map<string, string>

const everyMs = 5
const services = ['nginx', 'apache']
const [server = '', out = ''] = process.argv.slice(2)
const file = createWriteStream(out)
const apart: number[] = []
let requests = 0
let ended = false

const now = () => performance.timeOrigin + performance.now()
const text = (value: unknown) => (typeof value === 'string' ? value : '')
const short = (id: unknown) => text(id).slice(0, 8)

/** A question over a connection of its own; rejects when there is no answer of 200. */
function asker(port: number, path: string): () => Promise<unknown> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return () => {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const asked = get({ host: server, port, path, agent, timeout: 2000 }, (answer) => {
      let body = ''
      answer.setEncoding('utf8')
      answer.on('data', (chunk) => {
        body += chunk
      })
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve(JSON.parse(body))
        else reject(new Error(`${path}: ${answer.statusCode}`))
      })
    })
    asked.once('error', reject)
    asked.once('timeout', () => asked.destroy(new Error(`${path}: no answer`)))
    return promise
  }
}

/** Asks over UDP for the addresses of a service, as dig does. */
function dnsAsker(name: string): () => Promise<string> {
  const socket = createSocket('udp4')
  const labels = name.split('.').map((label) => [label.length, ...Buffer.from(label)])
  const question = Buffer.from([...labels.flat(), 0, 0, 1, 0, 1])
  // One more record: a UDP payload of 1232 bytes is welcome (EDNS), so that nothing is cut.
  const edns = Buffer.from([0, 0, 41, 0x04, 0xd0, 0, 0, 0, 0, 0, 0])
  let id = 0
  return () => {
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    id = (id + 1) % 65_536
    const header = Buffer.from([id >> 8, id & 255, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1])
    const late = setTimeout(() => done(() => reject(new Error(`${name}: no answer`))), 2000)
    const done = (act: () => void) => {
      clearTimeout(late)
      socket.off('message', hear)
      act()
    }
    const hear = (answer: Buffer) => {
      if (answer.readUInt16BE(0) === id) done(() => resolve(addressesIn(answer, question.length)))
    }
    socket.on('message', hear)
    socket.send(Buffer.concat([header, question, edns]), 8600, server)
    return promise
  }
}

/** `a, b` in order, or NXDOMAIN, or '' for an empty answer. */
function addressesIn(answer: Buffer, questionBytes: number): string {
  if ((answer.readUInt8(3) & 15) === 3) return 'NXDOMAIN'
  const found = new Set<string>()
  let at = 12 + questionBytes
  for (let left = answer.readUInt16BE(6); left > 0; left--) {
    // Consul compresses names: two bytes that point back; else labels until an empty one.
    if (answer.readUInt8(at) >= 192) at += 2
    else {
      while (answer.readUInt8(at) !== 0) at += answer.readUInt8(at) + 1
      at++
    }
    const [type, length] = [answer.readUInt16BE(at), answer.readUInt16BE(at + 8)]
    if (type === 1) found.add([...answer.subarray(at + 10, at + 14)].join('.'))
    at += 10 + length
  }
  return [...found].sort().join(', ')
}

const listed = (json: unknown) => json as Json[]
const isOurs = (job: unknown) => services.includes(text(job))

/** Nomad's word: `/v1/allocations` of both jobs, of which some are remembered after a purge. */
const sources: [prefix: string, ask: () => Promise<Facts>][] = [
  source('node ', 4646, '/v1/nodes', (json) =>
    listed(json).map((n) => [text(n.Name), text(n.Status)]),
  ),
  source('allocation ', 4646, '/v1/allocations?task_states=false', (json) =>
    listed(json)
      .filter((a) => isOurs(a.JobID))
      .map((a) => [short(a.ID), [a.ClientStatus, a.JobID, a.NodeName].join(' ')]),
  ),
  source('job ', 4646, '/v1/jobs', (json) =>
    listed(json)
      .filter((j) => isOurs(j.ID))
      .map((j) => [text(j.ID), `${j.JobModifyIndex}${j.Stop === true ? ' stopped' : ''}`]),
  ),
  source('deployment ', 4646, '/v1/deployments', (json) =>
    listed(json)
      .filter((d) => isOurs(d.JobID))
      .map((d) => [short(d.ID), `${d.Status} ${d.JobID}`]),
  ),
  source('member ', 8500, '/v1/agent/members', (json) =>
    listed(json).map((m) => [
      text(m.Name),
      ['', 'alive', 'leaving', 'left', 'failed'][m.Status as number] ?? '',
    ]),
  ),
  ...services.map((name) =>
    source(`instance ${name} `, 8500, `/v1/health/service/${name}`, (json) =>
      listed(json).map((entry) => {
        const { ID, Address, Port } = entry.Service as Json
        const checks = (entry.Checks as Json[]).filter((check) => text(check.ServiceID) !== '')
        const state = checks.some((c) => c.Status === 'critical') ? 'critical' : 'listed'
        const [, allocation = ID] = /^_nomad-task-([0-9a-f-]{36})/.exec(text(ID)) ?? []
        return [short(allocation), `${state} ${Address}:${Port}`]
      }),
    ),
  ),
  ...services.map((name): [string, () => Promise<Facts>] => {
    const ask = dnsAsker(`${name}.service.consul`)
    return ['dns ', async () => new Map([[`dns ${name}`, await ask()]])]
  }),
]

function source(
  prefix: string,
  port: number,
  path: string,
  facts: (json: unknown) => [string, string][],
): [string, () => Promise<Facts>] {
  const ask = asker(port, path)
  const named = (all: [string, string][]) =>
    all.map(([key, value]) => [prefix + key, value] as const)
  return [prefix, async () => new Map(named(facts(await ask())))]
}

/** Looks every 5 ms, or as fast as answers come; an answer that fails changes nothing. */
async function watch(ask: () => Promise<Facts>): Promise<void> {
  let before: Facts = new Map()
  let last = now()
  while (!ended) {
    const began = now()
    const seen = await ask().catch(() => undefined)
    requests++
    const at = now()
    apart.push(at - last)
    last = at
    if (seen) {
      const keys = new Set([...before.keys(), ...seen.keys()])
      for (const key of keys) {
        const value = seen.get(key) ?? ''
        if ((before.get(key) ?? '') !== value) file.write(`${JSON.stringify({ at, key, value })}\n`)
      }
      before = seen
    }
    const left = everyMs - (now() - began)
    if (left > 0) await new Promise((resolve) => setTimeout(resolve, left))
  }
}

process.stdin.resume()
process.stdin.once('end', () => {
  ended = true
})
await Promise.all(sources.map(([, ask]) => watch(ask)))
apart.sort((a, b) => a - b)
const share = (part: number) => apart[Math.floor(apart.length * part)] ?? 0
const tally: Tally = { requests, apartMs: { p50: share(0.5), p95: share(0.95) } }
file.end(`${JSON.stringify(tally)}\n`, () => process.exit(0))
