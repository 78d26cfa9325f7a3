import {
  type Act,
  inRows,
  type Lane,
  type Picture,
  type Replica,
  withLeftovers,
} from '../../helpers/grade/timeline.ts'
import type { ReplicaTrack, Span } from '../../helpers/grade/tracks.ts'
import { isLive } from '../../helpers/grade/tracks.ts'
import type { LabRecord } from './record.ts'

/** As many as the report draws. */
const mostLanes = 12

/** From when to when, in cluster ms. */
interface Window {
  began: number
  from: number
  to: number
}

/** The last minutes of a lab as the report would draw them; seconds since it began. */
export function pictureOfLab(record: LabRecord, now: number, minutes: number): Picture {
  const { began, tracks, view } = record
  const from = Math.max(began, now - minutes * 60_000)
  const window = { began, from, to: Math.max(now, from + 10_000) }
  const lanes = view.vms
    .filter(({ isServer }) => !isServer)
    .map(({ name }) => laneOf(record, name, window))
  const isTold = ({ replicas, down, gone, acts }: Lane) =>
    replicas.length + down.length + gone.length + acts.length > 0
  const drawn = (lanes.length <= 5 ? lanes : lanes.filter(isTold)).slice(0, mostLanes)
  return {
    item: 'lab',
    from: seconds(window, from),
    to: seconds(window, window.to),
    lanes: drawn,
    quiet: lanes.length - drawn.length,
    acts: [...tracks.jobs].flatMap(([job, spans]) => jobActs(job, spans, window)),
    waits: [],
  }
}

const seconds = ({ began }: Window, ms: number) => (ms - began) / 1000
const isIn = ({ from, to }: Window, at: number) => at >= from && at <= to

function clip(spans: readonly Span[], window: Window): Span[] {
  return spans
    .filter(({ from, to }) => from <= window.to && to > window.from)
    .map(({ from, to, state }) => ({
      from: seconds(window, Math.max(from, window.from)),
      to: seconds(window, Math.min(to, window.to)),
      state,
    }))
}

function laneOf({ tracks }: LabRecord, vm: string, window: Window): Lane {
  const not = (fine: string, spans: Span[] = []) => spans.filter(({ state }) => state !== fine)
  const replicas = [...tracks.replicas.values()]
    .filter((track) => track.vm === vm)
    .map((track) => replicaIn(track, window))
    .filter(({ spans, listed }) => spans.length + listed.length > 0)
  return {
    vm,
    replicas: inRows(replicas),
    down: clip(not('ready', tracks.nodes.get(vm)), window),
    gone: clip(not('alive', tracks.members.get(vm)), window),
    dns: clip(tracks.given.get(vm) ?? [], window),
    acts: powerActs(vm, tracks.power.get(vm) ?? [], window),
  }
}

function replicaIn(track: ReplicaTrack, window: Window): Replica {
  const over = track.spans.find(({ state }) => !isLive(state))
  const { allocation, version } = track
  return {
    ...{ allocation, version, answers: [], row: 0 },
    spans: clip(
      track.spans.filter(({ state }) => isLive(state)),
      window,
    ),
    ...(over &&
      isIn(window, over.from) && {
        end: { at: seconds(window, over.from), state: over.state },
      }),
    listed: clip(withLeftovers(track.listed, over?.from), window),
  }
}

/** It goes when it leaves `running`, and is on its way back from `booting`. */
function powerActs(vm: string, spans: Span[], window: Window): Act[] {
  const act = (at: number, kind: Act['kind']): Act => {
    return { at: seconds(window, Math.max(at, window.from)), kind, what: vm }
  }
  return spans.flatMap(({ from, to, state }, n) => {
    const before = spans[n - 1]?.state
    // What was stopped before is drawn as stopped from the edge on.
    if (to <= window.from || from > window.to) return []
    if (state === 'booting' && from >= window.from) return [act(from, 'start')]
    const stopped = state === 'stopping' || (state === 'off' && before !== 'stopping')
    const wasOff = (state === 'off' || state === 'stopping') && from < window.from
    return stopped || wasOff ? [act(from, 'stop')] : []
  })
}

function jobActs(job: string, spans: Span[], window: Window): Act[] {
  return spans.flatMap(({ from, state }, n): Act[] => {
    if (!isIn(window, from) || from === window.began) return []
    const at = seconds(window, from)
    if (state.endsWith('blocked')) return [{ at, kind: 'held-back', what: job }]
    const [version] = (spans[n - 1]?.state ?? '').split(' ')
    return version === state ? [] : [{ at, kind: 'registered', what: job }]
  })
}
