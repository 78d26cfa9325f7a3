import { createHash } from 'node:crypto'
import { readdir, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import git from 'isomorphic-git'
import { type Message, msg } from '../../language/message.ts'
import { gitFiles } from '../../submission/git-files.ts'
import { Fault } from '../../time/fault.ts'
import { told } from '../roster/roster-times.ts'
import type { Enrolment, HandIn } from '../types.ts'
import { sinkTo } from './archive-sink.ts'
import { type Chosen, lastCommit, namedCommit, type Repository, toldCommit } from './git-commit.ts'
import { keepHistory } from './git-history.ts'
import type { GitToken } from './git-http.ts'
import { fetchAll, gitLimits, type Refs, refsOf } from './git-remote.ts'
import { writeTree } from './git-tree.ts'
import { type KeptHandIn, keep, keptIn } from './hand-in-kept.ts'
import { refusal } from './hand-in-refused.ts'
import { lateness } from './hand-in-time.ts'
import { shown } from './hand-in-where.ts'

export interface FromGit {
  folder: string
  now: Date
  signal: AbortSignal | undefined
  token: GitToken | undefined
}

/**
 * Fetches a repository's commit (the row's, else the last one by the deadline) below `folder`; rejects
 * with a refusal. What is there already is not fetched again, and is what is graded when the server
 * does not answer.
 */
export async function fromServer(url: string, who: Enrolment, how: FromGit): Promise<HandIn> {
  const wish = wishOf(shown(url), who)
  const earlier = (await keptIn(how.folder)).filter((one) => one.wish === wish)
  const exact = earlier.find(({ commit }) => commit === who.commit?.toLowerCase())
  if (exact) return handInOf(exact, who, [])
  const remote = { url, token: how.token, signal: how.signal }
  let refs: Refs
  try {
    refs = await refsOf(remote)
  } catch (error) {
    const [latest] = earlier
    if (!latest || !(error instanceof Fault)) throw error
    const note = msg('What was fetched at {at} is graded.', { at: told(latest.fetchedAt) })
    return handInOf(latest, who, [error.said, note])
  }
  if (Object.keys(refs.all).length === 0) return empty()
  const standing = who.commit ? JSON.stringify(refs.all) : refs.head
  if (standing === undefined) throw headless()
  const hash = createHash('sha256').update(standing).digest('hex')
  const same = earlier.find((one) => one.standing === hash)
  if (same) return handInOf(same, who, [])
  return await chosen(who, how, wish, hash, async (files) => {
    const repo = await fetchAll(remote, join(files, '.fetched'), who.commit !== undefined)
    return { repo, head: refs.head }
  })
}

/** The same of a repository on this machine, bare or with its files; `gitdir` is the bare part. */
export async function fromDisk(path: string, who: Enrolment, how: FromGit): Promise<HandIn> {
  const gitdir = await realpath(path)
  const repo: Repository = { fs: gitFiles(gitdir, gitLimits), gitdir, cache: {} }
  const head = await git.resolveRef({ ...repo, ref: 'HEAD' }).catch(() => undefined)
  if (head === undefined && !who.commit) {
    if (await isEmpty(gitdir)) return empty()
    throw headless()
  }
  const wish = wishOf(gitdir, who)
  const standing = who.commit ? (await namedCommit(repo, who.commit)).commit : (head ?? '')
  const same = (await keptIn(how.folder)).find(
    (one) => one.wish === wish && one.standing === standing,
  )
  if (same) return handInOf(same, who, [])
  return await chosen(who, how, wish, standing, async () => ({ repo, head }))
}

const empty = (): HandIn => ({ kind: 'missing', why: msg('The repository is empty.') })
const headless = () => refusal(msg('the repository has no default branch.'))

/** No mark hangs on a repository that we cannot read: empty is one that holds nothing. */
async function isEmpty(gitdir: string): Promise<boolean> {
  const objects = await readdir(join(gitdir, 'objects'))
  const packs = await readdir(join(gitdir, 'objects', 'pack')).catch(() => [])
  return packs.length === 0 && objects.every((name) => name === 'info' || name === 'pack')
}

const wishOf = (where: string, { commit, deadline }: Enrolment) =>
  JSON.stringify([where, commit ?? null, deadline ?? null])

/** Chooses the commit, and keeps its files and its history. */
async function chosen(
  who: Enrolment,
  how: FromGit,
  wish: string,
  standing: string,
  open: (files: string) => Promise<{ repo: Repository; head: string | undefined }>,
): Promise<HandIn> {
  const name = createHash('sha256')
    .update(JSON.stringify([wish, standing]))
    .digest('hex')
  const kept = await keep<Message>(
    how.folder,
    name.slice(0, 16),
    async (files) => {
      const { repo, head } = await open(files)
      const found = who.commit ? await namedCommit(repo, who.commit) : await last(repo, head, who)
      if ('first' in found) return { nothing: tooLate(found.first, who) }
      const notes = [
        ...aboutChoice(found, who),
        ...(await writeTree(repo, found.commit, sinkTo(files))),
      ]
      notes.push(...(await history(repo, found.commit, files)))
      await rm(join(files, '.fetched'), { recursive: true, force: true })
      const at = found.at.toISOString()
      return { record: { wish, standing, commit: found.commit, at, notes } }
    },
    how.now,
  )
  if ('nothing' in kept) return { kind: 'missing', why: kept.nothing }
  return handInOf(kept, who, [])
}

async function last(repo: Repository, head: string | undefined, { deadline }: Enrolment) {
  if (head === undefined) throw headless()
  return await lastCommit(repo, head, deadline ? new Date(deadline) : undefined)
}

const tooLate = (first: Date, { deadline }: Enrolment): Message =>
  msg('The repository has no commit by the deadline, {deadline}: its first one is of {first}.', {
    ...{ deadline: told(deadline ?? ''), first: told(first) },
  })

function aboutChoice(found: Chosen, { commit, deadline }: Enrolment): Message[] {
  if (commit || !deadline) return []
  const which = msg(
    'Graded is the last commit by the deadline, {commit}; commits have the time of the student’s own machine, which can be set at will.',
    {
      commit: toldCommit(found),
    },
  )
  const { later } = found
  if (later === 0) return [which]
  return [
    which,
    msg('{later, plural, one {# later commit is} other {# later commits are}} left out.', {
      later,
    }),
  ]
}

async function history(repo: Repository, commit: string, files: string): Promise<Message[]> {
  try {
    await keepHistory(repo, commit, files)
    return []
  } catch (error) {
    await rm(join(files, '.git'), { recursive: true, force: true })
    const why = (error as Error).name
    return [
      msg('Earlier versions of its files cannot be read ({why}): they are not looked at.', { why }),
    ]
  }
}

function handInOf(kept: KeptHandIn, who: Enrolment, notes: Message[]): HandIn {
  const at = kept.at === undefined ? undefined : new Date(kept.at)
  const time = lateness(at, who.deadline, 'commit')
  return {
    ...{ kind: 'folder', dir: kept.files, ...time },
    ...(kept.commit && { commit: kept.commit }),
    notes: [...notes, ...kept.notes, ...time.notes],
  }
}
