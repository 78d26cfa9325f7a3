import { type Containers, commandOf, configError, imageOf, pullError } from './client/docker.ts'
import { Gap } from './hcl/problem.ts'
import type { Job, Service, Task, TaskGroup } from './job/spec.ts'

/** Throws a Gap for a job whose course the lab cannot tell: 501, never a verdict on the job. */
export function refuseGaps(job: Job, containers: Containers): void {
  if (job.Type !== 'service') throw new Gap(`a job of type "${job.Type}"`)
  for (const key of ['Periodic', 'ParameterizedJob', 'Multiregion'] as const) {
    if (job[key]) throw new Gap(`a job with ${key}`)
  }
  for (const group of job.TaskGroups) refuseGroup(group, containers)
}

function refuseGroup(group: TaskGroup, containers: Containers): void {
  for (const key of ['Volumes', 'Scaling', 'Disconnect', 'StopAfterClientDisconnect'] as const) {
    if (group[key]) throw new Gap(`a group with ${key}`)
  }
  if (group.MaxClientDisconnect) throw new Gap('a group with MaxClientDisconnect')
  for (const network of group.Networks ?? []) {
    if (network.Mode && network.Mode !== 'host') throw new Gap(`network mode "${network.Mode}"`)
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
  }
}

function refuseTask(task: Task, containers: Containers): void {
  for (const key of ['Lifecycle', 'Artifacts', 'Vault', 'VolumeMounts', 'DispatchPayload']) {
    if (task[key]) throw new Gap(`a task with ${key}`)
  }
  for (const service of task.Services ?? []) refuseService(service)
  // Other drivers are missing on every node: that is Nomad's to say.
  if (task.Driver === 'exec') throw new Gap('the driver "exec"')
  if (task.Driver !== 'docker' || configError(task)) return
  const image = imageOf(task)
  const command = commandOf(task)
  if (pullError(image) || containers(image, command) !== 'gap') return
  const what = command.length > 0 ? ` with the command ${JSON.stringify(command.join(' '))}` : ''
  throw new Gap(`the image "${image}"${what}`)
}
