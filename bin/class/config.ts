import { readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { isArchiveName } from '../../helpers/class/hand-in/archive-names.ts'
import { readRoster } from '../../helpers/class/roster/roster.ts'
import type { Enrolment } from '../../helpers/class/types.ts'
import { detectLanguage } from '../../helpers/language/detect.ts'
import { type Language, languages, type Message, msg } from '../../helpers/language/message.ts'
import { Fault, told } from '../../helpers/time/fault.ts'
import { archives, askedItems } from '../config.ts'
import { Usage } from '../exit.ts'
import { numberOf, wholeOf, wordOf } from '../flags.ts'
import type { TeacherFlags } from '../teacher-files.ts'
import type { ElsewhereFlags } from './elsewhere.ts'

/** Options of `grade class` as the command line gives them. */
export interface ClassFlags extends ElsewhereFlags, TeacherFlags {
  clusters?: string
  atOnce?: string
  engine: string
  submissions?: string
  handedInBy?: string
  only?: string
  failed?: boolean
  pending?: boolean
  items?: string
  out: string
  seed?: string
  clients?: string
  images?: string
  heartbeats?: string
  stop?: string
  maxWait: string
  longest: string
  purge?: boolean
  shared?: boolean
  json?: boolean
  lang?: string
}

/** What a class is to do. */
export interface ClassConfig {
  language: Language
  /** The roster's own folder: its paths are relative to it. */
  home: string
  students: Enrolment[]
  /** Everybody of the roster, in its order: the class's page is of all, whoever is graded now. */
  everybody: string[]
  /** What is worth knowing of the roster. */
  notes: Message[]
  wishes: { asked: string[]; failed: boolean; pending: boolean }
  out: string
  seed: number | undefined
  /** `lab`, `local:3`, paths of cluster files; undefined: what is found beside the roster. */
  clusters: string | undefined
  atOnce: number | undefined
  clients: number
  images: string[]
  heartbeats: 'lowered' | 'usual' | undefined
  stop: 'orderly' | 'cut' | undefined
  maxWaitMs: number
  deadlineMs: number
  purge: boolean
  shared: boolean
}

/** Makes sense of the command line and the roster; throws Usage otherwise. */
export async function classConfigOf(
  roster: string,
  flags: ClassFlags,
  env: Record<string, string | undefined>,
): Promise<ClassConfig> {
  wordOf('lang', flags.lang, languages)
  wordOf('engine', flags.engine, ['here', 'nomad', 'actions'])
  const path = resolve(roster)
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory()
  const { students, notes } = isFolder ? folderRoster(path) : await rosterOf(path, flags)
  const heartbeats = wordOf('heartbeats', flags.heartbeats, ['lowered', 'usual'])
  return {
    language: detectLanguage(flags.lang, env),
    home: isFolder ? path : resolve(path, '..'),
    students: named(students, flags.only),
    everybody: students.map(({ student }) => student),
    notes,
    wishes: {
      asked: askedItems(flags.items),
      failed: flags.failed === true,
      pending: flags.pending === true,
    },
    out: resolve(flags.out),
    seed: flags.seed === undefined ? undefined : wholeOf('seed', flags.seed, 0, 2 ** 31),
    clusters: flags.clusters,
    atOnce: flags.atOnce === undefined ? undefined : wholeOf('at-once', flags.atOnce, 1, 1000),
    clients: wholeOf('clients', flags.clients ?? '3', 1, 100),
    images: archives(flags.images ?? env.GRADE_IMAGES),
    heartbeats: heartbeats as ClassConfig['heartbeats'],
    stop: wordOf('stop', flags.stop, ['orderly', 'cut']) as ClassConfig['stop'],
    maxWaitMs: numberOf('max-wait', flags.maxWait, 1, 24 * 60) * 60_000,
    deadlineMs: numberOf('longest', flags.longest, 1, 24 * 60) * 60_000,
    purge: flags.purge === true,
    shared: flags.shared === true,
  }
}

/** What is wrong with a roster is the teacher's to mend. */
async function rosterOf(path: string, flags: ClassFlags) {
  try {
    return await readRoster(path, { submissions: flags.submissions, deadline: flags.handedInBy })
  } catch (error) {
    if (error instanceof Fault) throw new Usage(told(error))
    throw error
  }
}

/** A folder of hand-ins is a roster too: each folder or archive in it is a student's. */
function folderRoster(path: string): { students: Enrolment[]; notes: Message[] } {
  const entries = readdirSync(path, { withFileTypes: true })
  const students = entries
    .filter(({ name }) => !name.startsWith('.'))
    .filter((entry) => entry.isDirectory() || isArchiveName(entry.name))
    .map(({ name }) => name)
    .sort()
    .map((name, i) => ({
      student: name.replace(/\.(zip|tar|tar\.gz|tgz)$/i, ''),
      line: i + 1,
      submission: join(path, name),
    }))
  if (students.length === 0)
    throw new Usage(msg('There is no hand-in in the folder {path}.', { path }))
  return { students, notes: [] }
}

function named(students: Enrolment[], only: string | undefined): Enrolment[] {
  if (only === undefined) return students
  const names = only.split(',').map((name) => name.trim().normalize('NFC'))
  const unknown = names.find((name) => !students.some((one) => one.student === name))
  if (unknown !== undefined)
    throw new Usage(
      msg('{flag}: there is no student called "{name}" in the roster.', {
        flag: '--only',
        name: unknown,
      }),
    )
  return students.filter(({ student }) => names.includes(student))
}
