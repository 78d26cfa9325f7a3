import { existsSync, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { mostClients as mostLocalClients } from '../helpers/cluster/local/plan.ts'
import { fewestClients } from '../helpers/doctor/standing.ts'
import { detectLanguage } from '../helpers/language/detect.ts'
import { type Language, languages, msg } from '../helpers/language/message.ts'
import { isRoot } from '../helpers/screenshot.ts'
import { rubric } from '../suites/rubric.ts'
import { type Beside, besideOf } from './beside.ts'
import { Usage } from './exit.ts'
import { numberOf, wholeOf, wordOf } from './flags.ts'

/** Options of `grade run` as the command line gives them. */
export interface RunFlags {
  submission?: string
  cluster?: string
  out: string
  items?: string
  bonus?: boolean
  suite?: string
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
  screenshot?: boolean
}

/** What a run is to do: plain data, so that it can be handed to the thread that does it. */
export interface RunConfig {
  /** Of what is said on the screen and in the reports. */
  language: Language
  student: string
  submission: string
  /** `lab`, `local`, or the path of a cluster file. */
  cluster: string
  out: string
  stateDir: string
  asked: string[]
  /** What is graded beside the ten items. */
  beside?: Beside
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
  /** Makes a picture of the page of 02.2, where a browser is installed. */
  screenshot?: boolean
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
  wordOf('lang', flags.lang, languages)
  const language = detectLanguage(flags.lang, env)
  const speed =
    flags.speed === undefined
      ? terminal
        ? watchable
        : undefined
      : numberOf('speed', flags.speed, 0.1, 1e9)
  const { ten, beside } = besideOf(flags)
  // A suite is a program: one that was handed in is not the teacher's.
  if (beside.suite !== undefined && isIn(submission, beside.suite))
    throw new Usage(
      msg('{path} is in the folder that is graded, and nothing there configures the grader.', {
        path: beside.suite,
      }),
    )
  const cluster = clusterOf(name, named ? submission : undefined, flags.cluster, env)
  return {
    language,
    student: name,
    submission,
    cluster,
    out: resolve(flags.out),
    stateDir: stateDirOf(submission),
    asked: ten === '' ? [] : askedItems(ten),
    ...(beside.items.length > 0 && { beside }),
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
    // The lab's page is our own, and root's Chromium has no sandbox: there only when it is asked for.
    screenshot: flags.screenshot ?? (cluster !== 'lab' && !isRoot()),
  }
}

/**
 * Journals and host keys: `.grade` of the working folder, or of the nearest folder above that is not
 * in what is graded. Nothing that was handed in is believed, or run, as a journal of ours.
 */
export function stateDirOf(submission: string): string {
  let dir = resolve('.')
  while (isIn(submission, dir) && dirname(dir) !== dir) dir = dirname(dir)
  return join(dir, '.grade')
}

/** Absolute: on another drive of Windows. */
export function isIn(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way.split(sep)[0] !== '..' && !isAbsolute(way)
}

/** Paths of archives with commas between; a relative one is taken from the folder we are in. */
export function archives(text = ''): string[] {
  const paths = text.split(',').map((part) => part.trim())
  return paths.filter((path) => path !== '').map((path) => resolve(path))
}

const isFolder = (path: string) => existsSync(path) && statSync(path).isDirectory()

/** The folder that `--submission` names; throws Usage when it is none. */
export function folderOf(flag: string): string {
  // An empty variable of a script would be the folder we are in.
  if (flag === '')
    throw new Usage(msg('{flag} is a folder, and here it is empty.', { flag: '--submission' }))
  const path = resolve(flag)
  if (!isFolder(path)) throw new Usage(msg('There is no folder {path}.', { path: flag }))
  return path
}

function submissionOf(student: string | undefined, flags: RunFlags): string {
  if (flags.submission !== undefined) return folderOf(flags.submission)
  if (student === undefined) return example.submission
  const path = resolve('submissions', student)
  const below = relative(resolve('submissions'), path)
  const inside = below !== '' && below.split(sep)[0] !== '..'
  if (inside && isFolder(path)) return path
  throw new Usage(
    msg('There is no folder {path}: make it, or name the folder with {flag}.', {
      path: `submissions/${student}`,
      flag: '--submission DIR',
    }),
  )
}

const whichCluster = { lab: '--cluster lab', file: '--cluster FILE' }

function clusterOf(
  student: string,
  submission: string | undefined,
  flag: string | undefined,
  env: Record<string, string | undefined>,
): string {
  if (flag === 'lab' || flag === 'local') return flag
  if (flag !== undefined) {
    if (flag === '')
      throw new Usage(
        msg('{flag} is lab, local or a cluster file, and here is empty.', { flag: '--cluster' }),
      )
    if (!existsSync(flag)) throw new Usage(msg('There is no cluster file {path}.', { path: flag }))
    return resolve(flag)
  }
  if (submission === undefined) return 'lab'
  for (const path of [`clusters/${student}.yaml`, 'cluster.yaml']) {
    if (!existsSync(path)) continue
    // A cluster file may name commands to run: one that was handed in is not the teacher's.
    if (isIn(submission, resolve(path)))
      throw new Usage(
        msg(
          '{path} is in the folder that is graded, and nothing there configures the grader: say {lab}, or {file}.',
          { path, ...whichCluster },
        ),
      )
    return resolve(path)
  }
  const set = ['NOMAD_ADDR', 'CONSUL_HTTP_ADDR'].find((name) => env[name])
  if (set)
    throw new Usage(
      msg('Which cluster? {variable} is set, but no cluster file is here: say {lab}, or {file}.', {
        variable: set,
        ...whichCluster,
      }),
    )
  return 'lab'
}

/** `01.2,02` → 01.2, 02.1, 02.2, 02.3; every item without it. */
export function askedItems(flag: string | undefined): string[] {
  const all = Object.keys(rubric.items).sort()
  if (flag === undefined) return all
  const wanted = flag.split(',').map((part) => part.trim())
  const unknown = wanted.find((part) => !all.some((id) => id === part || id.startsWith(`${part}.`)))
  if (unknown !== undefined)
    throw new Usage(
      msg('{flag} knows {all} and {groups}; not "{text}".', {
        ...{ flag: '--items', all, groups: '01, 02, 03', text: unknown },
      }),
    )
  return all.filter((id) => wanted.some((part) => id === part || id.startsWith(`${part}.`)))
}
