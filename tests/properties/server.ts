import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'

/** A server on loopback that answers any request with the same bytes and then hangs up. */
export interface Odd {
  port: number
  /** Sent from now on, once something was asked. */
  says(bytes: Buffer | ((asked: Buffer) => Buffer)): void
  close(): void
}

export async function oddServer(): Promise<Odd> {
  let answer = (_: Buffer): Buffer => Buffer.alloc(0)
  const server: Server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', (asked) => socket.end(answer(asked)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    says(bytes) {
      answer = typeof bytes === 'function' ? bytes : () => bytes
    },
    close: () => server.close(),
  }
}

/** The same over UDP: each of the datagrams, one after the other. */
export async function oddDatagrams(): Promise<{
  port: number
  says(answers: (asked: Buffer) => Buffer[]): void
  close(): void
}> {
  let answersTo = (_: Buffer): Buffer[] => []
  const socket = createSocket('udp4')
  socket.on('message', (asked, { port, address }) => {
    for (const bytes of answersTo(asked)) socket.send(bytes, port, address, () => {})
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    port: socket.address().port,
    says(answers) {
      answersTo = answers
    },
    close: () => socket.close(),
  }
}

/** An HTTP answer that is whole, so that what is odd is its body. */
export function httpAnswer(body: Buffer, status = 200): Buffer {
  const head = `HTTP/1.1 ${status} OK\r\nContent-Length: ${body.length}\r\nX-Consul-Index: 7\r\nConnection: close\r\n\r\n`
  return Buffer.concat([Buffer.from(head), body])
}
