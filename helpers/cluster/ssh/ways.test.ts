import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { noSshd, realSshd, sshOf, user, useSshd, vm, whyNot } from './test-sshd.ts'

describe.skipIf(noSshd)(`a real OpenSSH server, and the way there${whyNot}`, () => {
  const { folder, key, hostKey, sshd, undo } = useSshd()

  test('through two jump hosts, each checked and named', async () => {
    const hops = await Promise.all([1, 2].map(() => realSshd(folder, { allowed: [key], hostKey })))
    undo.push(...hops.map((hop) => () => hop.stop()))
    const jump = hops.map((hop) => `${user}@127.0.0.1:${hop.port}`).join(',')
    // A host between that is the VM itself would be left out: only the names differ here.
    const hosts = { 'box-5': { host: 'localhost', port: sshd.port } }
    const { ssh } = sshOf(folder, { user, key, jump, hosts })
    undo.push(() => ssh.close())
    const ran = await ssh.exec(vm, 'echo "$SSH_CONNECTION"')
    expect(ran).toMatchObject({ code: 0 })
    expect(hops.map((hop) => hop.count())).toEqual([1, 1])
    expect((await ssh.exec(vm, 'true')).code).toBe(0)
    expect(hops.map((hop) => hop.count())).toEqual([1, 1])
    expect(ssh.resolve(vm).jump).toEqual(jump.split(','))
  })

  test('a VM that is the jump host itself is reached without itself', () => {
    const jump = 'box@192.168.56.101,box@192.168.56.105:2222'
    const { ssh } = sshOf(folder, { jump })
    expect(ssh.resolve({ name: 'box-1', host: '192.168.56.101' }).jump).toEqual([])
    expect(ssh.resolve(vm).jump).toEqual(['box@192.168.56.101:22'])
    // Forwarded ports have one address, and are different machines.
    const hosts = { 'box-5': { host: '127.0.0.1', port: 2205 } }
    const forwarded = sshOf(folder, { jump: 'box@127.0.0.1:2201', hosts }).ssh
    expect(forwarded.resolve(vm).jump).toEqual(['box@127.0.0.1:2201'])
    expect(() => sshOf(folder, { jump: 'box@' }).ssh.resolve(vm)).toThrow(/"box@" is no jump host/)
  })

  test('~/.ssh/config serves what the cluster file leaves open, and no more', async () => {
    folder.write(
      '.ssh/more.conf',
      `Host box-5\n  HostName 127.0.0.1\n  Port ${sshd.port}\n  User ${user}\n`,
    )
    folder.write(
      '.ssh/config',
      `Include more.conf\nHost 192.168.56.105\n  IdentityFile ${key}\nHost *\n  User nobody\n  ` +
        `UserKnownHostsFile ${folder.path}/nothing\n  StrictHostKeyChecking no\n`,
    )
    undo.push(() => folder.write('.ssh/config', ''))
    const { ssh, said } = sshOf(folder, {})
    expect(ssh.resolve(vm)).toEqual({ host: '127.0.0.1', port: sshd.port, user, key, jump: [] })
    expect((await ssh.exec(vm, 'true')).code).toBe(0)
    expect(said).toEqual([])
    const own = sshOf(folder, { user: 'box', port: 22 }).ssh
    expect(own.resolve(vm)).toMatchObject({ user: 'box', port: 22, key })
    // Where it says nothing, the course's habits hold.
    folder.write('.ssh/config', '')
    expect(sshOf(folder, {}).ssh.resolve(vm)).toEqual({
      host: '192.168.56.105',
      port: 22,
      user: 'box',
      key: join(folder.path, '.ssh/id_ed25519_box'),
      jump: [],
    })
  })
})
