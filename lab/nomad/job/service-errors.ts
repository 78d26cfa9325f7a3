import { errorList } from './error-list.ts'
import type { Service, Task, TaskGroup } from './spec.ts'

/** What Nomad refuses of the services of a group and of its tasks (structs.go validateServices). */
export function groupServiceErrors(group: TaskGroup): string[] {
  const all = [
    ...group.Tasks.flatMap((task) =>
      (task.Services ?? []).map((service) => ({ owner: task.Name, service })),
    ),
    ...(group.Services ?? []).map((service) => ({ owner: 'group', service })),
  ]
  const errors = (group.Services ?? []).flatMap((service, i) => {
    const own = nameErrors(service)
    if (own.length) return [`Service[${i}] ${service.Name} validation failed: ${errorList(own)}`]
    if (service.AddressMode !== 'driver') return []
    return [
      `service "${service.Name}" cannot use address_mode="driver", only services defined in a ` +
        '"task" block can use this mode',
    ]
  })
  const twice = repeated(
    all.map(({ owner, service: { Name, PortLabel } }) =>
      [`${owner}->${Name}`, PortLabel].filter(Boolean).join(':'),
    ),
  )
  if (twice.length) errors.push(`Services are not unique: [${twice.sort().join(' ')}]`)
  if (new Set(all.map(({ service }) => service.Provider)).size > 1) {
    errors.push('Multiple service providers used: task group services must use the same provider')
  }
  return errors
}

/** Of one task: names and ports of its services, names of their checks. */
export function taskServiceErrors(group: TaskGroup, task: Task): string[] {
  const services = task.Services ?? []
  const known = new Set<string>()
  const errors = services.flatMap((service, i) => {
    const { Name, PortLabel, Checks } = service
    const own = nameErrors(service)
    const id = Name + PortLabel
    const isTwice = known.has(id)
    known.add(id)
    return [
      ...(own.length ? [`service[${i}] "${Name}" validation failed: ${errorList(own)}`] : []),
      ...(isTwice ? [`service "${Name}" is duplicate`] : []),
      ...repeated((Checks ?? []).map((check) => check.Name)).map(
        (check) => `check "${check}" is duplicate`,
      ),
    ]
  })
  return [...errors, ...unknownPorts(group, services)]
}

function unknownPorts(group: TaskGroup, services: Service[]): string[] {
  const labels = (group.Networks ?? []).flatMap((network) =>
    [...(network.ReservedPorts ?? []), ...(network.DynamicPorts ?? [])].map((port) => port.Label),
  )
  const unknown = new Map<string, string[]>()
  for (const { Name, PortLabel: label, AddressMode } of services) {
    // A number is a port of the container's own address only (a real 2.0.5; structs.go of both).
    if (!label || labels.includes(label)) continue
    if (AddressMode === 'driver' && /^\d+$/.test(label)) continue
    unknown.set(label, [...(unknown.get(label) ?? []), Name])
  }
  return [...unknown].map(
    ([label, names]) =>
      `port label "${label}" referenced by services ${names.join(', ')} does not exist`,
  )
}

/** Each that comes again, once for each time. */
function repeated(names: string[]): string[] {
  return names.filter((name, i) => names.indexOf(name) < i)
}

function nameErrors({ Name }: Service): string[] {
  if (/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i.test(Name) && Name.length <= 63) return []
  if (Name.includes('${')) return []
  return [
    'Service name must be valid per RFC 1123 and can contain only alphanumeric characters or ' +
      `dashes and must be no longer than 63 characters: "${Name}"`,
  ]
}
