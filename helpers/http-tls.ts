import { readdirSync, readFileSync } from 'node:fs'
import { isIP, type Socket } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { connect, type TLSSocket } from 'node:tls'
import { type Message, msg } from './language/message.ts'
import { coded, withDeadline } from './time/deadline.ts'
import { codeOf, Fault } from './time/fault.ts'

/** Files in PEM, as the command lines of Nomad and Consul take them. */
export interface TlsFiles {
  ca?: string
  /** A folder of certificates of authorities. */
  caPath?: string
  cert?: string
  key?: string
  /** The name that the server's certificate must have, when it is not the host that is asked. */
  serverName?: string
  /** Whether the server's certificate is checked; true when it is not given. */
  verify?: boolean
}

/** What node:tls needs of it. */
export interface Tls {
  ca?: Buffer[]
  cert?: Buffer
  key?: Buffer
  serverName?: string
  verify: boolean
}

/** Reads the files; a Fault names the one that cannot be read. */
export function readTls(files: TlsFiles): Tls {
  const { ca, caPath, cert, key, serverName, verify = true } = files
  const authorities = [
    ...(ca ? [read(ca, msg('certificate of the authority'))] : []),
    ...(caPath ? folder(caPath) : []),
  ]
  return {
    verify,
    ...(authorities.length > 0 && { ca: authorities }),
    ...(cert && { cert: read(cert, msg('client certificate')) }),
    ...(key && { key: read(key, msg('key of the client certificate')) }),
    ...(serverName && { serverName }),
  }
}

function read(path: string, what: Message): Buffer {
  try {
    return readFileSync(path.replace(/^~(?=[/\\]|$)/, homedir()))
  } catch (cause) {
    throw unreadable(path, what, cause)
  }
}

function folder(path: string): Buffer[] {
  try {
    const files = readdirSync(path, { withFileTypes: true }).filter((entry) => !entry.isDirectory())
    return files.map((entry) => readFileSync(join(path, entry.name)))
  } catch (cause) {
    throw unreadable(path, msg('folder of certificates'), cause)
  }
}

function unreadable(path: string, what: Message, cause: unknown): Fault {
  const about = { what, path, code: codeOf(cause) || String(cause) }
  return new Fault(msg('The {what} {path} cannot be read ({code}).', about), {
    code: 'TLS_FILE',
    cure: msg('Correct "{key}" in the cluster file, or the environment variable that names it.', {
      key: 'tls:',
    }),
    cause,
  })
}

/** Speaks TLS over a socket that a route opened. Rejects with node:tls's own error. */
export async function overTls(
  socket: Socket,
  tls: Tls,
  host: string,
  deadline: number,
): Promise<TLSSocket> {
  const { promise, resolve, reject } = Promise.withResolvers<TLSSocket>()
  let secure: TLSSocket | undefined
  try {
    secure = connect({
      socket,
      host,
      ca: tls.ca,
      cert: tls.cert,
      key: tls.key,
      rejectUnauthorized: tls.verify,
      ALPNProtocols: ['http/1.1'],
      // An address is no server name (RFC 6066 §3); without one, `host` is what is checked.
      ...(tls.serverName ? { servername: tls.serverName } : !isIP(host) && { servername: host }),
    })
    secure.on('error', reject)
    secure.once('secureConnect', () => resolve(secure as TLSSocket))
    secure.once('close', () => reject(coded('ECONNRESET', 'closed during the TLS handshake')))
    const late = () => coded('ETIMEDOUT', `no TLS handshake within ${deadline} ms`)
    return await withDeadline(deadline, late, () => promise)
  } catch (error) {
    secure?.destroy()
    socket.destroy()
    throw error
  }
}
