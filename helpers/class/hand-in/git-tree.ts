import git from 'isomorphic-git'
import { type Message, msg } from '../../language/message.ts'
import type { Sink } from './archive-sink.ts'
import type { Repository } from './git-commit.ts'
import { refusal } from './hand-in-refused.ts'

const lfs = 'version https://git-lfs.github.com/spec/'
const deepest = 32
const jobFile = /\.(nomad|hcl|json|ya?ml)$/i
const mostNames = 5

/**
 * Writes the files of a commit into the sink as they stand in it: no filter, no hook, no line ends
 * changed, nothing run. Links, submodules and what is kept in LFS stay out, and that is told.
 */
export async function writeTree(repo: Repository, commit: string, sink: Sink): Promise<Message[]> {
  const links: string[] = []
  const large: string[] = []
  const lost: string[] = []
  const waiting = [{ oid: commit, folder: '', depth: 0 }]
  while (waiting.length > 0) {
    const { oid, folder, depth } = waiting.shift()!
    const { tree } = await git.readTree({ ...repo, oid }).catch((cause) => {
      throw incomplete(cause)
    })
    for (const entry of tree) {
      const name = folder ? `${folder}/${entry.path}` : entry.path
      if (entry.mode === '120000' || entry.type === 'commit') links.push(name)
      else if (isGits(entry.path)) throw refusal(msg('the name {name} is Git’s own.', { name }))
      else if (entry.type === 'blob') {
        const found = await git.readBlob({ ...repo, oid: entry.oid }).catch((cause) => {
          if (jobFile.test(entry.path)) throw incomplete(cause)
        })
        if (!found) {
          lost.push(name)
          continue
        }
        const { blob } = found
        if (Buffer.from(blob.subarray(0, lfs.length)).toString() === lfs) large.push(name)
        await sink.file(name, blob)
      } else if (depth >= deepest)
        throw refusal(msg('the name {name} is too long or too deep.', { name }))
      else waiting.push({ oid: entry.oid, folder: name, depth: depth + 1 })
    }
  }
  const notes: Message[] = []
  if (links.length > 0)
    notes.push(msg('Links and submodules are left out: {names}.', { names: few(links) }))
  if (large.length > 0)
    notes.push(msg('Kept in Git LFS, and not fetched: {names}.', { names: few(large) }))
  if (lost.length > 0)
    notes.push(msg('They cannot be read, and are left out: {names}.', { names: few(lost) }))
  return notes
}

/** Also as Windows and macOS would read it. */
const isGits = (name: string) => /^(\.git|git~1)[ .]*$/i.test(name.normalize('NFKC'))

const few = (names: string[]) =>
  names.length <= mostNames ? names : [...names.slice(0, mostNames), '…']

const incomplete = (cause: unknown) =>
  refusal(msg('the repository is not whole: an object of the commit is not there.'), cause)
