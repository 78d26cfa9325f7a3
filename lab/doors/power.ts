import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { World } from '../contract.ts'

/** The lab's hypervisor, and what else is to be answered at its door. */
export interface PowerDoor {
  server: Server
  /** `answer` gets what is not of VMs. */
  front(answer: RequestListener): void
}

/**
 * `GET /vms` says `running` or `off` for each VM: like a hypervisor it does not know how far the guest
 * is with booting or shutting down. `POST /vms/NAME/start|stop|cut` answers 204 at once; 404 for an
 * unknown VM; 409 when a VM that is not off yet is started. 403 for any web page but our own.
 */
export function powerDoor(world: World): PowerDoor {
  let front: RequestListener = (request, response) =>
    sendText(response, 501, `lab: ${request.method} ${request.url} is not simulated`)
  const server = createServer((request, response) => {
    const stranger = strangerOf(request)
    if (stranger) return void sendText(response, 403, stranger)
    const { pathname } = new URL(request.url ?? '/', 'http://lab')
    if (/^\/vms(\/|$)/.test(pathname)) answerVms(world, pathname, request, response)
    else front(request, response)
  })
  return {
    server,
    front(answer) {
      front = answer
    },
  }
}

/** In a Host header. */
const loopback = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/

/**
 * Why a request is not answered: a browser sent it for a page of somebody else. Such a page may point a
 * name of its own here, to read: then that name is the host. Or it may only send: then a browser says so.
 */
function strangerOf({ headers, method }: IncomingMessage): string {
  const { host = '', origin } = headers
  if (!loopback.test(host)) return `lab: this is no address of a lab: ${host}`
  if (method === 'GET' || method === 'HEAD') return ''
  const site = headers['sec-fetch-site'] ?? 'none'
  const own = origin === undefined || origin === `http://${host}`
  if (own && ['none', 'same-origin'].includes(String(site))) return ''
  return 'lab: no other page may ask this'
}

function answerVms(
  world: World,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (request.method === 'GET' && path === '/vms') {
    const states = [...world.vms.values()].map((vm) => [
      vm.name,
      vm.power === 'off' ? 'off' : 'running',
    ])
    const body = JSON.stringify(Object.fromEntries(states))
    return void response.writeHead(200, { 'Content-Type': 'application/json' }).end(body)
  }
  const [, name = '', act = ''] = /^\/vms\/([^/]+)\/(start|stop|cut)$/.exec(path) ?? []
  if (request.method !== 'POST' || act === '') {
    return void sendText(response, 501, `lab: ${request.method} ${path} is not simulated`)
  }
  const vm = world.vms.get(name)
  if (!vm) return void sendText(response, 404, `lab: there is no VM called ${name}`)
  if (act === 'start' && vm.power === 'stopping') {
    const text = `lab: ${name} is still shutting down; start it when it is off`
    return void sendText(response, 409, text)
  }
  if (act === 'start') vm.start()
  else vm.stop(act === 'cut' ? 'cut' : 'orderly')
  response.writeHead(204).end()
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}
