import { createServer, type IncomingMessage, type Server } from 'node:http'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type ClusterFileInput, clusterFileSchema } from './cluster/file.ts'
import {
  type Folder,
  listening,
  makeFolder,
  noSshd,
  realSshd,
  type Sshd,
} from './cluster/ssh/test-sshd.ts'
import { type Connected, connect } from './connect.ts'
import { wallClock } from './time/clock.ts'

/** Addresses of a VM whose agents listen on its 127.0.0.1 only: 127.0.0.2 is this machine too. */
const server = '127.0.0.1'
const client = '127.0.0.2'
const token = 'tell-nobody'
const user = userInfo().username

const reason = noSshd ? ` (skipped: ${noSshd})` : ''
describe.skipIf(noSshd)(`with the SSH of a VM${reason}`, () => {
  let folder: Folder
  let key = ''
  let hostKey = ''
  let sshd: Sshd
  let agent: Server
  let port = 0
  const seen: IncomingMessage[] = []
  const undo: (() => unknown)[] = []

  beforeAll(async () => {
    folder = makeFolder()
    key = folder.key('id')
    hostKey = folder.key('host')
    sshd = await realSshd(folder, { allowed: [key], hostKey })
    agent = createServer((request, response) => {
      seen.push(request)
      const body = pages[request.url ?? '']
      if (body === undefined) return void response.writeHead(404).end('no such page')
      response.end(JSON.stringify(body))
    })
    port = await listening(agent)
  })
  afterEach(async () => {
    for (const act of undo.splice(0).reverse()) await act()
    seen.length = 0
  })
  afterAll(() => {
    agent.close()
    agent.closeAllConnections()
    sshd.stop()
    folder.remove()
  })

  const pages: Record<string, unknown> = {
    '/v1/agent/self': {
      stats: { client: { heartbeat_ttl: '12s', last_heartbeat: '3s', node_id: 'abc' } },
    },
    '/v1/agent/services': { nginx: { ID: 'x', Service: 'nginx', Address: client, Port: 80 } },
    '/v1/nodes?resources=true': [{ ID: 'abc', Name: 'box-5', Address: client, Status: 'ready' }],
    '/': 'page',
  }

  function cluster(more: Partial<ClusterFileInput> = {}, sshPort = sshd.port): Connected {
    const hosts = Object.fromEntries(
      [server, client, 'box-5'].map((name) => [name, { host: '127.0.0.1', port: sshPort }]),
    )
    const file = clusterFileSchema.parse({
      server,
      nomad: { port, token },
      consul: { port, token },
      ssh: { user, key, agent: false, config: 'none', hosts },
      ...more,
    })
    const connected = connect(file, wallClock(), 'file', { stateDir: join(folder.path, 'state') })
    undo.push(() => connected.close())
    return connected
  }
  const asked = (url: string) => seen.filter((request) => request.url === url)

  test('a client’s Nomad on 127.0.0.1 only is asked from inside its VM', async () => {
    const { nomad } = cluster()
    expect(await nomad.clientSelf(client)).toMatchObject({ ttlMs: 12_000, nodeId: 'abc' })
    expect(asked('/v1/agent/self')[0]?.headers['x-nomad-token']).toBe(token)
  })

  test('so is its Consul', async () => {
    const inside = cluster().consulInside({ name: 'box-5', host: client })
    expect(await inside.agentServices(client)).toMatchObject([{ name: 'nginx', port: 80 }])
    expect(asked('/v1/agent/services')[0]?.headers['x-consul-token']).toBe(token)
  })

  test('where sshd forbids forwarding, curl asks, and its arguments hold no token', async () => {
    const lines = ['AllowTcpForwarding no']
    const strict = await realSshd(folder, { allowed: [key], hostKey, lines })
    undo.unshift(() => strict.stop())
    const inside = cluster({}, strict.port).consulInside({ name: 'box-5', host: client })
    expect(await inside.agentServices(client)).toMatchObject([{ name: 'nginx', port: 80 }])
    const request = asked('/v1/agent/services')[0]
    expect(request?.headers['user-agent']).toMatch(/^curl/)
    expect(request?.headers['x-consul-token']).toBe(token)
  })

  test('when it answers inside neither, the refusal is what is told', async () => {
    const { nomad } = cluster({ nomad: { port: 1 } })
    await expect(nomad.clientSelf(client)).rejects.toMatchObject({
      code: 'ECONNREFUSED',
      message: expect.stringContaining(`http://${client}:1/v1/agent/self`),
    })
  })

  test('whether a page answers inside its VM', async () => {
    const one = cluster()
    expect(await one.answersInside('box-5', server, port)).toBe(true)
    expect(await one.answersInside('box-5', server, 1)).toBe(false)
  })

  test('what students run is never shown a token', async () => {
    expect((await cluster().web(server, port)).status).toBe(200)
    const headers = JSON.stringify(asked('/').map((request) => request.rawHeaders))
    expect(headers).not.toContain(token)
  })

  test('route: ssh reaches agents on 127.0.0.1, and no container there', async () => {
    const one = cluster({ route: 'ssh' })
    const before = sshd.count()
    expect(await one.nomad.nodes()).toMatchObject([{ name: 'box-5', address: client }])
    expect(await one.nomad.clientSelf(client)).toMatchObject({ nodeId: 'abc' })
    expect(await one.consul.agentServices(client)).toMatchObject([{ name: 'nginx' }])
    const page = createServer((_, response) => void response.end('hello'))
    const pagePort = await listening(page)
    undo.unshift(() => page.close())
    expect((await one.web(server, pagePort)).status).toBe(200)
    expect(await one.web(client, pagePort)).toMatchObject({ status: 0, error: 'ECONNREFUSED' })
    // One kept connection for each VM, whatever is asked over it.
    expect(sshd.count() - before).toBeLessThan(3)
  })

  test('route: ssh where a VM’s SSH is shut: its server’s VM is asked, and SSH is named', async () => {
    const hosts = {
      [server]: { host: '127.0.0.1', port: sshd.port },
      'box-5': { host: '127.0.0.1', port: 1 },
      [client]: { host: '127.0.0.1', port: 1 },
    }
    const ssh = { user, key, agent: false, config: 'none', hosts }
    const one = cluster({ route: 'ssh', ssh })
    // From the server's VM the client's agent refuses at its address.
    await expect(one.nomad.clientSelf(client)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    const wrong = { ...ssh, hosts: { ...hosts, [server]: { host: '127.0.0.1', port: 1 } } }
    await expect(cluster({ route: 'ssh', ssh: wrong }).nomad.nodes()).rejects.toMatchObject({
      code: 'EHOSTUNREACH',
      message: expect.stringContaining(`127.0.0.1 (ssh ${user}@127.0.0.1:1): nothing forwards`),
    })
  })
})
