import { type Message, msg, said } from '../../language/message.ts'
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
  const cure = msg('Try by hand: {code}', { code: byHand(to, 'true') })
  return fault(to, code || 'SSH_FAILED', said, cure, error)
}

function halfWay(to: Login, { met }: Progress, cause: unknown): Fault {
  return met
    ? fault(
        to,
        'ETIMEDOUT',
        msg('sshd answers, but did not finish the login in time'),
        msg("See sshd's log on the VM; a slow name server (UseDNS) or a full disk can be why."),
        cause,
      )
    : fault(
        to,
        'ETIMEDOUT',
        msg('something accepts the connection there, but no SSH handshake was done in time'),
        msg(
          'See whether the VM hangs or still starts, and that it is sshd that listens on that port.',
        ),
        cause,
      )
}

/** A machine that starts says no to a right key: it is the moment that is wrong. */
function notYet(to: Login, banner: string, cause: unknown): Fault {
  const text = banner.replace(/\s+/g, ' ').trim().slice(0, 160).replace(/\.$/, '')
  return fault(
    to,
    'SSH_AUTH',
    msg('it lets nobody in at the moment: "{text}"', { text }),
    msg('Wait until the VM has started; if it has, see {files} on it.', {
      files: '/run/nologin, /etc/nologin',
    }),
    cause,
  )
}

function notAccepted(to: Login, methods: Methods | undefined, cause: unknown): Fault {
  const accepted = methods?.accepted() ?? []
  const why = methods?.keys.faults[0] ?? (to.keyNamed ? undefined : methods?.keys.missing[0])
  const about = { user: to.user, shown: shownTo(to, methods) }
  const refused =
    accepted.length > 0
      ? msg('the user {user} with {shown} was not accepted (sshd takes {accepted})', {
          ...{ ...about, accepted },
        })
      : msg('the user {user} with {shown} was not accepted', about)
  const also = why?.said.values.seen
  const copy = {
    code: `ssh-copy-id -i ${to.key}.pub -p ${to.port} ${to.user}@${to.host}`,
    key: 'ssh:',
  }
  return fault(
    to,
    'SSH_AUTH',
    also ? msg('{refused}; {also}', { refused, also }) : refused,
    why?.remedy
      ? msg(
          '{first} Or put the public key there ({code}), or name the right user and key under "{key}" in the cluster file.',
          { first: why.remedy, ...copy },
        )
      : msg(
          'Put the public key there ({code}), or name the right user and key under "{key}" in the cluster file.',
          copy,
        ),
    cause,
  )
}

const words: Record<string, Message> = {
  agent: msg('the keys of the SSH agent'),
  password: msg('the password'),
  'keyboard-interactive': msg('the password'),
}

/** What was really tried, in words. */
function shownTo(to: Login, methods: Methods | undefined): Message {
  const paths = methods?.keys.usable.map(({ path }) => path) ?? [to.key]
  const tried = methods?.tried() ?? []
  const files = paths.map((path) => msg('the key {path}', { path }))
  const rest = tried.filter((kind) => kind !== 'publickey').map((kind) => words[kind] ?? said(kind))
  const all = [...new Set([...(tried.includes('publickey') ? files : []), ...rest])]
  if (all.length === 0) return msg('what we have')
  return all.reduce((first, second) => msg('{first} and {second}', { first, second }))
}
