import { readFileSync } from 'node:fs'
import type { ClusterFile } from './cluster/file.ts'
import type { Access } from './http.ts'
import type { TlsFiles } from './http-tls.ts'
import { msg } from './language/message.ts'
import { codeOf, Fault } from './time/fault.ts'
import { denied } from './tokens.ts'

type Environment = Record<string, string | undefined>

/** Where one kind of agent is asked: the server's agent at `host`, a client's at its own address. */
export interface AgentAccess extends Access {
  host: string
  port: number
}

/**
 * How Nomad's API is asked: what the cluster file says, else what the environment says as for Nomad's
 * own command line. A lab and a local cluster know neither token nor certificate.
 */
export function nomadAccess(file: ClusterFile, env: Environment = process.env): AgentAccess {
  const own = environmentOf(file, env)
  return accessOf('nomad', file, {
    files: {
      ca: own.NOMAD_CACERT,
      caPath: own.NOMAD_CAPATH,
      cert: own.NOMAD_CLIENT_CERT,
      key: own.NOMAD_CLIENT_KEY,
      serverName: own.NOMAD_TLS_SERVER_NAME,
      verify: !isYes(own.NOMAD_SKIP_VERIFY),
    },
    secure: false,
    token: file.nomad.token ?? own.NOMAD_TOKEN,
  })
}

/** How Consul's API is asked; see nomadAccess. */
export function consulAccess(file: ClusterFile, env: Environment = process.env): AgentAccess {
  const own = environmentOf(file, env)
  return accessOf('consul', file, {
    files: {
      ca: own.CONSUL_CACERT,
      caPath: own.CONSUL_CAPATH,
      cert: own.CONSUL_CLIENT_CERT,
      key: own.CONSUL_CLIENT_KEY,
      serverName: own.CONSUL_TLS_SERVER_NAME,
      verify: own.CONSUL_HTTP_SSL_VERIFY === undefined || isYes(own.CONSUL_HTTP_SSL_VERIFY),
    },
    secure: isYes(own.CONSUL_HTTP_SSL),
    token: file.consul.token ?? tokenFile(own.CONSUL_HTTP_TOKEN_FILE) ?? own.CONSUL_HTTP_TOKEN,
  })
}

type Who = 'nomad' | 'consul'

/** `by`: what the environment says, and the token, whoever named it. */
function accessOf(
  who: Who,
  file: ClusterFile,
  by: { files: TlsFiles; secure: boolean; token: string | undefined },
): AgentAccess {
  const at = addressOf(who, file, by.secure)
  const { token } = by
  return {
    ...at.where,
    ...(at.secure && { tls: merged(by.files, file[who].tls) }),
    ...(token && { headers: { [`x-${who}-token`]: token } }),
    denied: (answer, ask) => denied(who, Boolean(token), answer, ask),
  }
}

/** An empty variable says nothing. */
function environmentOf(file: ClusterFile, env: Environment): Environment {
  if (file.lab || file.local) return {}
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
}

/** Go's strconv.ParseBool, as both command lines read it. */
const isYes = (text: string | undefined) => /^(1|t|true)$/i.test(text ?? '')

/** `address: http(s)://host:port` wins over the server's address and the port. */
function addressOf(who: Who, file: ClusterFile, sslByEnvironment: boolean) {
  const said = file[who]
  const { address } = said
  if (address === undefined) {
    const where = { host: file.server, port: said.port }
    return { where, secure: said.tls !== undefined || sslByEnvironment }
  }
  const hasScheme = /^https?:\/\//i.test(address)
  const url = URL.parse(hasScheme ? address : `http://${address}`)
  if (url?.pathname !== '/' || url.search || url.username) {
    throw new Fault(
      msg('{key} in the cluster file is no {form}.', {
        ...{ key: `${who}: address:`, form: 'http(s)://host:port' },
      }),
      {
        code: 'CLUSTER_FILE_WRONG',
        cure: msg('Write it as {variable} is written.', {
          variable: who === 'nomad' ? 'NOMAD_ADDR' : 'CONSUL_HTTP_ADDR',
        }),
      },
    )
  }
  const secure = url.protocol === 'https:' || said.tls !== undefined || sslByEnvironment
  // As their own command lines: a URL without a port has its scheme's.
  const usual = url.protocol === 'https:' ? 443 : 80
  const port = Number(url.port) || (hasScheme || /:80$/.test(address) ? usual : said.port)
  return { where: { host: url.hostname.replace(/^\[|\]$/g, ''), port }, secure }
}

/** What the cluster file says wins, one by one. */
function merged(own: TlsFiles, said: ClusterFile['nomad']['tls']): TlsFiles {
  const { verify, ...files } = said ?? {}
  const kept = Object.entries(files).filter(([, value]) => value !== undefined)
  // An authority that the file names is not joined by one of the environment.
  const base = said?.ca ? { ...own, caPath: undefined } : own
  return { ...base, ...Object.fromEntries(kept), verify: verify ?? own.verify }
}

function tokenFile(path: string | undefined): string | undefined {
  if (path === undefined) return undefined
  try {
    return readFileSync(path, 'utf8').trim() || undefined
  } catch (cause) {
    throw new Fault(
      msg('The token file {path} ({variable}) cannot be read ({code}).', {
        ...{ path, variable: 'CONSUL_HTTP_TOKEN_FILE', code: codeOf(cause) },
      }),
      { code: 'TOKEN_FILE', cure: msg('Correct that variable, or unset it.'), cause },
    )
  }
}
