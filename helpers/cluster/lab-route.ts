import type { Socket } from 'node:net'
import { coded, withDeadline } from '../time/deadline.ts'
import type { ClusterFile } from './file.ts'
import type { Route } from './route.ts'
import { openTcp } from './straight.ts'

const longestHead = 8192

/** Through the lab's door: every address of the lab is reached by HTTP CONNECT on loopback. */
export function labRoute(lab: NonNullable<ClusterFile['lab']>): Route {
  const door = hostAndPort(lab.connect)
  return {
    async connect(host, port, deadline) {
      const socket = await openTcp(door.host, door.port, deadline)
      const late = () => coded('ETIMEDOUT', `the lab's door did not answer within ${deadline} ms`)
      try {
        socket.write(`CONNECT ${host}:${port} HTTP/1.1\r\nHost: ${host}:${port}\r\n\r\n`)
        const head = await withDeadline(deadline, late, () => readHead(socket))
        refuse(head, host, port)
        return socket
      } catch (error) {
        socket.on('error', () => {})
        socket.destroy()
        throw error
      }
    },
    udp(host, port) {
      const to = lab.udp[`${host}:${port}`]
      return to === undefined ? undefined : hostAndPort(to)
    },
  }
}

/** Reads up to the empty line and gives what came after it back to the socket. */
function readHead(socket: Socket): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let got = Buffer.alloc(0)
  const broken = () => reject(coded('ECONNRESET', "the lab's door closed before it answered"))
  const more = (chunk: Buffer) => {
    got = Buffer.concat([got, chunk])
    const end = got.indexOf('\r\n\r\n')
    if (end < 0 && got.length < longestHead) return
    socket.pause()
    for (const event of ['error', 'end', 'close']) socket.off(event, broken)
    socket.off('data', more)
    if (end < 0) return reject(coded('ECONNRESET', "the lab's door sent no end of its answer"))
    const rest = got.subarray(end + 4)
    if (rest.length > 0) socket.unshift(rest)
    resolve(got.subarray(0, end).toString('latin1'))
  }
  for (const event of ['error', 'end', 'close']) socket.once(event, broken)
  socket.on('data', more)
  return promise
}

function refuse(head: string, host: string, port: number): void {
  if (/^HTTP\/1\.[01] 200/.test(head)) return
  const errno = /^x-lab-errno:\s*([A-Z]+)/im.exec(head)?.[1] ?? 'ECONNRESET'
  throw coded(errno, `connecting to ${host}:${port} in the lab: ${errno}`)
}

/** 'host:port' in its parts. */
export function hostAndPort(text: string): { host: string; port: number } {
  const at = text.lastIndexOf(':')
  return { host: text.slice(0, at), port: Number(text.slice(at + 1)) }
}
