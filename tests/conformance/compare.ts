import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bodiesOf, type Exchange, endpointOf, shapesOf } from './exchange.ts'

export interface Differences {
  /** Fields that are read and that no recording shows. */
  unproved: string[]
  /** What is answered here and was never recorded: fields with other types, statuses, headers. */
  untrue: string[]
  /** What recordings show of the fields that are read, and what is never seen here. */
  unseen: string[]
}

export const none: Differences = { unproved: [], untrue: [], unseen: [] }

type ByEndpoint = Map<string, Exchange[]>

/** Holds what was heard of a cluster against recordings, in everything that the grader reads. */
export function compare(
  heard: { exchanges: Exchange[]; reads: Map<string, Set<string>> },
  recorded: Exchange[],
): Differences {
  const here = byEndpoint(heard.exchanges)
  const there = byEndpoint(recorded)
  const found: Differences = { unproved: [], untrue: [], unseen: [] }
  for (const [endpoint, paths] of heard.reads) {
    if (!isAgents(endpoint)) continue
    const ours = shapesOf(answered(here.get(endpoint)))
    const real = shapesOf(answered(there.get(endpoint)))
    for (const path of [...paths].sort()) {
      const [a, b] = [typesAt(ours, path), typesAt(real, path)]
      if (b.size === 0) found.unproved.push(`${endpoint} ${path}`)
      const say = (types: string[]) => `${endpoint} ${path}: ${types.join(', ')}`
      const untrue = b.size === 0 ? [] : [...a].filter((type) => !b.has(type))
      const unseen = [...b].filter((type) => !a.has(type))
      if (untrue.length > 0) found.untrue.push(say(untrue))
      if (unseen.length > 0) found.unseen.push(say(unseen))
    }
  }
  for (const [endpoint, exchanges] of here) {
    if (!isAgents(endpoint) && endpoint !== 'web GET /') continue
    const real = new Set(there.get(endpoint)?.map(headOf))
    const ours = new Set(exchanges.map(headOf))
    for (const head of ours) if (!real.has(head)) found.untrue.push(`${endpoint}: ${head}`)
  }
  return found
}

/**
 * Not the switch that stops VMs, which is the lab's own and each driver's, nor the doctor's question
 * whether anything answers at an agent's port.
 */
const isAgents = (endpoint: string) => /^(nomad|consul) \w+ \/v1\//.test(endpoint)

function byEndpoint(exchanges: Exchange[]): ByEndpoint {
  const groups: ByEndpoint = new Map()
  for (const one of exchanges) {
    if (one.status === 0) continue
    const endpoint = endpointOf(one)
    groups.set(endpoint, [...(groups.get(endpoint) ?? []), one])
  }
  return groups
}

/** The bodies of what was answered, equal ones once. */
function answered(exchanges: Exchange[] = []): unknown[] {
  const told = exchanges.filter(({ status }) => status === 200)
  return [...new Map(told.map((one) => [one.body, one])).values()].flatMap(bodiesOf)
}

/** What is seen at a path; `absent` where its owner is seen and never has it. */
function typesAt(shapes: Map<string, Set<string>>, path: string): Set<string> {
  const types = shapes.get(path)
  if (types) return types
  const owner = shapes.get(path.replace(/(\.[^.]*|\[\])$/, ''))
  return owner?.has('object') && !/(\*|\[\])$/.test(path) ? new Set(['absent']) : new Set()
}

/** Names of headers that the grader's code reads of an answer, from its text. */
export function headersRead(): string[] {
  const root = fileURLToPath(new URL('../../helpers/', import.meta.url))
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  const sources = files.filter(
    (file) => /(?<!\.test)\.ts$/.test(file) && !/local|power|hand-in/.test(file),
  )
  const names = sources.flatMap((file) => {
    // Not where one is set.
    const reads = /(?<!-)headers(?:\.(\w+)|\['([\w-]+)'\])(?!\s*=[^=])/g
    return [...readFileSync(join(root, file), 'utf8').matchAll(reads)].map(
      (m) => m[1] ?? m[2] ?? '',
    )
  })
  return [...new Set(names)].sort()
}

const readHeaders = headersRead()

/** The status, and the headers that are read: that they are there, and which web server it says it is. */
function headOf({ status, headers }: Exchange): string {
  const read = Object.entries(headers)
    .map(([name, value]) => ({ name: name.toLowerCase(), value }))
    .filter(({ name }) => readHeaders.includes(name))
    .map(({ name, value }) => (name === 'server' ? `${name}: ${value.split('/')[0]}` : name))
  return [status, ...read.sort()].join(', ')
}
