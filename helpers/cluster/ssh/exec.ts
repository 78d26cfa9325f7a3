import type { Readable } from 'node:stream'
import type { Client, ClientChannel } from 'ssh2'
import { inputBroken } from './faults.ts'
import type { Login } from './login.ts'

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

const longestOutput = 256 * 1024

/** Runs one command; never rejects. */
export async function runOn(client: Client, command: string, input: Input): Promise<Ran> {
  const gone = Promise.withResolvers<null>()
  client.on('error', () => {})
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
  input.into(channel)
  return await collect(channel, gone.promise)
}

/** What a command reads. It is listened to from the beginning: a file may break off at once. */
export interface Input {
  /** Only ever rejects, with a Fault. */
  broken: Promise<never>
  into(channel: ClientChannel): void
  end(): void
}

export function inputOf(input: Readable | Buffer | undefined, to: Login, command: string): Input {
  const { promise, reject } = Promise.withResolvers<never>()
  promise.catch(() => {})
  if (input === undefined || Buffer.isBuffer(input)) {
    return { broken: promise, into: (channel) => void channel.end(input), end: () => {} }
  }
  input.on('error', (error) => reject(inputBroken(to, command, error)))
  return {
    broken: promise,
    into: (channel) => void input.pipe(channel),
    // A command may end before it has read everything.
    end: () => void input.destroy(),
  }
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
