import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { msg } from '../../language/message.ts'
import { folderName } from '../../report/folder.ts'
import { Fault, sentenceOf } from '../../time/fault.ts'
import type { Enrolment, HandIn } from '../types.ts'
import { isArchiveName } from './archive-names.ts'
import { type GitToken, gitTokenOf } from './git-http.ts'
import { fromArchive } from './hand-in-archive.ts'
import { contentsOf, newestIn, onlyPacked } from './hand-in-folder.ts'
import { refusal } from './hand-in-refused.ts'
import { lateness } from './hand-in-time.ts'
import { shown, whereIs } from './hand-in-where.ts'

export interface Fetching {
  /** Folder for the hand-ins of the whole class; each student's are in one of it. */
  into: string
  /** What paths of the roster are relative to. */
  rosterDir: string
  signal?: AbortSignal
  /** For private repositories; from the environment unless given. */
  token?: GitToken
  /** What is written down as the time of fetching. */
  now?: Date
}

/**
 * Brings what a student handed in to this machine, and says which of it is graded and whether it is
 * late (docs/class.md). A folder is graded where it is; an archive or a commit is kept below `into`,
 * whole or not at all, and not fetched again while its source is the same. Whatever is wrong with it
 * is this student's `refused` line: rejects only when the signal aborts.
 */
export async function fetchHandIn(who: Enrolment, how: Fetching): Promise<HandIn> {
  const { submission } = who
  if (submission === undefined) return { kind: 'missing', why: msg('Nothing was handed in.') }
  how.signal?.throwIfAborted()
  try {
    const handIn = await from(submission, who, how)
    if (handIn.kind === 'folder') await mustBeUnpacked(handIn.dir)
    return handIn
  } catch (error) {
    how.signal?.throwIfAborted()
    const isOurs = error instanceof Fault
    const why = isOurs ? error.said : msg('it cannot be read: {said}', { said: sentenceOf(error) })
    return { kind: 'refused', why: msg('{what}: {why}', { what: shown(submission), why }) }
  }
}

/** Nothing handed in and something that we do not look into are not the same. */
async function mustBeUnpacked(dir: string): Promise<void> {
  const names = await onlyPacked(dir)
  if (names.length > 0)
    throw refusal(msg('there is no job file in it, only archives: {names}.', { names }))
}

async function from(submission: string, who: Enrolment, how: Fetching): Promise<HandIn> {
  const where = whereIs(submission, how.rosterDir)
  const into = {
    folder: join(how.into, folderName(who.student)),
    now: how.now ?? new Date(),
    signal: how.signal,
    token: how.token ?? gitTokenOf(process.env),
  }
  if (where.kind === 'git') {
    const { fromServer } = await import('./hand-in-git.ts')
    return await fromServer(where.url, who, into)
  }
  const { path } = where
  const is = await stat(path).catch(() => undefined)
  // No mark hangs on a slip of the teacher's: nothing handed in is an empty cell.
  if (!is)
    throw refusal(
      msg('it is not there; if nothing was handed in, leave its cell in the roster empty.'),
    )
  if (is.isFile()) return await fromArchive(path, who, into)
  if (!is.isDirectory()) throw refusal(msg('it is neither a folder nor a file.'))
  const gitdir = await repositoryIn(path)
  if (!gitdir) return await fromFolder(path, who, into)
  // A clone's files have the time of cloning, so its commits are asked, unless there is more than they hold.
  const isTimed = who.deadline === undefined || who.handedInAt !== undefined
  if (who.commit === undefined && isTimed && gitdir !== path)
    return await fromFolder(path, who, into)
  const { isAsCommitted } = await import('./git-clean.ts')
  const { fromDisk } = await import('./hand-in-git.ts')
  if (who.commit !== undefined || gitdir === path || (await isAsCommitted(path, gitdir)))
    return await fromDisk(gitdir, who, into)
  const handIn = await fromFolder(path, who, into)
  if (handIn.kind !== 'folder') return handIn
  const note = msg('Some of it was never committed: the folder is graded as it stands.')
  return { ...handIn, notes: [note, ...handIn.notes] }
}

/** The `.git` of a clone, or a bare repository itself. */
async function repositoryIn(path: string): Promise<string | undefined> {
  for (const gitdir of [join(path, '.git'), path]) {
    const parts = await Promise.all(
      ['HEAD', 'objects', 'refs'].map((part) => stat(join(gitdir, part)).catch(() => undefined)),
    )
    const [head, objects, refs] = parts
    if (head?.isFile() && objects?.isDirectory() && refs?.isDirectory()) return gitdir
  }
  return undefined
}

async function fromFolder(
  path: string,
  who: Enrolment,
  into: Parameters<typeof fromArchive>[2],
): Promise<HandIn> {
  const { dir, isEmpty } = await contentsOf(path)
  if (isEmpty)
    return { kind: 'missing', why: msg('The folder {name} is empty.', { name: basename(path) }) }
  // What Moodle keeps of a student: an archive, perhaps a report beside it.
  const [archive, ...others] = await onlyPacked(dir)
  if (archive && others.length === 0 && isArchiveName(archive))
    return await fromArchive(join(dir, archive), who, into)
  const { handedInAt } = who
  const at = handedInAt === undefined ? await newestIn(dir) : new Date(handedInAt)
  const clock = handedInAt === undefined ? 'files' : 'roster'
  return { kind: 'folder', dir, ...lateness(at, who.deadline, clock) }
}
