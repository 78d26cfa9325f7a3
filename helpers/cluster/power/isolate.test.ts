import { execFile, execFileSync, type SpawnOptions, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import type { Ran } from '../ssh/ssh.ts'
import { isolatePower } from './isolate.ts'

const run = (line: string) => execFileSync('sh', ['-c', line], { stdio: 'pipe' })
const runAside = promisify(execFile)
const program = fileURLToPath(new URL('fakes/isolate-check.ts', import.meta.url))
const needed = ['/usr/sbin/sshd', '/usr/sbin/ip', '/usr/sbin/nft', '/usr/sbin/iptables']
const missing = needed.filter((path) => !existsSync(path) && !existsSync(path.replace('/usr', '')))
const namespaces = mayMakeNamespaces()
const why =
  missing.length > 0
    ? ` (skipped: no ${missing.join(', ')})`
    : namespaces
      ? ''
      : ' (skipped: no right to make namespaces)'

const undo: (() => unknown)[] = []
afterAll(() => {
  for (const act of undo.splice(0).reverse()) act()
})

function mayMakeNamespaces(): boolean {
  try {
    run('unshare -n true')
    return true
  } catch {
    return false
  }
}

/** Two namespaces on a wire: the grader's, and the VM's with an sshd and two servers. */
async function vmAndGrader(firewall: 'nft' | 'iptables') {
  const dir = mkdtempSync(join(tmpdir(), 'isolate-'))
  const [grader, vm] = [`gi-g${process.pid}${firewall[0]}`, `gi-v${process.pid}${firewall[0]}`]
  undo.push(() => rmSync(dir, { recursive: true }))
  for (const name of [grader, vm]) {
    run(`ip netns add ${name} && ip -n ${name} link set lo up`)
    undo.push(() => run(`ip netns del ${name}`))
  }
  run(`ip -n ${grader} link add wire type veth peer name wire netns ${vm}`)
  run(`ip -n ${grader} addr add 10.231.7.1/24 dev wire; ip -n ${grader} link set wire up`)
  run(`ip -n ${vm} addr add 10.231.7.2/24 dev wire; ip -n ${vm} link set wire up`)
  for (const key of ['host', 'key']) run(`ssh-keygen -q -t ed25519 -N '' -f ${join(dir, key)}`)
  const sshd =
    `/usr/sbin/sshd -D -p 22 -h ${dir}/host -o AuthorizedKeysFile=${dir}/key.pub -o UsePAM=no ` +
    '-o StrictModes=no -o PermitRootLogin=prohibit-password -o PidFile=none'
  const hide = firewall === 'nft' ? '' : 'mount --bind /bin/false $(command -v nft) && '
  const own = 'mount -t tmpfs none /run && mkdir /run/sshd && '
  background(`ip netns exec ${vm} unshare -m sh -c '${own}${hide}exec ${sshd}'`)
  background(`ip netns exec ${vm} ${process.execPath} ${program} serve`)
  await new Promise((resolve) => setTimeout(resolve, 1000))
  const check = [process.execPath, program, 'check', '10.231.7.2', `${dir}/key`, `${dir}/state`]
  const { stdout } = await runAside('ip', ['netns', 'exec', grader, ...check])
  return JSON.parse(stdout)
}

function background(line: string): void {
  const options: SpawnOptions = { stdio: 'ignore', detached: true }
  const child = spawn('sh', ['-c', `exec ${line}`], options)
  undo.push(() => child.pid && process.kill(-child.pid, 'SIGTERM'))
}

describe.skipIf(why !== '')(`in namespaces${why}`, () => {
  test.concurrent.each(['nft', 'iptables'] as const)(
    'a VM off the network by %s is as silent as one without power, and comes back by itself',
    async (firewall) => {
      const open = { state: 'running', outside: 'open' }
      const cut = { state: 'off', outside: 'ETIMEDOUT', inside: '9999', established: false }
      expect(await vmAndGrader(firewall)).toEqual({
        before: { ...open, inside: '4646\n9999', established: true },
        cut: { ...cut, namesAreQuick: true },
        healed: open,
        short: 'off',
        byItself: open,
      })
    },
  )
})

const ssh = (said: Partial<Ran>) => ({
  exec: async (): Promise<Ran> => ({ code: 0, stdout: '', stderr: '', lost: false, ...said }),
})
const power = (said: Partial<Ran>) =>
  isolatePower({ ssh: ssh(said), addressOf: async () => '192.168.56.107', seconds: 600 })

test('every stop is a cut, since nothing here could start the VM', () => {
  expect(power({}).how).toBe('cut')
  expect(power({}).can).toEqual({ start: true, cut: true, stop: false })
})

test('a VM that cannot be isolated is said with what it needs', async () => {
  const stderr = 'neither nft nor iptables is installed\n'
  await expect(power({ code: 9, stderr }).cut('box-7')).rejects.toMatchObject({
    code: 'POWER_ISOLATE',
    message:
      'box-7 could not be taken off the network over SSH: neither nft nor iptables is installed.',
  })
})

test('whether it can be done is asked before', async () => {
  await expect(power({}).mayCut?.('box-7')).resolves.toBeUndefined()
  const stderr = 'sudo: a password is required\n'
  await expect(power({ code: 1, stderr }).mayCut?.('box-7')).rejects.toMatchObject({
    code: 'POWER_ISOLATE',
    cure: expect.stringContaining('NOPASSWD: ALL'),
  })
})

test('a cut that is not seen is no cut', async () => {
  await expect(power({ stdout: 'open\n' }).cut('box-7')).rejects.toMatchObject({
    code: 'POWER_ISOLATE',
  })
  expect(await power({ lost: true, code: undefined }).state('box-7')).toBe('unknown')
})
