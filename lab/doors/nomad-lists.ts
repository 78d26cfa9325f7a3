import { deploymentJson, evaluationJson, jobStub, summaryJson } from '../nomad/render.ts'
import { allocationJson, allocationStub } from '../nomad/render-alloc.ts'
import { nodeJson, nodeStub } from '../nomad/render-node.ts'
import type { Table } from '../nomad/store.ts'
import type { Allocation } from '../nomad/types.ts'
import { Refusal } from './nomad-answer.ts'
import type { Asked } from './nomad-http.ts'

/** What a GET that may block answers. */
export interface Query {
  /** What `?index=` is compared with: the record's, else the table's (cluster-facts §3.2). */
  index(): number
  /** `undefined`: 404 with `missing`. */
  body(): unknown
  missing?: string
}

interface Indexed {
  ModifyIndex: number
}

/** One record, with its own index. */
function one<T extends Indexed>(
  { nomad }: Asked,
  table: Table,
  missing: string,
  find: () => T | undefined,
  show: (record: T) => unknown,
): Query {
  return {
    index: () => find()?.ModifyIndex ?? nomad.store.tables[table],
    body() {
      const found = find()
      return found && show(found)
    },
    missing,
  }
}

function many({ nomad }: Asked, table: Table, body: () => unknown): Query {
  return { index: () => nomad.store.tables[table], body }
}

const version = ({ world }: Asked) => world.versions.nomad

/** `?prefix=`; `?filter=` is known in one form. */
function chosen<T>({ params }: Asked, all: Iterable<T>, id: (record: T) => string): T[] {
  const prefix = params.get('prefix') ?? ''
  return [...all].filter((record) => id(record).startsWith(prefix))
}

function refuseFilter({ params, request }: Asked): void {
  if (params.has('filter')) throw new Refusal(501, `lab: ${request.url} is not simulated`)
}

export function jobs(asked: Asked): Query {
  const { store } = asked.nomad
  refuseFilter(asked)
  return {
    index: () => Math.max(store.tables.jobs, store.tables.job_summary),
    body: () =>
      chosen(asked, store.jobs.values(), (job) => job.ID)
        .sort((a, b) => (a.ID < b.ID ? -1 : 1))
        .map((job) => jobStub(job, store.summaries.get(job.ID), version(asked))),
  }
}

export function job(asked: Asked): Query {
  const { store } = asked.nomad
  const find = () => store.jobs.get(asked.at[0]!)
  return one(asked, 'jobs', 'job not found', find, (found) => found)
}

export function jobSummary(asked: Asked): Query {
  const find = () => asked.nomad.store.summaries.get(asked.at[0]!)
  return one(asked, 'job_summary', 'job not found', find, summaryJson)
}

export function jobVersions(asked: Asked): Query {
  const { store } = asked.nomad
  const find = () => store.versions.get(asked.at[0]!)
  return {
    index: () => find()?.[0]?.ModifyIndex ?? store.tables.job_version,
    body() {
      const Versions = find()
      if (!Versions) return undefined
      const Index = Versions[0]!.ModifyIndex
      return { Versions, Diffs: null, Index, LastContact: 0, KnownLeader: true, NextToken: '' }
    },
    missing: 'job versions not found',
  }
}

export function jobAllocations(asked: Asked): Query {
  const { nomad, params, at } = asked
  const jobId = at[0]!
  const all = params.get('all') === 'true'
  return many(asked, 'allocs', () => {
    // After a purge and a new registration only the new job's (cluster-facts §4.1).
    const created = nomad.store.jobs.get(jobId)?.CreateIndex
    const own = nomad.store.allocsOf(jobId)
    const shown = own.filter((alloc) => all || !created || alloc.Job.CreateIndex === created)
    return stubs(asked, shown, false)
  })
}

export function jobEvaluations(asked: Asked): Query {
  const { nomad, at } = asked
  return many(asked, 'evals', () =>
    byId(nomad.store.evalsOf(at[0]!)).map((found) => evaluationJson(found, version(asked))),
  )
}

export function jobDeployment(asked: Asked): Query {
  const { store } = asked.nomad
  const find = () => store.deploymentsOf(asked.at[0]!).at(-1)
  return {
    index: () => find()?.ModifyIndex ?? store.tables.deployment,
    body() {
      const found = find()
      return found ? deploymentJson(found, version(asked)) : null
    },
  }
}

export function jobDeployments(asked: Asked): Query {
  const { store } = asked.nomad
  return many(asked, 'deployment', () =>
    byId(store.deploymentsOf(asked.at[0]!)).map((found) => deploymentJson(found, version(asked))),
  )
}

export function allocations(asked: Asked): Query {
  const { nomad, params } = asked
  const filter = params.get('filter')
  const jobId = filter && /^\s*JobID\s*==\s*"([^"]*)"\s*$/.exec(filter)?.[1]
  if (filter && jobId === undefined) refuseFilter(asked)
  return many(asked, 'allocs', () => {
    const all = chosen(asked, nomad.store.allocs.values(), (alloc) => alloc.ID)
    const own = jobId ? all.filter((alloc) => alloc.Job.ID === jobId) : all
    return stubs(asked, own, params.get('resources') === 'true')
  })
}

function stubs(asked: Asked, allocs: Allocation[], resources: boolean): unknown[] {
  return allocs.map((alloc) => allocationStub(alloc, version(asked), resources))
}

export function allocation(asked: Asked): Query {
  const id = wholeId(asked, 'alloc')
  const find = () => asked.nomad.store.allocs.get(id)
  const show = (found: Allocation) => allocationJson(found, version(asked), true)
  return one(asked, 'allocs', 'alloc not found', find, show)
}

export function evaluations(asked: Asked): Query {
  refuseFilter(asked)
  const { store } = asked.nomad
  return many(asked, 'evals', () =>
    chosen(asked, store.evals.values(), (found) => found.ID).map((found) =>
      evaluationJson(found, version(asked)),
    ),
  )
}

export function evaluation(asked: Asked): Query {
  const id = wholeId(asked, 'eval')
  const find = () => asked.nomad.store.evals.get(id)
  return one(asked, 'evals', 'eval not found', find, (found) =>
    evaluationJson(found, version(asked)),
  )
}

export function evaluationAllocations(asked: Asked): Query {
  const { nomad, at } = asked
  return many(asked, 'allocs', () => {
    const own = [...nomad.store.allocs.values()].filter((alloc) => alloc.EvalID === at[0])
    return stubs(asked, own, false)
  })
}

export function deployments(asked: Asked): Query {
  refuseFilter(asked)
  const { store } = asked.nomad
  return many(asked, 'deployment', () =>
    chosen(asked, store.deployments.values(), (found) => found.ID).map((found) =>
      deploymentJson(found, version(asked)),
    ),
  )
}

export function deployment(asked: Asked): Query {
  const id = wholeId(asked, 'deployment')
  const find = () => asked.nomad.store.deployments.get(id)
  return one(asked, 'deployment', 'deployment not found', find, (found) =>
    deploymentJson(found, version(asked)),
  )
}

export function deploymentAllocations(asked: Asked): Query {
  const { nomad, at } = asked
  return many(asked, 'allocs', () => {
    const own = [...nomad.store.allocs.values()].filter((alloc) => alloc.DeploymentID === at[0])
    return stubs(asked, own, false)
  })
}

export function nodes(asked: Asked): Query {
  refuseFilter(asked)
  const { nomad, params } = asked
  const fields = { resources: params.get('resources') === 'true', os: params.get('os') === 'true' }
  return many(asked, 'nodes', () =>
    byId(chosen(asked, nomad.store.nodes.values(), (found) => found.ID)).map((found) =>
      nodeStub(found, version(asked), fields, dockerDead(asked, found)),
    ),
  )
}

const dockerDead = ({ world }: Asked, { Name }: { Name: string }) =>
  world.faults.dockerDead.has(Name)

export function node(asked: Asked): Query {
  const id = wholeId(asked, 'node')
  const find = () => asked.nomad.store.nodes.get(id)
  return one(asked, 'nodes', 'node not found', find, (found) =>
    nodeJson(found, version(asked), dockerDead(asked, found)),
  )
}

export function nodeAllocations(asked: Asked): Query {
  const { store } = asked.nomad
  const id = wholeId(asked, 'node')
  return many(asked, 'allocs', () =>
    store.allocsOn(id).map((alloc) => allocationJson(alloc, version(asked), true)),
  )
}

/** The API wants whole UUIDs (recordings: alloc-bad-id.json). */
function wholeId({ at }: Asked, what: string): string {
  const id = at[0]!
  if (id.length === 36) return id
  throw new Refusal(500, `${what} lookup failed: index error: UUID must be 36 characters`)
}

function byId<T extends { ID: string }>(records: T[]): T[] {
  return records.sort((a, b) => (a.ID < b.ID ? -1 : 1))
}
