import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { noSshd, realSshd, type SshPart, useSshd, vm, whyNot } from './test-sshd.ts'

describe.skipIf(noSshd)(`a real OpenSSH server, and what opens it${whyNot}`, () => {
  const { folder, hostKey, sshd, undo, connectTo } = useSshd()

  test('a locked key: without a passphrase, with a wrong one, with the right one', async () => {
    const locked = folder.key('locked', '-N', 'secret words')
    const server = await realSshd(folder, { allowed: [locked], hostKey })
    undo.push(() => server.stop())
    const ask = (env: Record<string, string>) =>
      connectTo(server.port, { key: locked }, env).ssh.exec(vm, 'true')
    await expect(ask({})).rejects.toMatchObject({
      code: 'SSH_KEY_LOCKED',
      cure: expect.stringContaining('GRADE_SSH_PASSPHRASE'),
    })
    const wrong = await ask({ GRADE_SSH_PASSPHRASE: 'guessed' }).catch((error) => error)
    expect(wrong.message).toContain('does not open the key file')
    expect(wrong.message + wrong.cure).not.toContain('guessed')
    expect(server.count()).toBe(0)
    expect((await ask({ GRADE_SSH_PASSPHRASE: 'secret words' })).code).toBe(0)
  })

  test('an agent opens what its key file cannot; one that is named must be there', async () => {
    const locked = folder.key('in-agent', '-N', 'secret words')
    const server = await realSshd(folder, { allowed: [locked], hostKey })
    undo.push(() => server.stop())
    const socket = join(folder.path, 'agent')
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] })
    undo.push(() => agent.kill())
    await once(agent.stdout, 'data')
    // Five more keys that open nothing: sshd ends a login after six.
    for (let n = 0; n < 5; n++) add(socket, folder.key(`spare-${n}`), '')
    add(socket, locked, 'secret words')
    const ask = (said: SshPart, env = {}) =>
      connectTo(server.port, { key: locked, ...said }, env).ssh.exec(vm, 'true')
    expect((await ask({}, { SSH_AUTH_SOCK: socket })).code).toBe(0)
    expect((await ask({ agent: socket })).code).toBe(0)
    await expect(ask({ agent: false }, { SSH_AUTH_SOCK: socket })).rejects.toMatchObject({
      code: 'SSH_KEY_LOCKED',
    })
    await expect(ask({ agent: `${socket}-none` })).rejects.toMatchObject({ code: 'SSH_AGENT' })
    // One that only the environment names may be gone: the key file serves.
    const gone = connectTo(sshd.port, {}, { SSH_AUTH_SOCK: `${socket}-none` }).ssh
    expect((await gone.exec(vm, 'true')).code).toBe(0)
  })

  function add(socket: string, path: string, passphrase: string) {
    const copy = folder.write(
      `${path.slice(folder.path.length + 1)}.plain`,
      readFileSync(path, 'utf8'),
    )
    if (passphrase) {
      execFileSync('ssh-keygen', ['-q', '-p', '-P', passphrase, '-N', '', '-f', copy], {
        stdio: 'ignore',
      })
    }
    execFileSync('ssh-add', ['-q', copy], { env: { ...process.env, SSH_AUTH_SOCK: socket } })
  }
})
