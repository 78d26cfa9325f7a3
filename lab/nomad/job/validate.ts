import type { Job, TaskGroup } from './spec.ts'

/** Go's multierror: nested lists are indented only by their own text. */
export function errorList(errors: string[]): string {
  const noun = errors.length === 1 ? 'error' : 'errors'
  return `${errors.length} ${noun} occurred:\n${errors.map((one) => `\t* ${one}\n`).join('')}\n`
}

/** What `/v1/validate/job` lists and registering refuses with 500 (cluster-facts §6). */
export function validationErrors(job: Job): string[] {
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
    const own = groupErrors(group)
    if (own.length) errors.push(`Task group ${group.Name} validation failed: ${errorList(own)}`)
  }
  return errors
}

function groupErrors(group: TaskGroup): string[] {
  const errors: string[] = []
  if (group.Count < 0) errors.push("Task group count can't be negative")
  if (group.Tasks.length === 0) errors.push('Missing tasks for task group')
  errors.push(...portErrors(group), ...updateErrors(group))
  const services = [
    ...(group.Services ?? []),
    ...group.Tasks.flatMap((task) => task.Services ?? []),
  ]
  if (new Set(services.map((service) => service.Provider)).size > 1) {
    errors.push('Multiple service providers used: task group services must use the same provider')
  }
  errors.push(
    ...duplicates(group.Tasks.map((task) => task.Name)).map(
      ({ name, first, second }) => `Task ${second} redefines '${name}' from task ${first}`,
    ),
  )
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

function updateErrors(group: TaskGroup): string[] {
  const update = group.Update
  if (!update || update.MaxParallel === 0) return []
  const errors: string[] = []
  if (update.HealthyDeadline <= update.MinHealthyTime) {
    errors.push(
      `Minimum healthy time must be less than healthy deadline: ${update.MinHealthyTime} > ` +
        `${update.HealthyDeadline}`,
    )
  }
  if (update.AutoPromote && update.Canary === 0) {
    errors.push('Auto Promote requires a Canary count greater than zero')
  }
  return errors.length ? [errorList(errors)] : []
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
  const labels = (group.Networks ?? []).flatMap((network) =>
    [...(network.ReservedPorts ?? []), ...(network.DynamicPorts ?? [])].map((port) => port.Label),
  )
  const unknown = new Map<string, string[]>()
  for (const service of task.Services ?? []) {
    const label = service.PortLabel
    if (!label || /^\d+$/.test(label) || labels.includes(label)) continue
    unknown.set(label, [...(unknown.get(label) ?? []), service.Name])
  }
  const lines = [...unknown].map(
    ([label, names]) =>
      `port label "${label}" referenced by services ${names.join(', ')} does not exist`,
  )
  if (lines.length) errors.push(errorList(lines))
  for (const service of task.Services ?? []) errors.push(...serviceErrors(service))
  return errors
}

function serviceErrors(service: NonNullable<TaskGroup['Services']>[number]): string[] {
  if (/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i.test(service.Name) && service.Name.length <= 63) return []
  if (service.Name.includes('${')) return []
  return [
    `Service name must be valid per RFC 1123 and can contain only alphanumeric characters or ` +
      `dashes: "${service.Name}"`,
  ]
}

/** Nomad 2 warns where a task's service has no shutdown_delay (recordings: register-nginx.json). */
export function registerWarnings(job: Job, version: '1.4.4' | '2.0.5'): string {
  if (version === '1.4.4') return ''
  const lines = job.TaskGroups.flatMap((group) =>
    group.Tasks.filter((task) => task.Services && !task.ShutdownDelay).map(
      (task) =>
        `* task "${task.Name}" in group "${group.Name}" defines services, ` +
        'but has no shutdown_delay set',
    ),
  )
  if (lines.length === 0) return ''
  return `${lines.length} warning${lines.length === 1 ? '' : 's'}:\n\n${lines.join('\n')}`
}
