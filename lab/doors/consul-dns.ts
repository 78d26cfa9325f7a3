import type { Socket } from 'node:net'
import { type Answer, decode, encode, type Packet, type RecordType } from 'dns-packet'
import type { Instance } from '../consul/catalog.ts'
import type { Consul } from '../consul/consul.ts'
import type { World } from '../contract.ts'
import { randomStream, shuffled } from '../random.ts'
import { spoiltReply } from './spoilt-dns.ts'

/** Consul's DNS on every agent (cluster-facts §0.2.11, §2.5; recordings: dns-*.txt, dns.txt). */
export interface ConsulDns {
  /** The reply to a datagram, or undefined when it is no question. */
  udp(query: Buffer): Buffer | undefined | Promise<Buffer | undefined>
  /** Serves a TCP connection to port 8600. */
  tcp(socket: Socket): void
}

interface Reply {
  rcode: number
  answers: Answer[]
  authorities: Answer[]
  additionals: Answer[]
}

interface Question {
  /** As it was asked: the reply repeats its letters. */
  name: string
  type: string
  /** In lower case, without `consul`. */
  labels: string[]
}

const rcodes = { noError: 0, serverFailure: 2, nameError: 3, refused: 5 }
const authoritative = 0x0400
const longestTcpQuery = 4096
/** Without EDNS a UDP answer has 3 records at most, and no TC bit says so (cluster-facts §2.5). */
const udpAnswerLimit = 3

export function consulDns(consul: Consul, world: World): ConsulDns {
  const random = randomStream(world.seed, 'dns')
  const reply = (query: Buffer, overUdp: boolean): Buffer | undefined => {
    const asked = decodeQuery(query)
    const question = asked?.questions?.[0]
    if (!asked || !question) return undefined
    const edns = asked.additionals?.find((record) => record.type === 'OPT')
    const found = resolve(consul, world, random, questionOf(question.name, question.type))
    const ours = found.rcode !== rcodes.refused
    const few = overUdp && (edns?.type !== 'OPT' || edns.udpPayloadSize <= 512)
    const answers = few ? found.answers.slice(0, udpAnswerLimit) : found.answers
    const whole = answers.length === found.answers.length
    const additionals = whole ? found.additionals : glueOf(answers, found)
    if (ours && edns?.type === 'OPT') additionals.push(optRecord(edns.udpPayloadSize))
    return encode({
      id: asked.id,
      type: 'response',
      // RD is repeated; RA is not set without recursors, but the refusal of other names has it not AA.
      flags: (ours ? authoritative : 0) | ((asked.flags ?? 0) & 0x0100) | found.rcode,
      questions: [question],
      answers,
      authorities: found.authorities,
      additionals,
    } as Packet)
  }
  const answer = spoiltReply(world, reply)
  return {
    udp: (query) => answer(query, 'udp'),
    tcp: (socket) => serveTcp(socket, (query) => answer(query, 'tcp')),
  }
}

function decodeQuery(query: Buffer): Packet | undefined {
  try {
    const packet = decode(query)
    return packet.type === 'query' ? packet : undefined
  } catch {
    return undefined
  }
}

function serveTcp(socket: Socket, reply: (query: Buffer) => ReturnType<ConsulDns['udp']>) {
  let waiting = Buffer.alloc(0)
  const send = (answer: Buffer | undefined) => {
    if (!answer) return void socket.destroy()
    const length = Buffer.alloc(2)
    length.writeUInt16BE(answer.length)
    socket.write(Buffer.concat([length, answer]))
  }
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk) => {
    waiting = Buffer.concat([waiting, chunk])
    while (waiting.length >= 2 && waiting.length >= 2 + waiting.readUInt16BE(0)) {
      const end = 2 + waiting.readUInt16BE(0)
      const answer = reply(waiting.subarray(2, end))
      waiting = waiting.subarray(end)
      if (answer instanceof Promise) void answer.then(send)
      else send(answer)
    }
    if (waiting.length > longestTcpQuery) socket.destroy()
  })
}

function questionOf(name: string, type: string): Question {
  const labels = name.toLowerCase().replace(/\.$/, '').split('.')
  return { name, type, labels }
}

function resolve(consul: Consul, world: World, random: () => number, question: Question): Reply {
  const labels = [...question.labels]
  if (labels.pop() !== 'consul') return { ...empty(), rcode: rcodes.refused }
  if (world.faults.consulDown || !consul.hasLeader()) return failed()
  if (question.type === 'SOA') return ownSoa(world)
  if (question.type === 'NS') return ownNs(world)
  const missing = { ...empty(), rcode: rcodes.nameError, authorities: [soa(world)] }
  // A datacenter may follow the kind: nginx.service.dc1.consul.
  const kinds = ['service', 'node', 'addr']
  if (!kinds.includes(labels.at(-1) ?? '')) {
    if (!kinds.includes(labels.at(-2) ?? '')) return missing
    if (labels.pop() !== world.datacenter) return missing
  }
  const kind = labels.pop()
  if (kind === 'addr') return addressReply(question, labels) ?? missing
  if (kind === 'node') return nodeReply(consul, question, labels.join('.')) ?? missing
  const instances = shuffled(random, healthy(consul, labels))
  // The cluster's own service stays: without it no run would begin.
  if (world.faults.lies.has('dns') && labels.at(-1) !== 'consul') return missing
  return instances.length === 0 ? missing : serviceReply(world, question, instances)
}

/** `nginx`, `tag.nginx`, `_nginx._tcp` or `_nginx._tag` (RFC 2782). Only critical ones are left out. */
function healthy(consul: Consul, labels: string[]): Instance[] {
  const rfc = labels.length === 2 && labels.every((label) => label.startsWith('_'))
  const plain = labels.map((label) => (rfc ? label.slice(1) : label))
  const [name, tag] = rfc
    ? [plain[0], plain[1] === 'tcp' ? undefined : plain[1]]
    : plain.toReversed()
  if (labels.length > 2) return []
  return consul.catalog
    .all()
    .filter(({ service }) => service.name.toLowerCase() === name)
    .filter(({ service }) => tag === undefined || service.tags.some((t) => t.toLowerCase() === tag))
    .filter(({ checks }) => checks.every((check) => check.status !== 'critical'))
}

function serviceReply(world: World, { name, type }: Question, instances: Instance[]): Reply {
  if (type === 'AAAA') return { ...empty(), authorities: [soa(world)] }
  if (type !== 'SRV') {
    // A, ANY and TXT alike give one A record for each address (cluster-facts §0.2.11).
    const addresses = [...new Set(instances.map(addressOf))]
    return { ...empty(), answers: addresses.map((address) => a(name, address)) }
  }
  const distinct = new Map(
    instances.map((one) => [`${one.node.name}:${addressOf(one)}:${one.service.port}`, one]),
  )
  const reply = empty()
  for (const instance of distinct.values()) {
    const target = srvTarget(world, instance)
    const data = { priority: 1, weight: 1, port: instance.service.port, target }
    reply.answers.push({ name, type: 'SRV', ttl: 0, data })
    reply.additionals.push(a(target, addressOf(instance)))
    reply.additionals.push(nodeTxt(`${instance.node.name}.node.${world.datacenter}.consul`))
  }
  return reply
}

/** Of an SRV answer that was cut: the first two additional records belong to the first answer. */
function glueOf(answers: Answer[], found: Reply): Answer[] {
  return found.additionals.slice(0, answers.length * 2)
}

function srvTarget(world: World, { service, node }: Instance): string {
  if (service.address === '') return `${node.name}.node.${world.datacenter}.consul`
  return `${hexOf(service.address)}.addr.${world.datacenter}.consul`
}

function hexOf(address: string): string {
  return address
    .split('.')
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join('')
}

function addressReply({ name, type }: Question, labels: string[]): Reply | undefined {
  const hex = labels[0] ?? ''
  if (labels.length !== 1 || !/^[0-9a-f]{8}$/.test(hex)) return undefined
  const record = a(name, Buffer.from(hex, 'hex').join('.'))
  const asked = type === 'A' || type === 'ANY'
  return asked ? { ...empty(), answers: [record] } : { ...empty(), additionals: [record] }
}

function nodeReply(consul: Consul, { name, type }: Question, nodeName: string): Reply | undefined {
  const node = consul.catalog.nodes().find((one) => one.name.toLowerCase() === nodeName)
  if (!node) return undefined
  const address = a(name, node.address)
  const txt = nodeTxt(name)
  if (type === 'A') return { ...empty(), answers: [address], additionals: [txt] }
  if (type === 'ANY') return { ...empty(), answers: [address, txt] }
  if (type === 'TXT') return { ...empty(), answers: [txt] }
  if (type === 'AAAA') return { ...empty(), additionals: [txt] }
  return empty()
}

function ownSoa(world: World): Reply {
  const { answers, additionals } = ownNs(world)
  return { ...empty(), answers: [soa(world)], authorities: answers, additionals }
}

function ownNs(world: World): Reply {
  const data = `${world.server.name}.node.${world.datacenter}.consul`
  return {
    ...empty(),
    answers: [{ name: 'consul', type: 'NS', ttl: 0, data }],
    additionals: [a(data, world.server.ip)],
  }
}

/** Without a leader there is nothing to say, not even that there is nothing. */
function failed(): Reply {
  return { ...empty(), rcode: rcodes.serverFailure }
}

function empty(): Reply {
  return { rcode: rcodes.noError, answers: [], authorities: [], additionals: [] }
}

function addressOf({ service, node }: Instance): string {
  return service.address || node.address
}

function a(name: string, data: string): Answer {
  return { name, type: 'A', ttl: 0, data }
}

/** Each node has one item of metadata (recordings). */
function nodeTxt(name: string): Answer {
  return { name, type: 'TXT', ttl: 0, data: 'consul-network-segment=' }
}

function soa(world: World): Answer {
  return {
    name: 'consul',
    type: 'SOA' as Extract<RecordType, 'SOA'>,
    ttl: 0,
    data: {
      mname: 'ns.consul',
      rname: 'hostmaster.consul',
      serial: Math.floor(world.now() / 1000),
      refresh: 3600,
      retry: 600,
      expire: 86400,
      minimum: 0,
    },
  }
}

function optRecord(udpPayloadSize: number): Answer {
  const base = { name: '.', type: 'OPT' as const, extendedRcode: 0, ednsVersion: 0 }
  return { ...base, udpPayloadSize, flags: 0, flag_do: false, options: [] } as Answer
}
