import { mkdir, writeFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { deflateSync } from 'node:zlib'
import type { ReadCommitResult } from 'isomorphic-git'
import { gitFiles } from '../../submission/git-files.ts'
import type { Submission } from '../../submission/types.ts'

/** As history.ts looks back. */
const maxCommits = 300

/**
 * Where stages were found in a git history: writes a repository below `to` that has those commits and
 * those files of them, under their own names, and no more. Gives the files that it wrote.
 */
export async function layHistory(from: string, to: string, found: Submission): Promise<string[]> {
  const stages = Object.values(found.stages).filter((stage) => 'text' in stage)
  const wanted = stages.flatMap(({ file, origin }) =>
    origin.how === 'git' ? [{ ...origin, home: homeOf(file, origin.path) }] : [],
  )
  const written: string[] = []
  for (const home of new Set(wanted.map((one) => one.home))) {
    const gitdir = join(from, home, '.git')
    // Every taken file is looked for in each commit, not only the one that was found.
    const paths = stages.flatMap(({ file }) => inside(home, file) ?? [])
    const last = wanted.filter((one) => one.home === home).map(({ commit }) => commit)
    const files = await repository(gitdir, paths, last)
    for (const [name, bytes] of files) {
      const file = posix.join(home, '.git', name)
      await mkdir(join(to, posix.dirname(file)), { recursive: true })
      await writeFile(join(to, file), bytes)
      written.push(file)
    }
  }
  return written
}

/** The repository's folder: what is before the file's path in it. */
const homeOf = (file: string, path: string) =>
  file === path ? '' : file.slice(0, -path.length - 1)

const inside = (home: string, file: string) =>
  home === '' ? file : file.startsWith(`${home}/`) ? file.slice(home.length + 1) : undefined

/** Files of a .git directory that holds these paths, back to the oldest of the commits `last`. */
async function repository(gitdir: string, paths: string[], last: string[]) {
  const { default: git } = await import('isomorphic-git')
  const at = { fs: gitFiles(gitdir), gitdir, cache: {} }
  const log = await git.log({ ...at, ref: 'HEAD', depth: maxCommits })
  const commits = upTo(log, last)
  const files = new Map<string, Buffer | string>([
    ['HEAD', `${log[0]?.oid ?? ''}\n`],
    ['refs/README', 'Only what is graded.\n'],
  ])
  const take = async (oid: string) => {
    const { type, object } = await git.readObject({ ...at, oid, format: 'content' })
    const content = Buffer.from(object as Uint8Array)
    // Not compressed: the archive does that, over all of them.
    const whole = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content])
    files.set(`objects/${oid.slice(0, 2)}/${oid.slice(2)}`, deflateSync(whole, { level: 0 }))
  }
  for (const { oid, commit } of commits) {
    await take(oid)
    await take(commit.tree)
    for (const path of paths) {
      const steps = path.split('/').map((_, nth, all) => all.slice(0, nth + 1).join('/'))
      for (const filepath of steps) {
        const found = await git.readObject({ ...at, oid, filepath }).catch(() => undefined)
        if (found && found.type !== 'commit') await take(found.oid)
      }
    }
  }
  const end = commits.at(-1)
  if (end && commits.length < log.length) files.set('shallow', `${end.oid}\n`)
  return files
}

/** The first commits with all those wanted; all of them where the history has branches. */
function upTo(log: ReadCommitResult[], wanted: string[]): ReadCommitResult[] {
  const oldest = Math.max(...wanted.map((oid) => log.findIndex((one) => one.oid === oid)))
  const some = log.slice(0, oldest + 1)
  return some.every(({ commit }) => commit.parent.length <= 1) ? some : log
}
