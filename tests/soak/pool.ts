import { type ChildProcess, fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Draw } from './draw.ts'
import type { Outcome } from './grade-draw.ts'

export type Answer = Outcome | { threw: string }

/** A process is replaced after so many runs, which keeps its memory bounded. */
const runsOfAWorker = 60
/** Wall time of one run; one that takes longer hangs, and is wrong. */
const longestRunMs = 600_000
const program = fileURLToPath(new URL('worker.ts', import.meta.url))

/**
 * Grades draws in two processes (fewer where there are fewer cores) until they end or `isOver`, and
 * tells each answer as it comes.
 */
export async function gradeAll(
  draws: Iterator<Draw>,
  isOver: () => boolean,
  tell: (draw: Draw, answer: Answer) => void,
): Promise<void> {
  const lane = async () => {
    let worker: ChildProcess | undefined
    for (let runs = 0; !isOver(); runs += 1) {
      const next = draws.next()
      if (next.done) break
      if (worker && runs % runsOfAWorker === 0) worker.disconnect()
      if (!worker?.connected) worker = fork(program)
      tell(next.value, await ask(worker, next.value))
    }
    if (worker?.connected) worker.disconnect()
  }
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, lane))
}

function ask(worker: ChildProcess, draw: Draw): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>()
  const tooLong = setTimeout(() => {
    worker.kill('SIGKILL')
    resolve({ threw: `it hangs: no answer after ${longestRunMs / 1000} s` })
  }, longestRunMs)
  const ended = (code: number | null) => resolve({ threw: `its process ended (exit code ${code})` })
  worker.once('message', resolve as (answer: unknown) => void)
  worker.once('exit', ended)
  worker.send(draw)
  return promise.finally(() => {
    clearTimeout(tooLong)
    worker.removeAllListeners('message')
    worker.off('exit', ended)
  })
}
