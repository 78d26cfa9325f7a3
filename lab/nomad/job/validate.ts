import { errorList } from './error-list.ts'
import { policyErrors } from './policies.ts'
import { groupServiceErrors, taskServiceErrors } from './service-errors.ts'
import type { Job, TaskGroup } from './spec.ts'

/** What `/v1/validate/job` lists and registering refuses with 500 (cluster-facts §6). */
export function validationErrors(job: Job, version: '1.4.4' | '2.0.5'): string[] {
  const errors: string[] = []
  if (!job.ID) errors.push('Missing job ID')
  else if (/\s/.test(job.ID)) errors.push('Job ID contains a space')
  if (!job.Name) errors.push('Missing job name')
  if (!['service', 'batch', 'system', 'sysbatch'].includes(job.Type)) {
    errors.push(`Invalid job type: "${job.Type}"`)
  }
  if (job.Priority < 1 || job.Priority > 100) {
    errors.push('Job priority must be between [1, 100]')
  }
  if (job.Datacenters.length === 0) errors.push('Missing job datacenters')
  if (job.TaskGroups.length === 0) errors.push('Missing job task groups')
  errors.push(
    ...duplicates(job.TaskGroups.map((group) => group.Name)).map(
      ({ name, first, second }) =>
        `Job task group ${second} redefines '${name}' from task group ${first}`,
    ),
  )
  for (const group of job.TaskGroups) {
    const own = groupErrors(group, version)
    if (own.length) errors.push(`Task group ${group.Name} validation failed: ${errorList(own)}`)
  }
  return errors
}

function groupErrors(group: TaskGroup, version: '1.4.4' | '2.0.5'): string[] {
  const errors: string[] = []
  if (group.Count < 0) errors.push("Task group count can't be negative")
  if (group.Tasks.length === 0) errors.push('Missing tasks for task group')
  errors.push(...portErrors(group), ...policyErrors(group, version))
  errors.push(
    ...duplicates(group.Tasks.map((task) => task.Name)).map(
      ({ name, first, second }) => `Task ${second} redefines '${name}' from task ${first}`,
    ),
  )
  const ofServices = groupServiceErrors(group)
  if (ofServices.length) {
    errors.push(`Task group service validation failed: ${errorList(ofServices)}`)
  }
  for (const task of group.Tasks) {
    const own = taskErrors(group, task)
    if (own.length) errors.push(`Task ${task.Name} validation failed: ${errorList(own)}`)
  }
  return errors
}

function duplicates(names: string[]): { name: string; first: number; second: number }[] {
  return names.flatMap((name, second) => {
    const first = names.indexOf(name)
    return first < second ? [{ name, first: first + 1, second: second + 1 }] : []
  })
}

function portErrors(group: TaskGroup): string[] {
  const errors: string[] = []
  const labels = new Map<string, string>()
  const statics = new Map<number, string>()
  for (const network of group.Networks ?? []) {
    for (const port of [...(network.ReservedPorts ?? []), ...(network.DynamicPorts ?? [])]) {
      const other = labels.get(port.Label)
      if (other) errors.push(`Port label ${port.Label} already in use`)
      labels.set(port.Label, port.Label)
      if (port.Value === 0 || port.Value === undefined) continue
      const taken = statics.get(port.Value)
      if (taken)
        errors.push(`Static port ${port.Value} already reserved by taskgroup network:${taken}`)
      statics.set(port.Value, port.Label)
      if (port.Value > 65_535) {
        errors.push(`Port ${port.Label} (${port.Value}) cannot be greater than 65535`)
      }
    }
  }
  return errors
}

function taskErrors(group: TaskGroup, task: TaskGroup['Tasks'][number]): string[] {
  const errors: string[] = []
  if (!task.Name) errors.push('Missing task name')
  if (!task.Driver) errors.push('Missing task driver')
  if (task.Resources.MemoryMB < 10) {
    errors.push(errorList([`minimum MemoryMB value is 10; got ${task.Resources.MemoryMB}`]))
  }
  if (task.Resources.CPU < 1 && !task.Resources.Cores) {
    errors.push(errorList([`minimum CPU value is 1; got ${task.Resources.CPU}`]))
  }
  const ofServices = taskServiceErrors(group, task)
  if (ofServices.length) errors.push(errorList(ofServices))
  return errors
}

/** Nomad 2 warns where a task's service has no shutdown_delay (recordings: register-nginx.json). */
export function registerWarnings(job: Job, version: '1.4.4' | '2.0.5'): string {
  if (version === '1.4.4') return ''
  const lines = job.TaskGroups.flatMap((group) => [
    ...group.Tasks.filter((task) => task.Services && !task.ShutdownDelay).map(
      (task) =>
        `* task "${task.Name}" in group "${group.Name}" defines services, ` +
        'but has no shutdown_delay set',
    ),
    ...(group.Services && !group.ShutdownDelay && !group.Tasks.some((task) => task.ShutdownDelay)
      ? [
          `* group "${group.Name}" defines services, but neither the group nor any of its tasks ` +
            'have shutdown_delay set',
        ]
      : []),
  ])
  if (lines.length === 0) return ''
  return `${lines.length} warning${lines.length === 1 ? '' : 's'}:\n\n${lines.join('\n')}`
}
