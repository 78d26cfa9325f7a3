import { dirname } from 'node:path'
import { whyNotClean } from '../../helpers/class/clean.ts'
import type { Order, Report, WorkEnd } from '../../helpers/class/worker.ts'
import { type ClusterFile, clusterFileSchema } from '../../helpers/cluster/file.ts'
import { journalOf, openOutages } from '../../helpers/cluster/journal.ts'
import { loadClusterFile } from '../../helpers/cluster/load.ts'
import { type LocalCluster, startLocal } from '../../helpers/cluster/local/start.ts'
import { connect } from '../../helpers/connect.ts'
import type { Result } from '../../helpers/grade/result.ts'
import { said } from '../../helpers/language/message.ts'
import type { Progress } from '../../helpers/progress.ts'
import { type Clock, wallClock } from '../../helpers/time/clock.ts'
import { Fault, told } from '../../helpers/time/fault.ts'
import type { RunConfig } from '../config.ts'
import { gradeHere } from '../session.ts'

/**
 * What a worker of `grade class` does: grades whom it is told to, several side by side where clusters
 * are real, and keeps the local clusters that it made from one student to the next.
 */
type Grade = Extract<Order, { order: 'grade' }>

const underWay = new Map<number, AbortController>()
const locals = new Map<number, Promise<LocalCluster>>()
/** Wall ms between two words of one wait: a lab changes thousands of times a second. */
const toldEvery = 200

const tell = (report: Report) => {
  if (process.connected) process.send?.(report, undefined, undefined, () => {})
}

process.on('message', (order: Order) => {
  if (order.order === 'grade') void work(order)
  else if (order.order === 'stop') underWay.get(order.id)?.abort(new Error('interrupted'))
  else void end()
})
// Ctrl-C goes to all of a terminal's processes: whom it stops, the class says.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {
  for (const stopped of underWay.values()) stopped.abort(new Error('interrupted'))
})
// The class was killed: its next command goes on. A watcher brings back the VMs of real clusters.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
// What nobody waits for (a socket that fails late) is no reason to leave VMs off.
for (const event of ['unhandledRejection', 'uncaughtException'])
  process.on(event, (error) => process.stderr.write(`${(error as Error)?.stack ?? error}\n`))

async function end(): Promise<void> {
  await Promise.allSettled([...locals.values()].map(async (local) => (await local).close()))
  process.exit(0)
}

async function work(order: Grade): Promise<void> {
  const stopped = new AbortController()
  underWay.set(order.id, stopped)
  const run = order.config as RunConfig
  const ended = await grade(order, run, stopped.signal).catch((error): WorkEnd => {
    if (stopped.signal.aborted) return { how: 'interrupted' }
    const own = !(error instanceof Fault)
    const why = own ? said((error as Error)?.stack ?? `${error}`) : told(error)
    // Nothing is left of a lab; any other cluster was not reached, or could not be made.
    return { how: 'open', why, ...(own && { own }), ...(run.cluster !== 'lab' && { park: why }) }
  })
  underWay.delete(order.id)
  tell({ id: order.id, ended })
}

async function grade(
  { id, slot, runDir }: Grade,
  run: RunConfig,
  signal: AbortSignal,
): Promise<WorkEnd> {
  const given = run.cluster === 'local' ? await localOf(slot, run) : undefined
  // What a local cluster leaves open ends with it, and so does its journal.
  const config = given ? { ...run, stateDir: dirname(given.file.local?.connect ?? '') } : run
  const options = { config, runDir, signal, progress: progressOf(id) }
  const result = await gradeHere(given ? { ...options, given } : options)
  const end: WorkEnd = signal.aborted ? { how: 'interrupted' } : howItWent(result, run)
  if (run.cluster === 'lab' || signal.aborted) return end
  const unclean = end.park ?? (await proveClean(config, given))
  if (!unclean) return end
  if (!given) return { ...end, park: unclean }
  await forget(slot)
  const { park: _, ...without } = end
  return without
}

/** An open item may be the cluster's fault, unless the lab or the hand-in itself is the reason. */
function howItWent({ items, exitCode }: Result, { cluster }: RunConfig): WorkEnd {
  const open = items.filter(({ verdict }) => verdict === 'inconclusive')
  const [first] = open
  const own = exitCode === 70
  if (!first || (cluster === 'lab' && !own)) return { how: 'graded' }
  if (open.every(({ cause }) => cause === 'ambiguous')) return { how: 'graded' }
  const why = said(first.sentence)
  const unfit = open.some(({ cause }) => cause === 'unfit')
  return { how: 'open', why, ...(own && { own }), ...(unfit && { park: why }) }
}

type Given = { file: ClusterFile; clock: Clock }

/** The slot's own cluster: made for its first student, and anew when it could not be cleaned. */
async function localOf(slot: number, config: RunConfig): Promise<Given> {
  const { clients, stop, images, heartbeats } = config
  const options = { clients, how: stop, images, heartbeats, env: process.env }
  const local = locals.get(slot) ?? startLocal(options)
  locals.set(slot, local)
  try {
    const { file, clock } = await local
    return { file: clusterFileSchema.parse(file), clock }
  } catch (error) {
    locals.delete(slot)
    throw error
  }
}

async function forget(slot: number): Promise<void> {
  const local = locals.get(slot)
  locals.delete(slot)
  await (await local?.catch(() => undefined))?.close()
}

/** Why the next student cannot be graded on it; undefined when nothing of this one is left. */
async function proveClean(config: RunConfig, given: Given | undefined) {
  const { stateDir: dir, cluster: path, shared } = config
  const file = given?.file ?? (await loadClusterFile(path))
  const clock = given?.clock ?? wallClock(file.lab?.speed)
  const connected = connect(file, clock, given ? 'local' : 'file', { stateDir: dir })
  const of = journalOf(file, { dir, path, embedded: false })
  const { signal } = new AbortController()
  try {
    return await whyNotClean(connected, () => openOutages(of), { shared, signal })
  } finally {
    await connected.close()
  }
}

function progressOf(id: number): Progress {
  let at = Number.NEGATIVE_INFINITY
  return {
    say: (text) => tell({ id, say: text }),
    waiting(wait) {
      if (performance.now() - at < toldEvery) return
      at = performance.now()
      tell({ id, waiting: wait })
    },
    settled: ({ id: item, verdict }) => tell({ id, settled: { id: item, verdict } }),
  }
}
