import { isBatch } from '../job/spec.ts'
import { rfc3339 } from '../records.ts'
import { familiar } from '../registry.ts'
import { configError, creationError, dockerError, endOf, imageOf, publish, pull } from './docker.ts'
import { goDuration } from './restarts.ts'
import { registerServices } from './services.ts'
import { containerOf, later, nowOn, type Run, say, set } from './task-run.ts'
import { close, dead, quit, terminated } from './task-stop.ts'

/**
 * From `Task Setup` to `Started`, without a pull (recordings: 0.36 to 0.55 s and 0.40 to 0.88 s; 1.7 s
 * where two began at once on a busy machine). Milliseconds.
 */
const startMs = { '1.4.4': [340, 560], '2.0.5': [400, 900] } as const
/** From `Started` to Consul: the poststart hook (cluster-facts §0.1, §2.2). */
const registerMs = [5, 30] as const

/** Reads the driver's config and fetches the image where the VM has none. */
export function prepare(run: Run): void {
  const { client, task } = run
  const error = configError(task)
  if (error) {
    const more = { ValidationError: error }
    say(run, 'Failed Validation', error, { validation_error: error }, more)
    end(run, 'Error was unrecoverable')
    return
  }
  const image = imageOf(task)
  if (client.vm.images.has(familiar(image)) && task.Config?.force_pull !== true) {
    later(run, startMs[client.world.versions.nomad], () => create(run))
    return
  }
  say(run, 'Driver', 'Downloading image', { image })
  run.changed()
  run.pending = pull(client.world, client.vm, client.life, image, (failure) => {
    if (failure) driverFailure(run, failure, true)
    else later(run, startMs[client.world.versions.nomad], () => create(run))
  })
}

function create(run: Run): void {
  const { client, task } = run
  const error = creationError(run.alloc(), task)
  if (error) {
    driverFailure(run, error, false)
    return
  }
  const broken = dockerError(client.world, client.vm)
  if (broken) {
    driverFailure(run, broken, true)
    return
  }
  const published = publish(client.vm, run.alloc(), task, containerOf(run))
  if (typeof published === 'string') {
    driverFailure(run, published, true)
    return
  }
  run.closers = [...published, client.imageUsed(familiar(imageOf(task)))]
  set(run, { State: 'running', StartedAt: rfc3339(nowOn(run)) })
  say(run, 'Started', 'Task started by client')
  later(run, registerMs, () => {
    register(run)
    const ending = endOf(task)
    if (ending) later(run, ending.ms, () => ended(run, ending.code))
  })
  run.changed()
}

export function register(run: Run): void {
  const { client, task, changed } = run
  const { world, vm, life, consul } = client
  const around = { world, vm, life, consul, changed }
  const services = task.Services ?? []
  const container = containerOf(run)
  const alloc = run.alloc()
  run.registration = registerServices(around, alloc, client.node(), task.Name, services, container)
  changed()
}

function driverFailure(run: Run, error: string, recoverable: boolean): void {
  say(run, 'Driver Failure', error, { driver_error: error }, { DriverError: error })
  if (recoverable) again(run)
  else end(run, 'Error was unrecoverable')
}

/** A batch job's task is done when it ends well; a service's never is (restarts.go onSuccess). */
function ended(run: Run, code: number): void {
  if (code !== 0 || !isBatch(run.alloc().Job)) {
    exited(run, code)
    return
  }
  close(run)
  terminated(run, code)
  dead(run)
  run.changed()
}

/** The container ended by itself. */
export function exited(run: Run, code: number): void {
  close(run)
  terminated(run, code)
  again(run)
}

/**
 * Ended and begun again by a person's wish, which no restart policy counts (Nomad 1.4.4 and 2.0.5 as
 * they answered on 2026-11-25: no `Killing`, `Restarts` one more).
 */
export function restart(run: Run, why: string): void {
  if (run.state.State !== 'running' || run.dying) return
  say(run, 'Restart Signaled', why, { restart_reason: why }, { RestartReason: why })
  run.changed()
  quit(run, () => startOver(run, 0, ''))
}

function again(run: Run): void {
  const next = run.restarts.next()
  if (!('delay' in next)) {
    end(run, next.reason)
    return
  }
  startOver(run, next.delay, next.reason)
}

/** `delay` in nanoseconds. */
function startOver(run: Run, delay: number, reason: string): void {
  const details = { start_delay: String(delay), restart_reason: reason }
  const more = { RestartReason: reason, StartDelay: delay }
  say(run, 'Restarting', `Task restarting in ${goDuration(delay)}`, details, more)
  const LastRestart = rfc3339(nowOn(run))
  set(run, { State: 'pending', Restarts: run.state.Restarts + 1, LastRestart })
  run.pending = run.client.life.after(delay / 1e6, () => prepare(run))
  run.changed()
}

function end(run: Run, reason: string): void {
  const details = { restart_reason: reason, fails_task: 'true' }
  say(run, 'Not Restarting', reason, details, { RestartReason: reason, FailsTask: true })
  set(run, { Failed: true })
  dead(run)
  run.changed()
}
