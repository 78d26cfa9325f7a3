import { createSocket } from 'node:dgram'
import type { Socket } from 'node:net'
import { coded, withDeadline } from '../time/deadline.ts'

/**
 * One datagram there and the first one back that `accept` takes; others are passed over. Rejects
 * with ETIMEDOUT, or with the network's error (ECONNREFUSED where nobody listens).
 */
export async function overUdp<T>(
  to: { host: string; port: number; deadline: number },
  query: Buffer,
  accept: (answer: Buffer) => T | undefined,
): Promise<T> {
  // Connected, so that datagrams of others never get here and a refusal is heard of.
  const socket = createSocket({ type: to.host.includes(':') ? 'udp6' : 'udp4' })
  const late = () => coded('ETIMEDOUT', `no datagram within ${to.deadline} ms`)
  try {
    return await withDeadline(to.deadline, late, () => {
      const { promise, resolve, reject } = Promise.withResolvers<T>()
      socket.on('error', reject)
      socket.on('message', (message) => {
        const answer = accept(message)
        if (answer !== undefined) resolve(answer)
      })
      socket.connect(to.port, to.host, (error?: Error) => {
        if (error) reject(error)
        else socket.send(query, (failed) => failed && reject(failed))
      })
      return promise
    })
  } finally {
    socket.on('error', () => {})
    socket.close()
  }
}

/** The same where the route has datagrams of its own; undefined: no answer that `accept` takes. */
export async function overDatagram<T>(
  send: () => Promise<Buffer | undefined>,
  deadline: number,
  accept: (answer: Buffer) => T | undefined,
): Promise<T | undefined> {
  const late = () => coded('ETIMEDOUT', `no datagram within ${deadline} ms`)
  const answer = await withDeadline(deadline, late, send).catch(() => undefined)
  return answer && accept(answer)
}

/** One message there and one back over an open connection, each after its length in two bytes. */
export async function overTcp(socket: Socket, query: Buffer, deadline: number): Promise<Buffer> {
  const late = () => coded('ETIMEDOUT', `no answer within ${deadline} ms`)
  try {
    return await withDeadline(deadline, late, async () => {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(query.length)
      socket.write(Buffer.concat([length, query]))
      return await firstMessage(socket)
    })
  } finally {
    socket.destroy()
  }
}

function firstMessage(socket: Socket): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  let got = Buffer.alloc(0)
  socket.on('data', (chunk) => {
    got = Buffer.concat([got, chunk])
    const length = got.length < 2 ? Number.POSITIVE_INFINITY : 2 + got.readUInt16BE(0)
    if (got.length >= length) resolve(got.subarray(2, length))
  })
  socket.on('close', () => {
    reject(coded('ECONNRESET', 'the connection ended before the whole answer came'))
  })
  // The route's socket may come paused.
  socket.resume()
  return promise
}
