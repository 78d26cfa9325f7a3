import { readFileSync } from 'node:fs'
import { decode, encode, type OptAnswer, type Packet, type RecordType } from 'dns-packet'
import { isRefusal, type NomadJson } from '../../helpers/nomad/client.ts'
import type { Clock } from '../../helpers/time/clock.ts'
import { mistake } from '../harness.ts'
import type { Arm } from './arms.ts'

/** Question → what the answer says that does not depend on chance: one body for every cluster. */
export interface Answers {
  nomad: Record<string, unknown>
  consul: Record<string, unknown>
}

const host = '192.168.56.101'
const nobody = '00000000-0000-0000-0000-000000000000'
const ports = { nomad: 4646, consul: 8500 } as const
type Kind = keyof typeof ports

export async function askAll(arm: Arm): Promise<Answers> {
  const answers: Answers = { nomad: {}, consul: {} }
  await errors(arm, answers)
  await threeReplicas(arm)
  await dns(arm, answers)
  await blocking(arm, answers)
  await stream(arm, answers)
  return answers
}

type Request = [method: 'GET' | 'POST' | 'DELETE' | 'PUT', path: string, body?: unknown]

/** What the grader asks, about what is not there or not right. */
function wrongRequests(): Request[] {
  const parse = (name: string): Request => [
    'POST',
    `/v1/jobs/parse#${name}`,
    { JobHCL: readFileSync(mistake(name), 'utf8'), Canonicalize: true },
  ]
  return [
    ['GET', '/v1/job/nothere'],
    ['GET', '/v1/job/nothere/allocations'],
    ['GET', '/v1/job/nothere/allocations?all=true'],
    ['GET', '/v1/job/nothere/evaluations'],
    ['GET', '/v1/job/nothere/deployment'],
    ['GET', '/v1/job/nothere/summary'],
    ['DELETE', '/v1/job/nothere?purge=true'],
    ['GET', `/v1/allocation/${nobody}`],
    ['GET', '/v1/allocation/xyz'],
    ['GET', `/v1/node/${nobody}`],
    ['GET', '/v1/node/xyz'],
    ['POST', `/v1/node/${nobody}/eligibility`, { Eligibility: 'ineligible' }],
    ...['syntax-error', 'count-in-task', 'empty', 'datacenters-missing'].map(parse),
    ['POST', '/v1/jobs', {}],
    ['POST', '/v1/validate/job', {}],
    ['GET', '/v1/job/nothere/allocations?index=x'],
    ['GET', '/v1/job/nothere/allocations?index=1&wait=x'],
  ]
}

const consulRequests: Request[] = [
  ['GET', '/v1/health/service/nothere'],
  ['GET', '/v1/catalog/service/nothere'],
  ['GET', '/v1/catalog/services?index=x'],
  ['GET', '/v1/health/service/nothere?index=1&wait=x'],
  ['GET', '/v1/kv/consul/configuration/db_port'],
  ['PUT', '/v1/kv/consul/configuration/db_port', 5432],
  ['GET', '/v1/kv/consul/configuration/db_port?raw'],
  ['DELETE', '/v1/kv/consul/configuration/db_port'],
]

async function errors({ http, cluster }: Arm, answers: Answers): Promise<void> {
  const ask = async (kind: Kind, [method, url, body]: Request) => {
    const port = ports[kind]
    const path = url.replace(/#.*/, '')
    const { status, headers, text } = await http.request({ host, port, path, method, body })
    const said = status === 200 ? kindOf(text) : text
    const indexes = Object.keys(headers).filter((name) => /^x-(nomad|consul)-index$/.test(name))
    answers[kind][`${method} ${url}`] = {
      status,
      said,
      indexes,
      type: headers['content-type'] ?? '',
    }
  }
  for (const request of wrongRequests()) await ask('nomad', request)
  for (const request of consulRequests) await ask('consul', request)
  const { nomad } = cluster
  for (const name of ['datacenters-missing', 'service-port-label-unknown', 'count-in-config']) {
    const job = await parsed(cluster, name)
    answers.nomad[`validate ${name}`] = await nomad.validate(job)
    const registered = await nomad.register(job)
    answers.nomad[`register ${name}`] = isRefusal(registered) ? registered : 'accepted'
    await nomad.purge('nginx')
  }
}

async function parsed({ nomad }: Arm['cluster'], name: string): Promise<NomadJson> {
  const answer = await nomad.parse(readFileSync(mistake(name), 'utf8'))
  if (isRefusal(answer)) throw new Error(`${name}: ${answer.text}`)
  return answer.job
}

function kindOf(text: string): string {
  if (text === '') return ''
  const value: unknown = JSON.parse(text)
  if (Array.isArray(value)) return value.length === 0 ? '[]' : 'array'
  if (value === null || typeof value === 'boolean') return String(value)
  return typeof value === 'object' ? Object.keys(value).sort().join(' ') : typeof value
}

/** Cluster ms: a server that takes longer has waited. */
const waitedMs = 3500

/** Begins with three replicas of nginx. */
async function blocking({ http, cluster }: Arm, answers: Answers): Promise<void> {
  const { clock, nomad } = cluster
  const job = await parsed(cluster, 'right-dynamic')
  const changes = { consul: () => nomad.purge('nginx'), nomad: () => nomad.register(job) }
  const paths = { consul: '/v1/health/service/nginx', nomad: '/v1/job/nginx/allocations' }
  for (const kind of ['consul', 'nomad'] as const) {
    const path = paths[kind]
    const port = ports[kind]
    const ask = async (index = 0) => {
      const began = clock.now()
      const query = index > 0 ? `?index=${index}&wait=4s` : ''
      const more = { long: true, deadline: 20_000 }
      const { headers, status } = await http.request({ host, port, path: path + query, ...more })
      return {
        status,
        index: Number(headers[`x-${kind}-index`]),
        waited: clock.now() - began > waitedMs,
      }
    }
    const passing = async (asked: Promise<{ index: number; waited: boolean }>, from: number) => {
      // Lab time passes only while somebody sleeps.
      const [got] = await Promise.all([asked, clock.sleep(4500)])
      return { waited: got.waited, index: Math.sign(got.index - from) }
    }
    await quiet(clock, async () => (await ask()).index)
    const { index } = await ask()
    answers[kind]['nothing changes'] = await passing(ask(index), index)
    answers[kind]['index from the future'] = await passing(ask(index + 1000), index + 1000)
    answers[kind]['index from the past'] = await passing(ask(1), index)
    const change = clock.sleep(500).then(async () => void (await changes[kind]()))
    const changed = passing(ask(index), index)
    await change
    answers[kind]['something changes'] = await changed
  }
}

/** Waits until nothing has changed for 5 s: what an earlier job left must come to rest. */
async function quiet(clock: Clock, index: () => Promise<number>): Promise<void> {
  let before = -1
  for (let tries = 0; tries < 20; tries++) {
    const now = await index()
    if (now === before) return
    before = now
    await clock.sleep(5000)
  }
}

async function stream({ http, cluster }: Arm, answers: Answers): Promise<void> {
  const { clock } = cluster
  const read = async (query: string, ms: number) => {
    const stop = new AbortController()
    const lines: string[] = []
    const at = { host, port: ports.nomad, path: `/v1/event/stream?${query}`, signal: stop.signal }
    const reading = (async () => {
      for await (const line of http.stream(at)) lines.push(line)
    })().catch(() => {})
    await clock.sleep(ms)
    stop.abort()
    await reading
    return lines
  }
  const events = (lines: string[]) => lines.filter((line) => line !== '{}')
  const indexOf = (line = '{}') => Number(JSON.parse(line).Index)
  const all = await read('topic=*&index=1', 1500)
  const indexes = events(all).map(indexOf)
  const beyond = (indexes.at(-1) ?? 0) + 1000
  const middle = indexes[Math.floor(indexes.length / 2)] ?? 0
  const later = events(await read(`topic=*&index=${middle}`, 1500))
  answers.nomad['stream: what was is told first'] = {
    begins: all[0],
    told: indexes.length > 10,
    inOrder: indexes.every((one, i) => i === 0 || one >= (indexes[i - 1] ?? 0)),
    isFields: Object.keys(JSON.parse(events(all)[0] ?? '{}')),
    fromTheMiddle: indexOf(later[0]) >= middle && later.length < indexes.length,
  }
  const idle = await read(`topic=Deployment:nothere&index=${beyond}`, 65_000)
  answers.nomad['stream: an index that is not yet, and silence'] = idle
}

/** Three replicas of nginx, seen by Consul. */
export async function threeReplicas({ cluster }: Arm): Promise<void> {
  const { nomad, consul, clock } = cluster
  await nomad.register(await parsed(cluster, 'right-static'))
  for (let tries = 0; tries < 80; tries++) {
    if ((await consul.health('nginx')).length === 3) return
    await clock.sleep(500)
  }
  throw new Error('three replicas did not come up')
}

const names = ['nginx', 'nomad-client', 'nomad', 'consul', 'nothere'].map(
  (name) => `${name}.service.consul`,
)
const types = ['A', 'ANY', 'SRV']
const ways = [
  { transport: 'udp', edns: 0 },
  { transport: 'udp', edns: 1232 },
  { transport: 'tcp', edns: 0 },
] as const

async function dns(arm: Arm, answers: Answers): Promise<void> {
  for (const { transport, edns } of ways) {
    const asked = names.flatMap((name) => types.map((type) => ({ name, type })))
    const replies = await arm.dns(
      transport,
      asked.map(({ name, type }) => question(name, type, edns)),
    )
    for (const [i, { name, type }] of asked.entries()) {
      const reply = essence(decode(replies[i] ?? Buffer.alloc(0)))
      answers.consul[`${name} ${type} ${transport}${edns ? ` edns=${edns}` : ''}`] = reply
    }
  }
  const again = Array.from({ length: 40 }, () => question('nomad-client.service.consul', 'A', 1232))
  const firsts = (await arm.dns('udp', again)).map((reply) => {
    const [first] = decode(reply).answers ?? []
    return first?.type === 'A' ? first.data : ''
  })
  answers.consul['addresses that come first, of 40 answers'] = new Set(firsts).size
}

function question(name: string, type: string, edns: number): Buffer {
  const opt: OptAnswer = {
    type: 'OPT',
    name: '.',
    udpPayloadSize: edns,
    extendedRcode: 0,
    ednsVersion: 0,
    flags: 0,
    flag_do: false,
    options: [],
  }
  return encode({
    type: 'query',
    id: 0x1234,
    flags: 0x0100,
    questions: [{ name, type: type as 'A' & RecordType, class: 'IN' }],
    additionals: edns > 0 ? [opt] : [],
  })
}

/**
 * The flags, and of each section's records all that chance does not decide. Not the TXT records beside
 * SRV: nobody reads them, and they differ with the version.
 */
function essence(packet: Packet) {
  const section = (records: Packet['answers'] = []) =>
    records
      .filter((one) => one.type !== 'TXT')
      .map(recordText)
      .sort()
  return {
    flags: (packet.flags ?? 0).toString(16),
    answers: section(packet.answers),
    authorities: section(packet.authorities),
    additionals: section(packet.additionals),
  }
}

function recordText(one: NonNullable<Packet['answers']>[number]): string {
  if (one.type === 'OPT') return `OPT ${one.udpPayloadSize}`
  const data = one.type === 'SOA' ? { ...one.data, serial: 0 } : one.data
  const text = `${one.name} ${one.type} ${one.ttl} ${JSON.stringify(data)}`
  // Which of the clients it is, is the scheduler's choice, or the order's.
  return text
    .replace(/192\.168\.56\.10[5-8]/g, 'CLIENT')
    .replace(/\bc0a8386[9a-c]\b/g, 'HEX')
    .replace(/\bbox-[5-8]\b/g, 'box-N')
}
