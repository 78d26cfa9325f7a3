import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { recorded, testCluster } from '../nomad/test-cluster.ts'
import { nomadDoor } from './nomad-http.ts'

type Version = '1.4.4' | '2.0.5'
// biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field
type Answer = { status: number; headers: Headers; body: any; text: string }

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function door(options: Parameters<typeof testCluster>[0] = {}, vm = 'box-1') {
  const cluster = testCluster(options)
  const server = nomadDoor(cluster.nomad, cluster.world, cluster.world.vms.get(vm)!)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`
  async function ask(path: string, method = 'GET', sent?: unknown): Promise<Answer> {
    const body = sent === undefined ? undefined : JSON.stringify(sent)
    const response = await fetch(base + path, { method, body })
    const text = await response.text()
    const json = response.headers.get('content-type')?.includes('json')
    const { status, headers } = response
    return { status, headers, text, body: json ? JSON.parse(text) : text }
  }
  const parse = async (JobHCL: string) =>
    (await ask('jobs/parse', 'POST', { JobHCL, Canonicalize: true })).body
  return { ...cluster, server, base, ask, parse }
}

/** Every path of a JSON value with its type; names that depend on the cluster are `*`. */
function shape(value: unknown, at = '', found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const one of value) shape(one, `${at}[]`, found)
  else if (value !== null && typeof value === 'object') {
    for (const [key, one] of Object.entries(value)) {
      const named =
        /^[0-9a-f]{8}-|^(nginx|apache|dc1|docker|exec|java|qemu|raw_exec|mock_driver|http)$/.test(
          key,
        ) || /^attr|^v1:|^\$\{|^network: |\./.test(key)
      const free = /Attributes$|Config$|\.Meta$/.test(at)
      shape(one, `${at}.${named || free ? '*' : key}`, found)
    }
  } else found.add(`${at}:${value === null ? 'null' : typeof value}`)
  return found
}

const shapes = (version: Version): Record<string, string[]> =>
  JSON.parse(
    readFileSync(
      new URL(`../../tests/conformance/recordings/nomad-${version}-shapes.json`, import.meta.url),
      'utf8',
    ),
  )

/** Seen on real clusters, not in the lab: what no reader needs. */
const leftOut =
  /^:null|SignedIdentities|SigningKeyID|exit_message|transparent_proxy|LastAllocUpdateIndex|LastMissedHeartbeatIndex|ConstraintFiltered/

test.each(['1.4.4', '2.0.5'] as const)('answers have the shape of Nomad %s', async (version) => {
  const known = shapes(version)
  const { ask, parse, until, pass, running, store, world } = await door({ version, seed: 2 })
  const seen: Record<string, Set<string>> = {}
  const look = async () => {
    const alloc = store.allocsOf('nginx')
    const paths: [string, string][] = [
      ...alloc.map(({ ID }): [string, string] => ['allocation', `allocation/${ID}`]),
      ...[...store.nodes.keys()].map((id): [string, string] => ['node', `node/${id}`]),
      ['allocations', 'allocations?resources=true'],
      ['jobAllocations', 'job/nginx/allocations'],
      ['deployment', 'job/nginx/deployment'],
      ['deployments', 'job/nginx/deployments'],
      ['evaluations', 'job/nginx/evaluations'],
      ['job', 'job/nginx'],
      ['versions', 'job/nginx/versions'],
      ['summary', 'job/nginx/summary'],
      ['jobs', 'jobs'],
      ['nodes', 'nodes?resources=true'],
      ['members', 'agent/members'],
    ]
    for (const [kind, path] of paths) {
      const { status, body } = await ask(path)
      expect([path, status]).toEqual([path, 200])
      seen[kind] ??= new Set()
      shape(body, '', seen[kind])
    }
  }
  const dynamic = recorded('right-dynamic')
  await ask('jobs', 'POST', { Job: await parse(dynamic) })
  until(() => running('nginx').length === 1)
  await look()
  pass(15_000)
  await ask('jobs', 'POST', { Job: await parse(dynamic.replace('count = 1', 'count = 3')) })
  pass(15_000)
  await ask('jobs', 'POST', { Job: await parse(recorded('right-static')) })
  pass(5_000)
  await look()
  pass(60_000)
  world.vms.get('box-5')!.stop('cut')
  world.vms.get('box-7')!.stop('cut')
  pass(35_000)
  await look()
  world.vms.get('box-5')!.start()
  pass(40_000)
  await look()
  const differences = []
  for (const [kind, paths] of Object.entries(seen)) {
    const real = new Set(known[kind])
    const added = [...paths].filter((path) => !real.has(path) && !leftOut.test(path))
    const missing = [...real].filter((path) => !paths.has(path) && !leftOut.test(path))
    if (added.length + missing.length > 0) differences.push({ kind, added, missing })
  }
  expect(differences).toEqual([])
})

test('the event stream has the shape and the words of Nomad', async () => {
  const { base, ask, parse, until, pass, running, world } = await door({ seed: 2 })
  const known = new Set(shapes('1.4.4').events)
  const response = await fetch(`${base}event/stream?topic=Allocation:nginx&topic=Node&topic=Job`)
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  await ask('jobs', 'POST', { Job: await parse(recorded('right-dynamic')) })
  until(() => running('nginx').length === 1)
  world.vms.get(running('nginx')[0]!.NodeName)!.stop('cut')
  pass(35_000)
  let text = ''
  while (!text.includes('"lost"')) text += (await reader.read()).value
  await reader.cancel()
  const lines = text.trimEnd().split('\n')
  expect(lines[0]).toBe('{}')
  const events = lines.flatMap((line) => JSON.parse(line).Events ?? [])
  const added = new Set<string>()
  for (const event of events) shape(event, `.${event.Topic}`, added)
  expect([...added].filter((path) => !known.has(path) && !leftOut.test(path))).toEqual([])
  const kinds = new Set(events.map((event) => `${event.Topic} ${event.Type}`))
  expect([...kinds].sort()).toEqual([
    'Allocation AllocationUpdated',
    'Allocation PlanResult',
    'Job JobRegistered',
    'Job PlanResult',
    'Node NodeRegistration',
    'Node NodeStreamEvent',
  ])
})

test('the event stream says {} each 30 s', async () => {
  const { base, pass } = await door()
  const response = await fetch(`${base}event/stream?topic=Deployment`)
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  pass(61_000)
  let text = ''
  while (text.length < 9) text += (await reader.read()).value
  expect(text).toBe('{}\n{}\n{}\n')
  await reader.cancel()
})

test('a blocking query wakes at a change of its table, and at the end of its wait', async () => {
  const { ask, parse, pass, store } = await door()
  const settled = async () => new Promise((resolve) => setTimeout(resolve, 20))
  const empty = await ask('job/nginx/allocations')
  const index = Number(empty.headers.get('x-nomad-index'))
  expect(empty.body).toEqual([])
  await ask('jobs', 'POST', { Job: await parse(recorded('job-other-name')) })
  pass(2_000)
  const now = store.tables.allocs
  expect(now).toBeGreaterThan(index)
  const waits = ask(`job/nginx/allocations?index=${now}&wait=5s`)
  await settled()
  pass(4_000)
  let answered = false
  void waits.then(() => (answered = true))
  await settled()
  expect(answered).toBe(false)
  pass(1_500)
  expect((await waits).headers.get('x-nomad-index')).toBe(String(now))
  // Another job's change wakes it, with the same content.
  const woken = ask(`job/nginx/allocations?index=${now}&wait=60s`)
  await settled()
  pass(10_000)
  const { headers, body } = await woken
  expect(Number(headers.get('x-nomad-index'))).toBeGreaterThan(now)
  expect(body).toEqual([])
})

test.each([
  ['GET', 'job/nothere', undefined, 404, 'job not found'],
  ['GET', 'job/nothere/summary', undefined, 404, 'job not found'],
  ['GET', 'job/nothere/versions', undefined, 404, 'job versions not found'],
  [
    'GET',
    'allocation/xyz',
    undefined,
    500,
    'alloc lookup failed: index error: UUID must be 36 characters',
  ],
  ['GET', 'allocation/00000000-0000-0000-0000-000000000000', undefined, 404, 'alloc not found'],
  ['GET', 'node/00000000-0000-0000-0000-000000000000', undefined, 404, 'node not found'],
  ['GET', 'jobs?index=x', undefined, 400, 'Invalid index'],
  ['GET', 'jobs?index=1&wait=x', undefined, 400, 'Invalid wait time'],
  ['PATCH', 'jobs', undefined, 405, 'Invalid method'],
  ['POST', 'jobs', {}, 400, 'Job must be specified'],
  ['POST', 'jobs/parse', { JobHCL: '', Canonicalize: true }, 400, 'Job spec is empty'],
  ['GET', 'scaling/policies', undefined, 501, 'lab: GET /v1/scaling/policies is not simulated'],
])('%s %s is refused as Nomad does', async (method, path, sent, status, text) => {
  const { ask } = await door()
  expect(await ask(path, method, sent)).toMatchObject({ status, text })
})

test('answers to writes have the shape of Nomad 1.4.4', async () => {
  const known = shapes('1.4.4')
  const { ask, parse, pass, store } = await door()
  const Job = await parse(recorded('right-dynamic'))
  const [node] = store.nodes.keys()
  const planned = await ask('job/nginx/plan', 'POST', { Job })
  expect(planned.body.Annotations.DesiredTGUpdates.nginx).toMatchObject({ Place: 1 })
  const paths: [string, string, string, unknown][] = [
    ['validate', 'validate/job', 'POST', { Job }],
    ['register', 'jobs', 'POST', { Job }],
    ['purge', 'job/nginx?purge=true', 'DELETE', undefined],
  ]
  for (const [kind, path, method, sent] of paths) {
    const { status, body } = await ask(path, method, sent)
    expect([kind, status, [...shape(body)].sort()]).toEqual([kind, 200, known[kind]])
    pass(2_000)
  }
  const off = await ask(`node/${node}/eligibility`, 'POST', { Eligibility: 'ineligible' })
  expect(off.body).toMatchObject({ EvalIDs: null, EvalCreateIndex: 0 })
  expect((await ask(`node/${node}`)).body.SchedulingEligibility).toBe('ineligible')
})

test('purging an unknown job succeeds, as on real clusters (docs/discoveries.md)', async () => {
  const old = await (await door()).ask('job/nothere?purge=true', 'DELETE')
  expect(old).toMatchObject({
    status: 200,
    body: { EvalID: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  })
  const recent = await (await door({ version: '2.0.5' })).ask('job/nothere?purge=true', 'DELETE')
  expect(recent).toMatchObject({ status: 200, body: { EvalID: '', EvalCreateIndex: 0, Index: 0 } })
})

test('a job that Nomad refuses is refused with its words', async () => {
  const { ask, parse } = await door()
  const name = 'service-port-label-unknown'
  const refused = await ask('jobs', 'POST', { Job: await parse(recorded(name)) })
  expect(refused.status).toBe(500)
  expect(refused.text).toContain('port label "web" referenced by services nginx does not exist')
})

test('what the lab cannot tell is a gap and not a verdict', async () => {
  const { ask, parse } = await door()
  const text = recorded('right-dynamic')
  const postgres = await parse(text.replace('nginx:1.22.1', 'postgres:15'))
  const answer = await ask('jobs', 'POST', { Job: postgres })
  expect(answer).toMatchObject({
    status: 501,
    text: 'lab: the image "postgres:15" is not simulated',
  })
})

test("a client's agent tells its heartbeat and hands on the rest", async () => {
  const { ask, store } = await door({}, 'box-7')
  const known = new Set(shapes('1.4.4').clientSelf)
  const { body } = await ask('agent/self')
  expect([...shape(body)].filter((path) => !known.has(path))).toEqual([])
  expect(body.stats.client.heartbeat_ttl).toMatch(/^1\d\.\d+s$/)
  expect(store.nodes.get(body.stats.client.node_id)!.Name).toBe('box-7')
  expect((await ask('nodes')).body).toHaveLength(3)
})

test('what the command line asks beside: search, the allocations of an evaluation, use, scale', async () => {
  const { ask, parse, pass, store, until, running } = await door()
  const { body } = await ask('jobs', 'POST', { Job: await parse(recorded('right-dynamic')) })
  until(() => running('nginx').length === 1)
  const [alloc] = store.allocsOf('nginx')
  const placed = await ask(`evaluation/${body.EvalID}/allocations`)
  expect(placed.body).toMatchObject([{ ID: alloc?.ID, ClientStatus: 'running' }])
  const byName = await ask('search', 'POST', { Prefix: 'ngi', Context: 'all' })
  expect(byName.body.Matches).toMatchObject({ jobs: ['nginx'], namespaces: null })
  expect(byName.body.Matches).not.toHaveProperty('allocs')
  const byId = await ask('search', 'POST', { Prefix: alloc?.ID, Context: 'all' })
  expect(byId.body.Matches).toMatchObject({ jobs: null, allocs: [alloc?.ID] })
  expect((await ask('search', 'POST', { Prefix: '', Context: 'xx' })).text).toBe(
    'context must be one of [allocs jobs nodes evals deployment plugins volumes scaling_policy ' +
      'vars namespaces] or \'all\' for all contexts; got "xx"',
  )
  const used = await ask(`client/allocation/${alloc?.ID}/stats`)
  expect(used.body).toMatchObject({ ResourceUsage: { MemoryStats: { RSS: 0 } }, Tasks: {} })
  expect((await ask(`client/stats?node_id=${alloc?.NodeID}`)).body.CPU).toHaveLength(2)
  expect((await ask('client/stats?node_id=none')).text).toBe('Unknown node none')
  // recordings: job-nginx-scale.json
  const scaled = { Count: 2, Target: { Group: 'nginx' } }
  expect(await ask('job/nginx/scale', 'POST', scaled)).toMatchObject({
    status: 400,
    text: 'job scaling blocked due to active deployment',
  })
  pass(15_000)
  expect((await ask('job/nginx/scale', 'POST', scaled)).status).toBe(200)
  until(() => running('nginx').length === 2)
  const { TaskGroups } = (await ask('job/nginx/scale')).body
  expect(TaskGroups.nginx).toMatchObject({ Desired: 2, Placed: 2, Running: 2 })
})

test.each([
  ['1.4.4', 1],
  ['2.0.5', 0],
] as const)('after a purge Nomad %s knows %i deployment of the job', async (version, known) => {
  const { ask, parse, pass } = await door({ version })
  await ask('jobs', 'POST', { Job: await parse(recorded('right-dynamic')) })
  pass(20_000)
  const { body } = await ask('job/nginx?purge=true', 'DELETE')
  pass(2_000)
  expect((await ask('job/nginx/deployments')).body).toHaveLength(known)
  const { DeploymentID } = (await ask(`evaluation/${body.EvalID}`)).body
  expect(DeploymentID === undefined ? 0 : 1).toBe(known)
})
