import type { Task } from '../job/spec.ts'
import { rfc3339, taskEvent } from '../records.ts'
import type { Allocation, TaskState } from '../types.ts'
import { goDuration, makeRestarts } from './restarts.ts'
import { type Client, nowOn, type Run, say, sayKilling, set } from './task-run.ts'
import { exited, prepare, register, restart } from './task-start.ts'
import { dead, signal, terminated } from './task-stop.ts'

export interface TaskRunner {
  readonly state: TaskState
  readonly healthy: boolean
  start(): void
  /** After a reboot: the container is dead; the task is started again, or buried later. */
  foundDead(restart: boolean): void
  bury(): void
  fail(event: string, message: string): void
  kill(): void
  /** `nomad alloc restart`; `why` is Nomad's. */
  restart(why: string): void
  /** The services of the job's new version. */
  updated(task: Task): void
}

export function makeTask(
  client: Client,
  alloc: () => Allocation,
  task: Task,
  changed: () => void,
  state: TaskState,
): TaskRunner {
  const run: Run = {
    client,
    alloc,
    changed,
    restarts: makeRestarts(client.world, task.RestartPolicy),
    task,
    state,
    pending: () => {},
    closers: [],
    registration: undefined,
    dying: false,
  }
  return {
    get state() {
      return run.state
    },
    get healthy() {
      const inConsul = run.registration?.healthy ?? !run.task.Services?.length
      return run.state.State === 'running' && inConsul
    },
    start() {
      const message = 'Building Task Directory'
      say(run, 'Task Setup', message, { message }, { Message: message })
      changed()
      prepare(run)
    },
    foundDead(restart) {
      if (restart) exited(run, 0)
      else {
        sayKilling(run)
        terminated(run, 0)
        run.dying = true
        set(run, { FinishedAt: rfc3339(nowOn(run)) })
      }
    },
    bury: () => set(run, { State: 'dead' }),
    fail(event, message) {
      say(run, event, message, { fails_task: 'true' }, { FailsTask: true })
      set(run, { Failed: true })
      dead(run)
    },
    kill: () => kill(run),
    restart: (why) => restart(run, why),
    updated(next) {
      const moved = JSON.stringify(next.Services) !== JSON.stringify(run.task.Services)
      run.task = next
      if (!moved || run.dying || run.state.State !== 'running') return
      run.registration?.remove()
      register(run)
    },
  }
}

function kill(run: Run): void {
  if (run.dying || run.state.State === 'dead') return
  run.dying = true
  run.pending()
  if (run.state.State === 'pending') {
    dead(run)
    run.changed()
    return
  }
  // Out of Consul first, then the signal (cluster-facts §2.2: pre-kill).
  run.registration?.remove()
  run.registration = undefined
  const { ShutdownDelay } = run.task
  if (!ShutdownDelay) {
    signal(run)
    return
  }
  const text = `Waiting for shutdown_delay of ${goDuration(ShutdownDelay)} before killing the task.`
  say(run, 'Waiting for shutdown delay', text)
  run.changed()
  run.pending = run.client.life.after(ShutdownDelay / 1e6, () => signal(run))
}

/** A task that has come to the client and waits. */
export function received(at: number): TaskState {
  return {
    State: 'pending',
    Failed: false,
    Restarts: 0,
    LastRestart: null,
    StartedAt: null,
    FinishedAt: null,
    Events: [taskEvent(at, 'Received', 'Task received by client')],
  }
}
