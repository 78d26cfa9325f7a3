import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Vm, World } from '../contract.ts'
import { Gap } from '../nomad/hcl/problem.ts'
import type { Nomad } from '../nomad/nomad.ts'
import { httpDate } from './http-date.ts'
import { agentMembers, agentSelf, autopilotHealth, health } from './nomad-agent.ts'
import * as alloc from './nomad-alloc.ts'
import { answerQuery, Refusal, sendJson, sendText } from './nomad-answer.ts'
import * as commandLine from './nomad-command-line.ts'
import { sendEvents } from './nomad-events.ts'
import * as lists from './nomad-lists.ts'
import * as submit from './nomad-submit.ts'

/** A request at an agent's door. */
export interface Asked {
  nomad: Nomad
  world: World
  vm: Vm
  request: IncomingMessage
  response: ServerResponse
  params: URLSearchParams
  /** What the path's groups matched. */
  at: string[]
  body: string
}

type Handler = (asked: Asked) => void | Promise<void>

interface Route {
  methods: string[]
  path: RegExp
  handle: Handler
  /** Answered by the agent itself; all else is the server's. */
  local?: boolean
}

const get = ['GET']
const write = ['PUT', 'POST']

const routes: Route[] = [
  { methods: get, path: /^jobs$/, handle: (asked) => answerQuery(asked, lists.jobs(asked)) },
  { methods: write, path: /^jobs$/, handle: submit.register },
  { methods: write, path: /^jobs\/parse$/, handle: submit.parse, local: true },
  { methods: write, path: /^validate\/job$/, handle: submit.validate },
  { methods: write, path: /^job\/(.+)\/plan$/, handle: submit.plan },
  ...jobParts(),
  { methods: get, path: /^job\/(.+)\/scale$/, handle: commandLine.scaleStatus },
  { methods: write, path: /^job\/(.+)\/scale$/, handle: commandLine.scale },
  { methods: get, path: /^job\/([^/]+)$/, handle: (asked) => answerQuery(asked, lists.job(asked)) },
  { methods: write, path: /^job\/([^/]+)$/, handle: submit.register },
  { methods: ['DELETE'], path: /^job\/([^/]+)$/, handle: submit.deregister },
  { methods: get, path: /^allocations$/, handle: query(lists.allocations) },
  { methods: get, path: /^allocation\/([^/]+)$/, handle: query(lists.allocation) },
  { methods: write, path: /^allocation\/([^/]+)\/stop$/, handle: alloc.stop },
  { methods: get, path: /^evaluations$/, handle: query(lists.evaluations) },
  { methods: get, path: /^evaluation\/([^/]+)$/, handle: query(lists.evaluation) },
  {
    methods: get,
    path: /^evaluation\/([^/]+)\/allocations$/,
    handle: query(lists.evaluationAllocations),
  },
  { methods: get, path: /^deployments$/, handle: query(lists.deployments) },
  { methods: get, path: /^deployment\/([^/]+)$/, handle: query(lists.deployment) },
  {
    methods: get,
    path: /^deployment\/allocations\/([^/]+)$/,
    handle: query(lists.deploymentAllocations),
  },
  { methods: get, path: /^nodes$/, handle: query(lists.nodes) },
  { methods: get, path: /^node\/([^/]+)$/, handle: query(lists.node) },
  { methods: get, path: /^node\/([^/]+)\/allocations$/, handle: query(lists.nodeAllocations) },
  { methods: write, path: /^node\/([^/]+)\/eligibility$/, handle: submit.eligibility },
  { methods: write, path: /^node\/([^/]+)\/drain$/, handle: submit.drain },
  { methods: get, path: /^agent\/self$/, handle: agentSelf, local: true },
  { methods: get, path: /^agent\/health$/, handle: health, local: true },
  { methods: get, path: /^agent\/members$/, handle: agentMembers },
  { methods: get, path: /^regions$/, handle: (asked) => sendJson(asked, ['global']) },
  { methods: get, path: /^status\/leader$/, handle: (asked) => sendJson(asked, rpc(asked)) },
  { methods: get, path: /^status\/peers$/, handle: (asked) => sendJson(asked, [rpc(asked)]) },
  { methods: get, path: /^event\/stream$/, handle: sendEvents },
  { methods: write, path: /^search$/, handle: commandLine.search },
  { methods: get, path: /^namespaces$/, handle: commandLine.namespaces },
  { methods: get, path: /^operator\/raft\/configuration$/, handle: commandLine.raftConfiguration },
  { methods: get, path: /^operator\/autopilot\/health$/, handle: autopilotHealth },
  { methods: get, path: /^client\/stats$/, handle: commandLine.clientStats },
  {
    methods: get,
    path: /^client\/allocation\/([^/]+)\/stats$/,
    handle: commandLine.allocationStats,
  },
  { methods: write, path: /^client\/allocation\/([^/]+)\/restart$/, handle: alloc.restart },
  { methods: get, path: /^client\/fs\/logs\/([^/]+)$/, handle: alloc.logs },
]

function jobParts(): Route[] {
  const parts = {
    allocations: lists.jobAllocations,
    evaluations: lists.jobEvaluations,
    deployment: lists.jobDeployment,
    deployments: lists.jobDeployments,
    summary: lists.jobSummary,
    versions: lists.jobVersions,
  }
  return Object.entries(parts).map(([part, of]) => ({
    methods: get,
    path: new RegExp(`^job/(.+)/${part}$`),
    handle: query(of),
  }))
}

function query(of: (asked: Asked) => lists.Query): Handler {
  return (asked) => answerQuery(asked, of(asked))
}

function rpc({ world }: Asked): string {
  return `${world.server.ip}:4647`
}

/**
 * The HTTP API of the Nomad agent on `vm` (cluster-facts §4.1; recordings/). A client's agent hands on what
 * is the server's to answer. What is not simulated is answered with 501.
 */
export function nomadDoor(nomad: Nomad, world: World, vm: Vm): Server {
  return createServer((request, response) => {
    response.setHeader('Vary', 'Accept-Encoding')
    response.setHeader('Date', httpDate(world.now()))
    answer({ nomad, world, vm, request, response }).catch((error: unknown) => {
      if (error instanceof Refusal) sendText(response, error.status, error.message)
      else if (error instanceof Gap) sendText(response, 501, error.message)
      else sendText(response, 500, `lab: ${error instanceof Error ? error.stack : error}`)
    })
  })
}

async function answer(asked: Omit<Asked, 'params' | 'at' | 'body'>): Promise<void> {
  const { request, response, nomad, vm } = asked
  const url = new URL(request.url ?? '/', 'http://nomad')
  const path = url.pathname.replace(/^\/v1\//, '')
  const matching = url.pathname.startsWith('/v1/')
    ? routes.filter((route) => route.path.test(path))
    : []
  const method = request.method ?? 'GET'
  const body = await readBody(request)
  if (matching.length === 0) throw new Gap(`${method} ${url.pathname}`)
  const route = matching.find((one) => one.methods.includes(method))
  if (!route) throw new Refusal(405, 'Invalid method')
  if (!route.local && !nomad.serverUp) {
    throw new Refusal(500, vm.isServer ? 'No cluster leader' : 'no servers')
  }
  const at = route.path.exec(path)!.slice(1).map(decodeURIComponent)
  await route.handle({ ...asked, response, params: url.searchParams, at, body })
}

/** Bytes; the lab's own limit, far above any job. */
const longestBody = 4_000_000

async function readBody(request: IncomingMessage): Promise<string> {
  // Most requests are GETs that have none.
  const { 'content-length': size, 'transfer-encoding': parts } = request.headers
  if (size === undefined && parts === undefined) return ''
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += (chunk as Buffer).length
    if (length > longestBody) throw new Refusal(413, 'http: request body too large')
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks).toString('utf8')
}
