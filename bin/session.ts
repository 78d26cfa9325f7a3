import { fileURLToPath } from 'node:url'
import { type ClusterFile, clusterFileSchema } from '../helpers/cluster/file.ts'
import { journalOf, openJournal, voidDeadLabs } from '../helpers/cluster/journal.ts'
import { loadClusterFile } from '../helpers/cluster/load.ts'
import { startLocal } from '../helpers/cluster/local/start.ts'
import { startWatcher } from '../helpers/cluster/reaper.ts'
import { restore, tellKept } from '../helpers/cluster/restore.ts'
import { type ConnectOptions, connect } from '../helpers/connect.ts'
import type { Result } from '../helpers/grade/result.ts'
import { type Item, registeredItems } from '../helpers/item.ts'
import { msg } from '../helpers/language/message.ts'
import { lockCluster } from '../helpers/lock.ts'
import { openRun } from '../helpers/opening.ts'
import type { Progress } from '../helpers/progress.ts'
import type { Run } from '../helpers/run.ts'
import { takeBeside } from '../helpers/submission/beside.ts'
import { findSubmission } from '../helpers/submission/find.ts'
import { type Clock, wallClock } from '../helpers/time/clock.ts'
import type { LabOptions, World } from '../lab/contract.ts'
import { loadBeside } from './beside.ts'
import { madeHere, type RunConfig } from './config.ts'

/** A run with its cluster, whoever hosts it: this process, or vitest in an IDE. */
export interface Session {
  run: Run
  grade(item: Item): ReturnType<Run['grade']>
  /** Restores, judges again, writes the reports, and ends an embedded lab. */
  close(): Promise<Result>
}

export interface SessionOptions {
  config: RunConfig
  runDir: string
  progress: Progress
  signal: AbortSignal
  /** Tests disturb the embedded lab. */
  lab?: Partial<LabOptions>
  disturb?: (item: string, world: World) => void
  /** A cluster that outlives the run: others are graded on it. */
  given?: { file: ClusterFile; clock: Clock; world?: World }
}

interface Cluster {
  file: ClusterFile
  clock: Clock
  world?: World
  wires?: ConnectOptions['wires']
  close(): Promise<void>
}

/** Opens lab or cluster file, restores what an earlier run left off, and begins the run. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { config, runDir, progress, signal } = options
  const cluster = await reach(options)
  const undo: (() => void | Promise<void>)[] = [() => cluster.close()]
  try {
    if (config.stop && cluster.file.power) cluster.file.power.how = config.stop
    const kind = madeHere(config.cluster) ?? 'file'
    const { file, clock } = cluster
    const { say } = progress
    const bonus = config.beside && (await loadBeside(config.beside))
    const submission = await findSubmission(config.submission)
    if (bonus) await takeBeside(submission, bonus)
    voidDeadLabs(config.stateDir, say)
    const at = {
      dir: config.stateDir,
      path: config.cluster,
      embedded: kind !== 'file' && !options.given,
    }
    const of = journalOf(file, at)
    const journal = await openJournal(of, { clock, say })
    undo.unshift(() => journal.close())
    const { stateDir } = config
    const connected = connect(file, clock, kind, { stateDir, say, wires: cluster.wires })
    undo.unshift(() => connected.close())
    const watcher =
      kind === 'file' ? startWatcher({ ...of, file: config.cluster }, gradeProgram) : undefined
    tellKept(journal, say)
    const lock = await lockCluster(connected, { student: config.student, say, signal })
    undo.unshift(() => lock.release())
    if (!lock.lost) await restore(journal, connected, { say, signal })
    const { student, language, asked, maxWaitMs, deadlineMs, keep, purge, shared } = config
    const run = await openRun({
      ...{ student, language, asked, maxWaitMs, deadlineMs, keep, purge, shared },
      ...(config.screenshot && { screenshot: true }),
      ...(bonus && Object.keys(bonus).length > 0 && { bonus }),
      ...{ submission, cluster: connected, journal, lock, runDir, progress, signal },
      ...(watcher && { watcher }),
    })
    return {
      run,
      grade(item) {
        if (cluster.world) options.disturb?.(item.id, cluster.world)
        return run.grade(item, registeredItems())
      },
      async close() {
        try {
          return await run.close()
        } finally {
          watcher?.dismiss()
          await cluster.close()
        }
      },
    }
  } catch (error) {
    for (const act of undo) await act()
    throw error
  }
}

const gradeProgram = fileURLToPath(new URL('grade.js', import.meta.url))

async function reach({ config, lab, progress, given }: SessionOptions): Promise<Cluster> {
  if (given) return { ...given, close: async () => {} }
  if (config.cluster === 'local') {
    const { clients, stop, images, heartbeats } = config
    const options = { clients, how: stop, images, heartbeats, env: process.env }
    progress.say(msg('Starting a local cluster.'))
    const started = await startLocal(options)
    const file = clusterFileSchema.parse(started.file)
    return { file, clock: started.clock, close: () => started.close() }
  }
  if (config.cluster !== 'lab') {
    const file = await loadClusterFile(config.cluster)
    return { file, clock: wallClock(file.lab?.speed), close: async () => {} }
  }
  // The lab is loaded only where it is used: a run on a real cluster holds none of it.
  const { startLab } = await import('../lab/lab.ts')
  const time: LabOptions['time'] = {
    kind: 'virtual',
    ...(config.speed !== undefined && { pace: config.speed }),
  }
  const { seed, clients, stop } = config
  const started = await startLab({ seed, clients, time, ...(stop && { how: stop }), ...lab })
  const file = clusterFileSchema.parse(started.file)
  const { clock, world, wires } = started
  return { file, clock, world, wires, close: () => started.close() }
}

/** Loads the suites and grades the items asked for, in this process. */
export async function gradeHere(options: SessionOptions): Promise<Result> {
  await Promise.all([
    import('../suites/01-one-nginx.spec.ts'),
    import('../suites/02-static-port.spec.ts'),
    import('../suites/03-apache.spec.ts'),
  ])
  const session = await openSession(options)
  let result: Result | undefined
  try {
    const { asked, bonus = {} } = session.run.options
    const items = registeredItems()
    // What is beside the ten comes after them, so that it can take nothing from them.
    const beside = items.filter(({ id }) => bonus[id])
    for (const item of [...items.filter(({ id }) => asked.includes(id)), ...beside]) {
      if (options.signal.aborted) break
      await session.grade(item)
    }
  } finally {
    result = await session.close()
  }
  return result
}
