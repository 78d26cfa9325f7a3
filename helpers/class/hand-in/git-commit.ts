import git from 'isomorphic-git'
import { msg } from '../../language/message.ts'
import { told } from '../roster/roster-times.ts'
import { refusal } from './hand-in-refused.ts'

/** A repository as isomorphic-git is told of it. */
export interface Repository {
  fs: Parameters<typeof git.log>[0]['fs']
  gitdir: string
  cache: object
}

/** What of a repository is graded. */
export interface Chosen {
  commit: string
  at: Date
  /** Commits of the branch after the deadline, which are left out. */
  later: number
}

const mostCommits = 10_000

/** When the commit was made, by the clock of whoever made it. */
const timeOf = (commit: { committer: { timestamp: number } }) =>
  new Date(commit.committer.timestamp * 1000)

/** The commit that a row names: by (a part of) its id, or by tag or branch. */
export async function namedCommit(repo: Repository, name: string): Promise<Chosen> {
  const oid = await idOf(repo, name)
  if (oid) {
    try {
      const { oid: commit, commit: is } = await git.readCommit({ ...repo, oid })
      return { commit, at: timeOf(is), later: 0 }
    } catch {
      // Not there, or something that is no commit.
    }
  }
  throw refusal(msg('the repository has no commit {commit}.', { commit: name.slice(0, 100) }))
}

async function idOf(repo: Repository, name: string): Promise<string | undefined> {
  if (/^[0-9a-f]{40}$/i.test(name)) return name.toLowerCase()
  if (/^[0-9a-f]{7,39}$/i.test(name)) {
    const found = await git.expandOid({ ...repo, oid: name.toLowerCase() }).catch(() => undefined)
    if (found) return found
  }
  if (!/^[\w./@+-]{1,200}$/.test(name) || name.includes('..')) return undefined
  for (const ref of [`refs/tags/${name}`, `refs/remotes/origin/${name}`, `refs/heads/${name}`]) {
    const found = await git.resolveRef({ ...repo, ref }).catch(() => undefined)
    if (found) return found
  }
  return undefined
}

/**
 * The last commit of a branch at or before the deadline (none: its last one), by committer's date,
 * going back along first parents: what a merge brought later was not in the branch before. `first` is
 * the oldest one's time, where all came after the deadline.
 */
export async function lastCommit(
  repo: Repository,
  head: string,
  deadline: Date | undefined,
): Promise<Chosen | { first: Date }> {
  let oid: string | undefined = head
  let at = new Date(0)
  for (let later = 0; oid !== undefined && later < mostCommits; later++) {
    const { commit } = await read(repo, oid)
    at = timeOf(commit)
    if (!deadline || at <= deadline) return { commit: oid, at, later }
    oid = commit.parent[0]
  }
  return { first: at }
}

async function read(repo: Repository, oid: string) {
  try {
    return await git.readCommit({ ...repo, oid })
  } catch (cause) {
    throw refusal(
      msg('the history of the repository ends at {commit}, which is not there.', {
        commit: oid.slice(0, 10),
      }),
      cause,
    )
  }
}

/** For sentences. */
export const toldCommit = ({ commit, at }: Chosen): string => `${commit.slice(0, 10)} (${told(at)})`
