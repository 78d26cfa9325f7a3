import type { Evidence } from './evidence.ts'
import type { Timed } from './recorded.ts'
import { isLive, type ReplicaTrack, type Span, type Tracks, tracksOf } from './tracks.ts'

/** What happened in one item, to be drawn: times are cluster seconds since the run began. */
export interface Picture {
  item: string
  from: number
  to: number
  /** One for each VM of which something is to be told, sorted by name. */
  lanes: Lane[]
  /** VMs that are not drawn. */
  quiet: number
  acts: Act[]
  waits: Wait[]
}

export interface Lane {
  vm: string
  replicas: Replica[]
  /** While Nomad, and while Consul, said that the VM was not there. */
  down: Span[]
  gone: Span[]
  /** While DNS gave its address. */
  dns: Span[]
  acts: Act[]
}

export interface Replica extends Pick<ReplicaTrack, 'allocation' | 'version' | 'answers'> {
  /** Live states: pending, running. */
  spans: Span[]
  /** How it ended within the item: lost, complete, failed, purged. */
  end?: { at: number; state: string }
  /** Its entries in Consul: listed, critical, or leftover (still there when it had ended). */
  listed: Span[]
  /** Counted from 0: replicas that live at once are in different rows. */
  row: number
}

export interface Act {
  at: number
  kind: 'registered' | 'stop' | 'missed' | 'seen-off' | 'foretold' | 'start' | 'held-back' | 'fault'
  /** Stage or VM. */
  what: string
}

/** What was waited for, what was allowed, and the hold after it. */
export interface Wait {
  from: number
  to: number
  /** Seconds that were allowed; 0 where the evidence does not say. */
  budget: number
  /** From then on it had to stay so. */
  heldFrom?: number
  ended: 'met' | 'time' | 'hopeless'
}

const most = { lanes: 12, replicas: 24 }

/** Item → its picture, for every item of which the evidence has more than a begin and an end. */
export function picturesOf(evidence: readonly Evidence[]): Record<string, Picture> {
  const run = evidence.find((r) => r.kind === 'run')
  if (!run) return {}
  const tracks = tracksOf(evidence)
  const again = startedAgain(evidence)
  const ids = [...new Set(evidence.flatMap((r) => ('item' in r ? [r.item] : [])))]
  return Object.fromEntries(
    ids.flatMap((id) => {
      const records = evidence.filter(
        (r): r is Timed => 'item' in r && r.item === id && !again.has(r),
      )
      const told = records.some(({ kind }) => !['begin', 'end', 'item-note'].includes(kind))
      return told ? [[id, pictureOf(id, records, tracks, run)]] : []
    }),
  )
}

/** Each item's end asks for the start of whatever is off: of a VM that boots already it says nothing. */
function startedAgain(evidence: readonly Evidence[]): Set<Evidence> {
  const booting = new Set<string>()
  const again = new Set<Evidence>()
  for (const r of evidence) {
    if (r.kind === 'stop') for (const { name } of r.vms) booting.delete(name)
    if (r.kind !== 'start') continue
    if (booting.has(r.vm)) again.add(r)
    booting.add(r.vm)
  }
  return again
}

function pictureOf(
  item: string,
  records: Timed[],
  tracks: Tracks,
  run: { at: number; cluster: { clients: string[] } },
): Picture {
  const began = records[0]?.at ?? run.at
  const ends = records.flatMap((r) => (r.kind === 'check' ? [r.at, r.at - r.spent] : [r.at]))
  const window = { from: began, to: Math.max(...ends) }
  // A second at least is drawn: what stood at the end goes on to its edge.
  const edge = Math.max(window.to, began + 1000)
  const seconds = (ms: number) => (ms - run.at) / 1000
  const clip = (spans: readonly Span[]): Span[] =>
    spans
      .filter(({ from, to }) => from <= window.to && to > window.from)
      .map(({ from, to, state }) => ({
        from: seconds(Math.max(from, window.from)),
        to: seconds(to > window.to ? edge : to),
        state,
      }))
  const vmActs = actsOnVms(records, seconds)
  const names = [
    ...new Set([
      ...run.cluster.clients,
      ...[...tracks.replicas.values()].map(({ vm }) => vm),
      ...tracks.nodes.keys(),
    ]),
  ].filter((vm) => vm !== '')
  const lanes = names
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((vm) => laneOf(vm, tracks, clip, vmActs, window, seconds))
  // Of a hundred VMs those are drawn on which something was; of a few, all.
  const drawn = (lanes.length <= 5 ? lanes : lanes.filter(isTold)).slice(0, most.lanes)
  return {
    item,
    from: seconds(window.from),
    to: seconds(edge),
    lanes: drawn,
    quiet: lanes.length - drawn.length,
    acts: [
      ...actsOfRun(records, seconds),
      ...tracks.blocked
        .filter((at) => at >= window.from && at <= window.to)
        .slice(0, 1)
        .map((at): Act => ({ at: seconds(at), kind: 'held-back', what: '' })),
    ].toSorted((a, b) => a.at - b.at),
    waits: waitsOf(records, seconds),
  }
}

const isTold = ({ replicas, down, gone, acts }: Lane) =>
  replicas.length + down.length + gone.length + acts.length > 0

function laneOf(
  vm: string,
  tracks: Tracks,
  clip: (spans: readonly Span[]) => Span[],
  vmActs: Act[],
  window: { from: number; to: number },
  seconds: (ms: number) => number,
): Lane {
  const not = (fine: RegExp, spans: Span[] = []) => spans.filter(({ state }) => !fine.test(state))
  const replicas = [...tracks.replicas.values()]
    .filter((track) => track.vm === vm)
    .map((track): Replica => {
      const live = clip(track.spans.filter(({ state }) => isLive(state)))
      const over = track.spans.find(({ state }) => !isLive(state))
      const within = over && over.from >= window.from && over.from <= window.to
      return {
        allocation: track.allocation,
        version: track.version,
        spans: live,
        ...(within && { end: { at: seconds(over.from), state: over.state } }),
        listed: clip(withLeftovers(track.listed, over?.from)),
        answers: track.answers
          .filter(({ at }) => at >= window.from && at <= window.to)
          .map(({ at, said }) => ({ at: seconds(at), said })),
        row: 0,
      }
    })
    .filter(({ spans, listed }) => spans.length + listed.length > 0)
    .slice(-most.replicas)
  const acts = vmActs.filter(({ what }) => what === vm)
  const missed = acts.find(({ kind }) => kind === 'missed')?.at
  const down = clip(not(/^ready$/, tracks.nodes.get(vm)))
  // The wait for its death looks at the nodes only: what it saw is in the record of the stop.
  const [first] = down
  if (first && missed !== undefined && missed < first.from) first.from = missed
  return {
    vm,
    replicas: inRows(replicas),
    down,
    gone: clip(not(/^(alive|none)$/, tracks.members.get(vm))),
    dns: clip(tracks.dns.get(vm) ?? []),
    acts,
  }
}

/** From the end of its allocation on, an entry in Consul is a leftover. */
export function withLeftovers(listed: readonly Span[], over = Number.POSITIVE_INFINITY): Span[] {
  return listed.flatMap((span) => {
    if (span.to <= over) return [span]
    const after = { from: Math.max(span.from, over), to: span.to, state: 'leftover' }
    return span.from < over ? [{ ...span, to: over }, after] : [after]
  })
}

/** What lives at once is drawn in rows of its own. */
export function inRows(replicas: Replica[]): Replica[] {
  const ends: number[] = []
  const first = ({ spans, listed }: Replica) =>
    Math.min(...[...spans, ...listed].map(({ from }) => from))
  const last = ({ spans, listed }: Replica) =>
    Math.max(...[...spans, ...listed].map(({ to }) => to))
  return replicas
    .toSorted((a, b) => first(a) - first(b))
    .map((replica) => {
      const free = ends.findIndex((end) => end <= first(replica))
      const row = free === -1 ? ends.length : free
      ends[row] = last(replica)
      return { ...replica, row }
    })
}

function actsOnVms(records: Timed[], seconds: (ms: number) => number): Act[] {
  return records.flatMap((r): Act[] => {
    if (r.kind === 'stop') {
      const { askedAt } = r
      const after = (kind: Act['kind'], what: string, ms: number | undefined): Act[] =>
        askedAt === undefined || ms === undefined ? [] : [{ at: seconds(askedAt + ms), kind, what }]
      return r.vms.flatMap(({ name, foretoldMs, missedMs, effective }): Act[] => [
        ...after('stop', name, 0),
        ...after('foretold', name, foretoldMs),
        ...after('missed', name, missedMs),
        ...(effective ? [{ at: seconds(r.at), kind: 'seen-off' as const, what: name }] : []),
      ])
    }
    if (r.kind !== 'start') return []
    return [{ at: seconds(r.at), kind: 'start', what: r.vm }]
  })
}

function actsOfRun(records: Timed[], seconds: (ms: number) => number): Act[] {
  return records.flatMap((r): Act[] => {
    const at = seconds(r.at)
    if (r.kind === 'deploy' && r.registered) return [{ at, kind: 'registered', what: r.stage }]
    if (r.kind === 'fault') return [{ at, kind: 'fault', what: '' }]
    return []
  })
}

function waitsOf(records: Timed[], seconds: (ms: number) => number): Wait[] {
  return records.flatMap((r): Wait[] => {
    if (r.kind === 'stop' && r.askedAt !== undefined) {
      const ended = r.vms.every(({ effective }) => effective) ? 'met' : 'time'
      return [{ from: seconds(r.askedAt), to: seconds(r.at), budget: 0, ended }]
    }
    if (r.kind !== 'check') return []
    const [first, last] = [r.views[0], r.views.at(-1)]
    const held = first && last && last.at - first.at > 1000 && r.criteria.includes('stays')
    return [
      {
        from: seconds(r.at - r.spent),
        to: seconds(r.at),
        budget: r.budget.ms / 1000,
        ...(held && { heldFrom: seconds(first.at) }),
        ended: r.ended,
      },
    ]
  })
}
