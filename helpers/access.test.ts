import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type AgentAccess, consulAccess, nomadAccess } from './access.ts'
import { type ClusterFileInput, clusterFileSchema } from './cluster/file.ts'
import { straightRoute } from './cluster/straight.ts'
import { createHttp } from './http.ts'
import { wallClock } from './time/clock.ts'

const dir = mkdtempSync(join(tmpdir(), 'access-test-'))
afterAll(() => rmSync(dir, { recursive: true }))

const file = (more: Partial<ClusterFileInput> = {}) =>
  clusterFileSchema.parse({ server: '192.168.56.101', ...more })

const nomadEnv = {
  NOMAD_TOKEN: 'env-token',
  NOMAD_CACERT: '/env/ca',
  NOMAD_CAPATH: '/env/capath',
  NOMAD_CLIENT_CERT: '/env/cert',
  NOMAD_CLIENT_KEY: '/env/key',
  NOMAD_TLS_SERVER_NAME: 'env.name',
  NOMAD_SKIP_VERIFY: 'true',
}

test('nothing said: HTTP, the usual ports, no token', () => {
  expect(nomadAccess(file(), {})).toMatchObject({ host: '192.168.56.101', port: 4646 })
  expect(nomadAccess(file(), {}).tls).toBeUndefined()
  expect(nomadAccess(file(), { NOMAD_TOKEN: '' }).headers).toBeUndefined()
  expect(consulAccess(file(), {})).toMatchObject({ host: '192.168.56.101', port: 8500 })
})

test('the cluster file wins over the environment, one setting at a time', () => {
  const said = nomadAccess(
    file({ nomad: { token: 'own', tls: { ca: '/own/ca', verify: true, serverName: 'own.name' } } }),
    nomadEnv,
  )
  expect(said.headers).toEqual({ 'x-nomad-token': 'own' })
  expect(said.tls).toEqual({
    ca: '/own/ca',
    caPath: undefined,
    cert: '/env/cert',
    key: '/env/key',
    serverName: 'own.name',
    verify: true,
  })
  const left = nomadAccess(file({ nomad: { tls: {} } }), nomadEnv)
  expect(left.headers).toEqual({ 'x-nomad-token': 'env-token' })
  expect(left.tls).toMatchObject({ ca: '/env/ca', caPath: '/env/capath', verify: false })
})

test.each([
  ['https://10.0.0.1:4747', { host: '10.0.0.1', port: 4747 }, true],
  ['http://[fd00::1]:4646/', { host: 'fd00::1', port: 4646 }, false],
  ['https://nomad.example', { host: 'nomad.example', port: 443 }, true],
  ['nomad.example', { host: 'nomad.example', port: 4646 }, false],
  ['nomad.example:80', { host: 'nomad.example', port: 80 }, false],
])('address: %s', (address, where, secure) => {
  const access = nomadAccess(file({ nomad: { address } }), {})
  expect(access).toMatchObject(where)
  expect(access.tls !== undefined).toBe(secure)
})

test.each(['https://a/b', 'unix:///run/nomad.sock', 'https://u:p@host'])(
  'no address: %s',
  (address) => {
    expect(() => nomadAccess(file({ nomad: { address } }), {})).toThrow(/no http\(s\):/)
  },
)

test('Consul’s variables: SSL, its check, a token’s file before a token', () => {
  const token = join(dir, 'token')
  writeFileSync(token, 'from-file\n')
  const env = { CONSUL_HTTP_SSL: '1', CONSUL_HTTP_SSL_VERIFY: 'false', CONSUL_HTTP_TOKEN: 'plain' }
  expect(consulAccess(file(), env)).toMatchObject({
    tls: { verify: false },
    headers: { 'x-consul-token': 'plain' },
  })
  const both = { ...env, CONSUL_HTTP_TOKEN_FILE: token }
  expect(consulAccess(file(), both).headers).toEqual({ 'x-consul-token': 'from-file' })
  expect(() => consulAccess(file(), { CONSUL_HTTP_TOKEN_FILE: join(dir, 'none') })).toThrow(
    /CONSUL_HTTP_TOKEN_FILE/,
  )
})

test('a lab and a local cluster take nothing of the environment', () => {
  const lab = { id: 'lab-1', seed: 1, connect: '127.0.0.1:1' }
  const local = { id: 'local-1', connect: '/run/x', heartbeats: 'usual' as const }
  for (const one of [file({ lab }), file({ local })]) {
    expect(nomadAccess(one, nomadEnv).headers).toBeUndefined()
    expect(
      consulAccess(one, { CONSUL_HTTP_SSL: 'true', CONSUL_HTTP_TOKEN: 'x' }).tls,
    ).toBeUndefined()
  }
})

async function ask(
  access: AgentAccess,
  path: string,
  answer: { status: number; text: string; headers?: Record<string, string> },
  method: 'GET' | 'POST' = 'GET',
) {
  const server = createServer((_, response) => {
    response.writeHead(answer.status, answer.headers).end(answer.text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const http = createHttp(straightRoute(), wallClock(), access)
  const { port } = server.address() as AddressInfo
  try {
    return await http.request({ host: '127.0.0.1', port, path, method }).catch((error) => error)
  } finally {
    await http.close()
    server.close()
  }
}

test('a refusal says which token is missing, or which right it lacks', async () => {
  const no = { status: 403, text: 'Permission denied' }
  const without = await ask(nomadAccess(file(), {}), '/v1/nodes?resources=true', no)
  expect(without).toMatchObject({
    code: 'NOMAD_403',
    message: 'Nomad at 127.0.0.1 refused with 403 (/v1/nodes): we have no token.',
    cure: expect.stringContaining('node { policy = "read" }'),
  })
  expect(without.cure).toContain('NOMAD_TOKEN')
  const token = { NOMAD_TOKEN: 'sesame-42' }
  const weak = await ask(nomadAccess(file(), token), '/v1/jobs', no, 'POST')
  expect(weak.message).toContain('our token has not the right')
  expect(weak.cure).toContain('namespace "default" { policy = "write" }')
  const strange = { status: 403, text: 'ACL token not found' }
  const unknown = await ask(nomadAccess(file(), token), '/v1/jobs', strange)
  expect(unknown.message).toContain('our token is none of this cluster')
  // Nomad 1.4.4 says 500 of a token that is no UUID.
  const mistyped = { status: 500, text: 'failed to resolve token: UUID must be 36 characters' }
  const typed = await ask(nomadAccess(file(), token), '/v1/jobs', mistyped)
  expect(typed.message).toContain('our token is none of this cluster')
  for (const error of [weak, unknown, typed])
    expect(error.message + error.cure).not.toContain('sesame-42')
})

test('what Consul hides from the token is no empty list', async () => {
  const headers = { 'X-Consul-Results-Filtered-By-ACLs': 'true' }
  const answer = { status: 200, text: '[]', headers }
  const env = { CONSUL_HTTP_TOKEN: 'weak' }
  expect(await ask(consulAccess(file(), env), '/v1/health/service/nginx', answer)).toMatchObject({
    code: 'CONSUL_403',
    message: expect.stringContaining('left out of its answer what we may not see'),
    cure: expect.stringContaining('service_prefix "" { policy = "read" }'),
  })
})

test('without a token Consul does not say that it hides: what is never empty tells', async () => {
  const headers = { 'X-Consul-Default-Acl-Policy': 'deny' }
  const none = consulAccess(file(), {})
  const empty = { status: 200, text: '[]', headers }
  expect(await ask(none, '/v1/agent/members', empty)).toMatchObject({
    code: 'CONSUL_403',
    message: expect.stringContaining('we have no token'),
  })
  expect(await ask(none, '/v1/health/service/nginx', empty)).toMatchObject({ status: 200 })
  const full = { status: 200, text: '{"consul":[]}', headers }
  expect(await ask(none, '/v1/catalog/services', full)).toMatchObject({ status: 200 })
})

test('HTTP where HTTPS is wanted', async () => {
  const answer = { status: 400, text: 'Client sent an HTTP request to an HTTPS server.\n' }
  expect(await ask(nomadAccess(file(), {}), '/v1/nodes', answer)).toMatchObject({
    code: 'TLS_WANTED',
    cure: expect.stringContaining('"nomad:"'),
  })
})
