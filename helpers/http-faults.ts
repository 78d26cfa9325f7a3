import type { Ask } from './http.ts'
import { type Message, msg } from './language/message.ts'
import { codeOf, Fault } from './time/fault.ts'

type Scheme = 'http' | 'https'

const url = (ask: Ask, scheme: Scheme = 'http') =>
  `${ask.method ?? 'GET'} ${scheme}://${ask.host}:${ask.port}${ask.path}`

interface End {
  seen: Message
  cure: Message
}

/**
 * What each end of a request that got no whole answer is called: the code, what was seen, the cure.
 */
const ends: Record<string, End> = {
  ECONNREFUSED: {
    seen: msg('the connection was refused'),
    cure: msg('See whether the program that should listen there runs, and on which address.'),
  },
  EHOSTUNREACH: {
    seen: msg('there is no way to that machine'),
    cure: msg('See whether the VM is switched on and the network between is up.'),
  },
  ETIMEDOUT: {
    seen: msg('no answer came in time'),
    cure: msg('See whether the VM is switched on and no firewall drops the packets.'),
  },
  ECONNRESET: {
    seen: msg('the connection broke before the whole answer came'),
    cure: msg('See whether the program that listens there is restarting.'),
  },
  EPROTO: {
    seen: msg('what answered does not speak HTTP'),
    cure: msg('See which program listens on that port.'),
  },
}

const nameAuthority = msg(
  'Name the certificate of the authority that signed it under "{key}" in the cluster file (or in {variables}).',
  { key: 'tls: ca:', variables: 'NOMAD_CACERT, CONSUL_CACERT' },
)

/** What node:tls says of a certificate or a handshake, in words. */
const tlsEnds: Record<string, End> = {
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
    seen: msg('its certificate is signed by an authority that is not known here'),
    cure: nameAuthority,
  },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: {
    seen: msg('its certificate is signed by an authority that is not known here'),
    cure: nameAuthority,
  },
  SELF_SIGNED_CERT_IN_CHAIN: {
    seen: msg('its certificate is signed by an authority that is not known here'),
    cure: nameAuthority,
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    seen: msg('its certificate is signed by itself'),
    cure: msg('Name that certificate under "tls: ca:" in the cluster file.'),
  },
  CERT_SIGNATURE_FAILURE: {
    seen: msg('its certificate is not of the authority that was named'),
    cure: nameAuthority,
  },
  CERT_HAS_EXPIRED: {
    seen: msg('its certificate is no longer valid'),
    cure: msg('See that the clocks of both machines are right, or give it a new certificate.'),
  },
  CERT_NOT_YET_VALID: {
    seen: msg('its certificate is not valid yet'),
    cure: msg('See that the clocks of both machines are right.'),
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    seen: msg('its certificate is for another name'),
    cure: msg(
      'Write the name that the certificate has under "{key}" in the cluster file, such as {names}.',
      { key: 'tls: serverName:', names: 'server.global.nomad, server.dc1.consul' },
    ),
  },
  ERR_SSL_WRONG_VERSION_NUMBER: {
    seen: msg('what answered does not speak TLS'),
    cure: msg(
      'Leave out "tls:" and write http:// in the cluster file, or see what listens on that port.',
    ),
  },
  ERR_SSL_PACKET_LENGTH_TOO_LONG: {
    seen: msg('what answered does not speak TLS'),
    cure: msg(
      'Leave out "tls:" and write http:// in the cluster file, or see what listens on that port.',
    ),
  },
  ERR_SSL_KEY_VALUES_MISMATCH: {
    seen: msg('the client certificate and its key do not belong together'),
    cure: msg('Correct "tls: cert:" and "key:" in the cluster file.'),
  },
}

const needsClient: End = {
  seen: msg('it does not accept us without a client certificate of its own authority'),
  cure: msg('Name one under "tls: cert:" and "tls: key:" in the cluster file.'),
}

/** Any error of a request as a Fault with a sentence; a Fault is left as it is. */
export function httpFault(error: unknown, ask: Ask, scheme: Scheme = 'http'): Fault {
  if (error instanceof Fault) return error
  const code = isGarbage(error) ? 'EPROTO' : plainCode(codeOf(error))
  const end = scheme === 'https' ? (tlsEnd(code, error) ?? ends[code]) : ends[code]
  const about = url(ask, scheme)
  if (end)
    return new Fault(msg('{about}: {seen} ({code}).', { about, seen: end.seen, code }), {
      ...{ code, cure: end.cure, cause: error },
    })
  const said = error instanceof Error ? error.message : String(error)
  return new Fault(msg('{about}: {said}.', { about, said: said.replace(/\s+/g, ' ').trim() }), {
    code: code || 'HTTP_FAILED',
    cause: error,
  })
}

function tlsEnd(code: string, error: unknown): End | undefined {
  // Some servers close instead of saying why.
  if (code === 'ECONNRESET') {
    return {
      seen: msg('the connection broke before the whole answer came'),
      cure: msg(
        'It may be restarting, or want a client certificate: name one under "tls: cert:" and "tls: key:" in the cluster file.',
      ),
    }
  }
  if (/CERTIFICATE_REQUIRED|ALERT_BAD_CERTIFICATE|UNKNOWN_CA|HANDSHAKE_FAILURE/.test(code)) {
    return needsClient
  }
  const end = tlsEnds[code]
  if (end || code !== 'EPROTO' || isGarbage(error)) return end
  return tlsEnds.ERR_SSL_WRONG_VERSION_NUMBER
}

/** The parser refused it: the error has a code for some causes only. */
function isGarbage(error: unknown): boolean {
  return error instanceof Error && error.name === 'HTTPParserError'
}

/** undici's and the parser's codes reduced to those of the table. */
function plainCode(code: string): string {
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return 'EPROTO'
  if (['UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'EPIPE'].includes(code)) {
    return 'ECONNRESET'
  }
  return code
}

export function bodyTooLong(ask: Ask, limit: number): Fault {
  return tooLong(
    msg('{about}: the answer is longer than {limit} bytes and was not read on.', {
      ...{ about: url(ask), limit: `${limit}` },
    }),
  )
}

export function lineTooLong(ask: Ask, limit: number): Fault {
  return tooLong(
    msg('{about}: one line of the stream is longer than {limit} bytes.', {
      ...{ about: url(ask), limit: `${limit}` },
    }),
  )
}

const tooLong = (seen: Message) =>
  new Fault(seen, { code: 'HTTP_TOO_LONG', cure: msg('See which program listens on that port.') })
