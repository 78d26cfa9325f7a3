import { existsSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { mostClients as mostLocalClients } from '../helpers/cluster/local/plan.ts'
import { rubric } from '../suites/rubric.ts'
import { Usage } from './exit.ts'

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
const fewestClients = 3
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
  const stop = flags.stop
  if (stop !== undefined && stop !== 'orderly' && stop !== 'cut')
    throw new Usage(`--stop is orderly or cut, not ${stop}.`)
  const heartbeats = flags.heartbeats
  if (heartbeats !== undefined && heartbeats !== 'lowered' && heartbeats !== 'usual')
    throw new Usage(`--heartbeats is lowered or usual, not ${heartbeats}.`)
  if (flags.lang !== undefined && !['ca', 'es', 'en'].includes(flags.lang))
    throw new Usage(`--lang is ca, es or en, not ${flags.lang}.`)
  const speed =
    flags.speed === undefined
      ? terminal
        ? watchable
        : undefined
      : number('speed', flags.speed, 0.1, 1e9)
  const cluster = clusterOf(name, named, flags.cluster, env)
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
        : number('seed', flags.seed, 0, 2 ** 31),
    ...(speed !== undefined && { speed }),
    clients: number(
      'clients',
      flags.clients ?? `${fewestClients}`,
      1,
      cluster === 'local' ? mostLocalClients : mostClients,
    ),
    images: archives(flags.images ?? env.GRADE_IMAGES),
    ...(heartbeats && { heartbeats }),
    ...(stop && { stop }),
    maxWaitMs: number('max-wait', flags.maxWait, 1, 24 * 60) * 60_000,
    deadlineMs: number('deadline', flags.deadline, 1, 24 * 60) * 60_000,
    keep: flags.keep === true,
    purge: flags.purge === true,
    shared: flags.shared === true,
  }
}

function number(name: string, text: string, min: number, max: number): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= min && value <= max))
    throw new Usage(`--${name} is a number from ${min} to ${max}, not ${text}.`)
  return value
}

/** Paths of archives with commas between; a relative one is taken from the folder we are in. */
function archives(text = ''): string[] {
  const paths = text.split(',').map((part) => part.trim())
  return paths.filter((path) => path !== '').map((path) => resolve(path))
}

function submissionOf(student: string | undefined, flags: RunFlags): string {
  const isFolder = (path: string) => existsSync(path) && statSync(path).isDirectory()
  if (flags.submission !== undefined) {
    const path = resolve(flags.submission)
    if (!isFolder(path)) throw new Usage(`There is no folder ${flags.submission}.`)
    return path
  }
  if (student === undefined) return example.submission
  const path = resolve('submissions', student)
  const inside = path.startsWith(resolve('submissions'))
  if (inside && isFolder(path)) return path
  throw new Usage(
    `There is no folder submissions/${student}: make it, or name the folder with --submission DIR.`,
  )
}

function clusterOf(
  student: string,
  named: boolean,
  flag: string | undefined,
  env: Record<string, string | undefined>,
): string {
  if (flag === 'lab' || flag === 'local') return flag
  if (flag !== undefined) {
    if (!existsSync(flag)) throw new Usage(`There is no cluster file ${flag}.`)
    return resolve(flag)
  }
  if (!named) return 'lab'
  for (const path of [`clusters/${student}.yaml`, 'cluster.yaml'])
    if (existsSync(path)) return resolve(path)
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
