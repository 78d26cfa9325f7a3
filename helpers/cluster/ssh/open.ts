import type { Duplex } from 'node:stream'
import ssh2, { type Client } from 'ssh2'
import { coded, withDeadline } from '../../time/deadline.ts'
import type { Fault } from '../../time/fault.ts'
import type { HostCheck } from './host-keys.ts'
import type { OpenedKeys } from './keys.ts'
import type { Login } from './login.ts'
import { connectFault, type Progress } from './login-faults.ts'
import { type Methods, methodsFor } from './methods.ts'

/** Wall ms for the handshake and the login. */
export const handshake = 10_000

/**
 * Logs in over an open socket; resolves when commands can be run. Rejects with one Fault, after
 * which nothing of it is left.
 */
export async function logIn(
  to: Login,
  dial: () => Promise<Duplex>,
  host: HostCheck,
  { deadline, signal, opened }: { deadline: number; signal?: AbortSignal; opened: OpenedKeys },
): Promise<Client> {
  // Before anything is sent: a key that cannot be used is found out without the VM.
  const methods = await methodsFor(to, opened)
  const socket = await dial().catch((error) => {
    throw connectFault(to, error)
  })
  const client = new ssh2.Client()
  const progress: Progress = { met: false, banner: '' }
  const late = () =>
    connectFault(
      to,
      Object.assign(coded('ETIMEDOUT', 'late'), { level: 'client-timeout' }),
      progress,
    )
  try {
    const work = () => ready(client, socket, { to, host, methods, progress, deadline })
    await withDeadline(deadline, late, work, signal)
    return client
  } catch (error) {
    client.on('error', () => {})
    client.destroy()
    socket.destroy()
    throw error
  }
}

interface Attempt {
  to: Login
  host: HostCheck
  methods: Methods
  progress: Progress
  deadline: number
}

/** ssh2 reports some failures twice: the first one is told. */
function ready(client: Client, socket: Duplex, attempt: Attempt): Promise<void> {
  const { to, host, methods, progress } = attempt
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const fail = (error: unknown) => reject(denied ?? connectFault(to, error, progress, methods))
  let denied: Fault | undefined
  client.once('ready', () => resolve())
  // An agent that would not sign is no end: the next method follows.
  client.on('error', (error) => error.level !== 'agent' && fail(error))
  client.once('close', () => fail(new Error('the connection was closed')))
  client.on('handshake', () => {
    progress.met = true
  })
  client.on('banner', (text) => {
    progress.banner += text.slice(0, 1000)
  })
  try {
    client.connect({
      sock: socket,
      username: to.user,
      authHandler: methods.next as never,
      readyTimeout: attempt.deadline,
      algorithms: { serverHostKey: host.order },
      // A VM that loses its power sends no goodbye: without these we would wait for ever.
      keepaliveInterval: 2000,
      keepaliveCountMax: 3,
      hostVerifier: (key: Buffer) => {
        denied = host.refuse(key)
        return denied === undefined
      },
    })
  } catch (error) {
    fail(error)
  }
  // The route's socket may come paused, with the banner in it.
  socket.resume()
  return promise
}
