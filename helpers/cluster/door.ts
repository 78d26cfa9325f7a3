import type { Socket } from 'node:net'
import { coded, withDeadline } from '../time/deadline.ts'

const longestHead = 8192

/**
 * Asks a door for a connection (HTTP CONNECT) and gives the socket when it stands. `opened`: a fresh
 * connection to the door; `whose`: "the lab's". Rejects with the code that the door names, as Route
 * promises.
 */
export async function throughDoor(
  opened: Socket,
  to: { host: string; port: number; deadline: number },
  whose: string,
): Promise<Socket> {
  const { host, port, deadline } = to
  const late = () => coded('ETIMEDOUT', `${whose} door did not answer within ${deadline} ms`)
  try {
    opened.write(`CONNECT ${host}:${port} HTTP/1.1\r\nHost: ${host}:${port}\r\n\r\n`)
    const head = await withDeadline(deadline, late, () => readHead(opened, whose))
    if (/^HTTP\/1\.[01] 200/.test(head)) return opened
    const errno = /^x-(?:lab-)?errno:\s*([A-Z]+)/im.exec(head)?.[1] ?? 'ECONNRESET'
    throw coded(errno, `connecting to ${host}:${port} through ${whose} door: ${errno}`)
  } catch (error) {
    opened.on('error', () => {})
    opened.destroy()
    throw error
  }
}

/** Reads up to the empty line and gives what came after it back to the socket. */
function readHead(socket: Socket, whose: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let got = Buffer.alloc(0)
  const broken = () => reject(coded('ECONNRESET', `${whose} door closed before it answered`))
  const more = (chunk: Buffer) => {
    got = Buffer.concat([got, chunk])
    const end = got.indexOf('\r\n\r\n')
    if (end < 0 && got.length < longestHead) return
    socket.pause()
    for (const event of ['error', 'end', 'close']) socket.off(event, broken)
    socket.off('data', more)
    if (end < 0) return reject(coded('ECONNRESET', `${whose} door sent no end of its answer`))
    const rest = got.subarray(end + 4)
    if (rest.length > 0) socket.unshift(rest)
    resolve(got.subarray(0, end).toString('latin1'))
  }
  for (const event of ['error', 'end', 'close']) socket.once(event, broken)
  socket.on('data', more)
  return promise
}
