import { rfc3339 } from '../records.ts'
import { containerOf, later, nowOn, type Run, say, sayKilling, set } from './task-run.ts'

/** A web server ends so soon after its signal (recordings: 0.19 to 0.25 s). */
const quitMs = [190, 260] as const
const killedMs = [12, 26] as const
/** A program that does not know the signal is killed: 128 + 9. */
const killedCode = 137

/** Sends the signal; who does not know it is killed when its time is over. */
export function signal(run: Run): void {
  sayKilling(run)
  run.changed()
  quit(run, () =>
    later(run, killedMs, () => {
      say(run, 'Killed', 'Task successfully killed')
      dead(run)
      run.changed()
    }),
  )
}

/** The container's program is told to end; `then` when it has. */
export function quit(run: Run, then: () => void): void {
  const quits = typeof containerOf(run) === 'function'
  const timeoutMs = run.task.KillTimeout / 1e6
  run.pending()
  close(run)
  later(run, quits ? quitMs : [timeoutMs, timeoutMs + 20], () => {
    terminated(run, quits ? 0 : killedCode)
    then()
  })
}

/** The container's ports and services. */
export function close(run: Run): void {
  for (const undo of run.closers) undo()
  run.closers = []
  run.registration?.remove()
  run.registration = undefined
}

export function terminated(run: Run, code: number): void {
  const details = { exit_code: String(code), signal: '0', oom_killed: 'false' }
  say(run, 'Terminated', `Exit Code: ${code}`, details, { ExitCode: code })
}

export function dead(run: Run): void {
  set(run, { State: 'dead', FinishedAt: rfc3339(nowOn(run)) })
}
