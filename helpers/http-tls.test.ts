import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { createServer, type Server, type ServerOptions } from 'node:https'
import { type AddressInfo, createServer as createTcp } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { nomadAccess } from './access.ts'
import { clusterFileSchema } from './cluster/file.ts'
import { straightRoute } from './cluster/straight.ts'
import { type Access, createHttp } from './http.ts'
import { wallClock } from './time/clock.ts'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const act of undo.splice(0).reverse()) await act()
})

const hasOpenssl = (() => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

const why = hasOpenssl ? '' : ' (skipped: openssl, which makes the certificates, is not here)'
describe.skipIf(!hasOpenssl)(`over TLS${why}`, () => {
  const dir = mkdtempSync(join(tmpdir(), 'tls-test-'))
  const at = (name: string) => join(dir, name)
  beforeAll(() => {
    makeAuthority('ca')
    makeAuthority('strangers')
    makeCertificate('server', 'ca', 'DNS:server.global.nomad,DNS:localhost,IP:127.0.0.1')
    makeCertificate('elsewhere', 'ca', 'DNS:server.global.nomad')
    makeCertificate('client', 'ca', 'DNS:client.global.nomad')
    makeCertificate('stranger', 'strangers', 'DNS:client.global.nomad')
  })
  afterAll(() => rmSync(dir, { recursive: true }))

  function openssl(...args: string[]) {
    execFileSync('openssl', args, { stdio: 'ignore' })
  }
  const keyOptions = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  function makeAuthority(name: string) {
    const out = ['-keyout', at(`${name}.key`), '-out', at(`${name}.pem`)]
    openssl('req', '-x509', ...keyOptions, '-days', '30', '-subj', `/CN=${name}`, ...out)
  }
  function makeCertificate(name: string, ca: string, names: string) {
    writeFileSync(at(`${name}.ext`), `subjectAltName=${names}\n`)
    const out = ['-keyout', at(`${name}.key`), '-out', at(`${name}.csr`)]
    openssl('req', ...keyOptions, '-subj', `/CN=${name}`, ...out)
    const by = ['-CA', at(`${ca}.pem`), '-CAkey', at(`${ca}.key`), '-CAcreateserial']
    const made = ['-extfile', at(`${name}.ext`), '-out', at(`${name}.pem`)]
    openssl('x509', '-req', '-in', at(`${name}.csr`), '-days', '30', ...by, ...made)
  }

  async function secure(
    name: string,
    options: ServerOptions = {},
    seen: (request: IncomingMessage) => void = () => {},
  ): Promise<number> {
    const own = { cert: readFileSync(at(`${name}.pem`)), key: readFileSync(at(`${name}.key`)) }
    const server = createServer({ ...own, ...options }, (request, response) => {
      seen(request)
      response.write('{"a":1}\n')
      response.end('{"b":2}\n')
    })
    return await listening(server)
  }
  async function listening(server: Server | ReturnType<typeof createTcp>): Promise<number> {
    server.on('tlsClientError', () => {})
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    undo.push(() => {
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
    return (server.address() as AddressInfo).port
  }
  function client(access: Access) {
    const http = createHttp(straightRoute(), wallClock(), access)
    undo.push(() => http.close())
    return http
  }
  const ask = (port: number, tls: Access['tls'], host = '127.0.0.1') =>
    client({ tls }).request({ host, port, path: '/v1/nodes' })

  test('an authority that is known, a kept connection, a stream, a token', async () => {
    const tokens: unknown[] = []
    const sockets = new Set<unknown>()
    const port = await secure('server', {}, (request) => {
      tokens.push(request.headers['x-nomad-token'])
      sockets.add(request.socket)
    })
    const http = client({ tls: { ca: at('ca.pem') }, headers: { 'x-nomad-token': 't0ken' } })
    const path = '/v1/nodes'
    expect((await http.request({ host: '127.0.0.1', port, path })).text).toBe('{"a":1}\n{"b":2}\n')
    for (let n = 0; n < 4; n++) await http.request({ host: '127.0.0.1', port, path })
    expect(sockets.size).toBeLessThan(3)
    const lines: string[] = []
    for await (const line of http.stream({ host: '127.0.0.1', port, path })) lines.push(line)
    expect(lines).toEqual(['{"a":1}', '{"b":2}'])
    expect(tokens).toEqual(Array(6).fill('t0ken'))
  })

  test('a folder of authorities, as NOMAD_CAPATH names it', async () => {
    const folder = mkdtempSync(join(dir, 'capath-'))
    writeFileSync(join(folder, 'one.pem'), readFileSync(at('ca.pem')))
    const port = await secure('server')
    expect((await ask(port, { caPath: folder })).status).toBe(200)
  })

  test('an authority that is not known says which setting names it', async () => {
    const port = await secure('server')
    await expect(ask(port, {})).rejects.toMatchObject({
      name: 'Fault',
      message: expect.stringContaining(
        `GET https://127.0.0.1:${port}/v1/nodes: its certificate is`,
      ),
      cure: expect.stringContaining('tls: ca:'),
    })
    await expect(ask(port, { ca: at('strangers.pem') })).rejects.toMatchObject({
      cure: expect.stringContaining('tls: ca:'),
    })
    expect((await ask(port, { verify: false })).status).toBe(200)
  })

  test('a certificate for another name, and the setting that says it', async () => {
    const port = await secure('elsewhere')
    const ca = at('ca.pem')
    await expect(ask(port, { ca })).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
      cure: expect.stringContaining('serverName'),
    })
    expect((await ask(port, { ca, serverName: 'server.global.nomad' })).status).toBe(200)
  })

  /** OpenSSL's own server says why it refuses, as those of Nomad and Consul do. */
  async function strict(): Promise<number> {
    const own = ['-cert', at('server.pem'), '-key', at('server.key'), '-CAfile', at('ca.pem')]
    const must = ['-Verify', '1', '-verify_return_error', '-www', '-accept', '127.0.0.1:0']
    const server = spawn('openssl', ['s_server', ...own, ...must], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    undo.push(() => server.kill('SIGKILL'))
    let said = ''
    for await (const chunk of server.stdout) {
      said += chunk
      const port = /ACCEPT 127\.0\.0\.1:(\d+)/.exec(said)?.[1]
      if (port) return Number(port)
    }
    throw new Error(`openssl s_server ended: ${said}`)
  }

  test('where clients must have a certificate', async () => {
    const ca = at('ca.pem')
    const own = { ca, cert: at('client.pem'), key: at('client.key') }
    expect((await ask(await strict(), own)).status).toBe(200)
    const needed = { cure: expect.stringContaining('tls: cert:') }
    await expect(ask(await strict(), { ca })).rejects.toMatchObject(needed)
    const strange = { ca, cert: at('stranger.pem'), key: at('stranger.key') }
    await expect(ask(await strict(), strange)).rejects.toMatchObject(needed)
    // One that only closes the connection.
    const options = { ca: readFileSync(ca), requestCert: true, rejectUnauthorized: true }
    await expect(ask(await secure('server', options), { ca })).rejects.toMatchObject(needed)
  })

  test('HTTPS where HTTP is spoken, and silence', async () => {
    const plain = await listening(
      createTcp((socket) => {
        socket.on('error', () => {})
        socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
      }),
    )
    await expect(ask(plain, {})).rejects.toMatchObject({
      message: expect.stringContaining('does not speak TLS'),
    })
    const silent = await listening(createTcp((socket) => void socket.on('error', () => {})))
    const asked = client({ tls: {} }).request({
      ...{ host: '127.0.0.1', port: silent, path: '/', deadline: 2000 },
    })
    await expect(asked).rejects.toMatchObject({ code: 'ETIMEDOUT' })
  })

  test('a file that cannot be read is named', () => {
    expect(() => client({ tls: { ca: at('none.pem') } })).toThrow(
      /certificate of the authority .*none.pem cannot be read \(ENOENT\)/,
    )
  })

  test('as Nomad’s own command line takes it from the environment', async () => {
    const port = await secure('server')
    const file = clusterFileSchema.parse({
      server: '192.168.56.101',
      nomad: { address: `https://localhost:${port}` },
    })
    const access = nomadAccess(file, { NOMAD_CACERT: at('ca.pem') })
    const { host } = access
    expect((await client(access).request({ host, port, path: '/v1/nodes' })).status).toBe(200)
  })
})
