import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { straightRoute } from '../cluster/straight.ts'
import { createHttp } from '../http.ts'
import { wallClock } from '../time/clock.ts'
import { lookAt } from './look.ts'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const act of undo.splice(0).reverse()) await act()
})

async function looked(answer: string | ((socket: Socket) => void), listening = true) {
  const server = createServer((socket) => {
    undo.push(() => socket.destroy())
    socket.on('error', () => {})
    if (typeof answer !== 'string') return answer(socket)
    return socket.once('data', () => socket.end(answer))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  if (listening) undo.push(() => server.close())
  else server.close()
  const http = createHttp(straightRoute(), wallClock())
  undo.push(() => http.close())
  return await lookAt({ http, address: '127.0.0.1', port })
}

const nginxPage = '<html><head><title>Welcome to\n nginx!</title></head></html>'

test('status, Server header and title', async () => {
  const head = 'HTTP/1.1 200 OK\r\nServer: nginx/1.22.1\r\nConnection: close\r\n\r\n'
  expect(await looked(head + nginxPage)).toEqual({
    address: '127.0.0.1',
    port: expect.any(Number),
    status: 200,
    server: 'nginx/1.22.1',
    page: '',
    title: 'Welcome to nginx!',
    error: '',
    body: nginxPage,
  })
})

test.each([
  [nginxPage, 'nginx'],
  ['<html><body><h1>It works!</h1></body></html>', 'httpd'],
  ['<title>Apache2 Debian Default Page: It works</title>', 'httpd'],
  ['<h1>my own</h1>', ''],
])('without a Server header the default page tells: %s', async (page, image) => {
  expect((await looked(`HTTP/1.1 200 OK\r\n\r\n${page}`)).page).toBe(image)
})

test('a redirect is not followed, and a page without an end is cut', async () => {
  const moved = 'HTTP/1.1 301 Moved\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\n\r\n'
  expect((await looked(moved)).status).toBe(301)
  const endless = await looked((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nServer: Apache\r\n\r\n')
    const more = () => {
      while (!socket.destroyed && socket.write('x'.repeat(65_536)));
    }
    socket.on('drain', more)
    more()
  })
  expect(endless).toMatchObject({ status: 200, server: 'Apache', error: '' })
})

test.each<[string, Parameters<typeof looked>, string]>([
  ['nobody listens', ['', false], 'ECONNREFUSED'],
  ['it hangs up', [(socket) => void socket.destroy()], 'ECONNRESET'],
  ['half a page', ['HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf'], 'ECONNRESET'],
  ['no HTTP', ['220 ftp ready\r\n'], 'EPROTO'],
])('%s: a code and no error thrown', async (_what, args, error) => {
  expect(await looked(...args)).toMatchObject({ status: 0, error })
})

test('silence ends', { timeout: 10_000 }, async () => {
  expect(await looked(() => {})).toMatchObject({ status: 0, error: 'ETIMEDOUT' })
})
