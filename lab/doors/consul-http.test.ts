import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { datacenter, recording, shapeOf, taskService } from '../consul/testing.ts'
import type { AgentService } from '../contract.ts'
import { consulDoor } from './consul-http.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** The cluster of recordings 01.3: two replicas on box-5, one on box-8. */
async function cluster() {
  const { time, world, consul } = datacenter()
  const meta = { 'external-source': 'nomad' }
  const check = (id: string, type: string) => ({
    id: `_nomad-check-${id}`,
    name: 'Nomad Check',
    status: 'passing' as const,
    type,
  })
  const agent = (
    vm: string,
    id: string,
    name: string,
    tag: string,
    port: number,
  ): AgentService => ({
    id: `_nomad-${id}`,
    name,
    tags: [tag],
    address: world.vms.get(vm)!.ip,
    port,
    meta,
    checks: [check(id, tag === 'http' ? 'http' : 'tcp')],
  })
  consul.agent('box-1').register(agent('box-1', 'server-a', 'nomad', 'http', 4646))
  consul.agent('box-1').register(agent('box-1', 'server-b', 'nomad', 'rpc', 4647))
  consul.agent('box-1').register(agent('box-1', 'server-c', 'nomad', 'serf', 4648))
  for (const vm of ['box-5', 'box-7', 'box-8']) {
    consul.agent(vm).register(agent(vm, `client-${vm}`, 'nomad-client', 'http', 4646))
  }
  const first = taskService(
    '11111111-2222-3333-4444-555555555551',
    'nginx',
    '192.168.56.105',
    28244,
  )
  const second = taskService(
    '11111111-2222-3333-4444-555555555552',
    'nginx',
    '192.168.56.105',
    20001,
  )
  const third = taskService(
    '11111111-2222-3333-4444-555555555553',
    'nginx',
    '192.168.56.108',
    22222,
  )
  consul.agent('box-5').register(first)
  consul.agent('box-5').register(second)
  consul.agent('box-8').register(third)
  const ask = async (path: string, vm = 'box-1', init: RequestInit = {}) => {
    const server = consulDoor(consul, world, world.vms.get(vm)!)
    time.quiet.watch(server)
    server.listen(0, '127.0.0.1')
    closers.push(() => server.close().closeAllConnections())
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init)
    const text = await response.text()
    const isJson = response.headers.get('content-type') === 'application/json'
    const body: unknown = isJson ? JSON.parse(text) : text
    return { status: response.status, headers: response.headers, body }
  }
  return { time, world, consul, ask }
}

test.each([
  ['/v1/agent/self', 'consul-agent-self', 'box-1'],
  ['/v1/agent/self', 'consul-agent-self-105', 'box-5'],
  ['/v1/agent/members', 'consul-agent-members', 'box-1'],
  ['/v1/agent/checks', 'consul-101-agent-checks', 'box-1'],
  ['/v1/agent/services', 'consul-101-agent-services', 'box-1'],
  ['/v1/agent/services', 'consul-105-agent-services', 'box-5'],
  ['/v1/catalog/nodes', 'consul-catalog-nodes', 'box-1'],
  ['/v1/catalog/service/nginx', 'consul-catalog-service-nginx', 'box-1'],
  ['/v1/catalog/service/nothere', 'consul-service-unknown', 'box-1'],
  ['/v1/catalog/services', 'consul-catalog-services', 'box-7'],
  ['/v1/health/service/nginx', 'consul-health-service-nginx', 'box-1'],
  ['/v1/health/service/nginx?passing', 'consul-health-service-nginx-passing', 'box-1'],
  ['/v1/health/service/nginx?index=1&wait=1s', 'consul-blocking-old', 'box-1'],
  ['/v1/health/service/nothere', 'consul-health-unknown', 'box-1'],
  ['/v1/health/state/any', 'consul-health-state-any', 'box-1'],
  ['/v1/internal/ui/services', 'consul-internal-ui-services', 'box-1'],
  ['/v1/status/leader', 'consul-status-leader', 'box-1'],
  ['/v1/status/peers', 'consul-status-peers', 'box-1'],
  ['/v1/agent/service/nothere', 'consul-agent-service-unknown', 'box-1'],
  ['/v1/catalog/services?index=x', 'consul-bad-index', 'box-1'],
  ['/v1/catalog/services?index=1&wait=x', 'consul-bad-wait', 'box-1'],
  ['/v1/catalog/services?stale&consistent', 'consul-stale-consistent', 'box-1'],
])('%s has the paths, types and headers of %s', async (path, name, vm) => {
  const { ask } = await cluster()
  const real = recording(name)
  const ours = await ask(path, vm)
  expect(ours.status).toBe(real.status)
  if (typeof real.body === 'string') expect(ours.body).toBe(real.body)
  expect(shapeOf(ours.body)).toEqual(shapeOf(real.body))
  for (const [header, value] of Object.entries(real.headers)) {
    if (!/^x-consul|^content-type/i.test(header)) continue
    const got = ours.headers.get(header)
    if (/index$/i.test(header)) expect(Number(got)).toBeGreaterThan(0)
    else expect([header, got]).toEqual([header, value])
  }
})

// Consul 1.14.4, 2026-11-25 (docs/discoveries.md): nothing at all is an empty list, a prefix is missing.
test('the keys of an empty store are a list, those of a prefix without any are not there', async () => {
  const { ask } = await cluster()
  expect(await ask('/v1/kv/?keys', 'box-1')).toMatchObject({ status: 200, body: [] })
  expect(await ask('/v1/kv/consul?keys', 'box-1')).toMatchObject({ status: 404, body: '' })
  await ask('/v1/kv/a/b', 'box-1', { method: 'PUT', body: '1' })
  await ask('/v1/kv/a/c/d', 'box-1', { method: 'PUT', body: '1' })
  expect((await ask('/v1/kv/?keys', 'box-1')).body).toEqual(['a/b', 'a/c/d'])
  expect((await ask('/v1/kv/a/?keys&separator=/', 'box-1')).body).toEqual(['a/b', 'a/c/'])
  expect(await ask('/v1/kv/consul?keys', 'box-1')).toMatchObject({ status: 404, body: '' })
})

test('keys and sessions answer as recorded, in the order of the recordings', async () => {
  const { ask } = await cluster()
  const key = '/v1/kv/consul/configuration/db_port'
  const step = async (name: string, path: string, method = 'GET', body?: string) => {
    const real = recording(name)
    const ours = await ask(path, 'box-1', { method, ...(body === undefined ? {} : { body }) })
    expect([name, ours.status]).toEqual([name, real.status])
    const text = typeof ours.body === 'string'
    if (!text) expect([name, shapeOf(ours.body)]).toEqual([name, shapeOf(real.body)])
    return ours.body
  }
  expect(await step('kv-missing', key)).toBe('')
  expect(await step('kv-put', key, 'PUT', '5432')).toBe(true)
  expect(await step('kv-get', key)).toMatchObject([{ Value: 'NTQzMg==' }])
  expect(await step('kv-raw', `${key}?raw`)).toBe('5432')
  expect(await step('kv-keys', '/v1/kv/consul?keys')).toEqual(['consul/configuration/db_port'])
  await step('kv-recurse', '/v1/kv/consul?recurse')
  expect(await step('kv-cas-fail', `${key}?cas=0`, 'PUT', '1')).toBe(false)
  expect(await step('kv-delete', key, 'DELETE')).toBe(true)
  const settings = { Name: 'grade', TTL: '30s', Behavior: 'delete', LockDelay: '0s' }
  const create = (name: string, body: unknown) =>
    step(name, '/v1/session/create', 'PUT', JSON.stringify(body)) as Promise<{ ID: string }>
  const { ID: a } = await create('session-create', settings)
  const { ID: b } = await create('session-create-2', { Name: 'grade', TTL: '30s' })
  const lock = '/v1/kv/grade/lock'
  expect(await step('kv-acquire', `${lock}?acquire=${a}`, 'PUT', 'a')).toBe(true)
  expect(await step('kv-acquire-second', `${lock}?acquire=${b}`, 'PUT', 'b')).toBe(false)
  expect(await step('kv-locked', lock)).toMatchObject([{ Session: a, LockIndex: 1 }])
  expect(await step('session-renew', `/v1/session/renew/${a}`, 'PUT')).toMatchObject([{ ID: a }])
  expect(await step('kv-release', `${lock}?release=${a}`, 'PUT', '')).toBe(true)
  await step('session-destroy', `/v1/session/destroy/${a}`, 'PUT')
  const gone = await step('session-renew-gone', `/v1/session/renew/${a}`, 'PUT')
  expect(gone).toBe(`Session id '${a}' not found`)
})

test('an unknown request is a gap, a wrong method is refused', async () => {
  const { ask } = await cluster()
  const unknown = await ask('/v1/nope')
  expect([unknown.status, unknown.body]).toEqual([501, 'lab: GET /v1/nope is not simulated'])
  const filtered = await ask('/v1/catalog/nodes?filter=Node==x')
  expect(filtered.status).toBe(501)
  const patched = await ask('/v1/catalog/services', 'box-1', { method: 'PATCH' })
  expect([patched.status, patched.body]).toEqual([405, recording('consul-bad-method').body])
  expect(patched.headers.get('allow')).toBe('OPTIONS,GET')
})

test('a blocking query is parked, and returns when its service changes or its wait is over', async () => {
  const { ask, consul, time } = await cluster()
  const path = '/v1/health/service/nginx'
  const index = (await ask(path)).headers.get('x-consul-index')
  const changing = ask(`${path}?index=${index}&wait=5m`)
  await time.clock.sleep(1000)
  const started = time.now()
  consul.agent('box-7').register(taskService('a', 'nginx', '192.168.56.107', 25000))
  const changed = await changing
  expect(changed.body).toHaveLength(4)
  expect(time.now()).toBe(started)
  const next = changed.headers.get('x-consul-index')
  expect(Number(next)).toBeGreaterThan(Number(index))
  const idle = ask(`${path}?index=${next}&wait=10s`)
  await time.clock.sleep(11_000)
  const unchanged = await idle
  expect(unchanged.headers.get('x-consul-index')).toBe(next)
  expect(unchanged.headers.get('x-consul-query-backend')).toBe('streaming')
})
