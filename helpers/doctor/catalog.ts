import type { Connected } from '../connect.ts'
import { type Finding, fatal } from './finding.ts'

const labServices = ['consul', 'nomad', 'nomad-client']

/** Whether what Nomad and Consul register of themselves is in the catalog (rubric, 00). */
export async function labServicesMissing({ consul }: Connected): Promise<Finding[]> {
  const { services } = await consul.catalogServices()
  const missing = labServices.filter((name) => !services.includes(name))
  if (missing.length === 0) return []
  return [
    fatal(
      'lab-services',
      `Consul's catalog has no service ${missing.join(' and no ')}.`,
      'See that every Nomad agent has a consul block that reaches the Consul agent of its own VM, and restart nomad.',
    ),
  ]
}

/** Whether Consul's DNS answers for its own name. */
export async function dnsSilent(cluster: Connected): Promise<Finding[]> {
  const { server, dns } = cluster.file
  const seen = await cluster.dns('consul.service.consul')
  const where = `${server}:${dns.port}`
  if ('error' in seen)
    return [
      fatal(
        'dns',
        `Consul's DNS at ${where} does not answer: ${seen.error}`,
        'On the server, set client_addr = "0.0.0.0" (and no other addresses { dns }) in /etc/consul.d/consul.hcl, and restart consul.',
      ),
    ]
  if (seen.addresses.length > 0) return []
  return [
    fatal(
      'dns',
      `Consul's DNS at ${where} knows no consul.service.consul (${seen.rcode}).`,
      `See Consul's log on ${server}: journalctl -u consul -n 50.`,
    ),
  ]
}
