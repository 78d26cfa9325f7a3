import { codeOf, Fault } from '../../time/fault.ts'
import { byHand, fault, networkFault } from './faults.ts'
import type { Login } from './login.ts'
import type { Methods } from './methods.ts'

/** How far a login had come when it failed. */
export interface Progress {
  /** The keys were exchanged: what answers speaks SSH. */
  met: boolean
  /** What sshd wanted to be shown to a person before the login. */
  banner: string
}

export const nowhere: Progress = { met: false, banner: '' }

/** pam_nologin's text while a machine starts or stops (power-drivers §8.2). */
const notNow = /system is (booting up|going down)|not permitted to log in|nologin/i

/** An error before the connection was ready, with the next step. */
export function connectFault(
  to: Login,
  error: unknown,
  progress: Progress = nowhere,
  methods?: Methods,
): Fault {
  if (error instanceof Fault) return error
  const said = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim()
  const level = (error as { level?: string }).level ?? ''
  const refused = level === 'client-authentication'
  const closed = /lost before handshake|connection was closed|ended by the far side/i.test(said)
  if (notNow.test(progress.banner) && (refused || closed || codeOf(error) === 'ECONNRESET')) {
    return notYet(to, progress.banner, error)
  }
  if (refused) return notAccepted(to, methods, error)
  const code = codeOf(error) || (level === 'client-timeout' ? 'ETIMEDOUT' : '')
  if (code === 'ETIMEDOUT' && level !== '') return halfWay(to, progress, error)
  const network = networkFault(to, closed ? 'ECONNRESET' : code, error)
  if (network) return network
  return fault(to, code || 'SSH_FAILED', said, `Try by hand: ${byHand(to, 'true')}`, error)
}

function halfWay(to: Login, { met }: Progress, cause: unknown): Fault {
  return met
    ? fault(
        to,
        'ETIMEDOUT',
        'sshd answers, but did not finish the login in time',
        "See sshd's log on the VM; a slow name server (UseDNS) or a full disk can be why.",
        cause,
      )
    : fault(
        to,
        'ETIMEDOUT',
        'something accepts the connection there, but no SSH handshake was done in time',
        'See whether the VM hangs or still starts, and that it is sshd that listens on that port.',
        cause,
      )
}

/** A machine that starts says no to a right key: it is the moment that is wrong. */
function notYet(to: Login, banner: string, cause: unknown): Fault {
  const text = banner.replace(/\s+/g, ' ').trim().slice(0, 160).replace(/\.$/, '')
  return fault(
    to,
    'SSH_AUTH',
    `it lets nobody in at the moment: "${text}"`,
    'Wait until the VM has started; if it has, see /run/nologin and /etc/nologin on it.',
    cause,
  )
}

function notAccepted(to: Login, methods: Methods | undefined, cause: unknown): Fault {
  const accepted = methods?.accepted() ?? []
  const why = methods?.keys.faults[0] ?? (to.keyNamed ? undefined : methods?.keys.missing[0])
  const also = why ? `; ${why.message.slice(why.message.indexOf(': ') + 2).replace(/\.$/, '')}` : ''
  const shown = shownTo(to, methods)
  const takes = accepted.length > 0 ? ` (sshd takes ${accepted.join(', ')})` : ''
  return fault(
    to,
    'SSH_AUTH',
    `the user ${to.user} with ${shown} was not accepted${takes}${also}`,
    `${why?.cure ? `${why.cure} Or put` : 'Put'} the public key there ` +
      `(ssh-copy-id -i ${to.key}.pub -p ${to.port} ${to.user}@${to.host}), or name the right user ` +
      'and key under "ssh:" in the cluster file.',
    cause,
  )
}

const words: Record<string, string> = {
  agent: 'the keys of the SSH agent',
  password: 'the password',
  'keyboard-interactive': 'the password',
}

/** What was really tried, in words. */
function shownTo(to: Login, methods: Methods | undefined): string {
  const files = methods?.keys.usable.map((key) => `the key ${key.path}`) ?? [`the key ${to.key}`]
  const tried = methods?.tried() ?? []
  const rest = tried.filter((kind) => kind !== 'publickey').map((kind) => words[kind] ?? kind)
  const all = [...new Set([...(tried.includes('publickey') ? files : []), ...rest])]
  return all.length > 0 ? all.join(' and ') : 'what we have'
}
