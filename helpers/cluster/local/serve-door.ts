import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'

/** What the door may do to VMs. */
export interface Switches {
  states(): Record<string, 'running' | 'off'>
  /** Whether there is a VM of that name. */
  knows(name: string): boolean
  start(name: string): Promise<void>
  /** Accepted, not done. */
  stop(name: string): void
  cut(name: string): Promise<void>
}

/** Longer than any caller waits: its own deadline ends the attempt. */
const longestAttempt = 60_000

/**
 * The door of a local cluster, for its namespaces' inside. `CONNECT address:port` opens a connection
 * there; a refusal names its errno in X-Errno. `GET /vms`; `POST /vms/NAME/start|stop|cut` answers 204
 * when it is done (stop: accepted), 404 for an unknown VM, 409 with a sentence when it cannot be.
 */
export function openDoor(path: string, switches: Switches): Promise<Server> {
  const server = createServer((request, response) => {
    act(request, response, switches).catch((error) => say(response, 409, String(error)))
  })
  server.keepAliveTimeout = 0
  server.on('connect', (request, socket, head) => dial(request, socket as Socket, head))
  const { promise, resolve, reject } = Promise.withResolvers<Server>()
  server.once('error', reject)
  server.listen(path, () => resolve(server))
  return promise
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}

async function act(
  request: IncomingMessage,
  response: ServerResponse,
  switches: Switches,
): Promise<void> {
  const path = request.url ?? ''
  if (request.method === 'GET' && path === '/vms') {
    response.writeHead(200, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(switches.states()))
    return
  }
  const [, name = '', what = ''] = /^\/vms\/([^/]+)\/(start|stop|cut)$/.exec(path) ?? []
  if (request.method !== 'POST' || what === '') return say(response, 501, `no ${path} here`)
  if (!switches.knows(name)) return say(response, 404, `there is no VM called ${name}`)
  if (what === 'start') await switches.start(name)
  else if (what === 'stop') switches.stop(name)
  else await switches.cut(name)
  response.writeHead(204).end()
}

function dial(request: IncomingMessage, caller: Socket, head: Buffer): void {
  const [, host = '', port = ''] = /^([0-9.]+):(\d{1,5})$/.exec(request.url ?? '') ?? []
  caller.on('error', () => {})
  const target = connect({ host, port: Number(port), noDelay: true })
  const refuse = (error: NodeJS.ErrnoException) => {
    caller.end(
      `HTTP/1.1 502 Bad Gateway\r\nX-Errno: ${errnoOf(error)}\r\nContent-Length: 0\r\n\r\n`,
    )
  }
  target.setTimeout(longestAttempt, () => target.destroy(coded('ETIMEDOUT')))
  target.once('error', refuse)
  caller.once('close', () => target.destroy())
  target.once('connect', () => {
    target.setTimeout(0)
    target.off('error', refuse)
    // What breaks on one side breaks on the other; a Unix socket knows no reset, so it just ends.
    target.on('error', () => caller.destroy())
    target.once('close', () => caller.destroySoon())
    caller.write('HTTP/1.1 200 Connection established\r\n\r\n')
    if (head.length > 0) target.write(head)
    caller.pipe(target)
    target.pipe(caller)
  })
}

const coded = (code: string) => Object.assign(new Error(code), { code })

/** The nearest of the four codes that a Route gives. */
function errnoOf({ code = '' }: NodeJS.ErrnoException): string {
  return ['ECONNREFUSED', 'ETIMEDOUT', 'ECONNRESET'].includes(code) ? code : 'EHOSTUNREACH'
}
