import { msg } from '../language/message.ts'
import type { ReasonCode } from './reason.ts'
import { type Say, s, value } from './say.ts'
import { seeLab } from './sentences-nomad.ts'

const listensOn80 = msg(
  'The container listens on port 80: {to} in the network block, and {ports} in config.',
  { to: 'to = 80', ports: 'ports = ["http"]' },
)

const listensOnItsOwn = msg(
  'Set {to} in the network block to the port on which its image listens, and name that port in {ports} in config.',
  { to: 'to', ports: 'ports' },
)

/** What Consul, its DNS and the wire say. */
export const consulSentences = {
  'consul-unseen': s('Consul could not be asked: {text}', seeLab),
  'consul-absent': s('Consul lists no {service} for the replica on {vm}.', seeLab),
  'consul-critical': (v) => ({
    sentence: v.text
      ? msg("Consul's check of the service on {vm} is critical: {text}.", {
          vm: value(v, 'vm'),
          text: value(v, 'text'),
        })
      : msg("Consul's check of the service on {vm} is critical.", { vm: value(v, 'vm') }),
    hint: msg('Correct the check block, or leave it out as on the sheet.'),
  }),
  'consul-no-port': s(
    'The service {service} has no port: Consul cannot say where it answers.',
    msg('Write {code} in the service block, the label of the network block.', {
      code: 'port = "http"',
    }),
  ),
  'consul-address': s(
    'The job registers {address} in Consul for {vm}: not where the replica is.',
    msg('Leave address and address_mode out of the service block and set {code}.', {
      code: 'port = "http"',
    }),
  ),
  'consul-extra': s('Consul lists one {service} too many, on {vm} ({id}).', seeLab),
  'consul-foreign': s(
    "Somebody else's {service} stands in Consul on {vm} ({id}).",
    msg('Remove it ({code}) and run this item again.', { code: 'consul services deregister' }),
  ),
  'consul-double': s(
    'The replica on {vm} registers {service} more than once.',
    msg('One service block is enough.'),
  ),
  closing: s('Consul still listed a stopped {service} on {vm}.', seeLab),
  'nat-address': s(
    "{vm} is known under an address that is no member's (10.0.2.15 is VirtualBox's NAT).",
    msg(
      'Set network_interface of the Nomad client to the host-only interface; nothing of the job.',
    ),
  ),
  'dns-unseen': s('Consul DNS could not be asked: {text}', seeLab),
  'dns-differs': s('{name} resolved to {have}; the replicas are at {want}.', seeLab),
  'wire-refused': (v) => {
    const at = { vm: value(v, 'vm'), where: value(v, 'where'), error: value(v, 'error') }
    return {
      sentence: v.because
        ? msg('The replica on {vm} does not answer at {where} ({error}): {because}.', {
            ...at,
            because: v.because,
          })
        : msg('The replica on {vm} does not answer at {where} ({error}).', at),
      hint: v.own ? listensOnItsOwn : listensOn80,
    }
  },
  'dead-end': s('Perhaps nothing answers at its port: {because}.', listensOn80),
  'wire-silent': s('Nothing came back from {where} on {vm}.', seeLab),
  'wire-server': s('What answers at {where} is {server}.', msg('Check the image of the task.')),
  'wire-no-port': s(
    'The replica on {vm} has no port that could be asked.',
    msg('Add {port} to network and {service} to the service.', {
      port: 'port "http" { to = 80 }',
      service: 'port = "http"',
    }),
  ),
  firewall: s('{where} answers inside {vm} but not from here: a firewall.', seeLab),
  'serves-not': s(
    'http://{address}/ answers with status {status} instead of a page.',
    msg("Mount nothing over the image's own pages, or put an index.html there."),
  ),
  'agents-differ': s(
    'The agent of {vm} lists {have} {service}; {want} of its replicas run there.',
    seeLab,
  ),
  'agent-unseen': s('The Consul agent of {vm} could not be asked: {text}', seeLab),
  'catalog-absent': s('The catalog does not list {service}.', seeLab),
  'catalog-behind': s('The job registers nginx, too, and Consul does not list it.', seeLab),
  'catalog-lab': s("The catalog lacks the lab's own service {service}.", seeLab),
  'catalog-nginx': s(
    'The catalog still lists nginx, registered by the job on {vm}.',
    msg('The apache job must register apache only.'),
  ),
  'catalog-unsteady': s('The agent of {vm} gave other services than the others.', seeLab),
  'entries-differ': s(
    'The catalog has {have} entries for {want, plural, one {# replica} other {# replicas}}, or others.',
    msg('One service block called apache, in one task, gives one entry for each replica.'),
  ),
} satisfies Partial<Record<ReasonCode, Say>>
