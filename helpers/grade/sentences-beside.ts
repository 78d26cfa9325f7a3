import { asMessage, msg, said } from '../language/message.ts'
import type { ReasonCode } from './reason.ts'
import { type Say, s } from './say.ts'
import { seeLab } from './sentences-nomad.ts'

/** What the suites 00 and 04 find. */
export const besideSentences = {
  'member-missing': s(
    '{vm} ({address}) is no living member of Consul.',
    msg('See {code}, and the Consul agent of that VM.', { code: 'consul members' }),
  ),
  'member-other': s(
    '{vm} is {have} in Consul, and {want} on the sheet.',
    msg('See {code}, and the Consul agent of that VM.', { code: 'consul members' }),
  ),
  'key-other': s('The key {name} is {have} at {vm}; it should be {want}.', seeLab),
  'dns-servers': s('{name} resolved to {have}; the servers are at {want}.', seeLab),
  'ui-absent': s(
    "{where} is not Consul's page: {error}.",
    msg('On the server, set {code} in {file}, and restart {service}.', {
      code: 'ui_config { enabled = true }',
      file: '/etc/consul.d/consul.hcl',
      service: 'consul',
    }),
  ),
  'not-here': (v) => ({
    sentence: msg('Not available here: {sentence}.', { sentence: v.sentence ?? '' }),
    hint: v.cure ? asMessage(typeof v.cure === 'number' ? said('') : v.cure) : undefined,
  }),
  'mesh-service': s(
    'Of {want} instances of {service} that Consul lists, {have} pass.',
    msg('See {code}: the sidecar waits for Envoy and for Consul on port 8502.', {
      code: 'nomad alloc status',
    }),
  ),
  'mesh-no-sidecar': s(
    'The service {service} has no sidecar: Nomad started none.',
    msg('Write {code} into the service block.', { code: 'connect { sidecar_service {} }' }),
  ),
  'count-none': s(
    'The dashboard at {where} does not count ({have}): {text}.',
    msg('See the upstream of the dashboard, and {code}.', { code: 'consul intention list' }),
  ),
  'not-cut': s(
    'The dashboard at {where} still counted ({have}) while an intention denied it.',
    seeLab,
  ),
  'intention-other': s('The intention is not as it was before.', seeLab),
} satisfies Partial<Record<ReasonCode, Say>>
