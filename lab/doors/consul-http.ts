import { createHash } from 'node:crypto'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { CatalogCheck } from '../consul/catalog.ts'
import type { Consul } from '../consul/consul.ts'
import { selfShape } from '../consul/self.ts'
import {
  agentServiceShape,
  catalogShape,
  checkShape,
  healthShape,
  memberShape,
  nodeShape,
  uiShape,
} from '../consul/shapes.ts'
import type { Vm, World } from '../contract.ts'
import { randomStream, shuffled } from '../random.ts'
import { answerQuery, fail, Refusal, sendJson } from './consul-answer.ts'
import { answerKv, answerSession, permitted } from './consul-kv.ts'

/** What answers one request; `rest` is what follows the endpoint in its path. */
export interface Asked {
  consul: Consul
  world: World
  vm: Vm
  method: string
  rest: string
  params: URLSearchParams
  body(): Promise<Buffer>
  response: ServerResponse
  random: () => number
}

const longestBody = 512 * 1024

/** Consul's HTTP API as the agent of `vm` serves it on port 8500 (cluster-facts §3.1, §4.2). */
export function consulDoor(consul: Consul, world: World, vm: Vm): Server {
  const random = randomStream(world.seed, `consul ${vm.name}`)
  return createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://lab')
    const method = request.method ?? 'GET'
    const body = async () => {
      let got = Buffer.alloc(0)
      for await (const chunk of request) {
        got = Buffer.concat([got, chunk])
        if (got.length > longestBody) throw new Refusal(413, 'Request body too large')
      }
      return got
    }
    const params = url.searchParams
    const asked = { consul, world, vm, method, rest: '', params, body, response, random }
    answer(asked, url.pathname).catch((error) => fail(response, error))
  })
}

const known = new Set(
  'index wait stale consistent leader pretty passing dc token hash cached raw recurse keys separator segment cas acquire release flags'.split(
    ' ',
  ),
)

async function answer(asked: Asked, path: string): Promise<void> {
  const { method, params, world, consul } = asked
  const gap = (what: string) => new Refusal(501, `lab: ${method} ${what} is not simulated`)
  const found = endpoints.find(([prefix]) =>
    prefix.endsWith('/') ? path.startsWith(prefix) : path === prefix,
  )
  if (!found) throw gap(path)
  for (const name of params.keys()) if (!known.has(name)) throw gap(`${path}?${name}`)
  if (world.faults.consulDown) throw new Refusal(500, 'No cluster leader')
  const [prefix, handle, methods = 'GET', local = false] = found
  if (!methods.split(',').includes(method)) {
    asked.response.setHeader('Allow', `OPTIONS,${methods}`)
    throw new Refusal(405, `method ${method} not allowed`)
  }
  if (!local && !consul.hasLeader()) throw new Refusal(500, 'No cluster leader')
  if (params.has('stale') && params.has('consistent')) {
    throw new Refusal(400, 'Cannot specify ?stale with ?consistent, conflicting semantics.')
  }
  const dc = params.get('dc') ?? world.datacenter
  if (dc !== world.datacenter) throw new Refusal(500, 'No path to datacenter')
  await handle({ ...asked, rest: decodeURIComponent(path.slice(prefix.length)) })
}

type Handler = (asked: Asked) => void | Promise<void>
type Endpoint = [path: string, handle: Handler, methods?: string, local?: boolean]

const endpoints: Endpoint[] = [
  ['/v1/agent/self', (a) => sendJson(a, selfShape(a.consul, a.world, a.vm)), 'GET', true],
  ['/v1/agent/members', members, 'GET', true],
  ['/v1/agent/services', agentServices, 'GET', true],
  ['/v1/agent/service/', agentService, 'GET', true],
  ['/v1/agent/checks', agentChecks, 'GET', true],
  ['/v1/catalog/datacenters', (a) => sendJson(a, [a.world.datacenter])],
  ['/v1/catalog/services', catalogServices],
  ['/v1/catalog/service/', catalogService],
  ['/v1/catalog/nodes', catalogNodes],
  ['/v1/health/service/', healthService],
  ['/v1/health/node/', healthNode],
  ['/v1/health/state/', healthState],
  ['/v1/status/leader', (a) => sendJson(a, `${a.world.server.ip}:8300`)],
  ['/v1/status/peers', (a) => sendJson(a, [`${a.world.server.ip}:8300`])],
  ['/v1/internal/ui/services', uiServices],
  ['/v1/operator/raft/configuration', raftConfiguration],
  ['/ui/', consulPage, 'GET', true],
  ['/v1/kv/', permitted('key', answerKv), 'GET,PUT,DELETE'],
  ['/v1/session/', permitted('session', answerSession), 'GET,PUT'],
]

/** As 1.14.4 and 1.21.4 begin their page, with `ui_config { enabled = true }` on the server only. */
function consulPage({ vm, response }: Asked): void {
  if (!vm.isServer) throw new Refusal(404, '404 page not found')
  response.setHeader('Content-Type', 'text/html; charset=utf-8')
  response.end(
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">' +
      '<title>Consul by HashiCorp</title></head><body>lab: no more of it is simulated</body></html>',
  )
}

function members(asked: Asked): void {
  const { consul, world, random } = asked
  const all = shuffled(random, consul.members())
  sendJson(
    asked,
    all.map(({ vm, status }) => memberShape(consul, world, vm.name, status)),
  )
}

/** Only what was registered on this agent (cluster-facts §2.3). */
function agentServices(asked: Asked): void {
  const { consul, world, vm } = asked
  const own = consul.agent(vm.name).services()
  sendJson(
    asked,
    Object.fromEntries(own.map((one) => [one.id, agentServiceShape(one, world.datacenter)])),
  )
}

function agentService(asked: Asked): void {
  const { consul, world, vm, rest, params } = asked
  if (params.has('hash')) throw new Refusal(501, 'lab: a blocking agent service is not simulated')
  const found = consul
    .agent(vm.name)
    .services()
    .find((service) => service.id === rest)
  if (!found) throw new Refusal(404, `unknown service ID: ${rest}`)
  const shape = agentServiceShape(found, world.datacenter)
  const hash = createHash('sha256').update(JSON.stringify(shape)).digest('hex').slice(0, 16)
  asked.response.setHeader('X-Consul-ContentHash', hash)
  const { Datacenter, ...before } = shape
  sendJson(asked, { ...before, ContentHash: hash, Datacenter })
}

function agentChecks(asked: Asked): void {
  const { consul, vm } = asked
  const node = consul.catalog.node(vm.name)
  const own = consul.agent(vm.name).services()
  const checks = own.flatMap((service) =>
    service.checks.map((check): CatalogCheck => {
      const output = node?.checks.get(check.id)?.output ?? ''
      return { node: vm.name, service, output, createIndex: 0, modifyIndex: 0, ...check }
    }),
  )
  sendJson(asked, Object.fromEntries(checks.map((check) => [check.id, checkShape(check)])))
}

/** The tags' order comes from a Go map (cluster-facts §2.3). */
function catalogServices(asked: Asked): Promise<void> {
  const { catalog } = asked.consul
  return answerQuery(asked, {
    index: catalog.indexes.services,
    body() {
      const tags = new Map<string, Set<string>>()
      for (const { service } of catalog.all()) {
        const known = tags.get(service.name) ?? new Set()
        for (const tag of service.tags) known.add(tag)
        tags.set(service.name, known)
      }
      const names = [...tags.keys()].sort()
      return Object.fromEntries(
        names.map((name) => [name, shuffled(asked.random, [...(tags.get(name) ?? [])])]),
      )
    },
  })
}

function catalogService(asked: Asked): Promise<void> {
  const { catalog } = asked.consul
  return answerQuery(asked, {
    index: () => catalog.indexes.service(asked.rest, false),
    body: () =>
      catalog.instances(asked.rest).map((one) => catalogShape(one, asked.world.datacenter)),
  })
}

function catalogNodes(asked: Asked): Promise<void> {
  const { catalog } = asked.consul
  return answerQuery(asked, {
    index: catalog.indexes.nodes,
    body: () => catalog.nodes().map((node) => nodeShape(node, asked.world.datacenter)),
  })
}

function healthService(asked: Asked): Promise<void> {
  const { catalog } = asked.consul
  const passing = asked.params.has('passing')
  const streamed = Number(asked.params.get('index')) > 0
  return answerQuery(asked, {
    index: () =>
      streamed ? catalog.indexes.view(asked.rest) : catalog.indexes.service(asked.rest, true),
    body: () =>
      catalog
        .instances(asked.rest)
        .filter(({ checks }) => !passing || checks.every((check) => check.status === 'passing'))
        .map((one) => healthShape(one, asked.world.datacenter)),
    streaming: true,
  })
}

function healthNode(asked: Asked): Promise<void> {
  const { catalog } = asked.consul
  return answerQuery(asked, {
    index: catalog.indexes.checks,
    body: () => [...(catalog.node(asked.rest)?.checks.values() ?? [])].map(checkShape),
  })
}

function healthState(asked: Asked): Promise<void> {
  const { catalog } = asked.consul
  const states = ['any', 'passing', 'warning', 'critical']
  if (!states.includes(asked.rest)) throw new Refusal(400, `Invalid state: ${asked.rest}`)
  return answerQuery(asked, {
    index: catalog.indexes.checks,
    body: () =>
      catalog
        .nodes()
        .flatMap((node) => [...node.checks.values()].sort((x, y) => (x.id < y.id ? -1 : 1)))
        .filter((check) => asked.rest === 'any' || check.status === asked.rest)
        .map(checkShape),
  })
}

/** recordings: consul-raft.json */
function raftConfiguration(asked: Asked): void {
  const { name, ip } = asked.world.server
  const own = { ID: asked.consul.nodeId(name), Node: name, Address: `${ip}:8300` }
  sendJson(asked, {
    Servers: [{ ...own, Leader: true, ProtocolVersion: '3', Voter: true }],
    Index: 0,
  })
}

function uiServices(asked: Asked): Promise<void> {
  const { catalog } = asked.consul
  return answerQuery(asked, {
    index: () => Math.max(catalog.indexes.services(), catalog.indexes.checks()),
    body() {
      const all = Map.groupBy(catalog.all(), ({ service }) => service.name)
      return [...all.keys()]
        .sort()
        .map((name) => uiShape(name, all.get(name) ?? [], asked.world.datacenter))
    },
    consistency: false,
  })
}
