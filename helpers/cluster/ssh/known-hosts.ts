import { createHash, createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** One key that a known_hosts file gives for a host. */
export interface KnownKey {
  file: string
  line: number
  type: string
  key: Buffer
  revoked: boolean
}

/** `SHA256:…` as ssh-keygen prints it. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`
}

/** The type that stands at the beginning of a public key in SSH's own format. */
export function typeOf(key: Buffer): string {
  const length = key.length >= 4 ? key.readUInt32BE(0) : 0
  return key.subarray(4, 4 + length).toString('latin1')
}

/** The keys that a file has for a name as knownName gives it; none where there is no such file. */
export function knownKeys(file: string, name: string): KnownKey[] {
  let text = ''
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return []
  }
  return text.split(/\r?\n/).flatMap((line, index) => {
    const words = line.trim().split(/\s+/)
    const marker = words[0]?.startsWith('@') ? words.shift() : ''
    const [names = '', type = '', key = ''] = words
    // Certificates of hosts are not understood by ssh2.
    if (marker === '@cert-authority' || key === '' || names.startsWith('#')) return []
    if (!isNamed(names, name)) return []
    const known = { type, key: Buffer.from(key, 'base64'), revoked: marker === '@revoked' }
    return [{ file, line: index + 1, ...known }]
  })
}

/** `|1|salt|hash`, or names and patterns with commas between (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
function isNamed(names: string, name: string): boolean {
  if (names.startsWith('|1|')) {
    const [, , salt = '', hash = ''] = names.split('|')
    const sum = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64')
    return sum === hash
  }
  const patterns = names.split(',')
  const fits = (pattern: string) => glob(pattern).test(name)
  if (patterns.some((pattern) => pattern.startsWith('!') && fits(pattern.slice(1)))) return false
  return patterns.some((pattern) => !pattern.startsWith('!') && fits(pattern))
}

function glob(pattern: string): RegExp {
  const quoted = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${quoted.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i')
}
