import type { Stats } from 'node:fs'
import { lstat, readdir, realpath } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { inflateSync } from 'node:zlib'
import { isInside, readBounded } from './folder.ts'

const mib = 1024 * 1024
const maxIndex = 8 * mib

/** Bytes: of a pack, of an object, and of all objects of a pack when they are inflated. */
export interface GitLimits {
  pack: number
  object: number
  inflated: number
}

/** For looking at the history of job files. */
const historyLimits: GitLimits = { pack: 32 * mib, object: 4 * mib, inflated: 128 * mib }

/** What of a .git directory is read: its objects and what names them. No configuration, no hooks. */
const readable =
  /^(HEAD|packed-refs|shallow|refs(\/.*)?|objects(\/[0-9a-f]{2}(\/[0-9a-f]{38})?|\/pack(\/[\w.-]+)?)?)?$/

const missing = (path: string): Error =>
  Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' })

/**
 * A read-only file system for isomorphic-git that holds only one .git directory's objects and refs.
 * Files are bounded, and so is what they inflate to: a repository is a stranger's.
 */
export function gitFiles(gitdir: string, limits: GitLimits = historyLimits) {
  const checked = new Map<string, boolean>()
  const locate = async (path: string): Promise<string> => {
    const inside = relative(gitdir, join(path)).split(sep).join('/')
    if (!readable.test(inside)) throw missing(path)
    const real = await realpath(path)
    if (!isInside(gitdir, real)) throw missing(path)
    return real
  }
  const readFile = async (path: string, options?: string | { encoding?: string }) => {
    const real = await locate(path)
    const isPack = path.endsWith('.pack')
    const isObject = /objects[/\\][0-9a-f]{2}[/\\]/.test(path)
    const usual = path.endsWith('.idx') ? maxIndex : mib
    const most = isPack ? limits.pack : isObject ? limits.object : usual
    const bytes = await readBounded(real, most)
    if (!Buffer.isBuffer(bytes)) throw missing(path)
    if (isPack && !checked.has(real)) checked.set(real, isSafePack(bytes, limits))
    if (isPack && !checked.get(real)) throw missing(path)
    if (isObject) inflateSync(bytes, { maxOutputLength: limits.object })
    const encoding = typeof options === 'string' ? options : options?.encoding
    return encoding ? bytes.toString('utf8') : bytes
  }
  const stat = async (path: string): Promise<Stats> => lstat(await locate(path))
  const list = async (path: string) => (await readdir(await locate(path))).slice(0, 1000)
  const refuse = async (path: string) => {
    throw missing(path)
  }
  const writes = {
    writeFile: refuse,
    mkdir: refuse,
    rmdir: refuse,
    unlink: refuse,
    symlink: refuse,
  }
  return { promises: { readFile, stat, lstat: stat, readdir: list, readlink: refuse, ...writes } }
}

/**
 * Whether no object of a pack inflates to more than is allowed, whatever it says of itself. Reads it
 * from its start: each object's header, and its content to the end.
 */
export function isSafePack(pack: Buffer, limits: GitLimits = historyLimits): boolean {
  try {
    const objects = pack.readUInt32BE(8)
    let at = 12
    let total = 0
    for (let i = 0; i < objects; i++) {
      const header = objectHeader(pack, at)
      const { buffer, used } = inflated(pack.subarray(header.next), limits.object)
      total += buffer.length
      if (total > limits.inflated) return false
      if (header.isDelta && deltaTarget(buffer) > limits.object) return false
      at = header.next + used
    }
    return true
  } catch {
    return false
  }
}

function inflated(bytes: Buffer, most: number): { buffer: Buffer; used: number } {
  const options = { info: true, maxOutputLength: most }
  const done = inflateSync(bytes, options) as unknown as {
    buffer: Buffer
    engine: { bytesWritten: number }
  }
  return { buffer: done.buffer, used: done.engine.bytesWritten }
}

/** Type and length, then for deltas the object that they change (by offset, 6, or by name, 7). */
function objectHeader(pack: Buffer, at: number): { isDelta: boolean; next: number } {
  const type = (pack.readUInt8(at) >> 4) & 7
  const next = afterNumber(pack, at)
  if (type === 6) return { isDelta: true, next: afterNumber(pack, next) }
  return { isDelta: type === 7, next: type === 7 ? next + 20 : next }
}

function afterNumber(bytes: Buffer, at: number): number {
  let i = at
  while (bytes.readUInt8(i) & 0x80) i++
  return i + 1
}

/** The length that a delta's result has: the second number of the delta. */
function deltaTarget(delta: Buffer): number {
  let value = 0
  let factor = 1
  for (let i = afterNumber(delta, 0); ; i++) {
    const byte = delta.readUInt8(i)
    value += (byte & 0x7f) * factor
    factor *= 128
    if (!(byte & 0x80)) return value
  }
}
