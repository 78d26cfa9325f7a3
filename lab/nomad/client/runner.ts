import { groupOf } from '../job/spec.ts'
import type { Allocation, DeploymentHealth, TaskState } from '../types.ts'
import { commandOf, imageOf } from './docker.ts'
import { makeHealthTracker } from './health.ts'
import { type Registration, registerServices } from './services.ts'
import { type Client, makeTask, received, type TaskRunner } from './task.ts'

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
}

/** Recordings: `complete` comes 4.05 to 4.11 s after the restored task was killed. Milliseconds. */
const restoredMs = [4050, 4110] as const
/** Docker and Nomad are told of what is dead so soon after the node is ready (recordings: 0.25 s). */
const setupMs = [2, 6] as const

export interface Around extends Client {
  /** Calls back once the allocation has ended, as far as the server knows. */
  whenEnded(allocId: string, act: () => void): void
  changed(runner: AllocRunner): void
}

/** Runs an allocation; `restored` are its task states when the agent has just started again. */
export function runAlloc(
  around: Around,
  given: Allocation,
  restored?: Record<string, TaskState>,
): AllocRunner {
  const { world, life, vm, consul } = around
  let alloc = given
  let stopping = false
  let held = false
  let DeploymentStatus: DeploymentHealth | undefined
  let groupServices: Registration | undefined
  const group = () => groupOf(alloc.Job, alloc.TaskGroup)!
  const tasks = new Map<string, TaskRunner>()
  for (const task of group().Tasks) {
    const state = restored?.[task.Name] ?? received(world)
    tasks.set(
      task.Name,
      makeTask(
        around,
        () => alloc,
        task,
        () => look(),
        state,
      ),
    )
  }
  const all = () => [...tasks.values()]
  const tracker = makeHealthTracker(world, life, (health) => {
    DeploymentStatus = health
    around.changed(runner)
  })
  const runner: AllocRunner = {
    get report() {
      const TaskStates = Object.fromEntries([...tasks].map(([name, { state }]) => [name, state]))
      const states = all().map(({ state }) => state)
      return { allocId: alloc.ID, TaskStates, DeploymentStatus, ...statusOf(states) }
    },
    get dead() {
      return all().every(({ state }) => state.State === 'dead')
    },
    updated(next) {
      const changed = next.Job !== alloc.Job
      alloc = next
      if (alloc.DesiredStatus !== 'run') return stop()
      if (!changed) return
      DeploymentStatus = undefined
      for (const task of group().Tasks) tasks.get(task.Name)?.updated(task)
      look()
    },
  }

  function look(): void {
    if (held) return
    const failed = all().some(({ state }) => state.Failed)
    if (failed) for (const one of all()) one.kill()
    if (failed || runner.dead) leaveGroup()
    const healthy = all().every((one) => one.healthy) && (groupServices?.healthy ?? true)
    if (!stopping) tracker.look(alloc, healthy, failed)
    around.changed(runner)
  }

  function leaveGroup(): void {
    groupServices?.remove()
    groupServices = undefined
  }

  function stop(): void {
    if (stopping) return
    stopping = true
    leaveGroup()
    const kill = () => {
      for (const one of all()) one.kill()
    }
    const delay = group().ShutdownDelay
    if (delay) life.after(delay / 1e6, kill)
    else kill()
  }

  /** Services of the group are registered before anything is pulled (cluster-facts §2.2: prerun). */
  function setUp(): void {
    if (stopping) return
    const services = group().Services ?? []
    const labels = alloc.Ports.map((port) => port.Label)
    const wrong = services.find(
      ({ PortLabel }) => PortLabel && !/^\d+$/.test(PortLabel) && !labels.includes(PortLabel),
    )
    if (wrong) {
      const text =
        'failed to setup alloc: pre-run hook "group_services" failed: unable to get address for ' +
        `service "${wrong.Name}": invalid port "${wrong.PortLabel}": port label not found`
      for (const one of all()) one.fail('Setup Failure', text)
      return void look()
    }
    if (services.length > 0) {
      const served = group()
        .Tasks.map((task) => around.containers(imageOf(task), commandOf(task)))
        .find((container) => typeof container === 'function')
      groupServices = registerServices(
        { world, vm, life, consul, changed: look },
        alloc,
        around.node(),
        `group-${group().Name}`,
        services,
        served,
      )
    }
    for (const one of all()) one.start()
  }

  function restore(): void {
    const restart = alloc.DesiredStatus === 'run'
    stopping = !restart
    held = !restart
    for (const one of all()) if (one.state.State !== 'dead') one.foundDead(restart)
    around.changed(runner)
    if (restart) return
    life.after(world.between(...restoredMs), () => {
      held = false
      for (const one of all()) one.bury()
      look()
    })
  }

  if (restored) restore()
  else
    around.whenEnded(alloc.PreviousAllocation, () => life.after(world.between(...setupMs), setUp))
  return runner
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
