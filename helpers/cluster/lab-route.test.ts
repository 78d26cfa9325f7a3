import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { labRoute } from './lab-route.ts'

const undo: (() => unknown)[] = []
afterEach(() => {
  for (const act of undo.splice(0)) act()
})

async function door(answer: (asked: string, socket: Socket) => void) {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', (data) => answer(String(data), socket))
    undo.push(() => socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  undo.push(() => server.close())
  const connect = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return labRoute({
    id: 'x',
    seed: 1,
    speed: 1,
    connect,
    udp: { '192.168.56.101:8600': '127.0.0.1:5353' },
  })
}

test('the socket gives what the machine behind the door sends, from its first byte', async () => {
  const route = await door((asked, socket) => {
    expect(asked).toMatch(/^CONNECT 192\.168\.56\.107:22 HTTP\/1\.1\r\n/)
    socket.write('HTTP/1.1 200 OK\r\n\r\nSSH-2.0-x\r\n')
  })
  const socket = await route.connect('192.168.56.107', 22, 2000)
  undo.push(() => socket.destroy())
  socket.resume()
  expect(String(await once(socket, 'data'))).toBe('SSH-2.0-x\r\n')
})

test('a refusal has the code that the door names', async () => {
  const route = await door((_asked, socket) => {
    socket.end('HTTP/1.1 502 Bad Gateway\r\nX-Lab-Errno: EHOSTUNREACH\r\n\r\n')
  })
  await expect(route.connect('192.168.56.107', 22, 2000)).rejects.toMatchObject({
    code: 'EHOSTUNREACH',
  })
})

test.each([
  ['closes', (_: string, s: Socket) => void s.destroy()],
  ['never ends its head', (_: string, s: Socket) => void s.write('x'.repeat(20_000))],
])('a door that %s is ECONNRESET', async (_what, answer) => {
  const route = await door(answer)
  await expect(route.connect('192.168.56.107', 22, 2000)).rejects.toMatchObject({
    code: 'ECONNRESET',
  })
})

test('UDP goes where the map says, and only there', async () => {
  const route = await door(() => {})
  expect(route.udp('192.168.56.101', 8600)).toEqual({ host: '127.0.0.1', port: 5353 })
  expect(route.udp('192.168.56.105', 8600)).toBeUndefined()
})
