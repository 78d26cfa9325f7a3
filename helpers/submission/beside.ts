import { realpath } from 'node:fs/promises'
import type { OwnStage } from '../grade/rubric.ts'
import { type Read, readFolder } from './folder.ts'
import { servicesOf } from './job.ts'
import { parseJob } from './parse.ts'
import { placesOf } from './places.ts'
import type { BesideId, NoStage, Stage, Submission } from './types.ts'

/**
 * Adds the stages that are none of the sheet's: the file of the folder whose job registers one of
 * their services, or that names one and cannot be read. Several are ambiguous.
 */
export async function takeBeside(
  submission: Submission,
  rows: Record<string, { stage?: OwnStage }>,
): Promise<void> {
  const wanted = Object.entries(rows).flatMap(([id, { stage }]) => {
    return stage ? [{ id: id as BesideId, ...stage }] : []
  })
  const root = await realpath(submission.dir).catch(() => undefined)
  if (wanted.length === 0 || root === undefined) return
  const { read } = await readFolder(root)
  submission.beside = {}
  for (const { id, services } of wanted) {
    const found = (await Promise.all(read.map((one) => stageFrom(id, one, services)))).flat()
    const [first, second] = found
    submission.beside[id] = first && !second ? first : missing(id, found)
    const taken = first && !second ? first.file : undefined
    submission.unused = submission.unused.filter(({ file }) => file !== taken)
  }
}

const missing = (id: BesideId, found: Stage<BesideId>[]): NoStage<BesideId> => ({
  id,
  missing: found.length > 0 ? 'ambiguous' : 'not handed in',
  candidates: found.map(({ file }) => file),
})

async function stageFrom(
  id: BesideId,
  { file, text, format }: Read,
  services: readonly string[],
): Promise<Stage<BesideId>[]> {
  const parsed = await parseJob(text, format)
  const names =
    'job' in parsed
      ? parsed.job.groups.flatMap(servicesOf).map(({ name }) => name)
      : services.filter((name) => /\bjob\b/.test(text) && text.includes(`"${name}"`))
  if (!services.some((name) => names.includes(name))) return []
  const stage: Stage<BesideId> = {
    ...{ id, file, text, format, places: placesOf(text, format) },
    origin: { how: 'exact' },
  }
  return ['problem' in parsed ? { ...stage, problem: { ...parsed.problem, file } } : stage]
}
