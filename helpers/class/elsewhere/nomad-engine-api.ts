import pLimit from 'p-limit'
import { nomadAccess } from '../../access.ts'
import { clusterFileSchema } from '../../cluster/file.ts'
import { straightRoute } from '../../cluster/straight.ts'
import { type Answer, type Ask, createHttp, type Http, json } from '../../http.ts'
import { msg } from '../../language/message.ts'
import { list, number, record, text } from '../../loose.ts'
import { statusFault } from '../../nomad/ask.ts'
import { jobPath } from '../../nomad/jobs.ts'
import type { Clock } from '../../time/clock.ts'
import { codeOf, Fault } from '../../time/fault.ts'
import { createPauses } from '../../time/pauses.ts'

type Environment = Record<string, string | undefined>
export type Json = Record<string, unknown>

/** A dispatched job as the list of jobs tells of it. */
export interface Child {
  /** pending, running, dead */
  status: string
  queued: number
  running: number
  /** Changes when an allocation ends. */
  ended: string
}

/** One try of a dispatched job. */
export interface Allocation {
  id: string
  client: string
  /** pending, running, complete, failed, lost, unknown */
  status: string
  /** What the client said last of its task. */
  said: string
}

export interface Entry {
  name: string
  isFolder: boolean
  isFile: boolean
  size: number
}

/** The teacher's Nomad cluster, asked as its own command line asks it. */
export interface NomadApi {
  http: Http
  host: string
  port: number
  readyClients(): Promise<number>
  parse(hcl: string): Promise<Json>
  /** undefined: there is none of that name. */
  job(id: string): Promise<Json | undefined>
  register(job: Json): Promise<void>
  /** Gives the id of the job that was dispatched, now or earlier, with that token. */
  dispatch(id: string, token: string, body: { Payload: string; Meta: Json }): Promise<string>
  children(parent: string): Promise<Map<string, Child>>
  allocations(child: string): Promise<Allocation[]>
  /** Why a child finds no place: '' while it only waits for room. */
  unplaced(child: string): Promise<string>
  /** Stops a job; purged, Nomad forgets it. */
  stop(id: string, purge: boolean): Promise<void>
  files(allocation: string, path: string): Promise<Entry[]>
  /** A file's text; a Fault where it is not as long as `size`. */
  read(allocation: string, path: string, size: number): Promise<string>
}

/** Wall ms for one answer: a server asks the client for files, which may be slow or off. */
const patience = 20_000
const largest = 32 * 1024 * 1024
/** Acts have a connection each, and Nomad refuses more than 100 of one machine. */
const actsAtOnce = 4

/** Throws a Fault where the environment names no cluster, or what it says cannot be used. */
export function createNomadApi(env: Environment, clock: Clock): NomadApi {
  const address = env.NOMAD_ADDR
  if (!address)
    throw new Fault(msg('{variable} is not set.', { variable: 'NOMAD_ADDR' }), {
      code: 'NOMAD_ADDR',
      cure: msg('Set it, and {token} where the cluster wants one, as for the command {nomad}.', {
        ...{ token: 'NOMAD_TOKEN', nomad: 'nomad' },
      }),
    })
  const file = clusterFileSchema.parse({ server: '127.0.0.1', nomad: { address } })
  const access = nomadAccess(file, env)
  const http = inPlace(createHttp(straightRoute(), clock, access), env)
  const { host, port } = access
  const limit = pLimit(actsAtOnce)

  async function ask(path: string, more: Partial<Ask> = {}): Promise<Answer> {
    const answer = await http.request({ host, port, path, deadline: patience, ...more })
    if (answer.status !== 200) throw refused(answer, path)
    return answer
  }
  const get = async (path: string) => json(await ask(path), 'Nomad')
  const act = (path: string, method: 'POST' | 'DELETE', body?: unknown) =>
    limit(async () => record(json(await ask(path, { method, body }), 'Nomad')))

  return {
    ...{ http, host, port },
    async readyClients() {
      const nodes = list(await get('/v1/nodes')).map(record)
      return nodes.filter((one) => one.Status === 'ready').length
    },
    parse: (hcl) => act('/v1/jobs/parse', 'POST', { JobHCL: hcl, Canonicalize: true }),
    job: async (id) => {
      const found = await unlessMissing(get(jobPath(id)))
      return found === undefined ? undefined : record(found)
    },
    register: async (job) => void (await act('/v1/jobs', 'POST', { Job: job })),
    async dispatch(id, token, body) {
      const path = `${jobPath(id)}/dispatch?idempotency_token=${token}`
      return text((await act(path, 'POST', body)).DispatchedJobID)
    },
    async children(parent) {
      const found = list(await get(`/v1/jobs?prefix=${encodeURIComponent(`${parent}/dispatch-`)}`))
      return new Map(found.map((stub) => [text(record(stub).ID), childIn(record(stub))]))
    },
    async allocations(child) {
      return list(await get(`${jobPath(child)}/allocations`)).map((one) =>
        allocationIn(record(one)),
      )
    },
    async unplaced(child) {
      return whyUnplaced(list(await get(`${jobPath(child)}/evaluations`)))
    },
    async stop(id, purge) {
      await unlessMissing(act(`${jobPath(id)}?purge=${purge}`, 'DELETE'))
    },
    async files(allocation, path) {
      const at = `/v1/client/fs/ls/${allocation}?path=${encodeURIComponent(path)}`
      return list(await get(at)).map((one) => entryIn(record(one)))
    },
    async read(allocation, path, size) {
      const at = `/v1/client/fs/cat/${allocation}?path=${encodeURIComponent(path)}`
      const { text: content } = await ask(at, { limit: largest })
      // Nomad answers 200 also where it cannot read: its sentence is the text then (seen with 2.0.5).
      if (Buffer.byteLength(content) === size) return content
      throw new Fault(msg('Nomad gave {path} of another length than it has.', { path }), {
        code: 'HTTP_FILE_CUT',
      })
    },
  }
}

/** All questions in the namespace and region that Nomad's own command line would take. */
function inPlace(http: Http, env: Environment): Http {
  const words = new URLSearchParams()
  if (env.NOMAD_NAMESPACE) words.set('namespace', env.NOMAD_NAMESPACE)
  if (env.NOMAD_REGION) words.set('region', env.NOMAD_REGION)
  if (words.size === 0) return http
  const there = (ask: Ask): Ask => ({
    ...ask,
    path: `${ask.path}${ask.path.includes('?') ? '&' : '?'}${words}`,
  })
  return {
    ...http,
    request: (ask) => http.request(there(ask)),
    stream: (a) => http.stream(there(a)),
  }
}

/** What passes by itself: an election, a restart, a limit. Nomad says 500 of other things too. */
const passes =
  /no (cluster )?leader|No path to|\bEOF\b|timed? ?out|connection (refused|reset)|broken pipe|unreachable|shut ?down|keyring has not/i

function refused(answer: Answer, path: string): Fault {
  const fault = statusFault(answer, path)
  if (answer.status === 404 && passes.test(answer.text)) return withCode(fault, 'NOMAD_503')
  const final = answer.status === 500 && !passes.test(answer.text)
  return final ? withCode(fault, 'NOMAD_REFUSED') : fault
}

const withCode = (fault: Fault, code: string) => new Fault(fault.said, { code, cure: fault.remedy })

async function unlessMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  return await asked.catch((error) => {
    if (codeOf(error) === 'NOMAD_404') return undefined
    throw error
  })
}

const momentary = /^(E[A-Z]+|HTTP_(FAILED|FILE_CUT|STATUS)|NOMAD_(429|5\d\d|STALE))$/
export const isMomentary = (error: unknown) => momentary.test(codeOf(error))

/** Repeats what may be repeated while only the server or the way to it is at fault, for `ms`. */
export async function patiently<T>(
  work: () => Promise<T>,
  { clock, signal, ms }: { clock: Clock; signal: AbortSignal; ms: number },
): Promise<T> {
  const pauses = createPauses(clock, signal)
  const end = clock.now() + ms
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isMomentary(error) || clock.now() >= end || !(await pauses.next())) throw error
    }
  }
}

function childIn({ Status, JobSummary }: Json): Child {
  const groups = Object.values(record(record(JobSummary).Summary)).map(record)
  const sum = (key: string) => groups.reduce((all, group) => all + number(group[key]), 0)
  return {
    status: text(Status),
    queued: sum('Queued'),
    running: sum('Running') + sum('Starting'),
    ended: `${sum('Complete')} ${sum('Failed')} ${sum('Lost')}`,
  }
}

function allocationIn({ ID, NodeName, ClientStatus, TaskStates }: Json): Allocation {
  const events = Object.values(record(TaskStates)).flatMap((task) => list(record(task).Events))
  const told = events.map((event) => text(record(event).DisplayMessage)).filter((one) => one !== '')
  return {
    ...{ id: text(ID), client: text(NodeName), status: text(ClientStatus) },
    said: told.findLast((one) => !/^(Not restarting|Task not restarting)/i.test(one)) ?? '',
  }
}

const entryIn = ({ Name, IsDir, Size, FileMode }: Json): Entry => ({
  name: text(Name),
  isFolder: IsDir === true,
  isFile: text(FileMode).startsWith('-'),
  size: number(Size),
})

/** Where every client was ruled out by what it is and none by what runs there, waiting does not help. */
function whyUnplaced(evaluations: unknown[]): string {
  const newest = evaluations
    .map(record)
    .sort((a, b) => number(a.ModifyIndex) - number(b.ModifyIndex))
    .findLast(({ FailedTGAllocs }) => Object.keys(record(FailedTGAllocs)).length > 0)
  const [group] = Object.values(record(newest?.FailedTGAllocs)).map(record)
  if (!group || number(group.NodesExhausted) > 0) return ''
  const rules = Object.keys(record(group.ConstraintFiltered))
  return rules.length > 0 ? rules.join(', ') : 'no nodes were eligible'
}
