import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import type { Quiet } from '../quiet.ts'
import type { VmInside } from '../vm.ts'
import type { WorldInside } from '../world.ts'
import { makePipe } from './pipe.ts'
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
  /**
   * Opens a connection within this process; rejects with code ECONNREFUSED, EHOSTUNREACH, or that of
   * Faults.wire. `inside`: it comes from a VM, by SSH.
   */
  dial(host: string, port: number, inside?: boolean): Promise<Socket>
}

const consulPort = 8500

const targetForm = /^([0-9.]+):(\d{1,5})$/

export async function openSwitchboard(
  world: WorldInside,
  quiet: Quiet,
  openings: Openings,
): Promise<Switchboard> {
  const ends = new Set<Socket>()
  openings.add(() => {
    for (const end of ends) end.destroy()
  })
  const dial: Switchboard['dial'] = async (host, port, inside = false) => {
    const vm = reach(world, host, port, inside)
    if (typeof vm === 'string')
      throw Object.assign(new Error(`lab: ${host}:${port}: ${vm}`), { code: vm })
    const [client, end] = makePipe()
    ends.add(end)
    end.once('close', () => ends.delete(end)).on('error', () => {})
    quiet.serverSocket(end)
    if (inside) quiet.track(client)
    vm.accept(port, end)
    return client
  }
  const server = createServer((request, response) => {
    void forward(request, response, (host, port) => dial(host, port))
  })
  server.keepAliveTimeout = 0
  server.on('connect', (request, socket, head) => {
    switchThrough(world, quiet, request, socket as Socket, head)
  })
  return { address: await listen(server, openings, quiet.stir), dial }
}

/** The VM where that port answers now, or why none does. */
function reach(world: WorldInside, host: string, port: number, inside: boolean): VmInside | string {
  const vm = world.vmAt.get(host)
  // Without a kernel nobody answers for the address.
  if (!vm || vm.power === 'off' || vm.power === 'booting') return 'EHOSTUNREACH'
  const fault = world.faults.wire?.({ vm: vm.name, port, inside })
  if (fault) return fault
  const hidden = port === consulPort && !inside && world.faults.agentsOnLoopback.has(vm.name)
  return vm.isListening(port) && !hidden ? vm : 'ECONNREFUSED'
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
  const vm = reach(world, host, Number(port), false)
  if (typeof vm === 'string')
    return void socket.end(
      `HTTP/1.1 502 Bad Gateway\r\nX-Lab-Errno: ${vm}\r\nContent-Length: 0\r\n\r\n`,
    )
  socket.setNoDelay(true)
  quiet.serverSocket(socket)
  socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
  if (head.length > 0) socket.unshift(head)
  vm.accept(Number(port), socket)
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
