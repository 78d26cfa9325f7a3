import { readFile } from 'node:fs/promises'
import ssh2, { type ParsedKey } from 'ssh2'
import type { Fault } from '../../time/fault.ts'
import { keyLocked, keyOfPutty, keyPkcs8, keyUnreadable, keyUnsupported } from './faults.ts'
import type { Login } from './login.ts'

export interface Key {
  path: string
  key: ParsedKey
}

/** Opened keys by their text: a passphrase costs a second of work each time. */
export type OpenedKeys = Map<string, ParsedKey>

export interface Keys {
  usable: Key[]
  /** Public halves that lie beside the files: an agent may hold the private one. */
  wanted: Buffer[]
  /** Why a file that is there cannot be used, in the order of the files. */
  faults: Fault[]
  /** Why a file is not there. */
  missing: Fault[]
}

/** Reads the key files of a login; never rejects. */
export async function readKeys(to: Login, opened: OpenedKeys): Promise<Keys> {
  const keys: Keys = { usable: [], wanted: [], faults: [], missing: [] }
  for (const path of to.keys) {
    const read = await readFile(path, 'utf8').catch((error: unknown) => ({ error }))
    if (typeof read !== 'string') {
      keys.missing.push(keyUnreadable(to, path, read.error))
      await readPublic(`${path}.pub`, keys)
      continue
    }
    const key = opened.get(read) ?? parse(to, path, read)
    if ('fault' in key) {
      keys.faults.push(key.fault)
      await readPublic(`${path}.pub`, keys)
      continue
    }
    opened.set(read, key)
    // A public key stands for the private one that an agent holds.
    if (key.isPrivateKey()) keys.usable.push({ path, key })
    else keys.wanted.push(key.getPublicSSH())
  }
  return keys
}

function parse(to: Login, path: string, text: string): ParsedKey | { fault: Fault } {
  if (/^PuTTY-User-Key-File-[3-9]/.test(text)) return { fault: keyOfPutty(to, path) }
  if (/-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/.test(text)) return { fault: keyPkcs8(to, path) }
  const key = ssh2.utils.parseKey(text, to.passphrase)
  if (!(key instanceof Error)) return key
  if (!/passphrase/i.test(key.message)) return { fault: keyUnsupported(to, path, key) }
  const locked = to.passphrase === undefined || /no passphrase given/i.test(key.message)
  return { fault: keyLocked(to, path, locked ? 'missing' : 'wrong', key) }
}

async function readPublic(path: string, keys: Keys): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const key = text === '' ? undefined : ssh2.utils.parseKey(text)
  if (key && !(key instanceof Error)) keys.wanted.push(key.getPublicSSH())
}
