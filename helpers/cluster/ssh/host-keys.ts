import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { ServerHostKeyAlgorithm } from 'ssh2'
import { type Message, msg } from '../../language/message.ts'
import type { Fault } from '../../time/fault.ts'
import { hostKeyChanged, hostKeyOther, hostKeyRevoked, hostKeyUnknown } from './faults.ts'
import { fingerprintOf, type KnownKey, knownKeys, typeOf } from './known-hosts.ts'
import { knownName, type Login } from './login.ts'

/** One look at the host key of one login. */
export interface HostCheck {
  /** Algorithms in the order in which the server is to offer its keys. */
  order: ServerHostKeyAlgorithm[]
  /** Why that key is not taken; undefined: it is. */
  refuse(key: Buffer): Fault | undefined
}

/** As OpenSSH's client prefers them, as far as ssh2 knows them. */
const algorithms: Record<string, ServerHostKeyAlgorithm[]> = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'],
}

/**
 * Who is trusted: the fingerprint that the cluster file names, else the person's known_hosts and our
 * own; a key that nobody knows is trusted the first time, written into our own file and told once.
 */
export function createHostKeys(ownFile: string, say: (sentence: Message) => void) {
  const trusted = new Map<string, KnownKey>()

  function trust(to: Login, name: string, key: Buffer): void {
    const type = typeOf(key)
    const line = `${name} ${type} ${key.toString('base64')}`
    trusted.set(name, { file: ownFile, line: 0, type, key, revoked: false })
    let where: string | Message = ownFile
    try {
      mkdirSync(dirname(ownFile), { recursive: true })
      appendFileSync(ownFile, `${line}\n`, { mode: 0o600 })
    } catch {
      where = msg('nowhere, for the file cannot be written')
    }
    say(
      msg(
        '{vm} ({name}) is met for the first time: its {type} host key {seen} is trusted from now on (written into {where}).',
        { vm: to.vm, name, type, seen: fingerprintOf(key), where },
      ),
    )
  }

  return (to: Login): HostCheck => {
    const name = knownName(to)
    if (to.fingerprint !== undefined || to.fleeting) {
      const wanted = to.fingerprint
      return {
        order: inOrder([]),
        refuse(key) {
          const seen = fingerprintOf(key)
          if (wanted === undefined || wanted === seen) return undefined
          return hostKeyOther(to, wanted, seen, typeOf(key))
        },
      }
    }
    const memory = trusted.get(name)
    const known = [
      ...(memory ? [memory] : []),
      ...[...to.knownHosts, ownFile].flatMap((file) => knownKeys(file, name)),
    ]
    return {
      order: inOrder(known.map((one) => one.type)),
      refuse(key) {
        const same = known.filter((one) => one.key.equals(key))
        const revoked = same.find((one) => one.revoked)
        if (revoked) return hostKeyRevoked(to, revoked)
        // Another connection may have met it while this one was opened.
        if (same.length > 0 || trusted.get(name)?.key.equals(key)) return undefined
        const old = known.find((one) => !one.revoked)
        if (to.strict === 'no') return undefined
        if (old) return hostKeyChanged(to, old, fingerprintOf(key))
        if (to.strict === 'yes') return hostKeyUnknown(to, fingerprintOf(key))
        trust(to, name, key)
        return undefined
      },
    }
  }
}

/** First the types that are known: else a server would offer another and seem to be another. */
function inOrder(known: string[]): ServerHostKeyAlgorithm[] {
  const first = [...new Set(known)].filter((type) => type in algorithms)
  const rest = Object.keys(algorithms).filter((type) => !first.includes(type))
  return [...first, ...rest].flatMap((type) => algorithms[type] ?? [])
}
