import type { Ask } from './http.ts'
import { codeOf, Fault } from './time/fault.ts'

const url = (ask: Ask) => `${ask.method ?? 'GET'} http://${ask.host}:${ask.port}${ask.path}`

/**
 * What each end of a request that got no whole answer is called: the code, what was seen, the cure.
 */
const ends: Record<string, { seen: string; cure: string }> = {
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

/** Any error of a request as a Fault with a sentence; a Fault is left as it is. */
export function httpFault(error: unknown, ask: Ask): Fault {
  if (error instanceof Fault) return error
  const code = isGarbage(error) ? 'EPROTO' : plainCode(codeOf(error))
  const end = ends[code]
  if (end) return new Fault(`${url(ask)}: ${end.seen} (${code}).`, { code, ...end, cause: error })
  const said = error instanceof Error ? error.message : String(error)
  return new Fault(`${url(ask)}: ${said.replace(/\s+/g, ' ').trim()}.`, {
    code: code || 'HTTP_FAILED',
    cause: error,
  })
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
