import { createHash } from 'node:crypto'

/** As Nomad makes a check's id: a hash of what the check is. */
export function checkId(...parts: string[]): string {
  return `_nomad-check-${createHash('sha1').update(parts.join('\0')).digest('hex')}`
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/** `_nomad-client-<hash>`: 20 bytes in base 32 (recordings: consul-*-agent-services.json). */
export function agentServiceId(role: 'server' | 'client', ...parts: string[]): string {
  const bytes = createHash('sha1')
    .update([role, ...parts].join('\0'))
    .digest()
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{5}/g) ?? []
  return `_nomad-${role}-${groups.map((group) => alphabet[Number.parseInt(group, 2)]).join('')}`
}
