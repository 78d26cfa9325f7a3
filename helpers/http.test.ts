import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createTcp, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { straightRoute } from './cluster/straight.ts'
import { createHttp } from './http.ts'
import { wallClock } from './time/clock.ts'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const act of undo.splice(0).reverse()) await act()
})

async function port(server: ReturnType<typeof createTcp>): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => sockets.add(socket))
  undo.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}
const web = (listener: RequestListener) => port(createServer(listener))
const raw = (answer: (socket: Socket) => void) => port(createTcp(answer))

function http(clock = wallClock()) {
  const http = createHttp(straightRoute(), clock)
  undo.push(() => http.close())
  return http
}
const at = (port: number, path = '/') => ({ host: '127.0.0.1', port, path })

test('an answer comes with its status, headers in lower case, and text', async () => {
  const there = await web((req, res) => {
    let body = ''
    req.on('data', (part) => {
      body += part
    })
    req.on('end', () => res.writeHead(201, { 'X-Nomad-Index': '7' }).end(`${req.method} ${body}`))
  })
  const answer = await http().request({ ...at(there), method: 'POST', body: { a: 'é' } })
  expect(answer.status).toBe(201)
  expect(answer.headers['x-nomad-index']).toBe('7')
  expect(answer.text).toBe('POST {"a":"é"}')
})

test('a refused connection is a Fault with the network code and a sentence', async () => {
  const there = await raw(() => {})
  await undo.pop()!()
  await expect(http().request(at(there))).rejects.toMatchObject({
    name: 'Fault',
    code: 'ECONNREFUSED',
    message: expect.stringContaining(`GET http://127.0.0.1:${there}/: the connection was refused`),
  })
})

test('silence ends at the deadline', async () => {
  const there = await raw(() => {})
  await expect(http().request({ ...at(there), deadline: 2000 })).rejects.toMatchObject({
    code: 'ETIMEDOUT',
  })
})

test('a body above the limit is refused, or cut where the caller says so', async () => {
  const there = await web((_req, res) => {
    const more = () => {
      while (res.write('x'.repeat(65536)));
    }
    res.on('drain', more)
    more()
  })
  const ask = { ...at(there), limit: 100_000 }
  await expect(http().request(ask)).rejects.toMatchObject({ code: 'HTTP_TOO_LONG' })
  expect((await http().request({ ...ask, cut: true, fresh: true })).text).toHaveLength(100_000)
})

test.each([
  ['half a body', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf', 'ECONNRESET'],
  ['half a chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nha', 'ECONNRESET'],
  ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n', 'EPROTO'],
  ['nothing', '', 'ECONNRESET'],
  ['endless headers', `HTTP/1.1 200 OK\r\nX: ${'y'.repeat(100_000)}`, 'EPROTO'],
])('%s is a Fault', async (_what, bytes, code) => {
  const there = await raw((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(bytes))
  })
  await expect(http().request(at(there))).rejects.toMatchObject({ name: 'Fault', code })
})

test('a kept connection that the server closed is replaced for a GET', async () => {
  let connections = 0
  const there = await raw((socket) => {
    connections++
    const mine = connections
    let asked = 0
    socket.on('error', () => {})
    socket.on('data', () => {
      asked++
      if (mine === 1 && asked === 2) socket.destroy()
      else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
    })
  })
  const client = http()
  expect((await client.request(at(there))).text).toBe('ok')
  expect((await client.request(at(there))).text).toBe('ok')
  expect(connections).toBe(2)
})

test('short requests hold the clock until they are answered, long ones while bytes are read', async () => {
  let holds = 0
  const seen: number[] = []
  const hold = () => {
    holds++
    return () => {
      holds--
    }
  }
  const clock = { ...wallClock(), hold }
  const there = await web((_req, res) => {
    setImmediate(() => {
      seen.push(holds)
      res.end('x')
    })
  })
  await http(clock).request(at(there))
  await http(clock).request({ ...at(there), long: true })
  expect(seen).toEqual([1, 0])
  expect(holds).toBe(0)
})

test('a stream gives whole lines, drops empty ones, and ends with the signal', async () => {
  const there = await web((_req, res) => {
    res.write('{}\n\n{"a"')
    setImmediate(() => res.write(':1}\n{"b":2}\n'))
  })
  const stop = new AbortController()
  const lines: string[] = []
  const read = async () => {
    for await (const line of http().stream({ ...at(there), signal: stop.signal })) {
      lines.push(line)
      if (lines.length === 3) stop.abort(new Error('enough'))
    }
  }
  await expect(read()).rejects.toThrow('enough')
  expect(lines).toEqual(['{}', '{"a":1}', '{"b":2}'])
})

test('a stream with an endless line is a Fault', async () => {
  const there = await web((_req, res) => void res.write('x'.repeat(50_000)))
  const read = async () => {
    for await (const _ of http().stream({ ...at(there), limit: 10_000 }));
  }
  await expect(read()).rejects.toMatchObject({ code: 'HTTP_TOO_LONG' })
})
