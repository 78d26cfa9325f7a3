import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { straightRoute } from '../cluster/straight.ts'
import { createHttp } from '../http.ts'
import { wallClock } from '../time/clock.ts'
import { createNomad } from './client.ts'
import { goDuration } from './duration.ts'
import { watchNomad } from './events.ts'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const act of undo.splice(0).reverse()) await act()
})

async function agent(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const at = { host: '127.0.0.1', port: (server.address() as AddressInfo).port }
  const http = createHttp(straightRoute(), wallClock())
  undo.push(
    () => server.closeAllConnections(),
    () => server.close(),
    () => http.close(),
  )
  return { http, at, nomad: createNomad(http, at) }
}
/** Answers each path (with its query) with a status and a body; 404 elsewhere. */
const pages = (table: Record<string, [number, unknown]>): RequestListener => {
  return (req, res) => {
    const [status, body] = table[req.url ?? ''] ?? [404, 'not found']
    res.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body))
  }
}

test.each([
  ['13.149577614s', 13_149.577614],
  ['1m0.5s', 60_500],
  ['350ms', 350],
  ['12µs', 0.012],
  ['0', 0],
  ['-2s', -2000],
  ['soon', undefined],
  ['', undefined],
])('the Go duration %j is %s ms', (text, ms) => {
  const got = goDuration(text)
  if (ms === undefined) expect(got).toBeUndefined()
  else expect(got).toBeCloseTo(ms, 6)
})

test('what a job’s author may have caused keeps its status and its text', async () => {
  const { nomad } = await agent(
    pages({
      '/v1/jobs/parse': [400, 'input.hcl:12,5-10: Unsupported argument; no "count".'],
      '/v1/jobs': [500, '1 error occurred:\n\t* Task group nginx validation failed'],
      '/v1/job/nginx/plan': [404, 'job not found'],
      '/v1/validate/job': [
        200,
        { ValidationErrors: null, Error: '1 error occurred: x', Warnings: '' },
      ],
    }),
  )
  expect(await nomad.parse('job')).toEqual({
    status: 400,
    text: 'input.hcl:12,5-10: Unsupported argument; no "count".',
  })
  expect(await nomad.register({ ID: 'nginx' })).toMatchObject({ status: 500 })
  expect(await nomad.plan({ ID: 'nginx' })).toMatchObject({ status: 404 })
  expect(await nomad.validate({})).toEqual({ errors: ['1 error occurred: x'], warnings: '' })
})

test('an unknown job is null or empty, and purging it is nothing', async () => {
  const { nomad } = await agent(
    pages({
      '/v1/job/nginx/allocations': [200, []],
      '/v1/job/nginx/evaluations': [200, []],
      '/v1/job/nginx/deployment': [200, 'null'],
      '/v1/nodes?resources=true': [200, []],
    }),
  )
  await nomad.purge('nginx')
  expect(await nomad.view('nginx')).toEqual({
    job: null,
    allocations: [],
    evaluations: [],
    deployment: null,
    queued: {},
    nodes: [],
  })
  expect(await nomad.allocation('none')).toBeNull()
})

test('the page of an allocation is read once for each change of it', async () => {
  let read = 0
  const stub = { ID: 'a', NextAllocation: '', DesiredStatus: 'run', ClientStatus: 'pending' }
  const state = { ...stub, ModifyIndex: 1 }
  const { nomad } = await agent((req, res) => {
    if (req.url === '/v1/job/nginx/allocations') return res.end(JSON.stringify([state]))
    read++
    const page = { ModifyIndex: state.ModifyIndex, AllocatedResources: { Shared: { Ports: [{}] } } }
    return res.end(JSON.stringify(page))
  })
  const looks = async () => {
    const [one] = await nomad.allocations('nginx')
    return { read, client: one?.client, ports: one?.ports.length }
  }
  expect(await looks()).toEqual({ read: 1, client: 'pending', ports: 1 })
  expect(await looks()).toEqual({ read: 1, client: 'pending', ports: 1 })
  Object.assign(state, { ModifyIndex: 2, ClientStatus: 'running' })
  expect(await looks()).toEqual({ read: 2, client: 'running', ports: 1 })
  // Without ports nothing but the list is asked for.
  expect(await nomad.allocationsInShort('nginx')).toMatchObject([{ id: 'a', ports: [] }])
  expect(read).toBe(2)
})

test('a client says when it will be missed', async () => {
  const stats = { heartbeat_ttl: '16.303734681s', last_heartbeat: '3.696041973s', node_id: 'n' }
  const { nomad, at } = await agent(
    pages({ '/v1/agent/self': [200, { stats: { client: stats } }] }),
  )
  const told = await nomad.clientSelf(at.host)
  expect(told.ttlMs).toBeCloseTo(16_303.734681, 6)
  expect(told.lastMs).toBeCloseTo(3696.041973, 6)
  expect(told.nodeId).toBe('n')
})

const health = (servers: object[]) => ({ Servers: servers, Healthy: true })
const led = { Leader: true, StableSince: '2026-11-25T10:00:00Z' }

test.each<[string, number, object, number | undefined]>([
  ['a lone server: since its health is known', 200, health([led]), 59_000],
  ['several: one that led before may remember it', 200, health([led, led]), undefined],
  ['no leader', 200, health([{ ...led, Leader: false }]), undefined],
  ['no right to ask', 403, {}, undefined],
  ['something else', 200, {}, undefined],
])('how long the leader has led: %s', async (_what, status, page, ms) => {
  const { nomad } = await agent((_request, response) => {
    response.setHeader('Date', 'Wed, 25 Nov 2026 10:01:00 GMT')
    response.writeHead(status).end(JSON.stringify(page))
  })
  expect(await nomad.leaderFor()).toBe(ms)
})

test.each<[string, RequestListener, string]>([
  ['500', (_q, s) => s.writeHead(500).end('No cluster leader'), 'NOMAD_500'],
  ['no JSON', (_q, s) => s.end('<html>'), 'HTTP_NOT_JSON'],
])('a look that gets %s is a Fault that names the agent', async (_what, listener, code) => {
  const { nomad } = await agent(listener)
  await expect(nomad.nodes()).rejects.toMatchObject({
    name: 'Fault',
    code,
    message: expect.stringContaining('Nomad at 127.0.0.1'),
  })
})

test('odd shapes never throw', async () => {
  const odd = [null, 7, 'x', { TaskStates: 3, Drivers: [], AllocatedResources: { Shared: 'no' } }]
  const { nomad } = await agent((_req, res) => res.end(JSON.stringify(odd)))
  const seen = await nomad.view('nginx')
  expect(seen.nodes).toHaveLength(4)
  expect(seen.allocations[3]).toMatchObject({ id: '', ports: [], tasks: [], next: '' })
})

test('the event stream tells changes above the index and comes back after it broke', async () => {
  let opened = 0
  const event = (Index: number, Topic: string) =>
    `${JSON.stringify({ Index, Events: [{ Topic }] })}\n`
  const { http, at } = await agent((_req, res) => {
    opened++
    if (opened === 1) {
      res.end(`{}\n${event(3, 'Job')}${event(7, 'Node')}no json\n${event(7, 'Node')}`)
    } else res.write(`{}\n${event(7, 'Node')}${event(9, 'Allocation')}`)
  })
  const stop = new AbortController()
  const seen: unknown[] = []
  const clock = wallClock(100)
  await watchNomad({ http, ...at, clock, signal: stop.signal, after: 5 }, (change) => {
    seen.push(change)
    if (change.index === 9) stop.abort()
  })
  expect(seen).toEqual([
    { index: 7, topics: ['Node'] },
    { index: 9, topics: ['Allocation'] },
  ])
  expect(opened).toBe(2)
})
