import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import type { ClientChannel } from 'ssh2'

/**
 * A forwarded channel as whoever speaks over a route expects a socket: ends, is destroyed and waits
 * like one. What only a TCP connection has (delay, keepalive, its port) does nothing.
 */
export function asSocket(channel: ClientChannel): Socket {
  let ended = false
  const end = () => {
    if (ended) return
    ended = true
    duplex.push(null)
  }
  const duplex = new Duplex({
    allowHalfOpen: false,
    read: () => void channel.resume(),
    write: (chunk, encoding, done) => void channel.write(chunk, encoding, done),
    final(done) {
      channel.end()
      done()
    },
    destroy(error, done) {
      channel.end()
      channel.close()
      done(error)
    },
  })
  channel.on('data', (chunk: Buffer) => {
    if (!ended && !duplex.push(chunk)) channel.pause()
  })
  channel.on('end', end)
  channel.on('error', (error: Error) => duplex.destroy(error))
  channel.on('close', end)
  const same = () => duplex
  const tcpOnly = { setNoDelay: same, setKeepAlive: same, setTimeout: same, ref: same, unref: same }
  return Object.assign(duplex, tcpOnly) as unknown as Socket
}
