import type { Connected } from './connect.ts'
import { asFault, type Finding } from './doctor/finding.ts'
import { type ForeignSeen, ghost, lookForForeign, type Ours } from './doctor/foreign.ts'
import { met, notYetLab } from './grade/reason.ts'
import { type Message, msg, sentences } from './language/message.ts'
import { eventually } from './time/eventually.ts'

interface Way {
  ours: Ours
  purge: boolean
  shared: boolean
  signal: AbortSignal
  say(sentence: Message): void
}

/**
 * Jobs and instances called nginx or apache that are not ours hinder a run, and so do jobs of others.
 * Gives the nodes on which Nomad gave port 80 to somebody.
 */
export async function clearTheWay(
  cluster: Connected,
  { ours, purge, shared, signal, say }: Way,
): Promise<Set<string>> {
  const look = () => lookForForeign(cluster, ours, shared)
  const hinders = ({ findings }: ForeignSeen) =>
    findings.find((one) => one.weight === 'fatal' || one.what === ghost)
  let foreign = await look()
  if (purge) for (const job of foreign.jobs) await cluster.nomad.purge(job)
  const purged = purge && foreign.jobs.length > 0
  const goes = (one: Finding) => one.what === ghost || (purged && one.what === 'foreign-job')
  const waitsFor = foreign.findings.find((one) => one.what === ghost)
  if (waitsFor) say(sentences(waitsFor.said, msg('Waiting up to {s} s for it to go.', { s: 100 })))
  if (foreign.findings.every((one) => one.weight !== 'fatal' || goes(one))) {
    const waited = await eventually({
      clock: cluster.clock,
      wakes: cluster.wakes,
      budget: waitsFor ? ghostsGo : jobsGo,
      signal,
      look,
      judge: (found) => (hinders(found) ? notYetLab('unfit') : met),
    })
    foreign = waited.seen
  }
  const first = hinders(foreign)
  if (first) throw asFault(first)
  return foreign.port80
}

const ghostsGo = {
  ms: 100_000,
  because: ["Nomad clears a VM's old services 60 to 90 s after its start (facts §2.3)"],
}
const jobsGo = { ms: 30_000, because: ['a purged job leaves Consul and its ports within seconds'] }
