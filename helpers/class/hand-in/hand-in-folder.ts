import { lstat, readdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { readFolder } from '../../submission/folder.ts'

const mostEntries = 5000
const deepest = 8
const mostSteps = 3

/** What is in a folder, as far as a hand-in needs it. */
export interface Contents {
  /** The folder itself, or the only one that is in it, and so on. */
  dir: string
  isEmpty: boolean
}

const packed = /\.(zip|tar|gz|tgz|rar|7z|xz|bz2|tbz2?|txz|zst)$/i

/** Looks into a folder. Links in it are followed nowhere. */
export async function contentsOf(folder: string): Promise<Contents> {
  let dir = folder
  for (let steps = 0; ; steps++) {
    const all = await readdir(dir, { withFileTypes: true })
    const entries = all.filter(({ name }) => name === '.git' || !isSystems(name))
    const [only, ...others] = entries
    if (!only) return { dir, isEmpty: true }
    if (others.length > 0) return { dir, isEmpty: false }
    if (!only.isDirectory() || only.name === '.git' || steps >= mostSteps)
      return { dir, isEmpty: false }
    dir = join(dir, only.name)
  }
}

/** The archives of a folder in which there is no job file: the work is in them, or nowhere. */
export async function onlyPacked(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isFile() && packed.test(entry.name))
  if (names.length === 0) return []
  const { read, unread } = await readFolder(await realpath(dir))
  return read.length + unread.length > 0 ? [] : names.map(({ name }) => name).sort()
}

const isSystems = (name: string) =>
  name.startsWith('.') || /^(__MACOSX|Thumbs\.db|desktop\.ini)$/i.test(name)

/** When the newest file of the folder was changed; hidden ones do not count. */
export async function newestIn(folder: string): Promise<Date | undefined> {
  let newest: Date | undefined
  let left = mostEntries
  const waiting = [{ dir: folder, depth: 0 }]
  while (waiting.length > 0) {
    const { dir, depth } = waiting.shift()!
    for (const entry of await readdir(dir, { withFileTypes: true }).catch(() => [])) {
      if (left-- <= 0) return newest
      if (isSystems(entry.name)) continue
      const path = join(dir, entry.name)
      if (entry.isDirectory()) {
        if (depth < deepest) waiting.push({ dir: path, depth: depth + 1 })
        continue
      }
      const is = entry.isFile() ? await lstat(path).catch(() => undefined) : undefined
      if (is && (!newest || is.mtime > newest)) newest = is.mtime
    }
  }
  return newest
}
