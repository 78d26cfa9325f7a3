import { type Job, portOf } from '../submission/job.ts'
import { hopeless, type Outcome } from './reason.ts'
import { registering } from './replicas.ts'

/**
 * A label that stands for no port of the network block, as far as the file says it: Nomad refuses the
 * job, or no container of it can start (tests/conformance/recordings/mistakes). A number is an address
 * of its own, and what is filled in when it runs is not known here.
 */
export function unknownLabel(job: Job, service: string): Outcome | undefined {
  for (const { group, entry } of registering(job, service)) {
    const known = (label: string) => portOf(group, label) !== undefined
    const isLabel = /^[^\d$][^$]*$/.test(entry.port)
    if (isLabel && ['auto', 'host', ''].includes(entry.addressMode) && !known(entry.port))
      return hopeless('label-unknown', { port: entry.port }, 'service.port')
    const published = group.tasks.filter((task) => task.driver === 'docker').flatMap((t) => t.ports)
    const other = published.find((label) => !label.includes('${') && !known(label))
    if (other !== undefined)
      return hopeless('docker-port-label', { text: `Port "${other}" not found` }, 'ports')
  }
  return undefined
}

/** A service without a port: Consul gets 0. */
export function withoutPort(job: Job, service: string): Outcome | undefined {
  const found = registering(job, service).find(
    ({ group, entry }) => group.count > 0 && entry.port === '' && entry.addressMode === 'auto',
  )
  return found && hopeless('consul-no-port', { service }, 'service')
}
