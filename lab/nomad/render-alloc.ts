import { groupOf, type TaskGroup } from './job/spec.ts'
import { omitEmpty } from './job/structs.ts'
import { type Json, metricsJson, type Version } from './render.ts'
import type { Allocation, TaskState } from './types.ts'

/** `/v1/allocation/:id` (recordings: nomad-allocation-*.json); the stream's are without the job. */
export function allocationJson(alloc: Allocation, version: Version, withJob: boolean): Json {
  const group = groupOf(alloc.Job, alloc.TaskGroup)!
  const shared = networksJson(alloc, version)
  const total = sum(group)
  const newer = version === '2.0.5'
  const more = newer ? { NUMA: null, SecretsMB: 0 } : {}
  return {
    ID: alloc.ID,
    Namespace: 'default',
    EvalID: alloc.EvalID,
    Name: alloc.Name,
    NodeID: alloc.NodeID,
    NodeName: alloc.NodeName,
    JobID: alloc.Job.ID,
    ...(withJob && { Job: alloc.Job }),
    TaskGroup: alloc.TaskGroup,
    Resources: {
      CPU: total.cpu,
      Cores: 0,
      MemoryMB: total.memory,
      MemoryMaxMB: total.memory,
      DiskMB: group.EphemeralDisk.SizeMB,
      IOPS: 0,
      Networks: shared,
      Devices: null,
      ...more,
    },
    SharedResources: {
      CPU: 0,
      Cores: 0,
      MemoryMB: 0,
      MemoryMaxMB: 0,
      DiskMB: group.EphemeralDisk.SizeMB,
      IOPS: 0,
      Networks: shared,
      Devices: null,
      ...more,
    },
    TaskResources: Object.fromEntries(group.Tasks.map((task) => [task.Name, task.Resources])),
    AllocatedResources: allocatedResources(alloc, group, version),
    Metrics: metricsJson(alloc.Metrics, version),
    ...omitEmpty({
      DesiredStatus: alloc.DesiredStatus,
      DesiredDescription: alloc.DesiredDescription,
      DesiredTransition: alloc.mayReschedule || alloc.migrate ? transition(alloc, version) : null,
      ClientStatus: alloc.ClientStatus,
      ClientDescription: alloc.ClientDescription,
      TaskStates: taskStates(alloc, version),
      PreviousAllocation: alloc.PreviousAllocation,
      NextAllocation: alloc.NextAllocation,
      DeploymentID: alloc.DeploymentID,
      DeploymentStatus: alloc.DeploymentStatus,
      RescheduleTracker: alloc.RescheduleTracker,
      FollowupEvalID: alloc.FollowupEvalID,
      NetworkStatus: alloc.TaskStates && {
        InterfaceName: '',
        Address: '',
        ...(newer && { AddressIPv6: '' }),
        DNS: null,
      },
    }),
    CreateIndex: alloc.CreateIndex,
    ModifyIndex: alloc.ModifyIndex,
    AllocModifyIndex: alloc.AllocModifyIndex,
    CreateTime: alloc.CreateTime,
    ModifyTime: alloc.ModifyTime,
  }
}

/** A line of the lists of allocations. */
export function allocationStub(alloc: Allocation, version: Version, resources: boolean): Json {
  const newer = version === '2.0.5'
  const group = groupOf(alloc.Job, alloc.TaskGroup)!
  return {
    ID: alloc.ID,
    EvalID: alloc.EvalID,
    Name: alloc.Name,
    Namespace: 'default',
    NodeID: alloc.NodeID,
    NodeName: alloc.NodeName,
    JobID: alloc.Job.ID,
    JobType: alloc.Job.Type,
    JobVersion: alloc.Job.Version,
    TaskGroup: alloc.TaskGroup,
    AllocatedResources: resources ? allocatedResources(alloc, group, version) : null,
    DesiredStatus: alloc.DesiredStatus,
    DesiredDescription: alloc.DesiredDescription,
    ClientStatus: alloc.ClientStatus,
    ClientDescription: alloc.ClientDescription,
    DesiredTransition: transition(alloc, version),
    TaskStates: taskStates(alloc, version),
    DeploymentStatus: alloc.DeploymentStatus,
    FollowupEvalID: alloc.FollowupEvalID,
    ...(newer && { NextAllocation: alloc.NextAllocation }),
    RescheduleTracker: alloc.RescheduleTracker,
    PreemptedAllocations: null,
    PreemptedByAllocation: '',
    CreateIndex: alloc.CreateIndex,
    ModifyIndex: alloc.ModifyIndex,
    CreateTime: alloc.CreateTime,
    ModifyTime: alloc.ModifyTime,
  }
}

function transition(alloc: Allocation, version: Version): Json {
  return {
    Migrate: alloc.migrate || null,
    ...(version === '2.0.5' && { MigrateDisablePlacement: null }),
    Reschedule: alloc.mayReschedule || null,
    ForceReschedule: null,
    NoShutdownDelay: null,
  }
}

function taskStates(alloc: Allocation, version: Version): Json | null {
  if (!alloc.TaskStates) return null
  const state = (one: TaskState): Json => ({
    ...one,
    ...(version === '2.0.5' ? { Paused: '' } : { TaskHandle: null }),
  })
  return Object.fromEntries(
    Object.entries(alloc.TaskStates).map(([name, one]) => [name, state(one)]),
  )
}

function allocatedResources(alloc: Allocation, group: TaskGroup, version: Version): Json {
  const tasks = group.Tasks.map((task) => [
    task.Name,
    {
      Cpu: { CpuShares: task.Resources.CPU, ReservedCores: null },
      Memory: { MemoryMB: task.Resources.MemoryMB, MemoryMaxMB: task.Resources.MemoryMaxMB },
      Networks: null,
      Devices: null,
    },
  ])
  return {
    Tasks: Object.fromEntries(tasks),
    TaskLifecycles: Object.fromEntries(group.Tasks.map((task) => [task.Name, task.Lifecycle])),
    Shared: {
      Networks: networksJson(alloc, version),
      DiskMB: group.EphemeralDisk.SizeMB,
      Ports: group.Networks
        ? alloc.Ports.map(({ Label, Value, To, HostIP }) => ({ Label, Value, To, HostIP }))
        : null,
    },
  }
}

function networksJson(alloc: Allocation, version: Version): Json[] | null {
  const group = groupOf(alloc.Job, alloc.TaskGroup)!
  if (!group.Networks) return null
  const newer = version === '2.0.5'
  const ports = (reserved: boolean) => {
    const own = alloc.Ports.filter((port) => port.reserved === reserved)
    if (own.length === 0) return null
    return own.map(({ Label, Value, To }) => {
      const port = { Label, Value, To, HostNetwork: 'default' }
      return newer ? omitEmpty(port) : port
    })
  }
  const network = {
    Mode: group.Networks[0]?.Mode ?? '',
    Device: '',
    CIDR: '',
    IP: alloc.NodeIP,
    Hostname: '',
    MBits: 0,
    DNS: null,
    ReservedPorts: ports(true),
    DynamicPorts: ports(false),
  }
  return [newer ? omitEmpty(network) : network]
}

function sum(group: TaskGroup): { cpu: number; memory: number } {
  return {
    cpu: group.Tasks.reduce((total, task) => total + task.Resources.CPU, 0),
    memory: group.Tasks.reduce((total, task) => total + task.Resources.MemoryMB, 0),
  }
}
