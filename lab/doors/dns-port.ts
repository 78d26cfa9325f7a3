import { createSocket } from 'node:dgram'
import type { VmInside } from '../vm.ts'
import type { ConsulDns } from './consul-dns.ts'
import { type Openings, openPort } from './switchboard.ts'

const tries = 20

/**
 * Consul's DNS of a VM on loopback, UDP and TCP on one number, as on port 8600: `dig … ANY` asks over
 * TCP by itself. Gives host:port.
 */
export async function openDns(
  vm: VmInside,
  port: number,
  dns: ConsulDns,
  isUp: () => boolean,
  openings: Openings,
): Promise<string> {
  for (let tried = 1; ; tried++) {
    const datagrams = await openDatagrams(dns, isUp)
    try {
      const address = await openPort(vm, port, openings, datagrams.address().port)
      openings.add(() => void datagrams.close())
      return address
    } catch (error) {
      datagrams.close()
      // The number was free for UDP only.
      if (tried === tries || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    }
  }
}

/** On a free port: silent while the agent is down, as the wire would be. */
async function openDatagrams(dns: ConsulDns, isUp: () => boolean) {
  const socket = createSocket('udp4')
  socket.on('message', async (query, from) => {
    const reply = isUp() ? await dns.udp(query) : undefined
    // Whoever asked may have ended the lab meanwhile.
    if (reply) socket.send(reply, from.port, from.address, () => {})
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.bind(0, '127.0.0.1', resolve)
  })
  socket.on('error', () => {})
  return socket
}
