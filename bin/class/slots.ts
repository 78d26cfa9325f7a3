import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { relative, resolve } from 'node:path'
import type { Slot } from '../../helpers/class/pool.ts'
import type { Enrolment } from '../../helpers/class/types.ts'
import type { ClusterFile } from '../../helpers/cluster/file.ts'
import { journalOf } from '../../helpers/cluster/journal.ts'
import { loadClusterFile } from '../../helpers/cluster/load.ts'
import { type Message, msg } from '../../helpers/language/message.ts'
import { Fault } from '../../helpers/time/fault.ts'
import { clusterFile } from '../cluster-file.ts'
import { isIn } from '../config.ts'
import { Usage } from '../exit.ts'
import { wholeOf } from '../flags.ts'
import type { ClassConfig } from './config.ts'

/**
 * MB that a local cluster takes: 850 were measured with three clients (360 of them the images of its
 * VMs, in memory), and some more. `spare`: for the grader and the rest of the machine.
 */
const localMb = { server: 150, client: 280, spare: 1500 }
/** Real clusters of which one process follows the runs: they wait, and compute little. */
const perWorker = 4
const realWorkers = 1000

export interface Slots {
  slots: Slot[]
  /** What a person should know, e.g. that memory allows fewer clusters than were asked for. */
  notes: Message[]
}

/** The clusters of a class: those that all share, and students' own. Throws Usage. */
export async function slotsOf(
  config: ClassConfig,
  env: Record<string, string | undefined>,
): Promise<Slots> {
  const needed = config.students.some((one) => ownCluster(config, one) === undefined)
  const shared = needed ? await sharedSlots(config, env) : { slots: [], notes: [] }
  const owned = config.clusters === undefined ? await ownSlots(config) : []
  return { ...shared, slots: numbered([...shared.slots, ...owned]) }
}

/** Labs compute, and get a process each; of the others some share one. */
function numbered(slots: Slot[]): Slot[] {
  const real = slots.filter(({ cluster }) => cluster !== 'lab')
  const workers = Math.max(
    Math.min(availableParallelism(), real.length),
    Math.ceil(real.length / perWorker),
  )
  return slots.map((slot, i) => {
    const nth = real.indexOf(slot)
    return { ...slot, worker: nth < 0 ? i : realWorkers + (nth % workers) }
  })
}

async function sharedSlots(
  config: ClassConfig,
  env: Record<string, string | undefined>,
): Promise<Slots> {
  const clusters = config.clusters ?? found(env)
  if (clusters === 'lab') {
    const most = config.atOnce ?? availableParallelism()
    return { slots: labs(Math.min(most, config.students.length)), notes: [] }
  }
  const local = /^local(?::(.*))?$/s.exec(clusters)
  if (local) return locals(config, local[1])
  const paths = clusters.split(',').map((path) => path.trim())
  const slots = await Promise.all(
    paths.map(async (path) => {
      if (path === '' || !existsSync(path))
        throw new Usage(msg('There is no cluster file {path}.', { path }))
      return fileSlot(path, await clusterFile(path), false)
    }),
  )
  return { slots, notes: [] }
}

function found(env: Record<string, string | undefined>): string {
  if (existsSync('cluster.yaml')) return 'cluster.yaml'
  const set = ['NOMAD_ADDR', 'CONSUL_HTTP_ADDR'].find((name) => env[name])
  if (!set) return 'lab'
  throw new Usage(
    msg('Which cluster? {variable} is set, but no cluster file is here: say {lab}, or {file}.', {
      variable: set,
      ...{ lab: '--clusters lab', file: '--clusters FILE' },
    }),
  )
}

const labs = (many: number): Slot[] =>
  Array.from({ length: many }, (_, i) => ({
    ...{ cluster: 'lab', machine: `lab ${i}`, own: false, worker: 0 },
    where: msg('embedded lab'),
  }))

function locals(config: ClassConfig, many = '1'): Slots {
  const asked = wholeOf('clusters local', many, 1, 100)
  const mb = localMb.server + config.clients * localMb.client
  const free = process.availableMemory() / 2 ** 20 - localMb.spare
  const fitting = Math.max(1, Math.min(asked, Math.floor(free / mb)))
  const useful = Math.min(fitting, config.students.length)
  const slots = Array.from({ length: useful }, (_, i) => ({
    ...{ cluster: 'local', machine: `local ${i + 1}`, own: false, worker: 0 },
    where: msg('local cluster {n}', { n: i + 1 }),
  }))
  const notes =
    fitting < asked
      ? [
          msg(
            'Memory is enough for {fitting, plural, one {# local cluster} other {# local clusters}} of the {asked} asked for.',
            { fitting, asked },
          ),
        ]
      : []
  return { slots, notes }
}

function fileSlot(path: string, file: ClusterFile | undefined, own: boolean): Slot {
  const cluster = resolve(path)
  const shown = relative(process.cwd(), cluster).replaceAll('\\', '/')
  const where = msg('{file}', { file: shown })
  // Whose journal is one is one cluster, however many files name it.
  const at = { dir: '', path: cluster, embedded: false }
  const machine = file ? journalOf(file, at).cluster : cluster
  return { cluster, machine, own, worker: 0, where }
}

/** One that cannot be read is told where its student is graded. */
async function ownSlots(config: ClassConfig): Promise<Slot[]> {
  const paths = new Set(config.students.flatMap((one) => ownCluster(config, one) ?? []))
  return await Promise.all(
    [...paths].map(async (path) => {
      const file = await loadClusterFile(path).catch((error) => {
        if (error instanceof Fault) return undefined
        throw error
      })
      return fileSlot(path, file, true)
    }),
  )
}

/** The cluster file that the roster names for a student, or `clusters/<student>.yaml`. */
function ownCluster({ home, clusters }: ClassConfig, one: Enrolment): string | undefined {
  if (clusters !== undefined) return undefined
  if (one.cluster !== undefined) return resolve(home, one.cluster)
  const usual = resolve('clusters', `${one.student}.yaml`)
  return isIn(resolve('clusters'), usual) && existsSync(usual) ? usual : undefined
}

/** The same, where it may be used: a Fault where it was handed in or is not there. */
export function clusterFor(
  config: ClassConfig,
  one: Enrolment,
  submission: string,
): string | undefined {
  const path = ownCluster(config, one)
  if (path === undefined) return undefined
  const shown = relative(process.cwd(), path).replaceAll('\\', '/')
  if (!existsSync(path))
    throw new Fault(msg('There is no cluster file {path}.', { path: shown }), {
      code: 'NO_CLUSTER',
    })
  // A cluster file may name commands to run: one that was handed in is not the teacher's.
  if (isIn(submission, path))
    throw new Fault(
      msg(
        '{path} is in the folder that is graded, and nothing there configures the grader: say {lab}, or {file}.',
        { path: shown, ...{ lab: '--clusters lab', file: '--clusters FILE' } },
      ),
      { code: 'CLUSTER_HANDED_IN' },
    )
  return path
}
