import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'

/** What is under way to an end of a pipe: bytes, a goodbye, or a reset. */
type Cargo = Buffer | 'end' | 'reset'

interface End extends Duplex {
  /** As a socket's: what has been taken in, and what has been written, whether or not it has gone. */
  bytesRead: number
  readonly bytesWritten: number
  /** Numbers that belong to no port: the lab's clock tells its sockets by them. */
  localPort: number
  remotePort: number
}

let made = 0

/**
 * A TCP connection within this process, as its two ends: what is written at one is read at the other
 * soon after, never at once; who closes says goodbye; after that whoever writes there is reset. The
 * nearest kernel socket has more states and other errors of the same moments, and takes five times
 * the CPU.
 */
export function makePipe(): [client: Socket, server: Socket] {
  const number = -++made
  const [client, server] = [makeEnd(false), makeEnd(true)]
  client.arrive = server.deliver
  server.arrive = client.deliver
  client.end.localPort = server.end.remotePort = number
  return [client.end as unknown as Socket, server.end as unknown as Socket]
}

function makeEnd(allowHalfOpen: boolean) {
  let written = 0
  /** Told when the other end has room again. */
  let resume: (() => void) | undefined
  const self = {
    end: undefined as unknown as End,
    /** The other end's `deliver`. */
    arrive: (_: Cargo, _done?: (error?: Error) => void): void => {},
    deliver(cargo: Cargo, done: (error?: Error) => void = () => {}) {
      process.nextTick(take, cargo, done)
    },
  }
  function take(cargo: Cargo, done: (error?: Error) => void) {
    const { end } = self
    if (end.destroyed) return typeof cargo === 'string' ? done() : done(failed('EPIPE'))
    if (cargo === 'reset') {
      end.destroy(failed('ECONNRESET'))
      return done()
    }
    if (cargo === 'end') {
      if (!end.readableEnded) end.push(null)
      return done()
    }
    end.bytesRead += cargo.length
    if (end.push(cargo)) done()
    else resume = done
  }
  const send = (bytes: Buffer, done: (error?: Error | null) => void) =>
    self.arrive(bytes, (error) => {
      written += bytes.length
      done(error)
    })
  let goodbye = false
  const sayGoodbye = () => {
    if (!goodbye) self.arrive('end')
    goodbye = true
  }
  const end = new Duplex({
    allowHalfOpen,
    read() {
      resume?.()
      resume = undefined
    },
    write: (chunk: Buffer, _encoding, done) => send(chunk, done),
    writev: (chunks, done) => send(Buffer.concat(chunks.map(({ chunk }) => chunk)), done),
    final(done) {
      sayGoodbye()
      done()
    },
    destroy(error, done) {
      sayGoodbye()
      // Nobody reads any more what is on its way here.
      resume?.()
      resume = undefined
      done(error)
    },
  })
  const asSocket = {
    ...{ bytesRead: 0, localPort: 0, remotePort: 0 },
    ...{ setNoDelay: () => end, setKeepAlive: () => end, setTimeout: () => end },
    ...{ ref: () => end, unref: () => end },
    resetAndDestroy() {
      goodbye = true
      self.arrive('reset')
      return end.destroy()
    },
  }
  self.end = Object.assign(end, asSocket) as unknown as End
  Object.defineProperty(end, 'bytesWritten', { get: () => written + end.writableLength })
  return self
}

const failed = (code: string) => Object.assign(new Error(`lab: ${code}`), { code })
