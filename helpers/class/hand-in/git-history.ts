import fs from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import git from 'isomorphic-git'
import type { Repository } from './git-commit.ts'

/** As much as findSubmission looks at (helpers/submission/history.ts). */
const mostCommits = 300
const mostBlob = 64 * 1024
const mostBlobs = 2000
const deepest = 8
const jobFile = /\.(nomad|hcl|json)$/i

/**
 * Writes `.git` of a hand-in: its commit, those before it, and of their files the job files. That is
 * what findSubmission looks at for earlier stages; configuration, hooks, other branches and all other
 * files stay out, so that no large file hides the history.
 */
export async function keepHistory(repo: Repository, commit: string, dir: string): Promise<void> {
  const gitdir = join(dir, '.git')
  const pack = join(gitdir, 'objects', 'pack')
  const log = await git.log({ ...repo, ref: commit, depth: mostCommits })
  const commits = new Map(log.map(({ oid, commit: { parent, tree } }) => [oid, { parent, tree }]))
  const oids = [...(await wanted(repo, commits))]
  const { packfile, filename } = await git.packObjects({ ...repo, oids, write: false })
  if (!packfile) return
  await mkdir(pack, { recursive: true })
  await mkdir(join(gitdir, 'refs'))
  await writeFile(join(pack, filename), packfile)
  await git.indexPack({ fs, dir, gitdir, filepath: `.git/objects/pack/${filename}` })
  const ends = [...commits].filter(([, { parent }]) => parent.some((oid) => !commits.has(oid)))
  if (ends.length > 0)
    await writeFile(join(gitdir, 'shallow'), ends.map(([oid]) => `${oid}\n`).join(''))
  await writeFile(join(gitdir, 'HEAD'), `${commit}\n`)
}

type Commits = ReadonlyMap<string, { parent: string[]; tree: string }>

/** The ids of the commits, their trees and their job files. */
async function wanted(repo: Repository, commits: Commits): Promise<Set<string>> {
  const oids = new Set<string>(commits.keys())
  const waiting = [...commits.values()].map(({ tree }) => ({ oid: tree, depth: 0 }))
  let blobs = 0
  while (waiting.length > 0) {
    const { oid: tree, depth } = waiting.shift()!
    if (oids.has(tree)) continue
    oids.add(tree)
    for (const { type, path, oid } of (await git.readTree({ ...repo, oid: tree })).tree) {
      if (type === 'tree' && depth < deepest) waiting.push({ oid, depth: depth + 1 })
      if (type !== 'blob' || !jobFile.test(path) || oids.has(oid)) continue
      const { blob } = await git.readBlob({ ...repo, oid })
      if (blob.length <= mostBlob && blobs++ < mostBlobs) oids.add(oid)
    }
  }
  return oids
}
