import { existsSync, statSync } from 'node:fs'
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { mostClients as mostLocalClients } from '../helpers/cluster/local/plan.ts'
import { fewestClients } from '../helpers/doctor/standing.ts'
import { rubric } from '../suites/rubric.ts'
import { Usage } from './exit.ts'
import { numberOf, wholeOf, wordOf } from './flags.ts'

/** Options of `grade run` as the command line gives them. */
export interface RunFlags {
  submission?: string
  cluster?: string
  out: string
  items?: string
  seed?: string
  speed?: string
  clients?: string
  images?: string
  heartbeats?: string
  stop?: string
  json?: boolean
  lang?: string
  maxWait: string
  deadline: string
  keep?: boolean
  purge?: boolean
  shared?: boolean
}

/** What a run is to do: plain data, so that it can be handed to the thread that does it. */
export interface RunConfig {
  student: string
  submission: string
  /** `lab`, `local`, or the path of a cluster file. */
  cluster: string
  out: string
  stateDir: string
  asked: string[]
  seed: number
  /** Cluster seconds per wall second at most; undefined: as fast as it goes. Lab only. */
  speed?: number
  clients: number
  /** Archives of images, of the local cluster; none: this machine's Docker. */
  images?: string[]
  /** Of the local cluster. */
  heartbeats?: 'lowered' | 'usual'
  stop?: 'orderly' | 'cut'
  maxWaitMs: number
  deadlineMs: number
  keep: boolean
  purge: boolean
  shared: boolean
}

const project = fileURLToPath(new URL('..', import.meta.url))
/** The student that is graded when none is named: the sheet's own files. */
export const example = {
  student: 'reference',
  submission: join(project, 'examples', 'submissions', 'reference'),
}
const mostClients = 100
/** Cluster seconds per wall second that a person can follow. */
const watchable = 10

/** A lab and a local cluster are made for one run, and end with it; any other is a file's. */
export const madeHere = (cluster: string): 'lab' | 'local' | undefined =>
  cluster === 'lab' || cluster === 'local' ? cluster : undefined

/** Makes sense of the command line, the folder and the environment; throws Usage otherwise. */
export function configOf(
  student: string | undefined,
  flags: RunFlags,
  env: Record<string, string | undefined>,
  terminal: boolean,
): RunConfig {
  const submission = submissionOf(student, flags)
  const name = student ?? (flags.submission ? basename(resolve(flags.submission)) : example.student)
  const named = student !== undefined || flags.submission !== undefined
  const stop = wordOf('stop', flags.stop, ['orderly', 'cut'])
  const heartbeats = wordOf('heartbeats', flags.heartbeats, ['lowered', 'usual'])
  wordOf('lang', flags.lang, ['ca', 'es', 'en'])
  const speed =
    flags.speed === undefined
      ? terminal
        ? watchable
        : undefined
      : numberOf('speed', flags.speed, 0.1, 1e9)
  const cluster = clusterOf(name, named ? submission : undefined, flags.cluster, env)
  return {
    student: name,
    submission,
    cluster,
    out: resolve(flags.out),
    stateDir: resolve('.grade'),
    asked: askedItems(flags.items),
    seed:
      flags.seed === undefined
        ? Math.floor(Math.random() * 1e6)
        : wholeOf('seed', flags.seed, 0, 2 ** 31),
    ...(speed !== undefined && { speed }),
    clients: wholeOf(
      'clients',
      flags.clients ?? `${fewestClients}`,
      1,
      cluster === 'local' ? mostLocalClients : mostClients,
    ),
    images: archives(flags.images ?? env.GRADE_IMAGES),
    ...(heartbeats && { heartbeats }),
    ...(stop && { stop }),
    maxWaitMs: numberOf('max-wait', flags.maxWait, 1, 24 * 60) * 60_000,
    deadlineMs: numberOf('deadline', flags.deadline, 1, 24 * 60) * 60_000,
    keep: flags.keep === true,
    purge: flags.purge === true,
    shared: flags.shared === true,
  }
}

/** Paths of archives with commas between; a relative one is taken from the folder we are in. */
function archives(text = ''): string[] {
  const paths = text.split(',').map((part) => part.trim())
  return paths.filter((path) => path !== '').map((path) => resolve(path))
}

function submissionOf(student: string | undefined, flags: RunFlags): string {
  const isFolder = (path: string) => existsSync(path) && statSync(path).isDirectory()
  if (flags.submission !== undefined) {
    // An empty variable of a script would be the folder we are in.
    if (flags.submission === '') throw new Usage('--submission is a folder, and here it is empty.')
    const path = resolve(flags.submission)
    if (!isFolder(path)) throw new Usage(`There is no folder ${flags.submission}.`)
    return path
  }
  if (student === undefined) return example.submission
  const path = resolve('submissions', student)
  const below = relative(resolve('submissions'), path)
  const inside = below !== '' && below.split(sep)[0] !== '..'
  if (inside && isFolder(path)) return path
  throw new Usage(
    `There is no folder submissions/${student}: make it, or name the folder with --submission DIR.`,
  )
}

function clusterOf(
  student: string,
  submission: string | undefined,
  flag: string | undefined,
  env: Record<string, string | undefined>,
): string {
  if (flag === 'lab' || flag === 'local') return flag
  if (flag !== undefined) {
    if (flag === '')
      throw new Usage('--cluster is lab, local or a cluster file, and here is empty.')
    if (!existsSync(flag)) throw new Usage(`There is no cluster file ${flag}.`)
    return resolve(flag)
  }
  if (submission === undefined) return 'lab'
  for (const path of [`clusters/${student}.yaml`, 'cluster.yaml']) {
    if (!existsSync(path)) continue
    // A cluster file may name commands to run: one that was handed in is not the teacher's.
    const way = relative(submission, resolve(path))
    // Absolute: on another drive of Windows.
    if (way.split(sep)[0] !== '..' && !isAbsolute(way))
      throw new Usage(
        `${path} is in the folder that is graded, and nothing there configures the grader: say --cluster lab, or --cluster FILE.`,
      )
    return resolve(path)
  }
  const set = ['NOMAD_ADDR', 'CONSUL_HTTP_ADDR'].find((name) => env[name])
  if (set)
    throw new Usage(
      `Which cluster? ${set} is set, but no cluster file is here: say --cluster lab, or --cluster FILE.`,
    )
  return 'lab'
}

/** `01.2,02` → 01.2, 02.1, 02.2, 02.3; every item without it. */
function askedItems(flag: string | undefined): string[] {
  const all = Object.keys(rubric.items).sort()
  if (flag === undefined) return all
  const wanted = flag.split(',').map((part) => part.trim())
  const unknown = wanted.find((part) => !all.some((id) => id === part || id.startsWith(`${part}.`)))
  if (unknown !== undefined)
    throw new Usage(`--items knows ${all.join(', ')} and 01, 02, 03; not "${unknown}".`)
  return all.filter((id) => wanted.some((part) => id === part || id.startsWith(`${part}.`)))
}
