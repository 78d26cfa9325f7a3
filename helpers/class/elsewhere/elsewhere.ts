import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Result } from '../../grade/result.ts'
import { type Message, msg, sentences } from '../../language/message.ts'
import { folderName } from '../../report/folder.ts'
import { readRunFolder } from '../../run-folder.ts'
import type { Clock } from '../../time/clock.ts'
import { Fault } from '../../time/fault.ts'
import type { Ended, Hears, Task } from '../types.ts'

/** A run that is made on another machine, and where its folder goes on this one. */
export interface Into {
  out: string
  student: string
  /** Of what is graded: ends the name of the run's folder, which is how it is known again. */
  key: string
}

/** The nth grading elsewhere of this student, these items, this submission: the same each time. */
export function keyOf(task: Task, words: readonly string[], parcel: Buffer, nth: number): string {
  const { student, asked } = task
  return digest(JSON.stringify([student, asked, words, digest(parcel), nth])).slice(0, 12)
}

export const digest = (text: string | Buffer): string =>
  createHash('sha256').update(text).digest('hex')

export const folderOf = ({ out, student }: Pick<Into, 'out' | 'student'>): string =>
  join(out, folderName(student))

/** Whether that run is here. One that was cut in the middle left nothing. */
export async function isHere(of: Into): Promise<boolean> {
  const parent = folderOf(of)
  const names = await readdir(parent).catch(() => [])
  return names.some(
    (name) => name.endsWith(`-${of.key}`) && existsSync(join(parent, name, 'result.json')),
  )
}

/**
 * Takes a run's folder, which stands in `folderOf(into)` under another name, into its place: a new
 * folder, of which `began` hears while it is empty, and then everything at once. Rejects with a Fault
 * where evidence and result do not belong together, or to the student.
 */
export async function takeRun(
  aside: string,
  into: Into,
  began: (dir: string) => void,
  clock: Clock,
): Promise<{ dir: string; result: Result }> {
  const { result } = readRunFolder(aside)
  if (result?.student !== into.student)
    throw new Fault(msg('The result that came is of another student.'), { code: 'OTHER_RESULT' })
  const time = new Date(clock.now())
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-')
  const dir = join(folderOf(into), `${time}-${into.key}`)
  await mkdir(dir)
  began(dir)
  // Windows does not rename over a folder, not even an empty one.
  if (process.platform === 'win32') await rmdir(dir)
  await rename(aside, dir)
  return { dir, result }
}

/** A run that came, as the class hears of it. */
export function graded({ dir, result }: { dir: string; result: Result }, hears: Hears): Ended {
  for (const { id, verdict } of result.items) hears.settled({ id, verdict })
  return { kind: 'graded', dirs: [dir] }
}

export const parked = (why: Message, cure?: Message): Extract<Ended, { kind: 'parked' }> => ({
  ...{ kind: 'parked', why: sentences(why, cure), dirs: [] },
})

/** What to do about a student whom another machine cannot grade. */
export const gradeHere = ({ student }: Task): Message =>
  msg('Grade it on this machine: {code}.', { code: `--engine here --only ${student}` })
