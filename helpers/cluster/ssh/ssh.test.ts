import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ssh2, { type Connection, type ServerChannel } from 'ssh2'
import { afterAll, afterEach, expect, test } from 'vitest'
import { wallClock } from '../../time/clock.ts'
import { clusterFileSchema } from '../file.ts'
import { straightRoute } from '../straight.ts'
import { createSsh } from './ssh.ts'

const dir = mkdtempSync(join(tmpdir(), 'ssh-test-'))
// Not ed25519: ssh2 1.17.0 makes one of 200 so that it cannot read it itself (mscdex/ssh2#1390).
const mine = ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 })
const host = ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 })
const key = join(dir, 'id')
writeFileSync(key, mine.private, { mode: 0o600 })
afterAll(() => rmSync(dir, { recursive: true }))

const undo: (() => unknown)[] = []
afterEach(() => {
  for (const act of undo.splice(0)) act()
})

type Answer = (command: string, channel: ServerChannel, connection: Connection) => void

async function sshd(answer: Answer, accept = true): Promise<number> {
  const server = new ssh2.Server({ hostKeys: [host.private] }, (connection) => {
    undo.push(() => connection.end())
    connection.on('error', () => {})
    connection.on('authentication', (ctx) => {
      if (accept && ctx.method === 'publickey') ctx.accept()
      else ctx.reject(['publickey'])
    })
    connection.on('session', (acceptSession) => {
      acceptSession().on('exec', (acceptExec, _reject, { command }) => {
        answer(command, acceptExec(), connection)
      })
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  undo.push(() => server.close())
  return (server.address() as AddressInfo).port
}

function ssh(port: number, own: { key?: string; fingerprint?: string } = {}) {
  const hosts = { 'box-7': { host: '127.0.0.1', port, fingerprint: own.fingerprint } }
  const file = clusterFileSchema.parse({ server: '127.0.0.1', ssh: { key: own.key ?? key, hosts } })
  return createSsh(file, straightRoute(), wallClock(), {
    stateDir: dir,
    surroundings: { env: {}, home: dir },
  })
}
const vm = { name: 'box-7', host: '192.168.56.107' }

test('a command gives its status and both of its outputs', async () => {
  const port = await sshd((command, channel) => {
    channel.write(`ran ${command}`)
    channel.stderr.write('grumble')
    channel.exit(3)
    channel.end()
  })
  expect(await ssh(port).exec(vm, 'hostname')).toEqual({
    code: 3,
    signal: undefined,
    stdout: 'ran hostname',
    stderr: 'grumble',
    lost: false,
  })
})

test.each<[string, Answer]>([
  ['the channel closes without a status', (_command, channel) => channel.close()],
  ['the connection is dropped', (_command, _channel, connection) => connection.end()],
])('%s: lost, no error', async (_what, answer) => {
  const port = await sshd(answer)
  expect(await ssh(port).exec(vm, 'sudo -n systemctl poweroff')).toMatchObject({
    code: undefined,
    lost: true,
  })
})

test('more output than is kept does not hang and is cut', async () => {
  const port = await sshd((_command, channel) => {
    channel.write('x'.repeat(1_000_000), () => {
      channel.exit(0)
      channel.end()
    })
  })
  const ran = await ssh(port).exec(vm, 'yes')
  expect(ran.stdout).toHaveLength(256 * 1024)
  expect(ran.code).toBe(0)
})

test('a command that does not end is a Fault that names VM, user and command', async () => {
  const port = await sshd(() => {})
  await expect(ssh(port).exec(vm, 'sleep 100', { deadline: 500 })).rejects.toMatchObject({
    code: 'SSH_TIMEOUT',
    message: `box-7 (ssh box@127.0.0.1:${port}): "sleep 100" did not end within 500 ms.`,
  })
})

test('a wait that is given up ends at once', async () => {
  const running = Promise.withResolvers<void>()
  const port = await sshd(() => running.resolve())
  const stop = new AbortController()
  const ran = ssh(port).exec(vm, 'sleep 100', { signal: stop.signal })
  ran.catch(() => {})
  await running.promise
  stop.abort(new Error('enough'))
  await expect(ran).rejects.toThrow('enough')
})

test('a key that is not accepted is said with the way to put it there', async () => {
  const port = await sshd(() => {}, false)
  await expect(ssh(port).exec(vm, 'true')).rejects.toMatchObject({
    code: 'SSH_AUTH',
    cure: expect.stringContaining('ssh-copy-id'),
  })
})

test('the right fingerprint is accepted, another one says how to accept it', async () => {
  const port = await sshd((_command, channel) => {
    channel.exit(0)
    channel.end()
  })
  const parsed = ssh2.utils.parseKey(host.public)
  if (parsed instanceof Error) throw parsed
  const sum = createHash('sha256').update(parsed.getPublicSSH()).digest('base64').replace(/=/g, '')
  const fingerprint = `SHA256:${sum}`
  expect((await ssh(port, { fingerprint }).exec(vm, 'true')).code).toBe(0)
  await expect(ssh(port, { fingerprint: 'SHA256:other' }).exec(vm, 'true')).rejects.toMatchObject({
    code: 'SSH_HOST_KEY',
    cure: expect.stringContaining(`fingerprint: ${fingerprint}`),
  })
})

test('keys that are missing or not understood are named', async () => {
  const port = await sshd(() => {})
  const missing = join(dir, 'none')
  await expect(ssh(port, { key: missing }).exec(vm, 'true')).rejects.toMatchObject({
    code: 'SSH_KEY_MISSING',
  })
  const odd = join(dir, 'odd')
  writeFileSync(odd, '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n')
  await expect(ssh(port, { key: odd }).exec(vm, 'true')).rejects.toMatchObject({
    code: 'SSH_KEY_UNSUPPORTED',
    cure: expect.stringContaining('ssh-keygen -p'),
  })
})

test('no sshd, and something else on its port, are Faults', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => {}).resume()
    socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await expect(ssh(port).exec(vm, 'true')).rejects.toMatchObject({ name: 'Fault' })
  server.close()
  await once(server, 'close')
  await expect(ssh(port).exec(vm, 'true')).rejects.toMatchObject({
    code: 'ECONNREFUSED',
    message: `box-7 (ssh box@127.0.0.1:${port}): nothing forwards that port.`,
  })
})
