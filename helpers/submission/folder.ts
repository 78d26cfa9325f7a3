import { constants } from 'node:fs'
import { lstat, open, readdir, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { type Message, msg } from '../language/message.ts'

/** A job file of the folder, or why it is not read. */
export interface Read {
  /** Relative to the folder, with forward slashes. */
  file: string
  format: 'hcl' | 'json'
  text: string
}

export interface Folder {
  read: Read[]
  unread: { file: string; why: Message }[]
  /** Too many files or too deep: what was not looked at. */
  cut: boolean
}

const maxBytes = 1024 * 1024
const maxEntries = 5000
const maxFiles = 100
const maxDepth = 8
const jobFile = /\.(nomad|hcl|json)$/i
const misnamed = /\.(nomad|hcl)\.(txt|bak|old|orig)$/i

/** Reads every job file below `root` (a real path). Links that lead out of it are not followed. */
export async function readFolder(root: string): Promise<Folder> {
  const folder: Folder = { read: [], unread: [], cut: false }
  const seen = new Set<string>()
  const left = { entries: maxEntries }
  const waiting: { path: string; depth: number }[] = [{ path: '', depth: 0 }]
  while (waiting.length > 0) {
    const { path, depth } = waiting.shift()!
    for (const entry of await entriesOf(join(root, path))) {
      if (left.entries-- <= 0 || folder.read.length >= maxFiles) return { ...folder, cut: true }
      const file = path ? `${path}/${entry.name}` : entry.name
      if (entry.isDirectory()) {
        if (isIgnored(entry.name)) continue
        if (depth + 1 >= maxDepth) folder.cut = true
        else waiting.push({ path: file, depth: depth + 1 })
      } else await takeFile(root, file, folder, seen)
    }
  }
  return folder
}

const isIgnored = (name: string): boolean =>
  name.startsWith('.') || name === 'node_modules' || name === '__MACOSX'

async function entriesOf(path: string) {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => [])
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
}

async function takeFile(root: string, file: string, folder: Folder, seen: Set<string>) {
  const name = file.slice(file.lastIndexOf('/') + 1)
  if (name.startsWith('.')) return
  const shown = file.replace(/\p{C}/gu, '?')
  if (misnamed.test(name)) {
    folder.unread.push({ file: shown, why: msg('its name does not end in .nomad, .hcl or .json') })
  }
  if (!jobFile.test(name)) return
  if (shown !== file) {
    folder.unread.push({ file: shown, why: msg('its name has characters that cannot be shown') })
    return
  }
  const got = await readInside(root, file)
  if ('why' in got) folder.unread.push({ file, why: got.why })
  else if (!seen.has(got.real)) {
    seen.add(got.real)
    folder.read.push({ file, format: formatOf(file), text: got.text })
  }
}

export const formatOf = (file: string): 'hcl' | 'json' => (/\.json$/i.test(file) ? 'json' : 'hcl')

/**
 * The text of a file below `root`, without byte order mark and with plain newlines, or why it is not
 * read: outside (also through links), absent, not a file, too large, not text.
 */
export async function readInside(
  root: string,
  file: string,
): Promise<{ text: string; real: string } | { why: Message; absent?: boolean; outside?: boolean }> {
  const real = await realpath(join(root, file)).catch(() => undefined)
  if (real === undefined) return { why: msg('it is not there'), absent: true }
  if (!isInside(root, real)) return { why: msg('it leads out of the folder'), outside: true }
  const bytes = await readBounded(real, maxBytes)
  if (!Buffer.isBuffer(bytes)) return { why: bytes }
  if (bytes[0] === 0xff || bytes[0] === 0xfe) {
    return { why: msg('it is saved as UTF-16; save it as UTF-8') }
  }
  if (bytes.includes(0)) return { why: msg('it is not a text file') }
  const text = new TextDecoder('utf-8').decode(bytes)
  return { text: text.replace(/^\ufeff/, '').replace(/\r\n/g, '\n'), real }
}

export const isInside = (root: string, real: string): boolean =>
  real === root || real.startsWith(root.endsWith(sep) ? root : root + sep)

/** The bytes of a regular file of at most `limit` bytes, or why not. Never waits on a pipe. */
export async function readBounded(path: string, limit: number): Promise<Buffer | Message> {
  const what = await lstat(path).catch(() => undefined)
  if (!what?.isFile()) return msg('it is not a file')
  try {
    await using handle = await open(
      path,
      constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
    )
    const { size } = await handle.stat()
    if (size > limit) return msg('it is larger than {limit} KiB', { limit: limit / 1024 })
    const buffer = Buffer.alloc(size)
    const { bytesRead } = await handle.read(buffer, 0, size, 0)
    return buffer.subarray(0, bytesRead)
  } catch (error) {
    return msg('it cannot be read ({code})', {
      code: (error as NodeJS.ErrnoException).code ?? 'unknown',
    })
  }
}
