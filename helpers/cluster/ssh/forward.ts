import type { Client, ClientChannel } from 'ssh2'
import { msg } from '../../language/message.ts'
import { coded, withDeadline } from '../../time/deadline.ts'
import { codeOf } from '../../time/fault.ts'
import { fault } from './faults.ts'
import { type Login, loginId } from './login.ts'

export type OpenClient = (to: Login) => Promise<Client>

/**
 * Connections that are kept for forwarding: one for each login, opened when it is first needed and
 * again after it broke.
 */
export function createForwarding(open: OpenClient) {
  const kept = new Map<string, Promise<Client>>()

  function forget(id: string, which: Promise<Client>): void {
    if (kept.get(id) === which) kept.delete(id)
  }

  function take(to: Login): Promise<Client> {
    const id = loginId(to)
    const known = kept.get(id)
    if (known) return known
    const client = open(to)
    kept.set(id, client)
    client.then(
      (one) => {
        one.on('error', () => {})
        // Each channel that is being opened listens for the end; there may be many at once.
        one.setMaxListeners(0)
        // Of a VM that lost its power, keepalive gives the connection up after 8 s.
        one.on('close', () => forget(id, client))
      },
      () => forget(id, client),
    )
    return client
  }

  /**
   * A channel to host:port as the far side reaches it. Rejects with a code of Route, or with a Fault
   * when there is no way over SSH at all.
   */
  async function channel(
    to: Login,
    target: { host: string; port: number; deadline: number },
  ): Promise<ClientChannel> {
    const where = `${target.host}:${target.port} over the SSH of ${to.vm}`
    const late = () => coded('ETIMEDOUT', `no answer from ${where} within ${target.deadline} ms`)
    return await withDeadline(target.deadline, late, async (signal) => {
      const first = take(to)
      try {
        return await forwardOut(await first, to, target, signal)
      } catch (error) {
        // The kept connection had ended just then: a new one knows more.
        if (codeOf(error) !== 'SSH_GONE') throw error
      }
      forget(loginId(to), first)
      return await forwardOut(await take(to), to, target, signal)
    }).catch((error) => {
      throw codeOf(error) === 'SSH_GONE' ? coded('ECONNRESET', `${where}: it broke`, error) : error
    })
  }

  return {
    channel,
    close() {
      for (const client of kept.values()) client.then((one) => one.end()).catch(() => {})
      kept.clear()
    },
  }
}

function forwardOut(
  client: Client,
  to: Login,
  target: { host: string; port: number },
  signal: AbortSignal,
): Promise<ClientChannel> {
  const { promise, resolve, reject } = Promise.withResolvers<ClientChannel>()
  const gone = () => reject(coded('SSH_GONE', 'the connection ended'))
  client.on('close', gone)
  try {
    client.forwardOut('127.0.0.1', 0, target.host, target.port, (error, channel) => {
      if (error) return reject(channelError(to, target, error))
      // Nobody waits for it any more.
      if (signal.aborted) channel.close()
      resolve(channel)
    })
  } catch {
    gone()
  }
  return promise.finally(() => client.off('close', gone))
}

/** SSH_MSG_CHANNEL_OPEN_FAILURE (RFC 4254 §5.1); sshd's description is the system's own text. */
const prohibited = 1
const connectFailed = 2

function channelError(
  to: Login,
  { host, port }: { host: string; port: number },
  error: Error,
): Error {
  const { reason } = error as { reason?: unknown }
  if (reason === prohibited) {
    const seen = msg('sshd there forbids forwarding to {where}', { where: `${host}:${port}` })
    const cure = msg('Write "{setting}" into {file} on {vm} and restart sshd.', {
      ...{ setting: 'AllowTcpForwarding yes', file: '/etc/ssh/sshd_config', vm: to.vm },
    })
    return fault(to, 'SSH_FORWARD_PROHIBITED', seen, cure, error)
  }
  const text = error.message
  const where = `${host}:${port} over the SSH of ${to.vm}: ${text}`
  if (reason !== connectFailed) return coded('ECONNRESET', where, error)
  if (/timed out/i.test(text)) return coded('ETIMEDOUT', where, error)
  if (/unreachable|no route|host is down|resolve|not known/i.test(text)) {
    return coded('EHOSTUNREACH', where, error)
  }
  // Some servers give no text: then it is the commonest cause.
  return coded('ECONNREFUSED', where, error)
}
