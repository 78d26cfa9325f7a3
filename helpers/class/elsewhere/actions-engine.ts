import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import pLimit from 'p-limit'
import { type Language, type Message, msg } from '../../language/message.ts'
import { wallClock } from '../../time/clock.ts'
import { codeOf, Fault, told } from '../../time/fault.ts'
import type { Ended, Engine, Hears, Task } from '../types.ts'
import {
  artifactOf,
  graderIn,
  type Job,
  noGrader,
  parcelsDir,
  workflowOf,
  workflowPath,
} from './actions-engine-workflow.ts'
import { folderOf, graded, gradeHere, isHere, keyOf, parked, takeRun } from './elsewhere.ts'
import { parcelOf } from './parcel.ts'

export interface ActionsOptions {
  /** The checkout in which the workflow is written. */
  root: string
  out: string
  cluster: 'lab' | 'local'
  seed: number
  language: Language
  /** How long a student may take. */
  minutes: number
  /** The artifacts of a workflow that ran, each in a folder of its name. */
  collect?: string
  say(sentence: Message): void
}

const parcelsAtOnce = 4
/** An artifact holds a run's folder below `reports/<student>/`. */
const deepest = 5

/**
 * Grades on GitHub's runners: takes what came from there, and writes a workflow, with what was handed
 * in, for all others. They are parked until the teacher has run it and collects.
 */
export function createActionsEngine(options: ActionsOptions): Engine {
  const { out, root, collect } = options
  const clock = wallClock()
  const limit = pLimit(parcelsAtOnce)
  const jobs: (Job & { bytes: Buffer })[] = []
  const words = [options.cluster, `${options.seed}`, options.language]

  async function grade(task: Task, hears: Hears): Promise<Ended> {
    const { student, asked } = task
    if (task.cluster !== undefined)
      return parked(msg('A runner of GitHub does not reach a cluster of its own.'), gradeHere(task))
    // In a workflow that is an expression, and not a name.
    if (student.includes('${{'))
      return parked(msg('Its name cannot stand in a workflow.'), gradeHere(task))
    const parcel = await parcelOf(task.dir)
    if ('why' in parcel) return parked(parcel.why, gradeHere(task))
    for (let nth = 0; ; nth++) {
      const key = keyOf(task, words, parcel.bytes, nth)
      const into = { out, student, key }
      if (await isHere(into)) continue
      const found = collect && (await runIn(join(collect, artifactOf(key)), deepest))
      if (found) return await take(found, into, hears)
      jobs.push({ key, student, items: asked.join(), bytes: parcel.bytes })
      return parked(msg('It waits for the workflow on GitHub.'))
    }
  }

  async function take(
    found: string,
    into: { out: string; student: string; key: string },
    hears: Hears,
  ) {
    const aside = join(folderOf(into), `.fetched-${into.key}`)
    try {
      await rm(aside, { recursive: true, force: true })
      await cp(found, aside, { recursive: true })
      const where = msg('a runner of GitHub')
      return graded(await takeRun(aside, into, (dir) => hears.began(dir, where), clock), hears)
    } finally {
      await rm(aside, { recursive: true, force: true })
    }
  }

  return {
    atOnce: parcelsAtOnce,
    async grade(task, hears, signal) {
      try {
        return await limit(() =>
          signal.aborted ? { kind: 'interrupted', dirs: [] } : grade(task, hears),
        )
      } catch (error) {
        if (error instanceof Fault) return parked(told(error))
        throw error
      }
    },
    again: () => {},
    async close() {
      if (jobs.length === 0) return
      // A student who was parked is asked for twice.
      const all = new Map(jobs.map((job) => [job.key, job]))
      await writeWorkflow(root, [...all.values()], options)
      options.say(
        msg(
          'For {count, plural, one {# student} other {# students}} there are now {workflow} and {parcels}: commit them to a private repository, run the workflow there, then {download} and this command with {flag}.',
          {
            ...{ count: all.size, workflow: workflowPath, parcels: parcelsDir },
            ...{ download: 'gh run download RUN --dir DIR', flag: '--collect DIR' },
          },
        ),
      )
    },
  }
}

/** The folder of a run below `dir`. */
async function runIn(dir: string, depth: number): Promise<string | undefined> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => [])
  if (entries.some((entry) => entry.isFile() && entry.name === 'result.json')) return dir
  if (depth === 0) return undefined
  for (const entry of entries.filter((one) => one.isDirectory())) {
    const found = await runIn(join(dir, entry.name), depth - 1)
    if (found) return found
  }
  return undefined
}

async function writeWorkflow(
  root: string,
  jobs: (Job & { bytes: Buffer })[],
  { cluster, seed, language, minutes }: ActionsOptions,
): Promise<void> {
  const path = join(root, workflowPath)
  const dir = join(root, parcelsDir)
  const before = await readFile(path, 'utf8').catch((error) => {
    if (codeOf(error) === 'ENOENT') return ''
    throw error
  })
  await mkdir(dirname(path), { recursive: true })
  await mkdir(dir, { recursive: true })
  const ours = jobs.map(({ key }) => `${key}.tar.gz`)
  for (const name of await readdir(dir))
    if (/^[0-9a-f]{12}\.tar\.gz$/.test(name) && !ours.includes(name)) await rm(join(dir, name))
  for (const { key, bytes } of jobs) await writeFile(join(dir, `${key}.tar.gz`), bytes)
  const sorted = jobs
    .map(({ key, student, items }) => ({ key, student, items }))
    .sort((a, b) => (a.student < b.student ? -1 : 1))
  const how = { cluster, seed, language, minutes, grader: graderIn(before) ?? noGrader }
  await writeFile(path, workflowOf(sorted, how))
}
