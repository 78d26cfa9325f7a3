import { lstat } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { gitFiles } from './git-files.ts'

export interface Version {
  commit: string
  /** Inside the repository. */
  path: string
  text: string
}

const maxCommits = 300
const maxVersions = 60
const maxText = 64 * 1024

/**
 * Earlier versions of a file, newest first, each different text once. Only of a repository that
 * begins inside the folder (its .git is a directory there); no history, or one that cannot be read,
 * gives none.
 */
export async function versionsOf(root: string, file: string): Promise<Version[]> {
  const home = await repositoryOf(root, file)
  if (home === undefined) return []
  const { default: git } = await import('isomorphic-git')
  const gitdir = join(root, home, '.git')
  const path = home === '' ? file : posix.relative(home, file)
  const fs = gitFiles(gitdir)
  const cache = {}
  const versions: Version[] = []
  const seen = new Set<string>()
  try {
    const commits = await git.log({ fs, gitdir, ref: 'HEAD', depth: maxCommits, cache })
    for (const { oid } of commits) {
      if (versions.length >= maxVersions) break
      const blob = await git.readBlob({ fs, gitdir, oid, filepath: path, cache }).catch(() => null)
      if (!blob || seen.has(blob.oid)) continue
      seen.add(blob.oid)
      if (blob.blob.length > maxText || blob.blob.includes(0)) continue
      const text = new TextDecoder('utf-8').decode(blob.blob).replace(/\r\n/g, '\n')
      versions.push({ commit: oid, path, text })
    }
  } catch {
    // A repository without commits, or one that is broken or too large: no history.
  }
  return versions
}

/** The nearest folder above the file, still inside the submission, that a repository begins in. */
async function repositoryOf(root: string, file: string): Promise<string | undefined> {
  let folder = posix.dirname(file)
  for (;;) {
    const at = folder === '.' ? '' : folder
    const dotGit = await lstat(join(root, at, '.git')).catch(() => undefined)
    if (dotGit) return dotGit.isDirectory() ? at : undefined
    if (at === '') return undefined
    folder = posix.dirname(folder)
  }
}
