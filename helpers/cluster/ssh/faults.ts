import { codeOf, Fault } from '../../time/fault.ts'
import type { KnownKey } from './known-hosts.ts'
import { fingerprintOf } from './known-hosts.ts'
import { isLoopback, knownName, type Login } from './login.ts'

export function fault(to: Login, code: string, seen: string, cure: string, cause?: unknown): Fault {
  return new Fault(`${at(to)}: ${seen}.`, { code, cure, cause })
}

/** `box-5 (ssh box@192.168.56.105:22)`, with the hosts between. */
export function at(to: Login): string {
  const between = to.jump.map((one) => `${one.user}@${one.host}:${one.port}`).join(', ')
  const through = between && ` through ${between}`
  return `${to.vm} (ssh ${to.user}@${to.host}:${to.port}${through})`
}

/** The same by hand. */
export function byHand(to: Login, command: string): string {
  const jump = to.jump.map((one) => `${one.user}@${one.host}:${one.port}`).join(',')
  const through = jump && `-J ${jump} `
  return `ssh -i ${to.key} ${through}-p ${to.port} ${to.user}@${to.host} ${command}`
}

/** The network said no before there was a connection. */
const networkEnds: Record<string, { seen: string; cure: string }> = {
  ECONNREFUSED: {
    seen: 'nothing listens there',
    cure: 'See whether the VM is up and sshd runs.',
  },
  EHOSTUNREACH: {
    seen: 'there is no way to that machine',
    cure: 'See whether the VM is switched on and the network between is up.',
  },
  ETIMEDOUT: {
    seen: 'no answer came in time',
    cure: 'See whether the VM is switched on, sshd runs, and no firewall drops the packets.',
  },
  ECONNRESET: {
    seen: 'the connection was closed before the login',
    cure: 'See whether sshd runs; while a VM starts it may close what it just accepted.',
  },
}

/**
 * A port forwarded to this machine means the contrary of a VM's own (power-drivers §8.2): nobody
 * listens where the VM's own program does not run.
 */
const forwardedEnds: typeof networkEnds = {
  ECONNREFUSED: {
    seen: 'nothing forwards that port',
    cure: 'See whether the VM is switched on and its port forwarding names that port.',
  },
  ECONNRESET: {
    seen: 'the forwarded port was closed again before the login',
    cure: 'See whether the VM has started and sshd runs in it.',
  },
}

export function networkFault(to: Login, code: string, cause: unknown): Fault | undefined {
  const isForwarded = isLoopback(to.host) && !to.fleeting
  const end = (isForwarded ? forwardedEnds[code] : undefined) ?? networkEnds[code]
  return end && fault(to, code, end.seen, end.cure, cause)
}

export function keyUnreadable(to: Login, path: string, cause: unknown): Fault {
  return fault(
    to,
    'SSH_KEY_MISSING',
    `the key file ${path} cannot be read (${codeOf(cause) || String(cause)})`,
    'Name the private key under "ssh: key:" in the cluster file.',
    cause,
  )
}

export function keyUnsupported(to: Login, path: string, cause: Error): Fault {
  return fault(
    to,
    'SSH_KEY_UNSUPPORTED',
    `the key file ${path} is in a format that is not understood (${cause.message})`,
    `Convert it to OpenSSH's format: ssh-keygen -p -f ${path}`,
    cause,
  )
}

export function keyPkcs8(to: Login, path: string): Fault {
  return fault(
    to,
    'SSH_KEY_UNSUPPORTED',
    `the key file ${path} is in the format PKCS#8, which is not understood`,
    `Convert it to OpenSSH's format: ssh-keygen -p -f ${path}`,
  )
}

export function keyOfPutty(to: Login, path: string): Fault {
  const out = path.replace(/\.ppk$/i, '')
  return fault(
    to,
    'SSH_KEY_UNSUPPORTED',
    `the key file ${path} is in PuTTY's format (PPK), which is not understood`,
    `Convert it: puttygen ${path} -O private-openssh -o ${out === path ? `${path}.openssh` : out}`,
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
      ? `the key file ${path} is locked by a passphrase, and none was given`
      : `the passphrase that was given does not open the key file ${path}`,
    'Give it in the environment variable GRADE_SSH_PASSPHRASE, load the key into an SSH agent ' +
      `(ssh-add ${path}), or use a key without one.`,
    cause,
  )
}

export function agentMissing(to: Login, cause: unknown): Fault {
  return fault(
    to,
    'SSH_AGENT',
    `the SSH agent ${to.agent} does not answer`,
    'Start it, or correct "ssh: agent:" in the cluster file.',
    cause,
  )
}

export function nothingToShow(to: Login): Fault {
  return fault(
    to,
    'SSH_KEY_MISSING',
    'there is no key, no agent with a key and no password to log in with',
    'Name the private key under "ssh: key:" in the cluster file.',
  )
}

export function hostKeyOther(to: Login, wanted: string, seen: string, type: string): Fault {
  return fault(
    to,
    'SSH_HOST_KEY',
    `its host key is ${seen} (${type}), and the cluster file says ${wanted}`,
    'If the VM was made again, write the new fingerprint into the cluster file (ssh: hosts: ' +
      `${to.vm}: fingerprint: ${seen}); if it was not, find out who answers there.`,
  )
}

export function hostKeyChanged(to: Login, old: KnownKey, seen: string): Fault {
  const line = old.line > 0 ? `, line ${old.line}` : ''
  return fault(
    to,
    'SSH_HOST_KEY',
    `its host key has changed: it was ${fingerprintOf(old.key)} (${old.file}${line}), and is now ` +
      seen,
    `If the VM was made again, forget the old one: ssh-keygen -R '${knownName(to)}' -f ${old.file}; ` +
      'if it was not, find out who answers there.',
  )
}

export function hostKeyRevoked(to: Login, key: KnownKey): Fault {
  return fault(
    to,
    'SSH_HOST_KEY',
    `its host key ${fingerprintOf(key.key)} is revoked (${key.file}, line ${key.line})`,
    'Find out who answers there.',
  )
}

export function hostKeyUnknown(to: Login, seen: string): Fault {
  return fault(
    to,
    'SSH_HOST_KEY',
    `its host key ${seen} is not known, and StrictHostKeyChecking is yes`,
    `Compare it on the VM (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub), then log in once: ` +
      byHand(to, 'true'),
  )
}

export function commandLate(to: Login, command: string, deadline: number): Fault {
  return fault(
    to,
    'SSH_TIMEOUT',
    `"${command}" did not end within ${deadline} ms`,
    `Try by hand: ${byHand(to, `'${command}'`)}`,
  )
}

export function inputBroken(to: Login, command: string, cause: unknown): Fault {
  const said = cause instanceof Error ? cause.message : String(cause)
  return fault(to, 'SSH_INPUT', `what "${command}" was to read broke off: ${said}`, '', cause)
}
