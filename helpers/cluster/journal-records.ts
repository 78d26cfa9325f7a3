import { z } from 'zod'
import type { Text } from '../language/message.ts'

const node = { name: z.string(), address: z.string() }

/** A Message; of an earlier version, a string. */
const textSchema = z.union([
  z.string(),
  z.object({ text: z.string(), values: z.record(z.string(), z.any()) }),
])

/** What of Consul's was written over, and what stood there: null where nothing did. */
const writtenSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('key'),
    key: z.string(),
    /** Base64, of what the grader writes there. */
    ours: z.string(),
    before: z.object({ value: z.string(), flags: z.number() }).nullable(),
  }),
  z.object({
    kind: z.literal('intention'),
    source: z.string(),
    destination: z.string(),
    /** That source of the entry, as Consul gave it. */
    before: z.record(z.string(), z.unknown()).nullable(),
  }),
])
export type Written = z.infer<typeof writtenSchema>

/** What it is called: in the journal, and for people. */
export const nameOf = (one: Written): string =>
  one.kind === 'key' ? one.key : `${one.source} → ${one.destination}`

/** One line of the journal. `at`: ms since the epoch, in cluster time. */
export const recordSchema = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('begin'),
    at: z.number(),
    pid: z.number(),
    started: z.string(),
    boot: z.string().default(''),
    /** The server's address, or a lab's id. */
    cluster: z.string(),
    embedded: z.boolean(),
    /** Path of the cluster file, '' where there is none. */
    file: z.string(),
  }),
  z.object({
    what: z.literal('vm-stopping'),
    at: z.number(),
    ...node,
    /** The VM's boot id before the act, '' where it could not be asked. */
    bootId: z.string().default(''),
  }),
  /** The VM, or what switches it, took the wish to stop. */
  z.object({ what: z.literal('vm-accepted'), at: z.number(), name: z.string() }),
  z.object({ what: z.literal('vm-back'), at: z.number(), name: z.string() }),
  z.object({ what: z.literal('job-registering'), at: z.number(), job: z.string() }),
  z.object({ what: z.literal('job-purged'), at: z.number(), job: z.string() }),
  z.object({
    what: z.literal('allocations'),
    at: z.number(),
    job: z.string(),
    ids: z.array(z.string()),
  }),
  z.object({
    what: z.literal('ineligible'),
    at: z.number(),
    id: z.string(),
    name: z.string(),
  }),
  z.object({ what: z.literal('eligible'), at: z.number(), id: z.string() }),
  /** Something in Consul is about to be written over; `before` is what stood there. */
  z.object({ what: z.literal('writing'), at: z.number(), id: z.string(), written: writtenSchema }),
  z.object({ what: z.literal('put-back'), at: z.number(), id: z.string() }),
  /** A reaper's sentence for whoever runs next. */
  z.object({ what: z.literal('to-tell'), at: z.number(), sentence: textSchema }),
  z.object({ what: z.literal('told'), at: z.number() }),
])

export type JournalRecord = z.infer<typeof recordSchema>
export type Begin = Extract<JournalRecord, { what: 'begin' }>

/** What a journal leaves open, and what it knows. */
export interface Outages {
  /** The last run that opened it. */
  begin: Begin | undefined
  /** VMs that were to be stopped and are not proved back. */
  vms: { name: string; address: string; at: number; bootId: string; accepted: boolean }[]
  /** Jobs that were registered and not purged. */
  jobs: string[]
  /** Nodes that were made ineligible. */
  ineligible: { id: string; name: string }[]
  /** What of Consul's was written over and is not proved put back. */
  written: { id: string; written: Written }[]
  /** Allocation → its job, of every job that this grader registered on the cluster. */
  allocations: Map<string, string>
  /** Sentences that nobody has been told yet. */
  toTell: Text[]
}

/** Whether anything has to be undone. */
export function isOpen(outages: Outages): boolean {
  const { vms, jobs, ineligible, written } = outages
  return vms.length + jobs.length + ineligible.length + written.length > 0
}

export function fold(records: JournalRecord[]): Outages {
  const vms = new Map<string, Outages['vms'][number]>()
  const jobs = new Set<string>()
  const ineligible = new Map<string, string>()
  const written = new Map<string, Written>()
  const allocations = new Map<string, string>()
  let toTell: Text[] = []
  let begin: Begin | undefined
  for (const one of records) {
    if (one.what === 'begin') begin = one
    else if (one.what === 'vm-stopping') {
      const { name, address, at, bootId } = one
      vms.set(name, { name, address, at, bootId, accepted: false })
    } else if (one.what === 'vm-accepted') {
      const vm = vms.get(one.name)
      if (vm) vm.accepted = true
    } else if (one.what === 'vm-back') vms.delete(one.name)
    else if (one.what === 'job-registering') jobs.add(one.job)
    else if (one.what === 'job-purged') jobs.delete(one.job)
    else if (one.what === 'allocations') for (const id of one.ids) allocations.set(id, one.job)
    else if (one.what === 'ineligible') ineligible.set(one.id, one.name)
    else if (one.what === 'eligible') ineligible.delete(one.id)
    else if (one.what === 'writing') written.set(one.id, one.written)
    else if (one.what === 'put-back') written.delete(one.id)
    else if (one.what === 'to-tell') toTell.push(one.sentence)
    else toTell = []
  }
  return {
    begin,
    vms: [...vms.values()],
    jobs: [...jobs],
    ineligible: [...ineligible].map(([id, name]) => ({ id, name })),
    written: [...written].map(([id, one]) => ({ id, written: one })),
    allocations,
    toTell,
  }
}
