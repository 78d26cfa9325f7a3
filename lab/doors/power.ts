import { createServer, type Server } from 'node:http'
import type { World } from '../contract.ts'

/**
 * The lab's hypervisor. `GET /vms` says `running` or `off` for each VM: like a hypervisor it does not
 * know how far the guest is with booting or shutting down. `POST /vms/NAME/start|stop|cut` answers 204
 * at once; 404 for an unknown VM; 409 when a VM that is not off yet is started.
 */
export function powerDoor(world: World): Server {
  return createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://lab').pathname
    const say = (status: number, text: string) => {
      response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
    }
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
      return say(501, `lab: ${request.method} ${path} is not simulated`)
    }
    const vm = world.vms.get(name)
    if (!vm) return say(404, `lab: there is no VM called ${name}`)
    if (act === 'start' && vm.power === 'stopping') {
      return say(409, `lab: ${name} is still shutting down; start it when it is off`)
    }
    if (act === 'start') vm.start()
    else vm.stop(act === 'cut' ? 'cut' : 'orderly')
    response.writeHead(204).end()
  })
}
