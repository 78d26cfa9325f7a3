import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { ItemResult } from '../grade/result.ts'
import { type Message, msg, said, type Text } from '../language/message.ts'
import type { Wait } from '../progress.ts'

/** What a worker is told. `config` is what its program grades by. */
export type Order =
  | { order: 'grade'; id: number; slot: number; runDir: string; config: unknown }
  | { order: 'stop'; id: number }
  | { order: 'end' }

/** What a worker tells of its work `id`. */
export type Report = { id: number } & (
  | { say: Text }
  | { waiting: Wait }
  | { settled: Settled }
  | { ended: WorkEnd }
)

/** How a run in a worker ended. */
export interface WorkEnd {
  /** `open`: not all is known, and another try is worth it; `why` says what hid it. */
  how: 'graded' | 'open' | 'interrupted' | 'died'
  why?: Message
  /** The grader itself failed. */
  own?: boolean
  /** Why nobody else should be graded on that cluster now. */
  park?: Message
}

export interface WorkHears {
  say(text: Text): void
  waiting(wait: Wait): void
  settled(item: Settled): void
}
type Settled = Pick<ItemResult, 'id' | 'verdict'>

/** A process that grades; started when it is needed, and anew after it died. */
export interface Worker {
  grade(work: Omit<Extract<Order, { order: 'grade' }>, 'order' | 'id'>, hears: WorkHears): Work
  /** Resolves when the process is gone, with the clusters that it made. */
  end(): Promise<void>
}

export interface Work {
  ended: Promise<WorkEnd>
  /** The run restores and ends. */
  stop(): void
  /** The whole process ends at once; a watcher brings back what it left off. */
  kill(): void
}

/** Wall ms for an idle worker to end its clusters. */
const longestEnd = 20_000
const lastWords = 2000

export function createWorker(program: string): Worker {
  const works = new Map<number, { hears: WorkHears; ended(end: WorkEnd): void }>()
  let last = 0
  let child: ChildProcess | undefined

  function start(): ChildProcess {
    const started = fork(program, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    let errors = ''
    started.stderr?.on('data', (chunk) => {
      errors = (errors + chunk).slice(-lastWords)
    })
    started.on('message', (report) => hear(report as Report))
    started.on('error', () => {})
    started.once('close', (code, signal) => {
      if (child === started) child = undefined
      const how = signal ?? `${code}`
      const words = errors.trim().split('\n').at(-1) ?? ''
      const why = words
        ? msg('The process that graded ended ({how}): {words}', { how, words })
        : msg('The process that graded ended ({how}).', { how })
      for (const { ended } of [...works.values()]) ended({ how: 'died', why })
    })
    return started
  }

  function hear(report: Report): void {
    const work = works.get(report.id)
    if (!work) return
    if ('say' in report) work.hears.say(report.say)
    else if ('waiting' in report) work.hears.waiting(report.waiting)
    else if ('settled' in report) work.hears.settled(report.settled)
    else work.ended(report.ended)
  }

  const tell = (to: ChildProcess | undefined, order: Order) => {
    if (to?.connected) to.send(order, () => {})
  }

  return {
    grade(work, hears) {
      const id = ++last
      child ??= start()
      const by = child
      const { promise, resolve } = Promise.withResolvers<WorkEnd>()
      works.set(id, {
        hears,
        ended(end) {
          works.delete(id)
          resolve(end)
        },
      })
      by.send({ order: 'grade', id, ...work } satisfies Order, (error) => {
        if (error) works.get(id)?.ended({ how: 'died', why: said(error.message) })
      })
      return {
        ended: promise,
        stop: () => tell(by, { order: 'stop', id }),
        kill: () => void by.kill('SIGKILL'),
      }
    },
    async end() {
      const by = child
      if (!by) return
      const gone = once(by, 'close')
      tell(by, { order: 'end' })
      const late = setTimeout(() => by.kill('SIGKILL'), longestEnd)
      await gone
      clearTimeout(late)
    },
  }
}
