import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { recorded, testCluster } from '../nomad/test-cluster.ts'
import { nomadDoor } from './nomad-http.ts'

type Version = '1.4.4' | '2.0.5'
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
