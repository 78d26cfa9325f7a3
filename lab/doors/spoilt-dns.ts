import { decode, encode, type Packet } from 'dns-packet'
import type { World } from '../contract.ts'

type Reply = Buffer | undefined | Promise<Buffer | undefined>

const truncated = 0x0200
const rcodes = { servfail: 2, refused: 5 }

/** Replies as Consul's DNS would, but for Faults.dns. */
export function spoiltReply(
  world: Pick<World, 'faults'>,
  reply: (query: Buffer, overUdp: boolean) => Buffer | undefined,
): (query: Buffer, over: 'udp' | 'tcp') => Reply {
  return (query, over) => {
    const right = reply(query, over === 'udp')
    const { dns } = world.faults
    if (!dns || !right) return right
    const packet = decode(right)
    const fault = dns({ name: packet.questions?.[0]?.name.toLowerCase() ?? '', over })
    if (fault === undefined) return right
    // A datagram that nobody answers is the same; a connection stays open.
    if (fault === 'silent') return over === 'udp' ? undefined : new Promise(() => {})
    if (fault === 'garbage') return Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')
    if (typeof fault === 'string') {
      const flags = fault === 'truncated' ? (packet.flags ?? 0) | truncated : rcodes[fault]
      return bare(packet, flags)
    }
    if ('slowMs' in fault) {
      return new Promise((resolve) => setTimeout(() => resolve(right), fault.slowMs))
    }
    const name = packet.questions?.[0]?.name ?? ''
    const answers = fault.addresses.map((data) => ({ name, type: 'A' as const, ttl: 0, data }))
    return encode({ ...packet, flags: 0x0400, answers, authorities: [] } as Packet)
  }
}

function bare({ id, questions }: Packet, flags: number): Buffer {
  return encode({ id, questions, flags, type: 'response' } as Packet)
}
