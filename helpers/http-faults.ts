import type { Ask } from './http.ts'
import { codeOf, Fault } from './time/fault.ts'

type Scheme = 'http' | 'https'

const url = (ask: Ask, scheme: Scheme = 'http') =>
  `${ask.method ?? 'GET'} ${scheme}://${ask.host}:${ask.port}${ask.path}`

interface End {
  seen: string
  cure: string
}

/**
 * What each end of a request that got no whole answer is called: the code, what was seen, the cure.
 */
const ends: Record<string, End> = {
  ECONNREFUSED: {
    seen: 'the connection was refused',
    cure: 'See whether the program that should listen there runs, and on which address.',
  },
  EHOSTUNREACH: {
    seen: 'there is no way to that machine',
    cure: 'See whether the VM is switched on and the network between is up.',
  },
  ETIMEDOUT: {
    seen: 'no answer came in time',
    cure: 'See whether the VM is switched on and no firewall drops the packets.',
  },
  ECONNRESET: {
    seen: 'the connection broke before the whole answer came',
    cure: 'See whether the program that listens there is restarting.',
  },
  EPROTO: {
    seen: 'what answered does not speak HTTP',
    cure: 'See which program listens on that port.',
  },
}

const nameAuthority =
  'Name the certificate of the authority that signed it under "tls: ca:" in the cluster file (or in ' +
  'NOMAD_CACERT, CONSUL_CACERT).'

/** What node:tls says of a certificate or a handshake, in words. */
const tlsEnds: Record<string, End> = {
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
    seen: 'its certificate is signed by an authority that is not known here',
    cure: nameAuthority,
  },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: {
    seen: 'its certificate is signed by an authority that is not known here',
    cure: nameAuthority,
  },
  SELF_SIGNED_CERT_IN_CHAIN: {
    seen: 'its certificate is signed by an authority that is not known here',
    cure: nameAuthority,
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    seen: 'its certificate is signed by itself',
    cure: 'Name that certificate under "tls: ca:" in the cluster file.',
  },
  CERT_SIGNATURE_FAILURE: {
    seen: 'its certificate is not of the authority that was named',
    cure: nameAuthority,
  },
  CERT_HAS_EXPIRED: {
    seen: 'its certificate is no longer valid',
    cure: 'See that the clocks of both machines are right, or give it a new certificate.',
  },
  CERT_NOT_YET_VALID: {
    seen: 'its certificate is not valid yet',
    cure: 'See that the clocks of both machines are right.',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    seen: 'its certificate is for another name',
    cure:
      'Write the name that the certificate has under "tls: serverName:" in the cluster file, such as ' +
      'server.global.nomad or server.dc1.consul.',
  },
  ERR_SSL_WRONG_VERSION_NUMBER: {
    seen: 'what answered does not speak TLS',
    cure: 'Leave out "tls:" and write http:// in the cluster file, or see what listens on that port.',
  },
  ERR_SSL_PACKET_LENGTH_TOO_LONG: {
    seen: 'what answered does not speak TLS',
    cure: 'Leave out "tls:" and write http:// in the cluster file, or see what listens on that port.',
  },
  ERR_SSL_KEY_VALUES_MISMATCH: {
    seen: 'the client certificate and its key do not belong together',
    cure: 'Correct "tls: cert:" and "key:" in the cluster file.',
  },
}

const needsClient: End = {
  seen: 'it does not accept us without a client certificate of its own authority',
  cure: 'Name one under "tls: cert:" and "tls: key:" in the cluster file.',
}

/** Any error of a request as a Fault with a sentence; a Fault is left as it is. */
export function httpFault(error: unknown, ask: Ask, scheme: Scheme = 'http'): Fault {
  if (error instanceof Fault) return error
  const code = isGarbage(error) ? 'EPROTO' : plainCode(codeOf(error))
  const end = scheme === 'https' ? (tlsEnd(code, error) ?? ends[code]) : ends[code]
  const about = url(ask, scheme)
  if (end) return new Fault(`${about}: ${end.seen} (${code}).`, { code, ...end, cause: error })
  const said = error instanceof Error ? error.message : String(error)
  return new Fault(`${about}: ${said.replace(/\s+/g, ' ').trim()}.`, {
    code: code || 'HTTP_FAILED',
    cause: error,
  })
}

function tlsEnd(code: string, error: unknown): End | undefined {
  // Some servers close instead of saying why.
  if (code === 'ECONNRESET') {
    return {
      seen: 'the connection broke before the whole answer came',
      cure:
        'It may be restarting, or want a client certificate: name one under "tls: cert:" and ' +
        '"tls: key:" in the cluster file.',
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
  return new Fault(`${url(ask)}: the answer is longer than ${limit} bytes and was not read on.`, {
    code: 'HTTP_TOO_LONG',
    cure: 'See which program listens on that port.',
  })
}

export function lineTooLong(ask: Ask, limit: number): Fault {
  return new Fault(`${url(ask)}: one line of the stream is longer than ${limit} bytes.`, {
    code: 'HTTP_TOO_LONG',
    cure: 'See which program listens on that port.',
  })
}
