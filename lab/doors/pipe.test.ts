import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { makePipe } from './pipe.ts'

const errorOf = async (socket: Socket) => {
  const [error] = await once(socket, 'error')
  return error.code
}

test('what is written is read in order at the other end, soon and not at once; goodbye is its end', async () => {
  const [client, server] = makePipe()
  let got = ''
  server.on('data', (chunk) => {
    got += chunk
  })
  client.write('one ')
  client.write('two')
  expect(got).toBe('')
  expect([client.bytesWritten, server.bytesRead]).toEqual([7, 0])
  client.end()
  await once(server, 'end')
  expect(got).toBe('one two')
  expect([client.bytesWritten, server.bytesRead]).toEqual([7, 7])
  // The server may still speak, as a socket that is half closed.
  server.end('three')
  expect(await text(client)).toBe('three')
})

test('megabytes wait for whoever reads slowly', async () => {
  const [client, server] = makePipe()
  const sent = Buffer.alloc(3_000_000, 'x')
  client.end(sent)
  expect((await text(server)).length).toBe(sent.length)
})

test('who writes to an end that has gone is told; a reset is an error at the other end', async () => {
  const [client, server] = makePipe()
  server.resume().on('error', () => {})
  server.destroy()
  client.write('anybody?')
  expect(await errorOf(client)).toBe('EPIPE')
  const [other, its] = makePipe()
  const told = errorOf(other)
  its.resetAndDestroy()
  expect(await told).toBe('ECONNRESET')
  expect([other.destroyed, its.destroyed]).toEqual([true, true])
})

test("Node's own HTTP speaks over it, several requests on one", async () => {
  const server = createServer((asked, response) => response.end(`you asked ${asked.url}`))
  const [client, its] = makePipe()
  server.emit('connection', its)
  for (const path of ['/a', '/b']) {
    const asking = request({
      createConnection: () => client,
      path,
      headers: { connection: 'keep-alive' },
    })
    asking.end()
    const [answer] = await once(asking, 'response')
    expect(await text(answer)).toBe(`you asked ${path}`)
  }
  client.destroy()
  await once(its, 'close')
})
