import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { wallClock } from '../../time/clock.ts'
import { localPower } from './power.ts'
import { localRoute } from './route.ts'
import { openDoor } from './serve-door.ts'

let dir = ''
const undo: (() => unknown)[] = []
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'grade-door-'))
})
afterEach(() => {
  for (const act of undo.splice(0).reverse()) act()
  rmSync(dir, { recursive: true, force: true })
})

/** A door to this very machine, with two VMs behind it that only know whether they run. */
async function door() {
  const path = join(dir, 'door.sock')
  const states: Record<string, 'running' | 'off'> = { 'box-5': 'running', 'box-7': 'off' }
  const server = await openDoor(path, {
    states: () => states,
    knows: (name) => name in states,
    async start(name) {
      if (states[name] === 'running') throw new Error(`${name} is still shutting down`)
      states[name] = 'running'
    },
    stop() {},
    async cut(name) {
      states[name] = 'off'
    },
  })
  undo.push(() => server.close())
  return { path, route: localRoute({ id: 'x', connect: path, heartbeats: 'usual' }) }
}

/** Says a line, then echoes. */
async function listener(): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.write('hello\n')
    socket.pipe(socket)
    undo.push(() => socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  undo.push(() => server.close())
  return (server.address() as AddressInfo).port
}

test('what is sent and what is answered goes through, both ways and to its end', async () => {
  const { route } = await door()
  const socket = await route.connect('127.0.0.1', await listener(), 2000)
  let got = ''
  socket.on('data', (chunk) => {
    got += chunk
  })
  socket.resume().end('and back')
  await once(socket, 'close')
  expect(got).toBe('hello\nand back')
})

test('a port where nothing listens is refused, an address that nobody has is unreachable', async () => {
  const { route } = await door()
  await expect(route.connect('127.0.0.1', 1, 2000)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  await expect(route.connect('255.255.255.255', 80, 2000)).rejects.toMatchObject({
    code: 'EHOSTUNREACH',
  })
})

test('a door that is silent is ETIMEDOUT; a cluster that has ended is no refusal of a program', async () => {
  const silent = createServer(() => {})
  const connect = join(dir, 'silent.sock')
  silent.listen(connect)
  await once(silent, 'listening')
  undo.push(() => silent.close())
  const to = (path: string) => localRoute({ id: 'x', connect: path, heartbeats: 'usual' })
  await expect(to(connect).connect('127.0.0.1', 80, 100)).rejects.toMatchObject({
    code: 'ETIMEDOUT',
  })
  await expect(to(join(dir, 'gone')).connect('127.0.0.1', 80, 100)).rejects.toMatchObject({
    code: 'EHOSTUNREACH',
    message: expect.stringContaining('has ended'),
  })
})

test('only TCP goes through', async () => {
  const { route } = await door()
  expect(route.udp('192.168.56.101', 8600)).toBeUndefined()
})

test('VMs are listed, cut and started over the door', async () => {
  const { path } = await door()
  const power = localPower(path, 'cut', wallClock())
  expect(await power.list()).toEqual(['box-5', 'box-7'])
  await power.cut('box-5')
  expect(await power.state('box-5')).toBe('off')
  await power.start('box-7')
  expect(await power.state('box-7')).toBe('running')
  expect(await power.state('box-9')).toBe('unknown')
})

test('what is not done is told with the VM and the reason', async () => {
  const { path } = await door()
  const power = localPower(path, 'cut', wallClock())
  await expect(power.start('box-5')).rejects.toThrow(/did not start box-5: .*still shutting down/)
  await expect(power.cut('box-9')).rejects.toThrow(/did not cut box-9: .*no VM called box-9/)
})
