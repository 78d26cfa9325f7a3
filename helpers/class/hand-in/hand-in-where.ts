import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { msg } from '../../language/message.ts'
import { refusal } from './hand-in-refused.ts'

/** Where a hand-in is: a path of this machine, or a repository's address. */
export type Where = { kind: 'path'; path: string } | { kind: 'git'; url: string }

/** Reads a row's `submission`; throws a refusal where it is an address that nothing is fetched from. */
export function whereIs(submission: string, rosterDir: string): Where {
  const text = submission.trim()
  if (/^https?:\/\//i.test(text)) {
    if (URL.canParse(text))
      return { kind: 'git', url: text.replace(/[?#].*$/, '').replace(/\/+$/, '') }
    throw refusal(msg('it is no address.'))
  }
  if (/^file:/i.test(text)) return { kind: 'path', path: ofFile(text) }
  const scheme =
    /^([a-z][a-z0-9+.-]+):\/\//i.exec(text)?.[1] ?? (/^[\w.-]+@[\w.-]+:/.test(text) && 'ssh')
  if (scheme)
    throw refusal(
      msg(
        'nothing is fetched over {scheme}: give the address that begins with {https}, or clone it and name the folder.',
        {
          ...{ scheme, https: 'https://' },
        },
      ),
    )
  return { kind: 'path', path: resolve(rosterDir, text) }
}

function ofFile(text: string): string {
  try {
    return fileURLToPath(text)
  } catch {
    throw refusal(msg('it is no address.'))
  }
}

/** A submission as a sentence may tell it: without the name and the password that it may hold. */
export const shown = (submission: string): string =>
  submission.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@\s]*@/i, '$1')
