import type { Evidence, StopRecord } from '../grade/evidence.ts'
import type { Timed } from '../grade/recorded.ts'
import type { View } from '../grade/view.ts'
import { isFit, statesOf } from '../machines.ts'
import type { Memory } from '../observe.ts'
import type { Seen } from './look.ts'

/** VM → the allocations of nginx that ran there while an item's state stood. */
export type Homes = Map<string, string[]>

/** A VM that is not there now, since when, and what its loss has meant so far. */
export interface Away {
  since: number
  states: StopRecord['vms'][number]
  /** Nomad has missed it. */
  missed: boolean
  /** It was off by both witnesses, whatever they say now. */
  wasOff: boolean
}

/** What has been seen of the student's work so far. */
export interface Story {
  begunAt: number
  /** Clients that were fit at some time. */
  known: Set<string>
  away: Map<string, Away>
  /** Those that came back since the last look. */
  back: Map<string, Away>
  /** Where nginx ran when 01.1 and 02.1 last stood with every VM there. */
  homes: Partial<Record<'01.1' | '02.1', Homes>>
  /** Item → its looks since all of it was met, under one wish. */
  holds: Map<string, { wish: string; views: View[] }>
  /** 02.3 as it stood with two VMs off; its control is still to be seen. */
  twoOff?: { victims: string[]; records: Timed[] }
  /** What proved each item that was ticked, by the rules of a run. */
  proved: Map<string, { at: number; records: Timed[] }>
  /** What keeps the present item from being seen, since when. */
  lasting: { key: string; since: number }
  /** What the jobs are meant for now, since when. */
  aim: { key: string; since: number }
  /** What was last told to be waited for. */
  waiting: string
  /** What was told already: each only once. */
  told: Set<string>
}

export function newStory(now: number): Story {
  return {
    begunAt: now,
    known: new Set(),
    away: new Map(),
    back: new Map(),
    homes: {},
    holds: new Map(),
    proved: new Map(),
    lasting: { key: '', since: now },
    aim: { key: '', since: now },
    waiting: '',
    told: new Set(),
  }
}

/** All that was proved, as a run would have written it down. */
export const evidenceOf = (story: Story): Evidence[] =>
  [...story.proved.values()].flatMap(({ records }): Evidence[] => records)

export const fitOf = ({ standing }: Pick<Seen, 'standing'>): string[] =>
  standing.nodes.map(({ name }) => name).filter((name) => isFit(standing, name))

/** Who is there and who is not; what is still listed of a VM that came back is told by it. */
export function followMachines(
  story: Story,
  seen: Pick<Seen, 'standing'>,
  memory: Pick<Memory, 'backAt' | 'returning'>,
  now: number,
): void {
  for (const name of fitOf(seen)) story.known.add(name)
  story.back = new Map()
  for (const { name, address } of seen.standing.nodes) {
    if (!story.known.has(name)) continue
    const [states] = statesOf(seen.standing, [{ name, host: address }])
    const before = story.away.get(name)
    if (states?.nomad === 'ready' && states.consul === 'alive') {
      if (!before) continue
      story.away.delete(name)
      story.back.set(name, before)
      memory.returning.delete(name)
      memory.backAt.set(name, now)
    } else if (states) {
      const missed = before?.missed || ['down', 'disconnected'].includes(states.nomad)
      const wasOff = before?.wasOff || states.effective
      story.away.set(name, { since: before?.since ?? now, states, missed, wasOff })
      if (wasOff && !states.effective) memory.returning.add(name)
    }
  }
}
