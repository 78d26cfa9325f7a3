import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type ClusterFileInput, clusterFileSchema } from '../cluster/file.ts'
import { connect } from '../connect.ts'
import { wallClock } from '../time/clock.ts'
import { lookAfterElection, lookAtServer } from './server.ts'

/** Servers that are there and do not help, as real processes on loopback. */
const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) server.close()
})

type Pages = Record<string, [status: number, body: unknown]>

async function agent(pages: Pages): Promise<number> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace(/\?.*/, '')
    const [status, body] = pages[path] ?? [404, 'no such page']
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  open.push(server)
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  return (server.address() as AddressInfo).port
}

const nomad: Pages = {
  '/v1/status/leader': [200, '"127.0.0.1:4647"'],
  '/v1/nodes': [200, []],
  '/v1/agent/self': [200, { config: { Version: { Version: '2.0.5' } } }],
}
const consul: Pages = {
  '/v1/status/leader': [200, '"127.0.0.1:8300"'],
  '/v1/agent/members': [200, []],
  '/v1/agent/self': [200, { Config: { Version: '1.21.4', NodeName: 'box-1' } }],
}
/** Nobody listens there: the port of the discard service, below what is given out. */
const closed = 9

async function seen(ports: { nomad: number; consul: number }, look = lookAtServer) {
  const input: ClusterFileInput = {
    server: '127.0.0.1',
    nomad: { port: ports.nomad },
    consul: { port: ports.consul },
    ssh: { port: closed, agent: false, config: '/dev/null' },
  }
  const cluster = connect(clusterFileSchema.parse(input), wallClock(), 'file')
  try {
    return await look(cluster)
  } finally {
    await cluster.close()
  }
}

test('both answer: nothing is found, and the rest can build on it', async () => {
  const found = await seen({ nomad: await agent(nomad), consul: await agent(consul) })
  expect(found.findings).toEqual([])
  expect(found.nomad?.version).toBe('2.0.5')
  expect(found.consul?.node).toBe('box-1')
})

test('an election that ends within seconds is no finding for who asks only once', async () => {
  let asked = 0
  const electing: Pages = {
    ...nomad,
    get '/v1/status/leader'(): [number, string] {
      return ++asked === 1 ? [500, 'No cluster leader'] : [200, '"127.0.0.1:4647"']
    },
  }
  const ports = { nomad: await agent(electing), consul: await agent(consul) }
  const found = await seen(ports, lookAfterElection)
  expect(found.findings).toEqual([])
  expect(found.nomad?.leader).toBe('127.0.0.1:4647')
})

const denied = [403, 'Permission denied'] as [number, string]
const table: {
  name: string
  nomad: Pages | undefined
  consul: Pages | undefined
  found: [what: string, sentence: RegExp, cure: RegExp][]
}[] = [
  {
    name: 'Nomad wants a token',
    nomad: { ...nomad, '/v1/nodes': denied },
    consul,
    found: [['acl', /^Nomad at 127\.0\.0\.1 refused with 403 .*no token/, /NOMAD_TOKEN/]],
  },
  {
    name: 'Consul wants a token',
    nomad,
    consul: { ...consul, '/v1/agent/self': denied },
    found: [['acl', /^Consul at 127\.0\.0\.1 refused with 403 .*no token/, /CONSUL_HTTP_TOKEN/]],
  },
  {
    name: 'Nomad has no leader',
    nomad: { ...nomad, '/v1/status/leader': [500, 'No cluster leader'] },
    consul,
    found: [['no-leader', /^Nomad on 127\.0\.0\.1 has no leader/, /journalctl -u nomad/]],
  },
  {
    name: 'Consul has no leader',
    nomad,
    consul: { ...consul, '/v1/status/leader': [200, '""'] },
    found: [['no-leader', /^Consul on 127\.0\.0\.1 has no leader/, /journalctl -u consul/]],
  },
  {
    name: 'Consul is broken',
    nomad,
    consul: { '/v1/status/leader': [500, 'rpc error'] },
    found: [['consul-down', /gives no useful answer: .*500: rpc error/, /./]],
  },
  {
    name: 'Nomad does not run',
    nomad: undefined,
    consul,
    found: [['nomad-down', /^Nomad on the server \(127\.0\.0\.1:9\)/, /systemctl start nomad/]],
  },
  {
    name: 'nothing answers at all',
    nomad: undefined,
    consul: undefined,
    found: [['server-off', /^Neither Nomad \(9\), Consul \(9\) nor SSH answers/, /Start its VM/]],
  },
]

for (const one of table) {
  test(`${one.name}: ${one.found.map(([what]) => what)}, and nothing else`, async () => {
    const { findings } = await seen({
      nomad: one.nomad ? await agent(one.nomad) : closed,
      consul: one.consul ? await agent(one.consul) : closed,
    })
    expect(findings.map(({ what }) => what)).toEqual(one.found.map(([what]) => what))
    for (const [at, [, sentence, cure]] of one.found.entries()) {
      expect(findings[at]?.sentence).toMatch(sentence)
      expect(findings[at]?.cure).toMatch(cure)
    }
  })
}
