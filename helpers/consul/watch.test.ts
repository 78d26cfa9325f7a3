import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { straightRoute } from '../cluster/straight.ts'
import { createHttp } from '../http.ts'
import { wallClock } from '../time/clock.ts'
import { createConsul } from './client.ts'
import { watchService } from './watch.ts'

test('a change wakes; an unchanged return, an error and an index that went back do no harm', async () => {
  const indexes = [5, 5, 9, 0, 4, 12]
  const asked: string[] = []
  const server = createServer((req, res) => {
    asked.push(req.url ?? '')
    const index = indexes[asked.length - 1]
    if (index === 0) res.writeHead(500).end('No cluster leader')
    else if (index !== undefined) res.writeHead(200, { 'X-Consul-Index': index }).end('[]')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const clock = wallClock(1000)
  const http = createHttp(straightRoute(), clock)
  const consul = createConsul(http, { host: '127.0.0.1', port })
  const stop = new AbortController()
  let woken = 0
  const watching = watchService({ consul, service: 'nginx', clock, signal: stop.signal }, () => {
    woken++
  })
  await expect.poll(() => asked.length).toBe(7)
  stop.abort()
  await watching
  expect(asked.map((url) => /index=(\d+)/.exec(url)?.[1])).toEqual([
    undefined,
    '5',
    '5',
    '9',
    '9',
    undefined,
    '12',
  ])
  expect(woken).toBe(4)
  await http.close()
  server.close()
})
