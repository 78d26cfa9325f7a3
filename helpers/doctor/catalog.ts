import type { Connected } from '../connect.ts'
import { msg } from '../language/message.ts'
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
      msg("Consul's catalog has no service called {missing}.", { missing }),
      msg(
        'See that every Nomad agent has a consul block that reaches the Consul agent of its own VM, and restart nomad.',
      ),
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
        msg("Consul's DNS at {where} does not answer: {error}", { where, error: seen.error }),
        msg('On the server, set {code} (and no other {other}) in {file}, and restart {service}.', {
          code: 'client_addr = "0.0.0.0"',
          other: 'addresses { dns }',
          file: '/etc/consul.d/consul.hcl',
          service: 'consul',
        }),
      ),
    ]
  if (seen.addresses.length > 0) return []
  return [
    fatal(
      'dns',
      msg("Consul's DNS at {where} knows no {name} ({rcode}).", {
        ...{ where, name: 'consul.service.consul', rcode: seen.rcode },
      }),
      msg("See Consul's log on {server}: {code}", { server, code: 'journalctl -u consul -n 50' }),
    ),
  ]
}
