import { isLive, type ReplicaTrack, type Span } from '../../helpers/grade/tracks.ts'
import type { DnsSaid, LabView } from '../../lab/view.ts'

/** What has happened in a lab: states that lasted, in cluster ms, and each change of one. */
export interface LabTracks {
  /** VM → its power; → Nomad's word on its node; → Consul's on its member; → while DNS gave it. */
  power: Map<string, Span[]>
  nodes: Map<string, Span[]>
  members: Map<string, Span[]>
  given: Map<string, Span[]>
  /** Service → what DNS said of its name. */
  names: Map<string, Span[]>
  /** By the allocation's ID. */
  replicas: Map<string, ReplicaTrack>
  /** Job → its version, and whether Nomad waits for room. */
  jobs: Map<string, Span[]>
  /** Newest first. */
  events: LabEvent[]
}

export interface LabEvent {
  at: number
  who: 'vm' | 'nomad' | 'consul' | 'dns'
  what: string
  /** In the word of who said it; '' when it is not there any more. */
  state: string
}

/** Kept of what is over: an hour of cluster time. */
const keptMs = 3_600_000
const most = { events: 100, names: 8 }

export const noTracks = (): LabTracks => ({
  power: new Map(),
  nodes: new Map(),
  members: new Map(),
  given: new Map(),
  names: new Map(),
  replicas: new Map(),
  jobs: new Map(),
  events: [],
})

/** Takes what is so now; of the first time there is no event. */
export function takeView(tracks: LabTracks, view: LabView, first: boolean): void {
  const { at } = view
  const say = first ? () => {} : (event: LabEvent) => tell(tracks, event)
  for (const { name, power } of view.vms)
    if (mark(spansOf(tracks.power, name), at, power))
      say({ at, who: 'vm', what: name, state: power })
  for (const { vm, status } of view.nodes)
    if (mark(spansOf(tracks.nodes, vm), at, status))
      say({ at, who: 'nomad', what: vm, state: status })
  for (const { vm, status } of view.members)
    if (mark(spansOf(tracks.members, vm), at, status))
      say({ at, who: 'consul', what: vm, state: status })
  takeReplicas(tracks, view, say)
  takeEntries(tracks, view, say)
  for (const { id, version, blocked } of view.jobs)
    mark(spansOf(tracks.jobs, id), at, blocked ? `${version} blocked` : `${version}`)
  const jobs = new Set(view.jobs.map(({ id }) => id))
  for (const [id, spans] of tracks.jobs) if (!jobs.has(id)) mark(spans, at, '')
  for (const { service } of view.instances)
    if (tracks.names.size < most.names) spansOf(tracks.names, service)
  forget(tracks, at - keptMs)
}

type Say = (event: LabEvent) => void

function takeReplicas(tracks: LabTracks, { at, replicas }: LabView, say: Say): void {
  for (const { id, job, version, vm, status } of replicas) {
    const track = replicaOf(tracks, id, vm)
    Object.assign(track, { job, version: `${version}` })
    const what = `${job} ${track.allocation} (${vm})`
    if (mark(track.spans, at, status)) say({ at, who: 'nomad', what, state: status })
  }
  const there = new Set(replicas.map(({ id }) => id))
  for (const [id, { spans }] of tracks.replicas) if (!there.has(id)) mark(spans, at, '')
}

function takeEntries(tracks: LabTracks, { at, instances }: LabView, say: Say): void {
  const there = new Set<string>()
  for (const { id, service, vm, at: where, health } of instances) {
    const allocation = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(id)?.[0]
    if (allocation === undefined) continue
    there.add(allocation)
    const state = health === 'critical' ? 'critical' : 'listed'
    if (mark(replicaOf(tracks, allocation, vm).listed, at, state))
      say({ at, who: 'consul', what: `${service} ${where}`, state: health })
  }
  for (const [id, { listed, job, vm }] of tracks.replicas)
    if (!there.has(id) && mark(listed, at, ''))
      say({ at, who: 'consul', what: `${job} ${id.slice(0, 8)} (${vm})`, state: '' })
}

/** Takes what DNS says now of each service's name. */
export function takeDns(tracks: LabTracks, view: LabView, said: readonly DnsSaid[]): void {
  const { at } = view
  for (const { name, addresses, rcode } of said) {
    const state = addresses.join(', ') || rcode || '?'
    const [service = ''] = name.split('.')
    if (mark(spansOf(tracks.names, service), at, state))
      tell(tracks, { at, who: 'dns', what: name, state })
  }
  const given = new Set(said.flatMap(({ addresses }) => addresses))
  for (const { name, ip } of view.vms)
    mark(spansOf(tracks.given, name), at, given.has(ip) ? 'given' : '')
}

function tell({ events }: LabTracks, event: LabEvent): void {
  events.unshift(event)
  events.splice(most.events)
}

function forget(tracks: LabTracks, before: number): void {
  const { power, nodes, members, given, jobs } = tracks
  const isOver = (spans: Span[]) =>
    spans.every(({ from, to, state }) => (isLive(state) ? to : from) < before)
  for (const map of [power, nodes, members, given, jobs])
    for (const spans of map.values()) while ((spans[0]?.to ?? before) < before) spans.shift()
  for (const [id, { spans, listed }] of tracks.replicas)
    if (isOver(spans) && isOver(listed)) tracks.replicas.delete(id)
}

function replicaOf({ replicas }: LabTracks, id: string, vm: string): ReplicaTrack {
  const known = replicas.get(id)
  if (known) return known
  const allocation = id.slice(0, 8)
  const made = { allocation, job: '', version: '', vm, spans: [], listed: [], answers: [] }
  replicas.set(id, made)
  return made
}

function spansOf(all: Map<string, Span[]>, name: string): Span[] {
  const spans = all.get(name) ?? []
  all.set(name, spans)
  return spans
}

/** From `at` on it is in that state ('': in none); whether that is new. */
function mark(spans: Span[], at: number, state: string): boolean {
  const last = spans.at(-1)
  const current = last?.to === Number.POSITIVE_INFINITY ? last : undefined
  if ((current?.state ?? '') === state) return false
  if (current) current.to = at
  if (state !== '') spans.push({ from: at, to: Number.POSITIVE_INFINITY, state })
  return true
}
