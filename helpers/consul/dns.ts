import { randomInt } from 'node:crypto'
import { isIPv4 } from 'node:net'
import { type DecodedPacket, decode, encode, type OptAnswer, RECURSION_DESIRED } from 'dns-packet'
import type { DnsView } from '../grade/view.ts'
import { msg } from '../language/message.ts'
import { openSocket, type Route } from '../socket.ts'
import { type Clock, held } from '../time/clock.ts'
import { codeOf, Fault } from '../time/fault.ts'
import { overDatagram, overTcp, overUdp } from './dns-wire.ts'

export interface DnsAsk {
  host: string
  port: number
  name: string
  type: 'A' | 'ANY' | 'SRV'
  route: Route
  clock: Clock
}

type Decoded = DecodedPacket & { rcode?: string }

const udpTries = 2
/** Wall milliseconds of each try. */
const udpDeadline = 2000
const tcpDeadline = 5000
/** What the sheet's dig announces: with it, Consul cuts no answer (cluster-facts §2.5). */
const edns: OptAnswer = {
  type: 'OPT',
  name: '.',
  udpPayloadSize: 1232,
  extendedRcode: 0,
  ednsVersion: 0,
  flags: 0,
  flag_do: false,
  options: [],
}

/**
 * Asks Consul's DNS: over UDP where the route has a way for it, over TCP where it has none, where
 * UDP stays silent, and where the answer was cut. NXDOMAIN is an answer; no answer at all is a
 * Fault.
 */
export function askDns(ask: DnsAsk): Promise<DnsView> {
  return held(ask.clock, async () => {
    const udp = ask.route.udp(ask.host, ask.port)
    const quick = udp && (await askUdp(ask, udp))
    if (quick && !quick.flag_tc) return view(ask, 'udp', quick)
    return view(ask, 'tcp', await askTcp(ask))
  })
}

/** undefined: no usable answer. TCP is tried next, so the cause is of no interest. */
async function askUdp(
  ask: DnsAsk,
  to: { host: string; port: number },
): Promise<Decoded | undefined> {
  for (let tries = 0; tries < udpTries; tries++) {
    const { id, packet } = question(ask, true)
    const accept = (bytes: Buffer) => answerTo(ask, id, bytes)
    const within = ask.route.datagram
    const answer = within
      ? await overDatagram(() => within(ask.host, ask.port, packet), udpDeadline, accept)
      : await overUdp({ ...to, deadline: udpDeadline }, packet, accept).catch(() => undefined)
    if (answer) return answer
  }
  return undefined
}

async function askTcp(ask: DnsAsk): Promise<Decoded> {
  const { id, packet } = question(ask, false)
  let bytes: Buffer
  try {
    const socket = await openSocket(ask.route, ask.clock, { ...ask, deadline: tcpDeadline })
    bytes = await overTcp(socket, packet, tcpDeadline)
  } catch (cause) {
    const code = codeOf(cause) || 'DNS_FAILED'
    const about = { where: `${ask.host}:${ask.port}`, name: ask.name, code }
    throw new Fault(msg('Consul DNS at {where} did not answer {name} ({code}).', about), {
      code,
      cure: msg('See whether Consul runs there and its {setting} lets others ask.', {
        setting: 'client_addr',
      }),
      cause,
    })
  }
  const answer = answerTo(ask, id, bytes)
  if (answer) return answer
  throw new Fault(
    msg('Consul DNS at {where} answered {name} with what is no answer to it.', {
      ...{ where: `${ask.host}:${ask.port}`, name: ask.name },
    }),
    { code: 'DNS_GARBAGE', cure: msg('See which program listens on that port.') },
  )
}

function question(ask: DnsAsk, udp: boolean): { id: number; packet: Buffer } {
  const id = randomInt(1, 65_536)
  const packet = encode({
    type: 'query',
    id,
    flags: RECURSION_DESIRED,
    // Consul answers ANY as it answers A; dns-packet's types do not know the question.
    questions: [{ type: ask.type as 'A', class: 'IN', name: ask.name }],
    additionals: udp ? [edns] : [],
  })
  return { id, packet }
}

/** The decoded answer; undefined when it is garbage or the answer to another question. */
function answerTo(ask: DnsAsk, id: number, bytes: Buffer): Decoded | undefined {
  let packet: Decoded
  try {
    packet = decode(bytes)
  } catch {
    return undefined
  }
  const asked = packet.questions?.[0]
  const same =
    packet.type === 'response' &&
    packet.id === id &&
    asked?.name.toLowerCase() === ask.name.toLowerCase() &&
    String(asked.type) === ask.type
  return same && isWhole(packet) ? packet : undefined
}

/** A packet that lacks a byte decodes to `168.56.102.undefined`. */
function isWhole({ answers = [], additionals = [] }: Decoded): boolean {
  return [...answers, ...additionals].every((one) => one.type !== 'A' || isIPv4(one.data))
}

function view(ask: DnsAsk, via: 'udp' | 'tcp', packet: Decoded): DnsView {
  // A service's SRV targets have their addresses beside the answer (cluster-facts §0.2.11).
  const records = ask.type === 'SRV' ? packet.additionals : packet.answers
  const addresses = new Set<string>()
  for (const one of records ?? []) if (one.type === 'A') addresses.add(one.data)
  return { name: ask.name, via, rcode: packet.rcode ?? '', addresses: [...addresses].sort() }
}
