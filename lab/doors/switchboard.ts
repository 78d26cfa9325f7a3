import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net'
import type { Quiet } from '../quiet.ts'
import type { VmInside } from '../vm.ts'
import type { WorldInside } from '../world.ts'
import { forward } from './proxy.ts'

/** Everything that the lab has open on loopback, to be closed at once. */
export interface Openings {
  /** Closes each of them and its connections. */
  close(): Promise<void>
  add(close: () => void | Promise<void>): void
}

export function makeOpenings(): Openings {
  const closers: (() => void | Promise<void>)[] = []
  return {
    add: (close) => void closers.push(close),
    async close() {
      await Promise.all(closers.splice(0).map((close) => close()))
    },
  }
}

/** One door to every address of the lab. */
export interface Switchboard {
  /** host:port on loopback of an HTTP proxy: CONNECT, and http:// requests (curl, a browser). */
  address: string
  /** Opens a connection from inside the lab; rejects with code ECONNREFUSED or EHOSTUNREACH. */
  dial(host: string, port: number): Promise<Socket>
}

/** Says that a connection comes from a VM, by SSH, and not from outside. */
const insideHeader = 'x-lab-inside'
const consulPort = '8500'

const targetForm = /^([0-9.]+):(\d{1,5})$/

export async function openSwitchboard(
  world: WorldInside,
  quiet: Quiet,
  openings: Openings,
): Promise<Switchboard> {
  const server = createServer((request, response) => {
    const dial = (host: string, port: number) => dialThrough(address, host, port, false)
    void forward(request, response, dial)
  })
  server.keepAliveTimeout = 0
  server.on('connect', (request, socket, head) => {
    switchThrough(world, quiet, request, socket as Socket, head)
  })
  const address = await listen(server, openings, quiet.stir)
  const dial = async (host: string, port: number) => {
    const socket = await dialThrough(address, host, port, true)
    quiet.track(socket)
    return socket
  }
  return { address, dial }
}

function switchThrough(
  world: WorldInside,
  quiet: Quiet,
  request: IncomingMessage,
  socket: Socket,
  head: Buffer,
): void {
  socket.on('error', () => {})
  const [, host = '', port = ''] = targetForm.exec(request.url ?? '') ?? []
  const vm = world.vmAt.get(host)
  const refuse = (errno: string) =>
    socket.end(`HTTP/1.1 502 Bad Gateway\r\nX-Lab-Errno: ${errno}\r\nContent-Length: 0\r\n\r\n`)
  // Without a kernel nobody answers for the address.
  if (!vm || vm.power === 'off' || vm.power === 'booting') return void refuse('EHOSTUNREACH')
  const inside = request.headers[insideHeader] !== undefined
  const fault = world.faults.wire?.({ vm: vm.name, port: Number(port), inside })
  if (fault) return void refuse(fault)
  const hidden = port === consulPort && world.faults.agentsOnLoopback.has(vm.name)
  if (!vm.isListening(Number(port)) || (hidden && !inside)) return void refuse('ECONNREFUSED')
  socket.setNoDelay(true)
  quiet.serverSocket(socket)
  socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
  if (head.length > 0) socket.unshift(head)
  vm.accept(Number(port), socket)
}

function dialThrough(
  address: string,
  host: string,
  port: number,
  inside: boolean,
): Promise<Socket> {
  const [doorHost = '', doorPort = ''] = address.split(':')
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const socket = connect({ host: doorHost, port: Number(doorPort), noDelay: true })
  socket.once('error', reject)
  const from = inside ? `${insideHeader}: 1\r\n` : ''
  socket.write(`CONNECT ${host}:${port} HTTP/1.1\r\nHost: ${host}\r\n${from}\r\n`)
  let got = Buffer.alloc(0)
  const read = (chunk: Buffer) => {
    got = Buffer.concat([got, chunk])
    const end = got.indexOf('\r\n\r\n')
    if (end < 0) return
    socket.off('data', read).pause()
    const text = got.subarray(0, end).toString('latin1')
    if (!text.startsWith('HTTP/1.1 200')) {
      const code = /x-lab-errno: (\w+)/i.exec(text)?.[1] ?? 'ECONNRESET'
      socket.destroy()
      return reject(Object.assign(new Error(`lab: ${host}:${port}: ${code}`), { code }))
    }
    if (got.length > end + 4) socket.unshift(got.subarray(end + 4))
    resolve(socket)
  }
  socket.on('data', read)
  return promise
}

/**
 * A port of its own on loopback (a free one, or `outside`), for a human's command line. While nothing
 * listens behind it, it accepts and resets.
 */
export function openPort(
  vm: VmInside,
  port: number,
  openings: Openings,
  outside = 0,
): Promise<string> {
  const server = createTcpServer({ noDelay: true }, (socket) => {
    socket.on('error', () => {})
    if (vm.power === 'booting' || !vm.accept(port, socket)) socket.resetAndDestroy()
  })
  return listen(server, openings, undefined, outside)
}

interface Listening {
  listen(port: number, host: string, then: () => void): unknown
  once(event: 'error', fail: (error: Error) => void): unknown
  on(event: 'connection', act: (socket: Socket) => void): unknown
  address(): unknown
  close(): unknown
}

/** Listens on loopback, by default on a free port; gives host:port. */
export async function listen(
  server: Listening,
  openings: Openings,
  connected: () => void = () => {},
  port = 0,
): Promise<string> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    connected()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  openings.add(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}
