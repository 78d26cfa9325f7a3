import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { homedir } from 'node:os'
import ssh2, { type Client, type ClientChannel } from 'ssh2'
import { openSocket } from '../../socket.ts'
import { type Clock, held } from '../../time/clock.ts'
import { withDeadline } from '../../time/deadline.ts'
import type { ClusterFile } from '../file.ts'
import type { Route } from '../route.ts'
import {
  commandLate,
  connectFault,
  hostKeyChanged,
  keyUnreadable,
  keyUnsupported,
  type Login,
} from './faults.ts'

/** A VM by the node's name and the address that Nomad gives. */
export interface Vm {
  name: string
  host: string
}

export interface Ran {
  /** The exit status; null: killed by `signal`; undefined: the far side went away without one. */
  code: number | null | undefined
  signal?: string
  /** Each cut at 256 KiB. */
  stdout: string
  stderr: string
  /** The connection or the channel ended without a status: what a stopping VM looks like. */
  lost: boolean
}

export interface Ssh {
  /**
   * Runs one command on a connection of its own. Deadline in wall ms, 20 000 when not given.
   * Rejects with a Fault when there is no connection, or no end within the deadline.
   */
  exec(vm: Vm, command: string, options?: { deadline?: number; signal?: AbortSignal }): Promise<Ran>
}

const longestOutput = 256 * 1024
const handshake = 10_000

export function createSsh(file: ClusterFile, route: Route, clock: Clock): Ssh {
  const login = (vm: Vm): Login & { fingerprint?: string } => {
    const own = file.ssh.hosts[vm.name]
    return {
      vm: vm.name,
      host: own?.host ?? vm.host,
      port: own?.port ?? file.ssh.port,
      user: file.ssh.user,
      key: file.ssh.key.replace(/^~(?=\/|$)/, homedir()),
      fingerprint: own?.fingerprint,
    }
  }
  return {
    exec: (vm, command, { deadline = 20_000, signal } = {}) =>
      held(clock, async () => {
        const to = login(vm)
        const key = await readKey(to)
        const open = { host: to.host, port: to.port, deadline: Math.min(deadline, handshake) }
        const socket = await openSocket(route, clock, open).catch((error) => {
          throw connectFault(to, error)
        })
        const client = new ssh2.Client()
        try {
          const late = () => commandLate(to, command, deadline)
          const work = () => speak(client, socket, to, key, command)
          return await withDeadline(deadline, late, work, signal)
        } finally {
          client.end()
          client.destroy()
          socket.destroy()
        }
      }),
  }
}

async function readKey(to: Login): Promise<string> {
  const text = await readFile(to.key, 'utf8').catch((error) => {
    throw keyUnreadable(to, error)
  })
  const key = ssh2.utils.parseKey(text)
  if (key instanceof Error) throw keyUnsupported(to, key)
  return text
}

async function speak(
  client: Client,
  socket: Socket,
  to: Login & { fingerprint?: string },
  privateKey: string,
  command: string,
): Promise<Ran> {
  await login(client, socket, to, privateKey)
  const gone = Promise.withResolvers<null>()
  client.on('close', () => gone.resolve(null))
  const opened = Promise.withResolvers<ClientChannel | null>()
  try {
    client.exec(command, (error, channel) => {
      // "Unable to exec" on a link that just broke is the loss of the link, not of the command.
      if (error) opened.resolve(null)
      else opened.resolve(channel)
    })
  } catch {
    opened.resolve(null)
  }
  const channel = await Promise.race([opened.promise, gone.promise])
  if (!channel) return { code: undefined, stdout: '', stderr: '', lost: true }
  return collect(channel, gone.promise)
}

/** Resolves when commands can be run. ssh2 reports some failures twice: the first one is told. */
function login(
  client: Client,
  socket: Socket,
  to: Login & { fingerprint?: string },
  privateKey: string,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let denied: Error | undefined
  client.once('ready', () => resolve())
  client.on('error', (error) => reject(denied ?? connectFault(to, error)))
  client.once('close', () => reject(connectFault(to, new Error('the connection was closed'))))
  client.connect({
    sock: socket,
    username: to.user,
    privateKey,
    readyTimeout: handshake,
    // A VM that loses its power sends no goodbye: without these the session would wait for ever.
    keepaliveInterval: 2000,
    keepaliveCountMax: 3,
    hostVerifier: (key: Buffer) => {
      const seen = `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`
      const wanted = to.fingerprint?.replace(/=+$/, '')
      if (wanted !== undefined && wanted !== seen) denied = hostKeyChanged(to, wanted, seen)
      return denied === undefined
    },
  })
  // The route's socket may come paused, with the banner in it.
  socket.resume()
  return promise
}

/** Drains both streams (else the channel never closes) until it ends or the link is gone. */
async function collect(channel: ClientChannel, gone: Promise<null>): Promise<Ran> {
  const stdout = keep(channel)
  const stderr = keep(channel.stderr)
  const { promise, resolve } = Promise.withResolvers<{ code?: number | null; signal?: string }>()
  channel.on('error', () => {})
  channel.on('close', (code?: number | null, signal?: string) => resolve({ code, signal }))
  const end = (await Promise.race([promise, gone])) ?? {}
  const lost = end.code === undefined
  return { code: end.code, signal: end.signal, stdout: stdout(), stderr: stderr(), lost }
}

function keep(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = []
  let size = 0
  stream.on('data', (chunk: Buffer) => {
    if (size < longestOutput) chunks.push(chunk)
    size += chunk.length
  })
  return () => Buffer.concat(chunks).subarray(0, longestOutput).toString('utf8')
}
