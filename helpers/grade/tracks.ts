import { tellIn } from '../language/message.ts'
import type { Evidence } from './evidence.ts'
import { unseen } from './view.ts'

/** A state that lasted, in cluster ms since the epoch; `to` is Infinity while it lasts. */
export interface Span {
  from: number
  to: number
  state: string
}

/** What was said of one replica over the whole run. */
export interface ReplicaTrack {
  /** First eight characters of its allocation's id. */
  allocation: string
  job: string
  version: string
  vm: string
  spans: Span[]
  /** Its entries in Consul: listed or critical. */
  listed: Span[]
  /** What the wire said at its address: a status or an error. */
  answers: { at: number; said: string }[]
}

/** Everything that was seen, by whom it was said of: the changes of a run as states that last. */
export interface Tracks {
  replicas: Map<string, ReplicaTrack>
  /** VM → Nomad's word on its node. */
  nodes: Map<string, Span[]>
  /** VM → Consul's word on its member. */
  members: Map<string, Span[]>
  /** VM → while DNS gave its address. */
  dns: Map<string, Span[]>
  /** When an evaluation was first seen to be blocked. */
  blocked: number[]
}

/** States after which an allocation never runs again. */
const ended = /^(complete|failed|lost|unknown)$/

/** Reads the changes of a run in the order in which they were seen. Of no verdict: only drawn. */
export function tracksOf(evidence: readonly Evidence[]): Tracks {
  const vms = vmsByAddress(evidence)
  const tracks: Tracks = {
    replicas: new Map(),
    nodes: new Map(),
    members: new Map(),
    dns: new Map(),
    blocked: [],
  }
  const at = new Map<string, ReplicaTrack>()
  for (const record of evidence) {
    // English is what the keys of the sentences are: the one form that old evidence has too.
    if (record.kind === 'change')
      take(tracks, { vms, at }, record.at, record.who, tellIn(record.saw, 'en'))
    if (record.kind === 'item-note') {
      const [, job] =
        /^The job (.+) of \S+ was purged first\.$/.exec(tellIn(record.text, 'en')) ?? []
      if (job !== undefined) endJob(tracks, job, record.at)
    }
  }
  return tracks
}

function vmsByAddress(evidence: readonly Evidence[]): Map<string, string> {
  const views = evidence.flatMap((r) => (r.kind === 'check' ? r.views : []))
  return new Map(
    views.flatMap(({ nomad }) =>
      unseen(nomad) ? [] : nomad.nodes.map((node): [string, string] => [node.address, node.name]),
    ),
  )
}

interface Known {
  vms: Map<string, string>
  /** address:port → the replica that Consul listed there last. */
  at: Map<string, ReplicaTrack>
}

function take(tracks: Tracks, known: Known, at: number, who: string, saw: string): void {
  if (who === 'nomad') takeNomad(tracks, at, saw)
  else if (who === 'consul') takeConsul(tracks, known, at, saw)
  else if (who === 'dns') {
    const given = new Set((/ → (.*)$/.exec(saw)?.[1] ?? '').split(', '))
    for (const [address, vm] of known.vms)
      mark(spansOf(tracks.dns, vm), at, given.has(address) ? 'given' : '')
  } else {
    const [, where = '', said = ''] = /^(\S+:\d+) (?:answers )?(\S+)/.exec(saw) ?? []
    known.at.get(where)?.answers.push({ at, said })
  }
}

function takeNomad(tracks: Tracks, at: number, saw: string): void {
  const allocation = /^(.*) \((\w{8}), version (\d+)\) on (\S+) is (\S+)$/.exec(saw)
  if (allocation) {
    const [, name = '', id = '', version = '', vm = '', state = ''] = allocation
    const job = name.replace(/\.[^.]*\[\d+\]$/, '')
    const track = replicaOf(tracks, id)
    Object.assign(track, { job, version, vm })
    mark(track.spans, at, state)
    return
  }
  if (/^evaluation \w+ is blocked$/.test(saw)) {
    tracks.blocked.push(at)
    return
  }
  const [, vm, state] = /^(\S+) is (\S+)$/.exec(saw) ?? []
  if (vm !== undefined && state !== undefined) mark(spansOf(tracks.nodes, vm), at, state)
}

function takeConsul(tracks: Tracks, known: Known, at: number, saw: string): void {
  const entry = /^(\S+) at (\S+):(\d+) is (listed|critical|gone)$/.exec(saw)
  if (entry) {
    const [, id = '', address = '', port = '', state = ''] = entry
    const track = replicaOf(tracks, id.slice(0, 8))
    track.vm ||= known.vms.get(address) ?? ''
    mark(track.listed, at, state === 'gone' ? '' : state)
    known.at.set(`${address}:${port}`, track)
    return
  }
  const [, vm, state] = /^(\S+) is (\S+)$/.exec(saw) ?? []
  if (vm !== undefined && state !== undefined) mark(spansOf(tracks.members, vm), at, state)
}

function endJob(tracks: Tracks, job: string, at: number): void {
  for (const track of tracks.replicas.values()) {
    if (track.job !== job) continue
    if (!isOver(track)) mark(track.spans, at, 'purged')
    mark(track.listed, at, '')
  }
}

/** Whether its last state is one after which it never runs again. */
export const isOver = ({ spans }: Pick<ReplicaTrack, 'spans'>) =>
  /^purged$/.test(spans.at(-1)?.state ?? '') || ended.test(spans.at(-1)?.state ?? '')

/** Whether a state is one in which a replica takes up its place. */
export const isLive = (state: string) => !ended.test(state) && state !== 'purged'

function replicaOf({ replicas }: Tracks, allocation: string): ReplicaTrack {
  const known = replicas.get(allocation)
  if (known) return known
  const made = { allocation, job: '', version: '', vm: '', spans: [], listed: [], answers: [] }
  replicas.set(allocation, made)
  return made
}

function spansOf(all: Map<string, Span[]>, name: string): Span[] {
  const spans = all.get(name) ?? []
  all.set(name, spans)
  return spans
}

/** From `at` on it is in that state; '' is none that is worth a span. */
function mark(spans: Span[], at: number, state: string): void {
  const last = spans.at(-1)
  const current = last?.to === Number.POSITIVE_INFINITY ? last : undefined
  if (current?.state === state) return
  if (current) current.to = at
  if (state !== '') spans.push({ from: at, to: Number.POSITIVE_INFINITY, state })
}
