import { resolve } from 'node:path'
import pLimit from 'p-limit'
import { type Message, msg, sentences } from '../../language/message.ts'
import { type Clock, wallClock } from '../../time/clock.ts'
import { Fault, told } from '../../time/fault.ts'
import type { Ended, Engine, Hears, Task } from '../types.ts'
import { digest, graded, gradeHere, isHere, keyOf, parked } from './elsewhere.ts'
import { createNomadApi, type NomadApi, patiently } from './nomad-engine-api.ts'
import { collect } from './nomad-engine-collect.ts'
import { type End, follow } from './nomad-engine-follow.ts'
import { registerClass } from './nomad-engine-job.ts'
import { awayMs, createWatch } from './nomad-engine-watch.ts'
import { type Parcel, parcelOf } from './parcel.ts'

export interface NomadOptions {
  /** NOMAD_ADDR, NOMAD_TOKEN … as the command `nomad` reads them. */
  env: Record<string, string | undefined>
  /** The class's name, and its folder: both are in the job's name, so that no two classes meet. */
  name: string
  out: string
  /** Options of `grade run` for every student: --cluster, --seed, --lang, … */
  options: readonly string[]
  /** The teacher's own template of the job. */
  jobFile?: string
  /** Leaves the jobs in Nomad, where they are until it forgets them. */
  keep: boolean
  /** What runs is stopped when the class is interrupted; otherwise it goes on. */
  stopJobs: boolean
  say(sentence: Message): void
}

/** Nomad's own limit, in bytes. */
const largestPayload = 16 * 1024
/** Of one student in one call: dispatches whose results were lost, or that had ended without any. */
const mostDispatches = 3
const collectAtOnce = 4
/** Wall ms that a server may take at first: it may be electing; or the address is wrong. */
const openingMs = 10_000

/**
 * Grades each student as a dispatch of one parameterized batch job in the teacher's Nomad cluster. A
 * dispatch has a token of what it grades, so that a second call finds it instead of making another.
 * Rejects with a Fault where the cluster cannot be asked, or does not take the job.
 */
export async function openNomadEngine(options: NomadOptions): Promise<Engine> {
  const clock = wallClock()
  const api = createNomadApi(options.env, clock)
  const id = jobName(options.name, options.out)
  let clients = 0
  try {
    const patience = { clock, signal: new AbortController().signal, ms: openingMs }
    await patiently(() => registerClass(api, id, options.jobFile), patience)
    clients = await patiently(() => api.readyClients(), patience)
  } catch (error) {
    await api.http.close()
    throw error
  }
  const watch = createWatch(api, id, clock)
  const limit = pLimit(collectAtOnce)
  /** Dispatched jobs: those that are done with, and those that a signal left behind. */
  const [done, left] = [new Set<string>(), new Set<string>()]

  async function grade(task: Task, hears: Hears, signal: AbortSignal): Promise<Ended> {
    if (task.cluster !== undefined)
      return parked(msg('A job on Nomad does not reach a cluster of its own.'), gradeHere(task))
    const parcel = await limit(() => parcelOf(task.dir))
    if ('why' in parcel) return parked(parcel.why, gradeHere(task))
    const size = parcel.bytes.length
    if (size > largestPayload) return parked(tooLarge(size), gradeHere(task))
    for (let nth = 0, dispatches = 0; ; nth++) {
      const key = keyOf(task, options.options, parcel.bytes, nth)
      if (await isHere({ out: options.out, student: task.student, key })) continue
      if (dispatches++ >= mostDispatches) return parked(msg('Its results were lost each time.'))
      const child = await dispatch(key, task, parcel, signal)
      // It came to nothing when it was tried before.
      if (done.has(child)) continue
      left.add(child)
      const end = await follow({ api, watch, child, clock, hears, signal })
      const ended = await endOf(end, { task, key, hears, signal })
      left.delete(child)
      done.add(child)
      if (ended) return ended
    }
  }

  async function dispatch(
    key: string,
    { student, asked }: Task,
    { bytes }: Exclude<Parcel, { why: Message }>,
    signal: AbortSignal,
  ): Promise<string> {
    const words = [...options.options, '--items', asked.join()]
    const body = {
      Payload: bytes.toString('base64'),
      Meta: { student, options: words.join(' ') },
    }
    return await patiently(() => api.dispatch(id, key, body), { clock, signal, ms: awayMs })
  }

  /** undefined: to be dispatched again. */
  async function endOf(
    end: End,
    { task, key, hears, signal }: { task: Task; key: string; hears: Hears; signal: AbortSignal },
  ): Promise<Ended | undefined> {
    if (end.how === 'spent') return undefined
    if (end.how === 'failed') return parked(end.why)
    const { allocation } = end
    const where = msg('{client}, by Nomad', { client: allocation.client })
    const { student } = task
    const began = (dir: string) => hears.began(dir, where)
    const into = { out: options.out, student, key, began }
    const collected = await limit(() => collect(api, allocation, into, { clock, signal }))
    if ('gone' in collected) {
      hears.say(sentences(collected.gone, msg('It is graded once more.')))
      return undefined
    }
    if ('nothing' in collected) {
      const own = collected.code === 70
      return { ...parked(collected.nothing), ...(own && { own }) }
    }
    return graded(collected, hears)
  }

  return {
    atOnce: Math.max(1, clients),
    async grade(task, hears, signal) {
      try {
        return await grade(task, hears, signal)
      } catch (error) {
        if (signal.aborted) return { kind: 'interrupted', dirs: [] }
        if (error instanceof Fault) return parked(told(error))
        throw error
      }
    },
    again: () => {},
    async close() {
      await watch.close()
      await tidy(api, clock, { id, done, left, options }).catch((error) =>
        options.say(sentences(msg('The jobs in Nomad were not removed.'), told(error))),
      )
      await api.http.close()
    },
  }
}

interface Jobs {
  id: string
  done: Set<string>
  left: Set<string>
  options: NomadOptions
}

/** Removes what is done with, and the class's job when nothing of it goes on. */
async function tidy(api: NomadApi, clock: Clock, { id, done, left, options }: Jobs): Promise<void> {
  const patience = { clock, signal: new AbortController().signal, ms: 30_000 }
  const stop = (one: string) => patiently(() => api.stop(one, true), patience)
  if (options.stopJobs) await Promise.all([...left].map(stop))
  else if (left.size > 0)
    options.say(
      msg(
        'Nomad goes on with {count, plural, one {# student} other {# students}} of {id}: the same command collects them, and with {flag} an interrupted one stops them.',
        { count: left.size, id, flag: '--stop-jobs' },
      ),
    )
  if (options.keep) return
  await Promise.all([...done].map(stop))
  const others = [...(await api.children(id)).values()].some(({ status }) => status !== 'dead')
  if (!others) await stop(id)
}

/** grade-<class>-<digest of its folder>: one class has the same each time, two never have. */
function jobName(name: string, out: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\.[a-z]+$/i, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
  return `grade-${plain || 'class'}-${digest(resolve(out)).slice(0, 6)}`
}

const tooLarge = (size: number) =>
  msg('What is graded of it takes {size} bytes packed, and Nomad takes {limit}.', {
    ...{ size: `${size}`, limit: `${largestPayload}` },
  })
