import { decode, encode } from 'dns-packet'
import type { DnsSaid } from '../view.ts'
import type { ConsulDns } from './consul-dns.ts'

/** Wall milliseconds after which an answer is none. */
const patienceMs = 1000

/** What the server's DNS says of a service over UDP, as `dig` would be answered: faults included. */
export async function askDns(dns: ConsulDns, isUp: boolean, service: string): Promise<DnsSaid> {
  const name = `${service}.service.consul`
  if (!isUp) return { name, addresses: [], rcode: '' }
  const query = encode({
    ...{ type: 'query', id: 1, flags: 0x0100 },
    questions: [{ type: 'A', name, class: 'IN' }],
    additionals: [
      { type: 'OPT', name: '.', udpPayloadSize: 1232, extendedRcode: 0, ednsVersion: 0, flags: 0 },
    ],
  } as Parameters<typeof encode>[0])
  const { promise: late, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(resolve, patienceMs, undefined)
  const reply = await Promise.race([dns.udp(query), late])
  clearTimeout(timer)
  if (!reply) return { name, addresses: [], rcode: '' }
  try {
    const { answers = [], ...packet } = decode(reply)
    const addresses = answers.flatMap((one) => (one.type === 'A' ? [one.data] : []))
    return {
      name,
      addresses: addresses.toSorted(),
      rcode: (packet as { rcode?: string }).rcode ?? '',
    }
  } catch {
    return { name, addresses: [], rcode: 'FORMERR' }
  }
}
