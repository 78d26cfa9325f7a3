/** Folders to find submissions in, for the tests. */

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach } from 'vitest'
import { tellIn } from '../language/message.ts'
import { findSubmission } from './find.ts'
import type { StageId, Submission } from './types.ts'

export const examples = join(import.meta.dirname, '../../examples/submissions')
const [one = '', three = '', fixed = '', apache = ''] = await Promise.all(
  ['01.1-nginx', '01.3-nginx', '02.1-nginx', '03.1-apache'].map((name) =>
    readFile(join(examples, 'reference', `${name}.nomad`), 'utf8'),
  ),
)

export { apache, fixed, one, three }

/** The four job files by name. */
export const reference = {
  '01.1-nginx.nomad': one,
  '01.3-nginx.nomad': three,
  '02.1-nginx.nomad': fixed,
  '03.1-apache.nomad': apache,
}
export const broken = fixed.replace('network {', 'network')

const made: string[] = []
afterEach(async () => {
  for (const dir of made.splice(0)) await rm(dir, { recursive: true, force: true })
})

/** Makes a folder that is removed after the test. */
export async function folder(files: Record<string, string | Uint8Array>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'submission-'))
  made.push(dir)
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, file)), { recursive: true })
    await writeFile(join(dir, file), text)
  }
  return dir
}

/** `01.1: nginx.nomad derived` for each stage. */
export function summary({ stages }: Submission): string[] {
  return Object.values(stages).map((stage) =>
    'text' in stage
      ? `${stage.id}: ${stage.file} ${stage.origin.how}${stage.problem ? ` ${stage.problem.code}` : ''}`
      : `${stage.id}: ${stage.missing} ${stage.candidates.map((one) => tellIn(one, 'en')).join(' ')}`.trim(),
  )
}

export const find = async (files: Record<string, string | Uint8Array>) =>
  findSubmission(await folder(files))

export const textOf = (submission: Submission, id: StageId): string => {
  const stage = submission.stages[id]
  return 'text' in stage ? stage.text : ''
}
