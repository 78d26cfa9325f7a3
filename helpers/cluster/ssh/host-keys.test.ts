import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { noSshd, realSshd, useSshd, vm, whyNot } from './test-sshd.ts'

describe.skipIf(noSshd)(`a real OpenSSH server, and who it is${whyNot}`, () => {
  const { folder, key, hostKey, undo, connectTo } = useSshd()

  test('a host met for the first time is told once, remembered, and a changed key is refused', async () => {
    const server = await realSshd(folder, { allowed: [key], hostKey })
    undo.push(() => server.stop())
    const first = connectTo(server.port)
    const runs = Array.from({ length: 6 }, () => first.ssh.exec(vm, 'true'))
    expect((await Promise.all(runs)).map((ran) => ran.code)).toEqual([0, 0, 0, 0, 0, 0])
    const print = execFileSync('ssh-keygen', ['-lf', `${hostKey}.pub`], { encoding: 'utf8' })
    const fingerprint = print.split(' ')[1] ?? ''
    expect(first.said).toEqual([expect.stringContaining(fingerprint)])
    const again = connectTo(server.port)
    expect((await again.ssh.exec(vm, 'true')).code).toBe(0)
    expect(again.said).toEqual([])
    const known = join(folder.path, 'state', 'known_hosts')
    const lines = readFileSync(known, 'utf8').split('\n')
    expect(lines.filter((line) => line.startsWith(`[127.0.0.1]:${server.port} `))).toHaveLength(1)

    const other = folder.key('other-host')
    const remade = await realSshd(folder, { allowed: [key], hostKey: other })
    undo.push(() => remade.stop())
    folder.write(
      'state/known_hosts',
      lines.join('\n').replaceAll(`:${server.port} `, `:${remade.port} `),
    )
    const asked = connectTo(remade.port).ssh
    const changed = await asked.exec(vm, 'true').catch((error) => error)
    expect(changed).toMatchObject({ code: 'SSH_HOST_KEY' })
    expect(changed.message).toContain(`${fingerprint} (${known}:`)
    const cure = /ssh-keygen -R '(.+)' -f (\S+);/.exec(changed.cure)
    execFileSync('ssh-keygen', ['-R', cure?.[1] ?? '', '-f', cure?.[2] ?? ''], { stdio: 'ignore' })
    expect((await connectTo(remade.port).ssh.exec(vm, 'true')).code).toBe(0)
  })

  test('a hashed known_hosts of the person is believed, also of another type than the first', async () => {
    const rsa = folder.key('host-rsa', '-t', 'rsa', '-b', '2048')
    const both = [`HostKey ${rsa}`]
    const server = await realSshd(folder, { allowed: [key], hostKey, lines: both })
    undo.push(() => server.stop())
    const known = folder.write(
      '.ssh/known_hosts',
      `[127.0.0.1]:${server.port} ${readFileSync(`${rsa}.pub`, 'utf8')}`,
    )
    execFileSync('ssh-keygen', ['-H', '-f', known], { stdio: 'ignore' })
    expect(readFileSync(known, 'utf8')).toMatch(/^\|1\|/)
    const { ssh, said } = connectTo(server.port)
    expect((await ssh.exec(vm, 'true')).code).toBe(0)
    expect(said).toEqual([])
    folder.write('.ssh/known_hosts', '')
  })

  test('StrictHostKeyChecking of the person is obeyed', async () => {
    const server = await realSshd(folder, { allowed: [key], hostKey })
    undo.push(
      () => server.stop(),
      () => folder.write('.ssh/config', ''),
    )
    const ask = (strict: string) => {
      folder.write('.ssh/config', `Host box-5\n  StrictHostKeyChecking ${strict}\n`)
      return connectTo(server.port).ssh.exec(vm, 'true')
    }
    await expect(ask('yes')).rejects.toMatchObject({
      code: 'SSH_HOST_KEY',
      message: expect.stringContaining('is not known, and StrictHostKeyChecking is yes'),
    })
    expect((await ask('accept-new')).code).toBe(0)
    expect((await ask('yes')).code).toBe(0)
    const name = `[127.0.0.1]:${server.port}`
    folder.write('.ssh/known_hosts', `@revoked ${name} ${readFileSync(`${hostKey}.pub`, 'utf8')}`)
    await expect(ask('no')).rejects.toMatchObject({
      code: 'SSH_HOST_KEY',
      message: expect.stringContaining('is revoked'),
    })
    folder.write('.ssh/known_hosts', '')
  })
})
