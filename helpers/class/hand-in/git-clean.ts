import { realpath } from 'node:fs/promises'
import git from 'isomorphic-git'
import { readFolder, readInside } from '../../submission/folder.ts'
import { gitFiles } from '../../submission/git-files.ts'
import type { Repository } from './git-commit.ts'
import { gitLimits } from './git-remote.ts'

const deepest = 8
const stages = 'stages.yaml'

/**
 * Whether the job files of a clone are those of its last commit. If not, somebody worked on without
 * committing, and the folder is what was handed in; if so, it may as well be a clone of the teacher's,
 * whose files have the time of cloning.
 */
export async function isAsCommitted(dir: string, gitdir: string): Promise<boolean> {
  const root = await realpath(dir)
  const home = await realpath(gitdir)
  const repo: Repository = { fs: gitFiles(home, gitLimits), gitdir: home, cache: {} }
  const { read } = await readFolder(root)
  const named = await readInside(root, stages)
  const here = new Map(read.map(({ file, text }) => [file, text]))
  if ('text' in named) here.set(stages, named.text)
  const there = await committed(repo).catch(() => undefined)
  if (!there || there.size !== here.size) return false
  return [...here].every(([file, text]) => there.get(file) === text)
}

/** The texts of the job files of the last commit, as `readFolder` gives those of a folder. */
async function committed(repo: Repository): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  const waiting = [{ oid: await git.resolveRef({ ...repo, ref: 'HEAD' }), folder: '', depth: 0 }]
  while (waiting.length > 0) {
    const { oid, folder, depth } = waiting.shift()!
    for (const entry of (await git.readTree({ ...repo, oid })).tree) {
      const file = folder ? `${folder}/${entry.path}` : entry.path
      if (entry.path.startsWith('.')) continue
      if (entry.type === 'tree' && depth + 1 < deepest)
        waiting.push({ oid: entry.oid, folder: file, depth: depth + 1 })
      if (entry.type !== 'blob' || !(/\.(nomad|hcl|json)$/i.test(file) || file === stages)) continue
      const { blob } = await git.readBlob({ ...repo, oid: entry.oid })
      const text = new TextDecoder('utf-8').decode(blob)
      texts.set(file, text.replace(/^\ufeff/, '').replace(/\r\n/g, '\n'))
    }
  }
  return texts
}
