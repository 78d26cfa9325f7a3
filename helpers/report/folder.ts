import { createHash } from 'node:crypto'
import { lstat, mkdir, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { plain } from '../grade/text.ts'

/** Names that Windows keeps for devices, with any extension. */
const devices = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)/i

/** Everything but letters, digits, emoji and a few signs that no file system and no glob reads. */
const unsafe =
  /(?!\u200d|\ufe0f|[\p{L}\p{M}\p{N}\p{Extended_Pictographic}\p{RI}\p{Emoji_Modifier} ._·',@+-])./gsu

/**
 * The student's name as one folder name for every file system. A name that had to change gets a few
 * digits of its hash, so that two students never share a folder.
 */
export function folderName(student: string): string {
  const wanted = student.normalize('NFC')
  let name = plain(wanted, 48)
    .normalize('NFC')
    .replace(unsafe, '-')
    .replace(/^[ .+@-]+/, '')
    .replace(/[ .]+$/, '')
  if (devices.test(name)) name = `_${name}`
  name = shortened(name, 120) || 'student'
  if (name === wanted) return name
  return `${name}-${createHash('sha256').update(student).digest('hex').slice(0, 8)}`
}

/** At most so many bytes of UTF-8, cut between characters. */
function shortened(name: string, bytes: number): string {
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(name)) {
    if (Buffer.byteLength(kept + segment) > bytes) break
    kept += segment
  }
  return kept.replace(/[ .]+$/, '')
}

/** 2026-11-24T23-59-01Z */
function timeName(at: Date): string {
  return at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-')
}

/**
 * Makes the folder of a run, `<out>/<student>/<time>`, and returns its path. A second run of the same
 * second gets `<time>-2`.
 */
export async function runFolder(out: string, student: string, at: Date): Promise<string> {
  const parent = join(out, folderName(student))
  await mkdir(parent, { recursive: true })
  for (let nth = 1; nth <= 1000; nth++) {
    const dir = join(parent, nth === 1 ? timeName(at) : `${timeName(at)}-${nth}`)
    try {
      await mkdir(dir)
      return dir
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  throw new Error(
    `The report's folder cannot be made: ${parent} already has 1000 runs of ${timeName(at)}. Use another --out.`,
  )
}

/**
 * Makes `<out>/<student>/latest` lead to the run: a relative link, else a junction (Windows), else
 * the file `latest.txt` with the folder's name. Returns the path of what was made.
 */
export async function pointLatest(out: string, student: string, runDir: string): Promise<string> {
  const parent = join(out, folderName(student))
  await mkdir(parent, { recursive: true })
  const latest = join(parent, 'latest')
  const text = join(parent, 'latest.txt')
  const target = relative(resolve(parent), resolve(runDir))
  const linked = await replaceLink(latest, target, resolve(runDir))
  if (linked) {
    await rm(text, { force: true })
    return latest
  }
  await writeFile(text, `${target}\n`)
  return text
}

/** Whether `latest` leads to the run now. Something there that is no link is left alone. */
async function replaceLink(latest: string, target: string, absolute: string): Promise<boolean> {
  const found = await lstat(latest).catch(() => undefined)
  if (found && !found.isSymbolicLink()) return false
  // A link made aside and renamed over the old one: there is always a latest.
  const aside = join(dirname(latest), `.latest-${basename(absolute)}`)
  try {
    await rm(aside, { force: true })
    await symlink(target, aside, 'dir')
    await rename(aside, latest)
    return true
  } catch {
    await rm(aside, { force: true }).catch(() => {})
  }
  try {
    if (found) await unlink(latest)
    await symlink(absolute, latest, 'junction')
    return true
  } catch {
    return false
  }
}
