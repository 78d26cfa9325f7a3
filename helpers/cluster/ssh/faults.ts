import { codeOf, Fault } from '../../time/fault.ts'

/** Whom we speak to: every sentence names them. */
export interface Login {
  vm: string
  host: string
  port: number
  user: string
  key: string
}

const at = (to: Login) => `${to.vm} (ssh ${to.user}@${to.host}:${to.port})`

/** An error before the connection was ready, told once and with the next step. */
export function connectFault(to: Login, error: unknown): Fault {
  if (error instanceof Fault) return error
  const said = error instanceof Error ? error.message : String(error)
  const level = (error as { level?: string }).level ?? ''
  if (level === 'client-authentication') return notAccepted(to, error)
  const code = codeOf(error) || (level === 'client-timeout' ? 'ETIMEDOUT' : '')
  if (code === 'ECONNREFUSED') {
    return fault(
      to,
      code,
      'nothing listens there',
      'See whether the VM is up and sshd runs.',
      error,
    )
  }
  if (code === 'EHOSTUNREACH') {
    const cure = 'See whether the VM is switched on and the network between is up.'
    return fault(to, code, 'there is no way to that machine', cure, error)
  }
  if (code === 'ETIMEDOUT') {
    const cure = 'See whether the VM is switched on, sshd runs, and no firewall drops the packets.'
    return fault(to, code, 'no answer came in time', cure, error)
  }
  const cure = `Try by hand: ssh -i ${to.key} -p ${to.port} ${to.user}@${to.host} true`
  return fault(to, code || 'SSH_FAILED', said.replace(/\s+/g, ' ').trim(), cure, error)
}

function fault(to: Login, code: string, seen: string, cure: string, cause: unknown): Fault {
  return new Fault(`${at(to)}: ${seen}.`, { code, cure, cause })
}

function notAccepted(to: Login, cause: unknown): Fault {
  return fault(
    to,
    'SSH_AUTH',
    `the user or the key ${to.key} was not accepted`,
    `Put the public key there (ssh-copy-id -i ${to.key}.pub -p ${to.port} ` +
      `${to.user}@${to.host}), or ` +
      'name the right user and key under "ssh:" in the cluster file.',
    cause,
  )
}

export function keyUnreadable(to: Login, cause: unknown): Fault {
  return fault(
    to,
    'SSH_KEY_MISSING',
    `the key file ${to.key} cannot be read (${codeOf(cause) || String(cause)})`,
    'Name the private key under "ssh: key:" in the cluster file.',
    cause,
  )
}

export function keyUnsupported(to: Login, cause: Error): Fault {
  const locked = /passphrase/i.test(cause.message)
  return fault(
    to,
    'SSH_KEY_UNSUPPORTED',
    locked
      ? `the key file ${to.key} is locked by a passphrase`
      : `the key file ${to.key} is in a format that is not understood (${cause.message})`,
    locked
      ? `Use a key without one, or remove it from a copy: ssh-keygen -p -f ${to.key}`
      : `Convert it to OpenSSH's format: ssh-keygen -p -f ${to.key}`,
    cause,
  )
}

export function hostKeyChanged(to: Login, wanted: string, seen: string): Fault {
  return fault(
    to,
    'SSH_HOST_KEY',
    `its host key is ${seen}, and the cluster file says ${wanted}`,
    'If the VM was made again, write the new fingerprint into the cluster file (ssh: hosts: ' +
      `${to.vm}: fingerprint: ${seen}); if it was not, find out who answers there.`,
    undefined,
  )
}

export function commandLate(to: Login, command: string, deadline: number): Fault {
  return fault(
    to,
    'SSH_TIMEOUT',
    `"${command}" did not end within ${deadline} ms`,
    `Try by hand: ssh -i ${to.key} -p ${to.port} ${to.user}@${to.host} '${command}'`,
    undefined,
  )
}
