import type { Answer, Ask } from './http.ts'
import { type Message, msg } from './language/message.ts'
import { Fault } from './time/fault.ts'

type Who = 'nomad' | 'consul'

/** The first that matches says which right a path needs, as it is written in a policy. */
const rights: Record<Who, [path: RegExp, right: string][]> = {
  nomad: [
    [/^\/v1\/node\/[^/]+\/(eligibility|drain)/, 'node { policy = "write" }'],
    [/^\/v1\/(nodes?|client)\b/, 'node { policy = "read" }'],
    [/^\/v1\/agent\b/, 'agent { policy = "read" }'],
    [/^\/v1\/operator\b/, 'operator { policy = "read" }'],
    [/^\/v1\/event\b/, 'namespace "default" { policy = "read" } and node { policy = "read" }'],
    [/^\/v1\/system\b/, 'the right of a management token'],
    [/./, 'namespace "default" { policy = "write" }'],
  ],
  consul: [
    [/^\/v1\/agent\/self\b/, 'agent_prefix "" { policy = "read" }'],
    [
      /^\/v1\/(session\b|kv\/nomad-consul-grader\b)/,
      'session_prefix "" { policy = "write" } and key_prefix "nomad-consul-grader" { policy = "write" }',
    ],
    [/^\/v1\/kv\b/, 'key_prefix "consul/configuration" { policy = "write" }'],
    [/^\/v1\/operator\b/, 'operator = "read"'],
    [/./, 'node_prefix "" { policy = "read" } and service_prefix "" { policy = "read" }'],
  ],
}

const words = {
  nomad: { name: 'Nomad', variable: 'NOMAD_TOKEN' },
  consul: { name: 'Consul', variable: 'CONSUL_HTTP_TOKEN' },
}

/** A right that the agent missed in our question; undefined: it is an answer like another. */
export function denied(who: Who, hasToken: boolean, answer: Answer, ask: Ask): Fault | undefined {
  const { name } = words[who]
  const at = { who: name, host: ask.host }
  const [path = ''] = ask.path.split('?')
  if (answer.status === 400 && /HTTP request to an HTTPS server/i.test(answer.text)) {
    return new Fault(msg('{who} at {host} wants HTTPS and was asked over HTTP.', at), {
      code: 'TLS_WANTED',
      cure: msg('Write under "{key}" in the cluster file: {code}', {
        key: `${who}:`,
        code: 'tls: { ca: FILE }',
      }),
    })
  }
  const hidden = isFiltered(path, answer)
  if (answer.status !== 403 && answer.status !== 401 && !hidden && !isNoToken(answer))
    return undefined
  const about = { ...at, path, wrong: whatIsWrong(hasToken, answer) }
  const seen = hidden
    ? msg('{who} at {host} left out of its answer what we may not see ({path}): {wrong}.', about)
    : msg('{who} at {host} refused with {status} ({path}): {wrong}.', {
        ...{ ...about, status: `${answer.status}` },
      })
  return new Fault(seen, {
    code: `${who.toUpperCase()}_403`,
    cure: cure(who, path),
  })
}

/** What Nomad says of a token that is none: 500, as of a fault of its own (docs/discoveries.md). */
const isNoToken = ({ status, text }: Answer) =>
  status === 500 && /ACL token not found|UUID must be 36|Permission denied/i.test(text)

/**
 * Consul refuses some questions by leaving out of the answer what the token may not see. It says so to
 * those who have a token only (seen with 1.21.4); without one, lists that are never empty are empty.
 */
function isFiltered(path: string, { headers, text }: Answer): boolean {
  if (headers['x-consul-results-filtered-by-acls'] === 'true') return true
  if (headers['x-consul-default-acl-policy'] !== 'deny') return false
  return /^\/v1\/(agent\/members|catalog\/services)$/.test(path) && /^(\[\]|\{\})\s*$/.test(text)
}

function whatIsWrong(hasToken: boolean, answer: Answer): Message {
  if (!hasToken) return msg('we have no token')
  if (/not found|expired|invalid|UUID must be/i.test(answer.text))
    return msg('our token is none of this cluster')
  // Nomad says no more of a token that it does not know (seen with 2.0.5).
  return msg('our token has not the right, or is not known there')
}

function cure(who: Who, path: string): Message {
  const { variable } = words[who]
  const right = rights[who].find(([form]) => form.test(path))?.[1] ?? ''
  return msg(
    'Give a token with {right}: "{key}" in the cluster file, or the environment variable {variable}.',
    { right, key: `${who}: token:`, variable },
  )
}
