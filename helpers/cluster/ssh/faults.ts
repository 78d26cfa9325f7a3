import { asMessage, type Message, msg, type Text } from '../../language/message.ts'
import { codeOf, Fault } from '../../time/fault.ts'
import type { KnownKey } from './known-hosts.ts'
import { fingerprintOf } from './known-hosts.ts'
import { isLoopback, knownName, type Login } from './login.ts'

export function fault(to: Login, code: string, seen: Text, cure?: Message, cause?: unknown): Fault {
  return new Fault(msg('{at}: {seen}.', { at: at(to), seen: asMessage(seen) }), {
    ...{ code, cure, cause },
  })
}

/** `box-5 (ssh box@192.168.56.105:22)`, with the hosts between. */
export function at(to: Login): Message {
  const between = to.jump.map((one) => `${one.user}@${one.host}:${one.port}`)
  const where = { vm: to.vm, address: `ssh ${to.user}@${to.host}:${to.port}` }
  return between.length > 0
    ? msg('{vm} ({address} through {between})', { ...where, between })
    : msg('{vm} ({address})', where)
}

/** The same by hand. */
export function byHand(to: Login, command: string): string {
  const jump = to.jump.map((one) => `${one.user}@${one.host}:${one.port}`).join(',')
  const through = jump && `-J ${jump} `
  return `ssh -i ${to.key} ${through}-p ${to.port} ${to.user}@${to.host} ${command}`
}

/** The network said no before there was a connection. */
const networkEnds: Record<string, { seen: Message; cure: Message }> = {
  ECONNREFUSED: {
    seen: msg('nothing listens there'),
    cure: msg('See whether the VM is up and sshd runs.'),
  },
  EHOSTUNREACH: {
    seen: msg('there is no way to that machine'),
    cure: msg('See whether the VM is switched on and the network between is up.'),
  },
  ETIMEDOUT: {
    seen: msg('no answer came in time'),
    cure: msg('See whether the VM is switched on, sshd runs, and no firewall drops the packets.'),
  },
  ECONNRESET: {
    seen: msg('the connection was closed before the login'),
    cure: msg('See whether sshd runs; while a VM starts it may close what it just accepted.'),
  },
}

/**
 * A port forwarded to this machine means the contrary of a VM's own (power-drivers §8.2): nobody
 * listens where the VM's own program does not run.
 */
const forwardedEnds: typeof networkEnds = {
  ECONNREFUSED: {
    seen: msg('nothing forwards that port'),
    cure: msg('See whether the VM is switched on and its port forwarding names that port.'),
  },
  ECONNRESET: {
    seen: msg('the forwarded port was closed again before the login'),
    cure: msg('See whether the VM has started and sshd runs in it.'),
  },
}

export function networkFault(to: Login, code: string, cause: unknown): Fault | undefined {
  const isForwarded = isLoopback(to.host) && !to.fleeting
  const end = (isForwarded ? forwardedEnds[code] : undefined) ?? networkEnds[code]
  return end && fault(to, code, end.seen, end.cure, cause)
}

const nameKey = msg('Name the private key under "{key}" in the cluster file.', { key: 'ssh: key:' })

export function keyUnreadable(to: Login, path: string, cause: unknown): Fault {
  return fault(
    to,
    'SSH_KEY_MISSING',
    msg('the key file {path} cannot be read ({code})', {
      ...{ path, code: codeOf(cause) || String(cause) },
    }),
    nameKey,
    cause,
  )
}

export function keyUnsupported(to: Login, path: string, cause: Error): Fault {
  return fault(
    to,
    'SSH_KEY_UNSUPPORTED',
    msg('the key file {path} is in a format that is not understood ({said})', {
      ...{ path, said: cause.message },
    }),
    msg("Convert it to OpenSSH's format: {code}", { code: `ssh-keygen -p -f ${path}` }),
    cause,
  )
}

export function keyPkcs8(to: Login, path: string): Fault {
  return fault(
    to,
    'SSH_KEY_UNSUPPORTED',
    msg('the key file {path} is in the format {format}, which is not understood', {
      ...{ path, format: 'PKCS#8' },
    }),
    msg("Convert it to OpenSSH's format: {code}", { code: `ssh-keygen -p -f ${path}` }),
  )
}

export function keyOfPutty(to: Login, path: string): Fault {
  const out = path.replace(/\.ppk$/i, '')
  return fault(
    to,
    'SSH_KEY_UNSUPPORTED',
    msg("the key file {path} is in PuTTY's format (PPK), which is not understood", { path }),
    msg('Convert it: {code}', {
      code: `puttygen ${path} -O private-openssh -o ${out === path ? `${path}.openssh` : out}`,
    }),
  )
}

export function keyLocked(
  to: Login,
  path: string,
  passphrase: 'missing' | 'wrong',
  cause: Error,
): Fault {
  return fault(
    to,
    'SSH_KEY_LOCKED',
    passphrase === 'missing'
      ? msg('the key file {path} is locked by a passphrase, and none was given', { path })
      : msg('the passphrase that was given does not open the key file {path}', { path }),
    msg(
      'Give it in the environment variable {variable}, load the key into an SSH agent ({code}), or use a key without one.',
      { variable: 'GRADE_SSH_PASSPHRASE', code: `ssh-add ${path}` },
    ),
    cause,
  )
}

export function agentMissing(to: Login, cause: unknown): Fault {
  return fault(
    to,
    'SSH_AGENT',
    msg('the SSH agent {agent} does not answer', { agent: `${to.agent}` }),
    msg('Start it, or correct "{key}" in the cluster file.', { key: 'ssh: agent:' }),
    cause,
  )
}

export function nothingToShow(to: Login): Fault {
  return fault(
    to,
    'SSH_KEY_MISSING',
    msg('there is no key, no agent with a key and no password to log in with'),
    nameKey,
  )
}

export function hostKeyOther(to: Login, wanted: string, seen: string, type: string): Fault {
  return fault(
    to,
    'SSH_HOST_KEY',
    msg('its host key is {seen} ({type}), and the cluster file says {wanted}', {
      ...{ seen, type, wanted },
    }),
    msg(
      'If the VM was made again, write the new fingerprint into the cluster file ({code}); if it was not, find out who answers there.',
      { code: `ssh: hosts: ${to.vm}: fingerprint: ${seen}` },
    ),
  )
}

export function hostKeyChanged(to: Login, old: KnownKey, seen: string): Fault {
  const file = old.line > 0 ? `${old.file}:${old.line}` : old.file
  return fault(
    to,
    'SSH_HOST_KEY',
    msg('its host key has changed: it was {old} ({file}), and is now {seen}', {
      ...{ old: fingerprintOf(old.key), file, seen },
    }),
    msg(
      'If the VM was made again, forget the old one: {code}; if it was not, find out who answers there.',
      { code: `ssh-keygen -R '${knownName(to)}' -f ${old.file}` },
    ),
  )
}

export function hostKeyRevoked(to: Login, key: KnownKey): Fault {
  return fault(
    to,
    'SSH_HOST_KEY',
    msg('its host key {seen} is revoked ({file})', {
      ...{ seen: fingerprintOf(key.key), file: `${key.file}:${key.line}` },
    }),
    msg('Find out who answers there.'),
  )
}

export function hostKeyUnknown(to: Login, seen: string): Fault {
  return fault(
    to,
    'SSH_HOST_KEY',
    msg('its host key {seen} is not known, and {setting} is yes', {
      ...{ seen, setting: 'StrictHostKeyChecking' },
    }),
    msg('Compare it on the VM ({code}), then log in once: {login}', {
      code: 'ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub',
      login: byHand(to, 'true'),
    }),
  )
}

export function commandLate(to: Login, command: string, deadline: number): Fault {
  return fault(
    to,
    'SSH_TIMEOUT',
    msg('"{command}" did not end within {ms} ms', { command, ms: `${deadline}` }),
    msg('Try by hand: {code}', { code: byHand(to, `'${command}'`) }),
  )
}

export function inputBroken(to: Login, command: string, cause: unknown): Fault {
  const said = cause instanceof Error ? cause.message : String(cause)
  const seen = msg('what "{command}" was to read broke off: {said}', { command, said })
  return fault(to, 'SSH_INPUT', seen, undefined, cause)
}
