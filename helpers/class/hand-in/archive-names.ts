import { msg } from '../../language/message.ts'
import { refusal } from './hand-in-refused.ts'

const longestPart = 200
const longestPath = 1000
const deepest = 32

export const isArchiveName = (name: string): boolean => /\.(zip|tar|tar\.gz|tgz)$/i.test(name)

/** What systems put beside a person's files. */
const leftBy = /^(__MACOSX|\.DS_Store|Thumbs\.db|desktop\.ini|\._.*)$/i

/**
 * The parts of a name in an archive or a repository, below the folder that it is unpacked to. None:
 * the folder itself, or what only a system left there. Throws a refusal where it would lead out of the
 * folder, or be another file on another system.
 */
export function partsOf(name: string): string[] {
  const shown = name.slice(0, 100)
  if (/\p{Cc}/u.test(name) || name.length > longestPath)
    throw refusal(msg('the name {name} is no name of a file.', { name: shown }))
  if (name.includes('\\'))
    throw refusal(
      msg('the name {name} has a backslash, which parts folders on some systems only.', {
        name: shown,
      }),
    )
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name))
    throw refusal(msg('the name {name} begins at the root of a disk.', { name: shown }))
  const parts = name.split('/').filter((part) => part !== '' && part !== '.')
  if (parts.includes('..'))
    throw refusal(msg('the name {name} leads out of the folder.', { name: shown }))
  if (parts.length > deepest || parts.some((part) => Buffer.byteLength(part) > longestPart))
    throw refusal(msg('the name {name} is too long or too deep.', { name: shown }))
  return parts.some((part) => leftBy.test(part)) ? [] : parts
}

/** Holds that no two names are the same to any file system. */
export function namesTaken() {
  const taken = new Map<string, { as: string; isFolder: boolean }>()
  const take = (path: string, isFolder: boolean) => {
    const key = path.normalize('NFC').toLowerCase()
    const before = taken.get(key)
    taken.set(key, before ?? { as: path, isFolder })
    if (!before || (before.as === path && before.isFolder && isFolder)) return
    throw before.as === path
      ? refusal(msg('the name {name} is in it twice.', { name: path }))
      : refusal(
          msg('the names {first} and {second} are one and the same on some systems.', {
            ...{ first: before.as, second: path },
          }),
        )
  }
  return (parts: readonly string[], isFolder: boolean) => {
    for (let length = 1; length < parts.length; length++)
      take(parts.slice(0, length).join('/'), true)
    take(parts.join('/'), isFolder)
  }
}
