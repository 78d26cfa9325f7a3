/** A stand-in for a Nomad server, for the tests: answers as Nomad 2.0.5 was seen to (2026-11-25). */

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

export interface StandInAllocation {
  ID: string
  NodeName: string
  ClientStatus: string
  TaskStates?: unknown
  /** What `/alloc` holds; undefined: its client is off. */
  dir?: string
}

export interface StandInChild {
  id: string
  token: string
  meta: Record<string, string>
  payload: Buffer
  allocations: StandInAllocation[]
  stopped: boolean
}

/** The parts of a parsed template that are looked at. */
const parsed = {
  Type: 'batch',
  ParameterizedJob: { Payload: 'required', MetaRequired: ['student', 'options'] },
  TaskGroups: [{ Tasks: [{ DispatchPayload: { File: 'submission.tar.gz' } }] }],
}

export async function startNomad() {
  const children: StandInChild[] = []
  const jobs = new Map<string, Record<string, unknown>>()
  const streams = new Set<ServerResponse>()
  const nomad = {
    ...{ children, jobs, parsed: parsed as Record<string, unknown> },
    /** Answers that come first, whatever is asked: status and text. */
    troubles: [] as [status: number, text: string][],
    /** What becomes of a child as soon as it is there. */
    onDispatch: (_child: StandInChild) => {},
    changed() {
      for (const stream of streams) stream.write('{"Index":1,"Events":[{"Topic":"Job"}]}\n')
    },
  }

  const answer = (request: IncomingMessage, body: string): [number, unknown] => {
    const url = new URL(request.url ?? '', 'http://nomad')
    const parts = url.pathname.split('/').slice(2).map(decodeURIComponent)
    const [what = '', id = '', third = '', fourth = ''] = parts
    const child = children.find((one) => one.id === id)
    if (what === 'nodes') return [200, [{ Status: 'ready' }, { Status: 'down' }]]
    if (what === 'jobs' && id === 'parse') return [200, nomad.parsed]
    if (what === 'jobs' && request.method === 'POST') {
      const { Job } = JSON.parse(body)
      jobs.set(Job.ID, Job)
      return [200, {}]
    }
    if (what === 'jobs')
      return [
        200,
        children.filter((one) => one.id.startsWith(`${url.searchParams.get('prefix')}`)).map(stub),
      ]
    if (third === 'dispatch')
      return dispatched(id, url.searchParams.get('idempotency_token') ?? '', JSON.parse(body))
    if (third === 'allocations') return [200, child?.allocations ?? []]
    if (third === 'evaluations') return [200, []]
    if (what === 'job' && request.method === 'DELETE') {
      const nth = children.findIndex((one) => one.id === id)
      if (child) child.stopped = true
      if (url.searchParams.get('purge') === 'true')
        nth < 0 ? jobs.delete(id) : children.splice(nth, 1)
      return [200, {}]
    }
    if (what === 'job') return jobs.has(id) ? [200, jobs.get(id)] : [404, 'job not found']
    return file(third, fourth, url.searchParams.get('path') ?? '')
  }

  const dispatched = (
    id: string,
    token: string,
    body: { Payload: string; Meta: Record<string, string> },
  ): [number, unknown] => {
    if (!jobs.has(id)) return [500, 'parameterized job not found']
    const there = children.find((one) => one.token === token)
    if (there) return [200, { DispatchedJobID: there.id }]
    const child: StandInChild = {
      id: `${id}/dispatch-${1795616708 + children.length}-71383571`,
      ...{ token, meta: body.Meta, payload: Buffer.from(body.Payload, 'base64') },
      ...{ allocations: [], stopped: false },
    }
    children.push(child)
    nomad.onDispatch(child)
    nomad.changed()
    return [200, { DispatchedJobID: child.id }]
  }

  /** The file API: a missing file is 404 for a list, and 200 for its text. */
  const file = (how: string, allocation: string, path: string): [number, unknown] => {
    const { dir } =
      children.flatMap((one) => one.allocations).find((one) => one.ID === allocation) ?? {}
    if (dir === undefined) return [how === 'ls' ? 404 : 200, `Unknown allocation "${allocation}"`]
    const at = join(dir, path.replace(/^\/alloc/, ''))
    if (!statSync(at, { throwIfNoEntry: false }))
      return [how === 'ls' ? 404 : 200, `stat ${at}: no such file or directory`]
    if (how === 'cat') return [200, readFileSync(at, 'utf8')]
    return [
      200,
      readdirSync(at, { withFileTypes: true }).map((entry) => ({
        ...{ Name: entry.name, IsDir: entry.isDirectory() },
        Size: statSync(join(at, entry.name)).size,
        FileMode: entry.isDirectory() ? 'drwxr-xr-x' : '-rw-r--r--',
      })),
    ]
  }

  const server = createServer(async (request, response) => {
    if (request.url?.startsWith('/v1/event/stream')) {
      streams.add(response)
      response.on('close', () => streams.delete(response))
      return void response.writeHead(200).write('{}\n')
    }
    let body = ''
    for await (const chunk of request) body += chunk
    const [status, content] = nomad.troubles.shift() ?? answer(request, body)
    response.writeHead(status)
    response.end(typeof content === 'string' ? content : JSON.stringify(content))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    ...nomad,
    nomad,
    env: { NOMAD_ADDR: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function stub({ id, allocations, stopped }: StandInChild) {
  const many = (status: string) => allocations.filter((one) => one.ClientStatus === status).length
  const over = stopped || many('complete') > 0
  return {
    ...{ ID: id, Status: over ? 'dead' : allocations.length > 0 ? 'running' : 'pending' },
    JobSummary: {
      Summary: {
        grade: {
          ...{ Queued: allocations.length === 0 ? 1 : 0, Running: many('running') },
          ...{ Complete: many('complete'), Failed: many('failed'), Lost: many('lost') },
        },
      },
    },
  }
}
