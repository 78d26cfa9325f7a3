/**
 * Started by little.ts in a process of its own: grades the sheet's files so many times, one student
 * after another, on embedded labs, and prints a line of JSON for each. `node little-run.ts STUDENTS
 * CLIENTS`.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { openSession } from '../../bin/session.ts'
import { registeredItems } from '../../helpers/item.ts'
import type { World } from '../../lab/contract.ts'
import { rubric } from '../../suites/rubric.ts'
import { reference, tempFolder } from '../harness.ts'

/** What one student's run has cost. Milliseconds and MB; the lab's own part is in it. */
export interface StudentRun {
  points: number
  cpuMs: number
  wallMs: number
  /** Kept after garbage was collected. */
  heapMb: number
  memoryMb: number
  /** Item → wall and CPU ms. */
  items: Record<string, { wallMs: number; cpuMs: number }>
  requests: number
  /** Agent (`nomad box-1`) → cluster second → requests. */
  perSecond: Record<string, Record<string, number>>
}

/** Node tells of each request that a server gets: the lab has nothing to do for it. */
const channel = 'http.server.request.start'
const agents: Record<string, string> = { '4646': 'nomad', '8500': 'consul' }

const [students = 1, clients = 3] = process.argv.slice(2).map(Number)

for (let seed = 1; seed <= students; seed++) {
  console.log(JSON.stringify(await gradeOne(seed)))
}

async function gradeOne(seed: number): Promise<StudentRun> {
  using folder = tempFolder()
  const begun = now()
  const asked = countRequests()
  const ids = Object.keys(rubric.items).sort()
  await loadSuites()
  const session = await openSession({
    config: {
      ...{ student: `student-${seed}`, submission: reference, cluster: 'lab', asked: ids },
      ...{ out: folder.path, stateDir: folder.path, seed, clients },
      ...{
        maxWaitMs: 900_000,
        deadlineMs: 7_200_000,
        keep: false,
        purge: false,
        shared: false,
        language: 'en',
      },
    },
    runDir: folder.path,
    progress: { say: () => {}, waiting: () => {}, settled: () => {} },
    signal: new AbortController().signal,
    disturb: (_item, world) => asked.useClockOf(world),
  })
  const items: StudentRun['items'] = {}
  for (const item of registeredItems()) {
    const before = now()
    await session.grade(item)
    items[item.id] = since(before)
  }
  const { score } = await session.close()
  const spent = since(begun)
  asked.end()
  globalThis.gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  return {
    ...{ points: score.points ?? 0, ...spent, items },
    ...{ heapMb: heapUsed / 2 ** 20, memoryMb: rss / 2 ** 20 },
    ...{ requests: asked.requests(), perSecond: asked.perSecond },
  }
}

async function loadSuites(): Promise<void> {
  await import('../../suites/01-one-nginx.spec.ts')
  await import('../../suites/02-static-port.spec.ts')
  await import('../../suites/03-apache.spec.ts')
}

function countRequests() {
  let requests = 0
  let world: World | undefined
  let names = new Map<string, string>()
  const perSecond: StudentRun['perSecond'] = {}
  const count = (message: unknown): void => {
    const { request } = message as { request: IncomingMessage }
    const [address = '', port = ''] = (request.headers.host ?? '').split(':')
    const who = agents[port]
    if (!who) return
    requests++
    const vm = names.get(address)
    if (!world || !vm) return
    const second = Math.floor(world.now() / 1000)
    const agent = `${who} ${vm}`
    const seconds = perSecond[agent] ?? {}
    perSecond[agent] = seconds
    seconds[second] = (seconds[second] ?? 0) + 1
  }
  subscribe(channel, count)
  return {
    perSecond,
    requests: () => requests,
    useClockOf(of: World) {
      world = of
      names = new Map([...of.vms.values()].map(({ ip, name }) => [ip, name]))
    },
    end: () => void unsubscribe(channel, count),
  }
}

function now() {
  return { cpu: process.cpuUsage(), wall: performance.now() }
}

function since(before: ReturnType<typeof now>) {
  const { user, system } = process.cpuUsage(before.cpu)
  return { cpuMs: (user + system) / 1000, wallMs: performance.now() - before.wall }
}
