import { groupOf } from '../job/spec.ts'
import { timeOn } from '../records.ts'
import type { Allocation, DeploymentHealth, TaskState } from '../types.ts'
import { commandOf, hidesPages, imageOf } from './docker.ts'
import { type HealthTracker, makeHealthTracker } from './health.ts'
import { type Registration, registerServices } from './services.ts'
import { makeTask, received, type TaskRunner } from './task.ts'
import type { Client } from './task-run.ts'

/** What the client tells the server of an allocation. */
export interface Report {
  allocId: string
  ClientStatus: Allocation['ClientStatus']
  ClientDescription: string
  TaskStates: Record<string, TaskState>
  DeploymentStatus?: DeploymentHealth
}

export interface AllocRunner {
  readonly report: Report
  readonly dead: boolean
  /** The server has a new version of the allocation: it is to stop, or its job changed in place. */
  updated(alloc: Allocation): void
  /** `nomad alloc restart`, of one task or of all that run; false when it has no such task. */
  restart(task: string): boolean
}

/**
 * Recordings: `complete` comes 4.05 to 4.11 s after the restored task was killed; in Nomad 2.0.5 as often
 * at once (docs/discoveries.md: four of eight). Milliseconds.
 */
const restoredMs = [4050, 4110] as const
const atOnce = { '1.4.4': 0, '2.0.5': 0.5 } as const
/** The hooks before the tasks. */
const setupMs = [2, 6] as const

export interface Around extends Client {
  /** Calls back once the allocation has ended, as far as the server knows. */
  whenEnded(allocId: string, act: () => void): void
  changed(runner: AllocRunner): void
}

/** An allocation on its way; what its steps share. */
interface Run {
  readonly around: Around
  readonly tasks: Map<string, TaskRunner>
  readonly tracker: HealthTracker
  readonly runner: AllocRunner
  alloc: Allocation
  stopping: boolean
  /** A restored one is looked at again when its old tasks are buried. */
  held: boolean
  health: DeploymentHealth | undefined
  groupServices: Registration | undefined
}

/** Runs an allocation; `restored` are its task states when the agent has just started again. */
export function runAlloc(
  around: Around,
  alloc: Allocation,
  restored?: Record<string, TaskState>,
): AllocRunner {
  const { world, life } = around
  const runner: AllocRunner = {
    get report() {
      const TaskStates = Object.fromEntries(
        [...run.tasks].map(([name, { state }]) => [name, state]),
      )
      const status = statusOf(Object.values(TaskStates))
      return { allocId: run.alloc.ID, TaskStates, DeploymentStatus: run.health, ...status }
    },
    get dead() {
      return all(run).every(({ state }) => state.State === 'dead')
    },
    updated: (next) => update(run, next),
    restart: (task) => restart(run, task),
  }
  const run: Run = {
    around,
    tasks: new Map(),
    tracker: makeHealthTracker(world, around.vm, life, (health) => {
      run.health = health
      around.changed(runner)
    }),
    runner,
    alloc,
    stopping: false,
    held: false,
    health: undefined,
    groupServices: undefined,
  }
  for (const task of group(run).Tasks) {
    const state = restored?.[task.Name] ?? received(timeOn(world, around.vm))
    const made = makeTask(
      around,
      () => run.alloc,
      task,
      () => look(run),
      state,
    )
    run.tasks.set(task.Name, made)
  }
  if (restored) restore(run)
  else {
    const begin = () => life.after(world.between(...setupMs), () => setUp(run))
    around.whenEnded(alloc.PreviousAllocation, begin)
  }
  return runner
}

const all = (run: Run) => [...run.tasks.values()]
const group = ({ alloc }: Run) => groupOf(alloc.Job, alloc.TaskGroup)!

function update(run: Run, next: Allocation): void {
  const changed = next.Job !== run.alloc.Job
  run.alloc = next
  if (next.DesiredStatus !== 'run') {
    stop(run)
    return
  }
  if (!changed) return
  run.health = undefined
  for (const task of group(run).Tasks) run.tasks.get(task.Name)?.updated(task)
  look(run)
}

function restart({ tasks }: Run, task: string): boolean {
  if (task !== '' && !tasks.has(task)) return false
  const why = `User requested ${task === '' ? 'running tasks' : 'task'} to restart`
  for (const [name, one] of tasks) if (task === '' || name === task) one.restart(why)
  return true
}

function look(run: Run): void {
  if (run.held) return
  const failed = all(run).some(({ state }) => state.Failed)
  if (failed) for (const one of all(run)) one.kill()
  if (failed || run.runner.dead) leaveGroup(run)
  const healthy = all(run).every((one) => one.healthy) && (run.groupServices?.healthy ?? true)
  if (!run.stopping) run.tracker.look(run.alloc, healthy, failed)
  run.around.changed(run.runner)
}

function leaveGroup(run: Run): void {
  run.groupServices?.remove()
  run.groupServices = undefined
}

function stop(run: Run): void {
  if (run.stopping) return
  run.stopping = true
  leaveGroup(run)
  const kill = () => {
    for (const one of all(run)) one.kill()
  }
  const delay = group(run).ShutdownDelay
  if (delay) run.around.life.after(delay / 1e6, kill)
  else kill()
}

/** Services of the group are registered before anything is pulled (cluster-facts §2.2: prerun). */
function setUp(run: Run): void {
  if (run.stopping) return
  const services = group(run).Services ?? []
  const labels = run.alloc.Ports.map((port) => port.Label)
  const wrong = services.find(
    ({ PortLabel }) => PortLabel && !/^\d+$/.test(PortLabel) && !labels.includes(PortLabel),
  )
  if (wrong) {
    const text =
      'failed to setup alloc: pre-run hook "group_services" failed: unable to get address for ' +
      `service "${wrong.Name}": invalid port "${wrong.PortLabel}": port label not found`
    for (const one of all(run)) one.fail('Setup Failure', text)
    look(run)
    return
  }
  if (services.length > 0) joinGroup(run)
  for (const one of all(run)) one.start()
}

function joinGroup(run: Run): void {
  const { world, vm, life, consul, containers, node } = run.around
  const { Name, Services, Tasks } = group(run)
  const served = Tasks.map((task) =>
    containers(imageOf(task), commandOf(task), hidesPages(task)),
  ).find((container) => typeof container === 'function')
  run.groupServices = registerServices(
    { world, vm, life, consul, changed: () => look(run) },
    run.alloc,
    node(),
    `group-${Name}`,
    Services ?? [],
    served,
  )
}

/** After a reboot: what is still wanted starts again, the rest is buried (cluster-facts §1.3). */
function restore(run: Run): void {
  const { life, world, changed } = run.around
  const restart = run.alloc.DesiredStatus === 'run'
  run.stopping = !restart
  run.held = !restart
  for (const one of all(run)) if (one.state.State !== 'dead') one.foundDead(restart)
  const bury = () => {
    run.held = false
    for (const one of all(run)) one.bury()
    look(run)
  }
  if (!restart && world.random() < atOnce[world.versions.nomad]) {
    bury()
    return
  }
  changed(run.runner)
  if (!restart) life.after(world.between(...restoredMs), bury)
}

function statusOf(states: TaskState[]): Pick<Report, 'ClientStatus' | 'ClientDescription'> {
  const any = (state: TaskState['State']) => states.some((one) => one.State === state)
  if (states.some((one) => one.State === 'dead' && one.Failed)) {
    return { ClientStatus: 'failed', ClientDescription: 'Failed tasks' }
  }
  if (any('running')) return { ClientStatus: 'running', ClientDescription: 'Tasks are running' }
  if (any('pending')) return { ClientStatus: 'pending', ClientDescription: 'No tasks have started' }
  return { ClientStatus: 'complete', ClientDescription: 'All tasks have completed' }
}
