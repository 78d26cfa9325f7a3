import { execFileSync } from 'node:child_process'
import type { Socket } from 'node:net'
import ssh2, { type AuthContext, type Connection } from 'ssh2'
import { afterAll, afterEach, expect, test } from 'vitest'
import { listening, makeFolder, plainServer, type SshPart, sshTo } from './test-sshd.ts'

const folder = makeFolder()
afterAll(() => folder.remove())
const undo: (() => unknown)[] = []
afterEach(() => {
  for (const act of undo.splice(0).reverse()) act()
})

const key = folder.key('id')
const hostKey = execFileSync('cat', [folder.key('host')], { encoding: 'utf8' })
const vm = { name: 'box-5', host: '192.168.56.105' }

const ssh = (port: number, part: SshPart = {}) => sshTo(folder, port, { key, ...part }).ssh

/** An SSH server of ssh2's own, for what a real one does not do. */
async function odd(
  authenticate: (context: AuthContext, connection: Connection) => void,
  own: { banner?: string; connected?(connection: Connection): void } = {},
): Promise<number> {
  const server = new ssh2.Server(
    { hostKeys: [hostKey], ...(own.banner && { banner: own.banner }) },
    (connection) => {
      undo.push(() => connection.end())
      connection.on('error', () => {})
      connection.on('authentication', (context) => authenticate(context, connection))
      connection.on('session', (accept) => {
        accept().on('exec', (acceptExec) => {
          const channel = acceptExec()
          channel.exit(0)
          channel.end()
        })
      })
      own.connected?.(connection)
    },
  )
  undo.push(() => server.close())
  return await listening(server as unknown as Parameters<typeof listening>[0])
}

const raw = async (answer: (socket: Socket) => void) => {
  const server = await plainServer(answer)
  undo.push(() => server.stop())
  return server.port
}

test('a password where keys are not taken; it is in no sentence', async () => {
  const port = await odd((context) => {
    if (context.method === 'password' && context.password === 'tell-nobody') context.accept()
    else context.reject(['password'])
  })
  // The default key file is not there: that is no fault where a password serves.
  const without = { key: undefined }
  expect((await ssh(port, { ...without, password: 'tell-nobody' }).exec(vm, 'true')).code).toBe(0)
  const wrong = await ssh(port, { password: 'guess-1234' })
    .exec(vm, 'true')
    .catch((e) => e)
  expect(wrong).toMatchObject({ code: 'SSH_AUTH' })
  expect(wrong.message).toContain('the user box with the password was not accepted')
  expect(wrong.message).toContain('(sshd takes password)')
  expect(wrong.message + wrong.cure).not.toContain('guess-1234')
})

test('the password answers questions too, those whose answer is not shown', async () => {
  const port = await odd((context) => {
    if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive'])
    context.prompt(
      [
        { prompt: 'Colour: ', echo: true },
        { prompt: 'Password: ', echo: false },
      ],
      (answers) => {
        if (answers.join() === ',tell-nobody') context.accept()
        else context.reject()
      },
    )
  })
  expect((await ssh(port, { password: 'tell-nobody' }).exec(vm, 'true')).code).toBe(0)
})

test('a key and then a password, where both are wanted', async () => {
  let keyShown = false
  const port = await odd((context) => {
    if (context.method === 'publickey' && !keyShown) {
      if (!context.signature) return context.accept()
      keyShown = true
      return context.reject(['password'], true)
    }
    if (context.method === 'password' && keyShown) return context.accept()
    context.reject(keyShown ? ['password'] : ['publickey'])
  })
  expect((await ssh(port, { password: 'x' }).exec(vm, 'true')).code).toBe(0)
})

test('with nothing to show nobody is asked', async () => {
  let asked = 0
  const port = await raw(() => asked++)
  await expect(ssh(port, { key: undefined }).exec(vm, 'true')).rejects.toMatchObject({
    code: 'SSH_KEY_MISSING',
    message: expect.stringContaining('id_ed25519_box cannot be read (ENOENT)'),
  })
  expect(asked).toBe(0)
})

test('PKCS#8, PuTTY’s format and nonsense are named with the command that converts', async () => {
  const ask = (name: string, text: string) =>
    ssh(1, { key: folder.write(name, text) })
      .exec(vm, 'true')
      .catch((error) => error)
  const pkcs8 = await ask('p8', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n')
  expect(pkcs8).toMatchObject({ code: 'SSH_KEY_UNSUPPORTED' })
  expect(pkcs8.cure).toContain(`ssh-keygen -p -f ${folder.path}/p8`)
  const putty = await ask('box.ppk', 'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n')
  expect(putty).toMatchObject({ code: 'SSH_KEY_UNSUPPORTED' })
  expect(putty.cure).toContain(
    `puttygen ${folder.path}/box.ppk -O private-openssh -o ${folder.path}/box`,
  )
  expect(await ask('junk', 'hello')).toMatchObject({ code: 'SSH_KEY_UNSUPPORTED' })
})

test('old PEM keys are taken', async () => {
  const port = await odd((context) => {
    if (context.method === 'publickey') context.accept()
    else context.reject(['publickey'])
  })
  const pem = folder.key('pem', '-t', 'rsa', '-b', '2048', '-m', 'PEM')
  expect((await ssh(port, { key: pem }).exec(vm, 'true')).code).toBe(0)
})

test('while the VM starts it lets nobody in: that is not said of the key', async () => {
  const banner = 'System is booting up. Unprivileged users are not permitted to log in yet.'
  const refusing = await odd((context) => context.reject(['publickey']), { banner })
  const closing = await odd(
    (context, connection) =>
      context.method === 'none' ? context.reject(['publickey']) : connection.end(),
    { banner },
  )
  for (const port of [refusing, closing]) {
    const error = await ssh(port)
      .exec(vm, 'true')
      .catch((e) => e)
    expect(error).toMatchObject({ code: 'SSH_AUTH' })
    expect(error.message).toContain('lets nobody in at the moment: "System is booting up.')
    expect(error.cure).not.toContain('ssh-copy-id')
  }
})

test.each<[string, () => Promise<number>, string, RegExp]>([
  ['nothing is said', () => raw(() => {}), 'ETIMEDOUT', /no SSH handshake was done/],
  [
    'nothing follows its greeting',
    () => raw((socket) => socket.write('SSH-2.0-slow\r\n')),
    'ETIMEDOUT',
    /no SSH handshake was done/,
  ],
  ['the login is not answered', () => odd(() => {}), 'ETIMEDOUT', /did not finish the login/],
  ['it is closed at once', () => raw((socket) => socket.end()), 'ECONNRESET', /closed again/],
  [
    'it is closed after the greeting',
    () => raw((socket) => socket.end('SSH-2.0-gone\r\n')),
    'ECONNRESET',
    /closed again/,
  ],
  ['it is reset', () => raw((socket) => socket.resetAndDestroy()), 'ECONNRESET', /closed again/],
])('%s: one Fault, in time', async (_what, open, code, sentence) => {
  const port = await open()
  const asked = ssh(port).exec(vm, 'true', { deadline: 2000 })
  await expect(asked).rejects.toMatchObject({ code, message: expect.stringMatching(sentence) })
  await expect(asked).rejects.toMatchObject({ message: expect.stringContaining('box-5 (ssh box@') })
})

test('a forwarded connection that is never answered ends at its deadline', async () => {
  const port = await odd((context) => context.accept(), {
    connected: (connection) => connection.on('tcpip', () => {}),
  })
  const one = ssh(port)
  undo.push(() => one.close())
  await expect(one.forward(vm, '127.0.0.1', 4646, 1500)).rejects.toMatchObject({
    code: 'ETIMEDOUT',
  })
})

test('of a server that goes away, a forwarded connection ends', async () => {
  let leave = () => {}
  const port = await odd((context) => context.accept(), {
    connected(connection) {
      leave = () => connection.end()
      connection.on('tcpip', (accept) => void accept().write('hello'))
    },
  })
  const one = ssh(port)
  undo.push(() => one.close())
  const socket = await one.forward(vm, '127.0.0.1', 4646, 5000)
  const { promise: ended, resolve } = Promise.withResolvers<void>()
  socket.on('close', resolve)
  socket.once('data', () => leave())
  await ended
  expect(socket.destroyed).toBe(true)
})
