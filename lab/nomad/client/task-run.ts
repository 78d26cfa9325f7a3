import type { ConsulAgent, Undo, Vm, World } from '../../contract.ts'
import type { Task } from '../job/spec.ts'
import { taskEvent, timeOn } from '../records.ts'
import type { Allocation, Node, TaskState } from '../types.ts'
import { type Container, type Containers, commandOf, hidesPages, imageOf } from './docker.ts'
import type { Life } from './life.ts'
import { goDuration, type Restarts } from './restarts.ts'
import type { Registration } from './services.ts'

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

/** A task on its way; what its steps share. */
export interface Run {
  readonly client: Client
  readonly alloc: () => Allocation
  readonly changed: () => void
  readonly restarts: Restarts
  task: Task
  state: TaskState
  /** What happens next; undone by the end. */
  pending: Undo
  /** Ports and the use of the image. */
  closers: Undo[]
  registration: Registration | undefined
  dying: boolean
}

export function containerOf({ client, task }: Run): Container {
  return client.containers(imageOf(task), commandOf(task), hidesPages(task))
}

export const nowOn = ({ client }: Run): number => timeOn(client.world, client.vm)

export function set(run: Run, next: Partial<TaskState>): void {
  run.state = { ...run.state, ...next }
}

/** Ten events are kept, as Nomad does. */
export function say(
  run: Run,
  type: string,
  message: string,
  details?: Record<string, string>,
  more?: Record<string, unknown>,
): void {
  const event = taskEvent(nowOn(run), type, message, details, more)
  set(run, { Events: [...run.state.Events, event].slice(-10) })
}

export function sayKilling(run: Run): void {
  const { KillTimeout } = run.task
  const timeout = goDuration(KillTimeout)
  const text = `Sent interrupt. Waiting ${timeout} before force killing`
  say(run, 'Killing', text, { kill_timeout: timeout }, { KillTimeout })
}

/** Next is `act`, after so many milliseconds. */
export function later(run: Run, [min, max]: readonly [number, number], act: () => void): void {
  const { life, world } = run.client
  run.pending = life.after(world.between(min, max), act)
}
