import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { noSshd, plainServer, realSshd, useSshd, vm, whyNot } from './test-sshd.ts'

describe.skipIf(noSshd)(`a real OpenSSH server, and what runs there${whyNot}`, () => {
  const { folder, key, hostKey, sshd, undo, connectTo } = useSshd()

  test('a command gets its input, also of more than one window, and its status comes back', async () => {
    const { ssh } = connectTo(sshd.port)
    const input = Readable.from(Array.from({ length: 64 }, () => Buffer.alloc(100_000, 'x')))
    const ran = await ssh.exec(vm, 'wc -c; exit 3', { input })
    expect(ran).toMatchObject({ code: 3, stdout: '6400000\n', lost: false })
    // Without input there is nothing to wait for.
    expect(await ssh.exec(vm, 'cat')).toMatchObject({ code: 0, stdout: '' })
    // A command that does not read to the end is no fault.
    expect(await ssh.exec(vm, 'head -c 1', { input: Buffer.alloc(9_000_000, 'y') })).toMatchObject({
      code: 0,
      stdout: 'y',
    })
  })

  test('input that breaks off is a Fault, and the command is not waited for', async () => {
    const { ssh } = connectTo(sshd.port)
    const input = new Readable({ read() {} })
    input.push('half')
    setImmediate(() => input.destroy(new Error('disk gone')))
    await expect(ssh.exec(vm, 'cat', { input })).rejects.toMatchObject({
      code: 'SSH_INPUT',
      message: expect.stringContaining('disk gone'),
    })
  })

  test('forwarding reaches what listens on 127.0.0.1 only, over one kept connection', async () => {
    const echo = await plainServer((socket) => socket.pipe(socket))
    undo.push(() => echo.stop())
    const { ssh } = connectTo(sshd.port)
    const before = sshd.count()
    const said = await Promise.all(
      ['one', 'two', 'three'].map(async (word) => {
        const socket = await ssh.forward(vm, '127.0.0.1', echo.port, 5000)
        socket.end(word)
        return text(socket)
      }),
    )
    expect(said).toEqual(['one', 'two', 'three'])
    expect(sshd.count() - before).toBe(1)
    // A port that was just closed may be another test's by now; nobody listens on port 1.
    await expect(ssh.forward(vm, '127.0.0.1', 1, 5000)).rejects.toMatchObject({
      code: 'ECONNREFUSED',
      name: 'Error',
    })
    // Nobody has that address on a network that this machine is part of.
    await expect(ssh.forward(vm, '127.0.0.1.invalid', 1, 5000)).rejects.toMatchObject({
      code: 'EHOSTUNREACH',
    })
  })

  test('a kept connection that broke is opened again', async () => {
    const echo = await plainServer((socket) => socket.pipe(socket))
    const other = await realSshd(folder, { allowed: [key], hostKey })
    undo.push(() => echo.stop())
    const { ssh } = connectTo(other.port)
    const say = async (word: string) => {
      const socket = await ssh.forward(vm, '127.0.0.1', echo.port, 5000)
      socket.end(word)
      return text(socket)
    }
    expect(await say('before')).toBe('before')
    other.dropAll()
    expect(await say('after')).toBe('after')
    expect(other.count()).toBe(2)
    other.stop()
  })

  test('forbidden forwarding is a Fault that names the setting', async () => {
    const lines = ['AllowTcpForwarding no']
    const strict = await realSshd(folder, { allowed: [key], hostKey, lines })
    undo.push(() => strict.stop())
    await expect(
      connectTo(strict.port).ssh.forward(vm, '127.0.0.1', 4646, 5000),
    ).rejects.toMatchObject({
      code: 'SSH_FORWARD_PROHIBITED',
      cure: expect.stringContaining('AllowTcpForwarding yes'),
    })
  })
})
