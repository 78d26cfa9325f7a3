import type { Vm, World } from '../contract.ts'
import type { Job } from './job/spec.ts'
import type { Evaluation, TaskEvent } from './types.ts'

/** RFC 3339, as Nomad writes times that are not numbers. */
export function rfc3339(ms: number): string {
  return new Date(ms).toISOString()
}

/** Nanoseconds since the epoch. */
export function nanoseconds(world: World): number {
  return world.now() * 1e6
}

/** Milliseconds since the epoch on a VM's own clock, which is what its client agent writes down. */
export function timeOn({ now, faults }: World, vm: Pick<Vm, 'name'>): number {
  return now() + (faults.clocksAhead.get(vm.name) ?? 0) * 1000
}

type EvaluationGiven = Pick<Evaluation, 'TriggeredBy' | 'JobID'> & Partial<Evaluation>

export function newEvaluation(
  world: World,
  job: Job | undefined,
  given: EvaluationGiven,
): Evaluation {
  return {
    ID: world.uuid(),
    Priority: job?.Priority ?? 50,
    Type: job?.Type ?? 'service',
    JobModifyIndex: 0,
    NodeID: '',
    NodeModifyIndex: 0,
    DeploymentID: '',
    Status: 'pending',
    StatusDescription: '',
    WaitUntil: null,
    BlockedEval: '',
    PreviousEval: '',
    FailedTGAllocs: null,
    ClassEligibility: null,
    EscapedComputedClass: false,
    QueuedAllocations: null,
    PlanAnnotations: null,
    SnapshotIndex: 0,
    CreateIndex: 0,
    ModifyIndex: 0,
    CreateTime: nanoseconds(world),
    ModifyTime: 0,
    ...given,
  }
}

/** The fields that Nomad 1.4 still fills beside `Details` (recordings: TaskStates). */
const emptyEvent = {
  FailsTask: false,
  RestartReason: '',
  SetupError: '',
  DriverError: '',
  ExitCode: 0,
  Signal: 0,
  KillTimeout: 0,
  KillError: '',
  KillReason: '',
  StartDelay: 0,
  DownloadError: '',
  ValidationError: '',
  DiskLimit: 0,
  FailedSibling: '',
  VaultError: '',
  TaskSignalReason: '',
  TaskSignal: '',
  DriverMessage: '',
  GenericSource: '',
}

/** `at`: milliseconds on the VM's own clock. */
export function taskEvent(
  at: number,
  Type: string,
  DisplayMessage: string,
  Details: Record<string, string> = {},
  more: Record<string, unknown> = {},
): TaskEvent {
  const event = { Type, Time: at * 1e6, Message: '', DisplayMessage, Details }
  return { ...event, ...emptyEvent, ...more }
}
