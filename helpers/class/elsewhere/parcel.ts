import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { create } from 'tar'
import { type Message, msg } from '../../language/message.ts'
import { findSubmission } from '../../submission/find.ts'
import { readBounded, readFolder } from '../../submission/folder.ts'
import { readStagesYaml } from '../../submission/stages-yaml.ts'
import type { Submission } from '../../submission/types.ts'
import { layHistory } from './parcel-git.ts'

/** What is graded of a submission, for another machine: a tar.gz, the same bytes each time. */
export type Parcel = { bytes: Buffer } | { why: Message }

/** A job file is never larger; what is, is only looked at. */
const mostBytes = 1024 * 1024

/**
 * Packs what findSubmission reads: job files, stages.yaml, and of the git history the versions that a
 * stage was found in. It is unpacked in a folder of its own and looked at first: what would not be the
 * same submission there is not packed, and `why` says so.
 */
export async function parcelOf(dir: string): Promise<Parcel> {
  const staging = await mkdtemp(join(tmpdir(), 'grade-parcel-'))
  try {
    const here = await findSubmission(dir)
    const files = await layFiles(await realpath(dir), staging)
    files.push(...(await layHistory(await realpath(dir), staging, here)))
    const there = await findSubmission(staging)
    if (!isSame(here, there)) return { why: msg('What is graded of it cannot be packed.') }
    return { bytes: await packed(staging, files) }
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

const isSame = (one: Submission, other: Submission) =>
  isDeepStrictEqual({ ...one, dir: '' }, { ...other, dir: '' })

/** Copies the files that are looked at, and gives their names. */
async function layFiles(root: string, staging: string): Promise<string[]> {
  const { read, unread } = await readFolder(root)
  const named = await namedIn(root)
  const files = [...new Set([...read, ...unread].map(({ file }) => file).concat(named))]
  const laid: string[] = []
  for (const file of files) {
    const to = join(staging, file)
    const bytes = await readBounded(join(root, file), mostBytes)
    if (!Buffer.isBuffer(bytes)) continue
    await mkdir(dirname(to), { recursive: true })
    await writeFile(to, bytes)
    laid.push(file)
  }
  return laid
}

/** stages.yaml, and what it names, whatever its name ends in. */
async function namedIn(root: string): Promise<string[]> {
  const has = Buffer.isBuffer(await readBounded(join(root, 'stages.yaml'), mostBytes))
  if (!has) return []
  const { stages } = await readStagesYaml(root)
  return ['stages.yaml', ...[...stages.values()].map(({ file }) => file)]
}

/** tar and gzip without times and owners. */
async function packed(cwd: string, files: string[]): Promise<Buffer> {
  const options = { cwd, gzip: { level: 9 }, portable: true, mtime: new Date(0) }
  // A name that begins with @ would be an archive to take files from.
  const names = files.sort().map((file) => `./${file}`)
  const chunks: Buffer[] = []
  for await (const chunk of create(options, names)) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
