import { existsSync, readFileSync } from 'node:fs'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setTimeout as wallSleep } from 'node:timers/promises'
import ssh2 from 'ssh2'
import { afterEach, expect, test } from 'vitest'
import type { Lab, LabOptions } from './contract.ts'
import { startLab } from './lab.ts'

const labs: Lab[] = []
afterEach(async () => {
  await Promise.all(labs.splice(0).map((lab) => lab.close()))
})

async function start(options: Partial<LabOptions> = {}): Promise<Lab> {
  const lab = await startLab({ seed: 1, time: { kind: 'virtual' }, ...options })
  labs.push(lab)
  return lab
}

/** A socket to an address of the lab, as the grader's route opens it. */
async function open(lab: Lab, host: string, port: number): Promise<Socket> {
  const release = lab.clock.hold()
  try {
    const [door = '', doorPort = ''] = lab.doors.connect!.split(':')
    const socket = connect({ port: Number(doorPort), host: door, noDelay: true })
    socket.on('error', () => {})
    socket.write(`CONNECT ${host}:${port} HTTP/1.1\r\nHost: x\r\n\r\n`)
    const head = await new Promise<string>((resolve) => {
      socket.once('data', (data) => {
        socket.pause()
        const end = data.indexOf('\r\n\r\n') + 4
        // sshd speaks first.
        if (data.length > end) socket.unshift(data.subarray(end))
        resolve(data.toString('latin1', 0, end))
      })
    })
    const errno = /X-Lab-Errno: (\w+)/.exec(head)?.[1]
    if (errno) throw new Error(errno)
    lab.clock.track(socket)
    return socket
  } finally {
    release()
  }
}

async function get(lab: Lab, host: string, port: number, path: string) {
  const socket = await open(lab, host, port)
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = httpRequest({ createConnection: () => socket, path }, resolve)
    request.once('error', reject)
    request.end()
    socket.resume()
  })
  const body = (await Array.fromAsync(response, String)).join('')
  socket.destroy()
  return { index: Number(response.headers['x-consul-index']), at: lab.clock.now(), body }
}

test('what waits sees each change at the very moment it happens, however slow the reader is', async () => {
  const lab = await start({ seed: 5 })
  const release = lab.clock.hold()
  const first = await get(lab, '192.168.56.101', 8500, '/v1/catalog/nodes')
  release()
  // A state query wakes at serf's verdict. Meanwhile the grader sleeps, and its loop is slow.
  const path = `/v1/health/state/any?index=${first.index}&wait=10m`
  const waiting = get(lab, '192.168.56.101', 8500, path)
  const slow = setInterval(() => {
    const until = performance.now() + 5
    while (performance.now() < until);
  }, 6)
  lab.world.vms.get('box-7')!.stop('cut')
  const sleeping = lab.clock.sleep(60_000)
  const seen = await waiting
  await sleeping
  clearInterval(slow)
  const failed = lab.world.history.find(({ what }) => what === 'failed')!
  expect(seen.body).toContain('Agent not live or unreachable')
  expect(seen.at).toBe(failed.at)
})

test('one seed gives one history, another seed another one', async () => {
  const run = async (seed: number) => {
    const lab = await start({ seed, clients: 5 })
    const from = lab.clock.now()
    for (const vm of ['box-5', 'box-8']) lab.world.vms.get(vm)!.stop('orderly')
    await lab.clock.sleep(40_000)
    for (const vm of ['box-5', 'box-8']) lab.world.vms.get(vm)!.start()
    await lab.clock.sleep(90_000)
    return lab.world.history.map(({ at, who, what }) => `${at - from} ${who} ${what}`)
  }
  const [one, again, other] = [await run(11), await run(11), await run(12)]
  expect(one.length).toBeGreaterThan(10)
  expect(again).toEqual(one)
  expect(other).not.toEqual(one)
})

test('the switchboard tells a closed port from a VM that is off', async () => {
  const lab = await start()
  await expect(open(lab, '192.168.56.105', 81)).rejects.toThrow('ECONNREFUSED')
  await expect(open(lab, '192.168.56.199', 80)).rejects.toThrow('EHOSTUNREACH')
  const vm = lab.world.vms.get('box-5')!
  const idle = await open(lab, '192.168.56.105', 8500)
  const closed = new Promise((resolve) => idle.resume().once('close', resolve))
  vm.stop('cut')
  await closed
  await expect(open(lab, '192.168.56.105', 8500)).rejects.toThrow('EHOSTUNREACH')
  vm.start()
  await expect(open(lab, '192.168.56.105', 8500)).rejects.toThrow('EHOSTUNREACH')
  await lab.clock.sleep(25_000)
  expect((await get(lab, '192.168.56.105', 8500, '/v1/agent/self')).body).toContain('box-5')
})

test('the power door knows running and off, and honours the faults', async () => {
  const faults = {
    vmsThatNeverReturn: new Set(['box-5']),
    vmsThatDoNotStop: new Set(['box-7']),
  }
  const lab = await start({ faults })
  const ask = async (path: string, method = 'POST') => {
    const release = lab.clock.hold()
    const response = await fetch(`http://${lab.doors.power}${path}`, { method })
    const text = await response.text()
    release()
    return { status: response.status, text }
  }
  const states = async () => JSON.parse((await ask('/vms', 'GET')).text)
  expect(await states()).toMatchObject({ 'box-1': 'running', 'box-5': 'running' })
  expect((await ask('/vms/box-99/start')).status).toBe(404)
  expect((await ask('/vms/box-8/stop')).status).toBe(204)
  expect((await ask('/vms/box-8/start')).status).toBe(409)
  await ask('/vms/box-5/stop')
  await ask('/vms/box-7/stop')
  await lab.clock.sleep(5000)
  expect(await states()).toMatchObject({ 'box-5': 'off', 'box-7': 'running', 'box-8': 'off' })
  await ask('/vms/box-5/start')
  await ask('/vms/box-8/start')
  await lab.clock.sleep(60_000)
  expect(lab.world.vms.get('box-5')!.power).toBe('booting')
  expect(lab.world.vms.get('box-8')!.power).toBe('running')
})

interface Session {
  run(command: string): Promise<{ code: unknown; stdout: string; stderr: string }>
  client: ssh2.Client
}

async function login(lab: Lab, host: string, user = 'box'): Promise<Session> {
  const key = (lab.file.ssh as { key: string }).key
  const sock = await open(lab, host, 22)
  const client = new ssh2.Client()
  const release = lab.clock.hold()
  await new Promise<void>((resolve, reject) => {
    client.once('ready', resolve).on('error', reject)
    client.connect({ sock, username: user, privateKey: readFileSync(key) })
  }).finally(release)
  const run = (command: string) =>
    new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve, reject) => {
      client.exec(command, (error, channel) => {
        if (error) return reject(error)
        const got = { code: undefined as unknown, stdout: '', stderr: '' }
        channel.on('data', (data: Buffer) => {
          got.stdout += data
        })
        channel.stderr.on('data', (data: Buffer) => {
          got.stderr += data
        })
        channel.on('close', (code: unknown) => resolve({ ...got, code }))
      })
    })
  return { run, client }
}

test('a VM is stopped over SSH; its boot_id changes with the next boot', async () => {
  const lab = await start()
  const ssh = await login(lab, '192.168.56.107')
  const bootId = (await ssh.run('cat /proc/sys/kernel/random/boot_id')).stdout
  expect(bootId).toMatch(/^[0-9a-f-]{36}\n$/)
  expect(await ssh.run('hostname')).toEqual({ code: 0, stdout: 'box-7\n', stderr: '' })
  expect((await ssh.run('sudo -n true')).code).toBe(0)
  const images = await ssh.run("docker images --format '{{.Repository}}:{{.Tag}}'")
  expect(images.stdout.split('\n')).toContain('nginx:1.22.1')
  const curl = await ssh.run('curl -s http://127.0.0.1:8500/v1/agent/self')
  expect(curl.stdout).toContain('"NodeName":"box-7"')
  expect(await ssh.run('rm -rf /')).toEqual({
    code: 127,
    stdout: '',
    stderr: 'lab: command not simulated: rm -rf /\n',
  })
  const { code } = await ssh.run('sudo -n systemctl poweroff')
  expect([0, undefined]).toContain(code)
  const vm = lab.world.vms.get('box-7')!
  expect(vm.power).toBe('stopping')
  await lab.clock.sleep(4000)
  expect(vm.power).toBe('off')
  vm.start()
  await lab.clock.sleep(25_000)
  const again = await login(lab, '192.168.56.107')
  const next = (await again.run('cat /proc/sys/kernel/random/boot_id')).stdout
  expect(next).toMatch(/^[0-9a-f-]{36}\n$/)
  expect(next).not.toBe(bootId)
  again.client.end()
})

test('a strange user or key is refused', async () => {
  const lab = await start()
  await expect(login(lab, '192.168.56.107', 'root')).rejects.toThrow(
    'authentication methods failed',
  )
})

test('SSH forwards to addresses of the lab', async () => {
  const lab = await start()
  const { client } = await login(lab, '192.168.56.101')
  const channel = await new Promise<ssh2.ClientChannel>((resolve, reject) => {
    client.forwardOut('127.0.0.1', 1, '192.168.56.105', 8500, (error, stream) =>
      error ? reject(error) : resolve(stream),
    )
  })
  channel.write('GET /v1/agent/self HTTP/1.0\r\nHost: x\r\n\r\n')
  expect((await Array.fromAsync(channel, String)).join('')).toContain('"NodeName":"box-5"')
  const refused = new Promise((resolve) => {
    client.forwardOut('127.0.0.1', 1, '192.168.56.105', 81, (error) => resolve(error))
  })
  expect(await refused).toBeInstanceOf(Error)
  client.end()
})

test('on the wall clock the lab runs by itself', async () => {
  const lab = await start({ time: { kind: 'wall', speed: 20 } })
  lab.world.vms.get('box-7')!.stop('orderly')
  for (let turn = 0; turn < 200 && lab.world.vms.get('box-7')!.power !== 'off'; turn++) {
    await wallSleep(10)
  }
  expect(lab.world.vms.get('box-7')!.power).toBe('off')
})

test('closing removes the key, and nothing listens any more', async () => {
  const lab = await start()
  const key = (lab.file.ssh as { key: string }).key
  expect(existsSync(key)).toBe(true)
  await lab.close()
  expect(existsSync(key)).toBe(false)
  await expect(fetch(`http://${lab.doors.power}/vms`)).rejects.toThrow()
})
