import type { Containers } from './client/docker.ts'
import { refuseConstraint } from './gaps-constraint.ts'
import { refuseContainer } from './gaps-container.ts'
import { Gap } from './hcl/problem.ts'
import { isSystem, type Job, type Service, type Task, type TaskGroup } from './job/spec.ts'
import type { DisconnectBlock } from './scheduler/disconnect.ts'
import { affinitiesOf } from './scheduler/score.ts'

/** Throws a Gap for a job whose course the lab cannot tell: 501, never a verdict on the job. */
export function refuseGaps(job: Job, containers: Containers): void {
  const update = job.Update as { MaxParallel?: number } | undefined
  if (isSystem(job) && update?.MaxParallel && !job.TaskGroups[0]?.Update) {
    throw new Gap('an update block in a system job of Nomad 1.4')
  }
  for (const key of ['Periodic', 'ParameterizedJob', 'Multiregion'] as const) {
    if (job[key]) throw new Gap(`a job with ${key}`)
  }
  if (job.Namespace !== 'default') throw new Gap(`the namespace "${job.Namespace}"`)
  if (![undefined, '', 'default'].includes(job.NodePool as string | undefined)) {
    throw new Gap(`the node pool "${job.NodePool}"`)
  }
  for (const group of job.TaskGroups) {
    for (const one of [
      ...(job.Constraints ?? []),
      ...(group.Constraints ?? []),
      ...group.Tasks.flatMap((task) => task.Constraints ?? []),
      ...affinitiesOf(job, group),
    ]) {
      refuseConstraint(one)
    }
    refuseGroup(group, containers)
  }
}

function refuseGroup(group: TaskGroup, containers: Containers): void {
  for (const key of ['Volumes', 'Scaling', 'StopAfterClientDisconnect'] as const) {
    if (group[key]) throw new Gap(`a group with ${key}`)
  }
  if ((group.Disconnect as DisconnectBlock | null | undefined)?.StopOnClientAfter) {
    throw new Gap('a disconnect block with stop_on_client_after')
  }
  if (group.Update && group.Update.HealthCheck !== 'checks') {
    throw new Gap(`health_check = "${group.Update.HealthCheck}"`)
  }
  for (const network of group.Networks ?? []) {
    if (network.Mode && network.Mode !== 'host') throw new Gap(`network mode "${network.Mode}"`)
    for (const port of [...(network.ReservedPorts ?? []), ...(network.DynamicPorts ?? [])]) {
      const host = port.HostNetwork ?? 'default'
      if (!['', 'default'].includes(host)) throw new Gap(`the host network "${host}"`)
    }
  }
  for (const service of group.Services ?? []) refuseService(service)
  for (const task of group.Tasks) refuseTask(task, containers)
}

function refuseService(service: Service): void {
  if (service.Connect) throw new Gap('a service with connect')
  for (const check of service.Checks ?? []) {
    if (check.Type !== 'http' && check.Type !== 'tcp') {
      throw new Gap(`a check of type "${check.Type}"`)
    }
    if (check.CheckRestart) throw new Gap('a check with check_restart')
  }
}

function refuseTask(task: Task, containers: Containers): void {
  for (const key of ['Lifecycle', 'Artifacts', 'Vault', 'VolumeMounts', 'DispatchPayload']) {
    if (task[key]) throw new Gap(`a task with ${key}`)
  }
  for (const key of ['Devices', 'Networks', 'NUMA'] as const) {
    if (task.Resources[key]) throw new Gap(`resources with ${key}`)
  }
  if (task.Resources.Cores) throw new Gap('resources with Cores')
  for (const template of (task.Templates ?? []) as { EmbeddedTmpl?: string }[]) {
    const text = template.EmbeddedTmpl
    if (!text || text.includes('{{')) throw new Gap('a template with more than plain text')
  }
  for (const service of task.Services ?? []) refuseService(service)
  // Other drivers are missing on every node: that is Nomad's to say.
  if (task.Driver === 'exec') throw new Gap('the driver "exec"')
  if (task.Driver === 'docker') refuseContainer(task, containers)
}
