import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { decode, encode } from 'dns-packet'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Lab } from '../contract.ts'
import { startLab } from '../lab.ts'

let lab: Lab
beforeAll(async () => {
  lab = await startLab({ seed: 1, time: { kind: 'wall', speed: 1 } })
})
afterAll(() => lab.close())

/** Asks as a program does that has `http_proxy` set. */
async function ask(url: string) {
  const [host, port] = lab.doors.connect!.split(':')
  const asked = request({ host, port: Number(port), path: url })
  asked.end()
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  const body = (await Array.fromAsync(response, String)).join('')
  return { status: response.statusCode, server: response.headers.server, body }
}

test('as a proxy the lab serves the addresses of its VMs', async () => {
  expect(await ask('http://192.168.56.105:8500/v1/status/leader')).toMatchObject({
    status: 200,
    body: '"192.168.56.101:8300"',
  })
  expect(await ask('http://192.168.56.105/')).toMatchObject({
    status: 502,
    body: 'lab: 192.168.56.105:80: ECONNREFUSED\n',
  })
  expect((await ask('http://192.168.56.99:8500/')).body).toContain('EHOSTUNREACH')
  expect((await ask('/v1/status/leader')).status).toBe(501)
})

test('an agent on 127.0.0.1 only is not reached through the proxy', async () => {
  lab.world.faults.agentsOnLoopback.add('box-7')
  expect((await ask('http://192.168.56.107:8500/v1/status/leader')).status).toBe(502)
})

test('DNS answers on one number over UDP and TCP, as on port 8600', async () => {
  const [host, port] = lab.doors['dns box-1']!.split(':')
  const question = { name: 'consul.service.consul', type: 'A' as const }
  const query = encode({ id: 1, type: 'query', questions: [question] })
  const datagrams = createSocket('udp4')
  datagrams.send(query, Number(port), host)
  const [udp] = (await once(datagrams, 'message')) as [Buffer]
  datagrams.close()
  const socket = connect(Number(port), host)
  const length = Buffer.alloc(2)
  length.writeUInt16BE(query.length)
  socket.write(Buffer.concat([length, query]))
  const [tcp] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  for (const reply of [udp, tcp.subarray(2)]) {
    expect(decode(reply).answers).toMatchObject([{ type: 'A', data: '192.168.56.101' }])
  }
})
