import type { ConsulAgent, Undo, Vm, World } from '../../contract.ts'
import type { Task } from '../job/spec.ts'
import { rfc3339, taskEvent } from '../records.ts'
import type { Allocation, Node, TaskState } from '../types.ts'
import {
  type Container,
  type Containers,
  commandOf,
  configError,
  creationError,
  imageOf,
  publish,
  pull,
} from './docker.ts'
import type { Life } from './life.ts'
import { goDuration, makeRestarts } from './restarts.ts'
import { type Registration, registerServices } from './services.ts'

/** What a task needs of the client that runs it. */
export interface Client {
  world: World
  vm: Vm
  node(): Node
  life: Life
  consul: ConsulAgent
  containers: Containers
  /** A container of the image runs or has ended: unused images are removed in the end. */
  imageUsed(image: string): Undo
}

export interface TaskRunner {
  readonly state: TaskState
  readonly healthy: boolean
  start(): void
  /** After a reboot: the container is dead; the task is started again, or buried later. */
  foundDead(restart: boolean): void
  bury(): void
  fail(event: string, message: string): void
  kill(): void
  /** The services of the job's new version. */
  updated(task: Task): void
}

/** From `Task Setup` to `Started`, without a pull (recordings: 0.36 to 0.55 s). Milliseconds. */
const startMs = [340, 560] as const
/** From `Started` to Consul: the poststart hook (cluster-facts §0.1, §2.2). */
const registerMs = [5, 30] as const
/** A web server ends so soon after its signal (recordings: 0.19 to 0.25 s). */
const quitMs = [190, 260] as const
const killedMs = [12, 26] as const
const exitMs = [60, 300] as const
/** A program that does not know the signal is killed: 128 + 9. */
const killedCode = 137

export function makeTask(
  client: Client,
  alloc: () => Allocation,
  given: Task,
  changed: () => void,
  restored?: TaskState,
): TaskRunner {
  const { world, vm, life } = client
  let task = given
  let state: TaskState = restored ?? emptyState
  let pending: Undo = () => {}
  let closers: Undo[] = []
  let registration: Registration | undefined
  let dying = false
  const restarts = makeRestarts(world, task.RestartPolicy)
  const container = (): Container => client.containers(imageOf(task), commandOf(task))

  const set = (next: Partial<TaskState>) => {
    state = { ...state, ...next }
  }
  /** Ten events are kept, as Nomad does. */
  const say = (...event: Parameters<typeof taskEvent> extends [World, ...infer R] ? R : never) => {
    set({ Events: [...state.Events, taskEvent(world, ...event)].slice(-10) })
  }
  const later = ([min, max]: readonly [number, number], act: () => void) => {
    pending = life.after(world.between(min, max), act)
  }

  function prepare(): void {
    const error = configError(task)
    if (error) {
      const more = { ValidationError: error }
      say('Failed Validation', error, { validation_error: error }, more)
      return void end('Error was unrecoverable')
    }
    const image = imageOf(task)
    if (vm.images.has(image) && task.Config?.force_pull !== true) return void later(startMs, create)
    say('Driver', 'Downloading image', { image })
    changed()
    pending = pull(world, vm, life, image, (failure) => {
      if (failure) driverFailure(failure, true)
      else later(startMs, create)
    })
  }

  function create(): void {
    const error = creationError(alloc(), task)
    if (error) return void driverFailure(error, false)
    const published = publish(vm, alloc(), task, container())
    if (typeof published === 'string') return void driverFailure(published, true)
    closers = [...published, client.imageUsed(imageOf(task))]
    set({ State: 'running', StartedAt: rfc3339(world.now()) })
    say('Started', 'Task started by client')
    later(registerMs, () => {
      register()
      if (container() === 'exits') later(exitMs, () => exited(0))
    })
    changed()
  }

  function register(): void {
    const { node, consul } = client
    const around = { world, vm, life, consul, changed }
    const services = task.Services ?? []
    registration = registerServices(around, alloc(), node(), task.Name, services, container())
    changed()
  }

  function driverFailure(error: string, recoverable: boolean): void {
    say('Driver Failure', error, { driver_error: error }, { DriverError: error })
    if (recoverable) again()
    else end('Error was unrecoverable')
  }

  function close(): void {
    for (const undo of closers) undo()
    closers = []
    registration?.remove()
    registration = undefined
  }

  function terminated(code: number): void {
    const details = { exit_code: String(code), signal: '0', oom_killed: 'false' }
    say('Terminated', `Exit Code: ${code}`, details, { ExitCode: code })
  }

  function exited(code: number): void {
    close()
    terminated(code)
    again()
  }

  function again(): void {
    const next = restarts.next()
    if (!('delay' in next)) return void end(next.reason)
    const delay = goDuration(next.delay)
    const details = { start_delay: String(next.delay), restart_reason: next.reason }
    const more = { RestartReason: next.reason, StartDelay: next.delay }
    say('Restarting', `Task restarting in ${delay}`, details, more)
    const LastRestart = rfc3339(world.now())
    set({ State: 'pending', Restarts: state.Restarts + 1, LastRestart })
    pending = life.after(next.delay / 1e6, prepare)
    changed()
  }

  function end(reason: string): void {
    const details = { restart_reason: reason, fails_task: 'true' }
    say('Not Restarting', reason, details, { RestartReason: reason, FailsTask: true })
    set({ State: 'dead', Failed: true, FinishedAt: rfc3339(world.now()) })
    changed()
  }

  function dead(): void {
    set({ State: 'dead', FinishedAt: rfc3339(world.now()) })
  }

  function signal(): void {
    const timeout = goDuration(task.KillTimeout)
    const text = `Sent interrupt. Waiting ${timeout} before force killing`
    say('Killing', text, { kill_timeout: timeout }, { KillTimeout: task.KillTimeout })
    changed()
    const quits = typeof container() === 'function'
    const { KillTimeout } = task
    const wait = quits ? quitMs : ([KillTimeout / 1e6, KillTimeout / 1e6 + 20] as const)
    for (const undo of closers) undo()
    closers = []
    later(wait, () => {
      terminated(quits ? 0 : killedCode)
      later(killedMs, () => {
        say('Killed', 'Task successfully killed')
        dead()
        changed()
      })
    })
  }

  return {
    get state() {
      return state
    },
    get healthy() {
      return state.State === 'running' && (registration?.healthy ?? !task.Services?.length)
    },
    start() {
      const message = 'Building Task Directory'
      say('Task Setup', message, { message }, { Message: message })
      changed()
      prepare()
    },
    foundDead(restart) {
      if (restart) return exited(0)
      const timeout = goDuration(task.KillTimeout)
      const text = `Sent interrupt. Waiting ${timeout} before force killing`
      say('Killing', text, { kill_timeout: timeout }, { KillTimeout: task.KillTimeout })
      terminated(0)
      dying = true
      set({ FinishedAt: rfc3339(world.now()) })
    },
    bury: () => set({ State: 'dead' }),
    fail(event, message) {
      say(event, message, { fails_task: 'true' }, { FailsTask: true })
      set({ State: 'dead', Failed: true, FinishedAt: rfc3339(world.now()) })
    },
    kill() {
      if (dying || state.State === 'dead') return
      dying = true
      pending()
      if (state.State === 'pending') {
        dead()
        return changed()
      }
      // Out of Consul first, then the signal (cluster-facts §2.2: pre-kill).
      registration?.remove()
      registration = undefined
      if (!task.ShutdownDelay) return signal()
      const wait = goDuration(task.ShutdownDelay)
      const text = `Waiting for shutdown_delay of ${wait} before killing the task.`
      say('Waiting for shutdown delay', text)
      changed()
      pending = life.after(task.ShutdownDelay / 1e6, signal)
    },
    updated(next) {
      const moved = JSON.stringify(next.Services) !== JSON.stringify(task.Services)
      task = next
      if (!moved || dying || state.State !== 'running') return
      registration?.remove()
      register()
    },
  }
}

const emptyState: TaskState = {
  State: 'pending',
  Failed: false,
  Restarts: 0,
  LastRestart: null,
  StartedAt: null,
  FinishedAt: null,
  Events: [],
}

/** A task that has come to the client and waits. */
export function received(world: World): TaskState {
  return { ...emptyState, Events: [taskEvent(world, 'Received', 'Task received by client')] }
}
