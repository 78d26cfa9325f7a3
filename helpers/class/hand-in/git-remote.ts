import * as files from 'node:fs/promises'
import git from 'isomorphic-git'
import { msg, said } from '../../language/message.ts'
import { isSafePack } from '../../submission/git-files.ts'
import { coded, withDeadline } from '../../time/deadline.ts'
import { codeOf, Fault } from '../../time/fault.ts'
import { mib } from './archive-sink.ts'
import type { Repository } from './git-commit.ts'
import { type GitToken, gitHttp } from './git-http.ts'
import { refusal } from './hand-in-refused.ts'
import { shown } from './hand-in-where.ts'

export const gitLimits = { pack: 32 * mib, object: 32 * mib, inflated: 256 * mib }
/** Wall milliseconds for one repository. */
const longestFetch = 120_000

export interface Remote {
  /** May hold credentials, which no sentence tells. */
  url: string
  token: GitToken | undefined
  signal: AbortSignal | undefined
}

/** What a server says that its branches and tags are at; `head` is its default branch's. */
export interface Refs {
  head: string | undefined
  all: Record<string, string>
}

/** Asks a repository's server where its branches and tags are; rejects with a refusal. */
export async function refsOf(remote: Remote): Promise<Refs> {
  const refs = await bounded(remote, (signal) =>
    git.listServerRefs({ ...common(remote, signal), protocolVersion: 1, symrefs: true }),
  )
  const all = Object.fromEntries(refs.map(({ ref, oid }) => [ref, oid]))
  return { head: all.HEAD, all }
}

/** Fetches the default branch, or every branch and tag, into a new bare repository at `gitdir`. */
export async function fetchAll(remote: Remote, gitdir: string, all: boolean): Promise<Repository> {
  const repo = { fs: guarded, gitdir, cache: {} }
  await git.init({ fs: guarded, gitdir, bare: true, defaultBranch: 'main' })
  await git.addRemote({ fs: guarded, gitdir, remote: 'origin', url: shown(remote.url) })
  await bounded(remote, (signal) =>
    git.fetch({
      ...{ ...repo, ...common(remote, signal), remote: 'origin' },
      ...{ singleBranch: !all, tags: all },
    }),
  )
  return repo
}

function common({ url, token }: Remote, signal: AbortSignal) {
  const to = new URL(url)
  const trusted = token && to.protocol === 'https:' && to.host === token.host
  const onAuth = () => ({ username: 'x-access-token', password: token?.token ?? '' })
  return { http: gitHttp(to, signal), url, ...(trusted && { onAuth }) }
}

async function bounded<T>({ url, signal }: Remote, work: (signal: AbortSignal) => Promise<T>) {
  const late = () => coded('ETIMEDOUT', 'late')
  try {
    return await withDeadline(longestFetch, late, work, signal)
  } catch (error) {
    signal?.throwIfAborted()
    throw ofGit(error, new URL(url).host)
  }
}

/** What an error of isomorphic-git or of the network means, without any of its addresses. */
function ofGit(error: unknown, host: string): Fault {
  const inner = (error as { cause?: unknown }).cause
  if (error instanceof Fault) return error
  if (inner instanceof Fault) return inner
  const status = (error as { data?: { statusCode?: number } }).data?.statusCode
  const code = codeOf(error) || codeOf(inner)
  if (status === 401 || status === 403 || status === 404)
    return refusal(
      msg(
        '{host} shows no such repository to us ({status}): it is private, or its address is wrong.',
        {
          ...{ host, status },
        },
      ),
      error,
    )
  if (status !== undefined)
    return refusal(msg('{host} answered {status}, and no repository.', { host, status }), error)
  if (code === 'ETIMEDOUT')
    return refusal(
      msg('{host} did not send the repository within {s} s.', { host, s: longestFetch / 1000 }),
      error,
    )
  if (/^E[A-Z]+$/.test(code) || code.startsWith('UND_ERR') || code.startsWith('ERR_'))
    return refusal(msg('{host} cannot be reached ({code}).', { host, code }), error)
  return refusal(
    msg('what {host} answered is no repository that can be read ({said}).', {
      ...{ host, said: said(code || (error as Error).name) },
    }),
    error,
  )
}

/** The machine's own files; no pack is written, nor read again, that inflates beyond all bounds. */
const guarded = {
  promises: {
    ...files,
    async writeFile(path: string, data: Uint8Array | string, options?: object) {
      if (path.endsWith('.pack') && !isSafePack(Buffer.from(data as Uint8Array), gitLimits))
        throw refusal(
          msg('the repository holds a file of more than {limit} MiB.', {
            limit: gitLimits.object / mib,
          }),
        )
      await files.writeFile(path, data, options)
    },
  },
}
