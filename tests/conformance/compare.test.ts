import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { straightRoute } from '../../helpers/cluster/straight.ts'
import { createHttp, json } from '../../helpers/http.ts'
import { wallClock } from '../../helpers/time/clock.ts'
import { compare } from './compare.ts'
import type { Exchange } from './exchange.ts'
import { listen } from './listen.ts'

const answer = (body: unknown, status = 200): Exchange => ({
  request: 'GET /v1/jobs',
  agent: '192.168.56.101:4646',
  status,
  headers: { 'X-Consul-Index': '7' },
  body,
})
const reads = (...paths: string[]) => new Map([['nomad GET /v1/jobs', new Set(paths)]])

test('a field of another type, one never recorded, one never seen here, another status', () => {
  const heard = {
    exchanges: [answer([{ ID: 1, Meta: {} }]), answer('no leader', 500)],
    reads: reads('$[].ID', '$[].Meta', '$[].Stop', '$[].Job.Count'),
  }
  const recorded = [
    answer([
      { ID: 'nginx', Meta: null, Stop: false },
      { ID: '', Meta: {} },
    ]),
  ]
  const at = 'nomad GET /v1/jobs'
  expect(compare(heard, recorded)).toEqual({
    unproved: [`${at} $[].Job.Count`],
    untrue: [`${at} $[].ID: number`, `${at}: 500, x-consul-index`],
    unseen: [`${at} $[].ID: string`, `${at} $[].Meta: null`, `${at} $[].Stop: boolean`],
  })
})

test('what is read of an answer is heard, what is only copied is not', async () => {
  const body = { Drivers: { docker: { Healthy: true } }, Ports: [{ To: 80 }], Name: 'x' }
  const server = createServer((_, response) => response.end(JSON.stringify(body)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const http = createHttp(straightRoute(), wallClock())
  const heard = listen()
  const { port } = server.address() as AddressInfo
  const got = json(
    await http.request({ host: '127.0.0.1', port, path: '/v1/x', fresh: true }),
    'it',
  ) as typeof body
  JSON.stringify(got)
  expect(got.Drivers.docker.Healthy).toBe(true)
  expect(got.Ports.map(({ To }) => To)).toEqual([80])
  heard.stop()
  expect(got.Name).toBe('x')
  await http.close()
  server.close()
  expect([...(heard.reads.get('web GET /v1/x') ?? [])]).toEqual([
    '$.Drivers',
    '$.Drivers.docker',
    '$.Drivers.docker.Healthy',
    '$.Ports',
    '$.Ports[]',
    '$.Ports[].To',
  ])
  expect(heard.exchanges).toMatchObject([{ request: 'GET /v1/x', status: 200 }])
})
