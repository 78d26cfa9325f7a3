import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Message } from '../../language/message.ts'

const messageSchema = z.custom<Message>(
  (value) =>
    z.object({ text: z.string(), values: z.record(z.string(), z.unknown()) }).safeParse(value)
      .success,
)

/** What is written beside the files of a fetched hand-in. */
const recordSchema = z.object({
  /** What was asked for, as one text without secrets: what is the same is not fetched again. */
  wish: z.string(),
  /** Where its source stood: an archive's digest, or a commit. */
  standing: z.string(),
  commit: z.string().optional(),
  /** ISO 8601. */
  at: z.string().optional(),
  notes: z.array(messageSchema),
  fetchedAt: z.string(),
})

type HandInRecord = z.infer<typeof recordSchema>
export interface KeptHandIn extends HandInRecord {
  files: string
}

const unfinished = '.unfinished-'

/** The hand-ins of a student that were fetched whole, newest first; what was cut short is removed. */
export async function keptIn(folder: string): Promise<KeptHandIn[]> {
  const names = await readdir(folder).catch(() => [] as string[])
  const kept: KeptHandIn[] = []
  for (const name of names) {
    const path = join(folder, name)
    if (name.startsWith(unfinished)) await rm(path, { recursive: true, force: true })
    else {
      const text = await readFile(join(path, 'hand-in.json'), 'utf8').catch(() => '')
      const record = recordSchema.safeParse(parsed(text))
      if (record.success) kept.push({ ...record.data, files: join(path, 'files') })
    }
  }
  return kept.sort((a, b) => (a.fetchedAt < b.fetchedAt ? 1 : -1))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Fetches a hand-in into a folder of its own, which is there whole or not at all. `fetch` writes the
 * files below the folder that it is given, and gives what is to be known of them; undefined: there is
 * nothing to keep.
 */
export async function keep<T>(
  folder: string,
  name: string,
  fetch: (files: string) => Promise<{ record: Omit<HandInRecord, 'fetchedAt'> } | { nothing: T }>,
  now: Date,
): Promise<KeptHandIn | { nothing: T }> {
  const aside = join(folder, `${unfinished}${process.pid}-${name}`)
  await mkdir(join(aside, 'files'), { recursive: true })
  try {
    const fetched = await fetch(join(aside, 'files'))
    if ('nothing' in fetched) return fetched
    const record: HandInRecord = { ...fetched.record, fetchedAt: now.toISOString() }
    await writeFile(join(aside, 'hand-in.json'), `${JSON.stringify(record, null, 2)}\n`)
    const path = join(folder, name)
    await rm(path, { recursive: true, force: true })
    await rename(aside, path)
    return { ...record, files: join(path, 'files') }
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}
