import { createHash } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { inLanguage } from '../language/message.ts'
import { readFolder, readInside } from '../submission/folder.ts'
import type { HandIn } from './types.ts'

/**
 * What is graded of a hand-in, as a digest: its job files, stages.yaml, and where its git history
 * stands. Two that have the same are graded alike.
 */
export async function digestOf(handIn: HandIn): Promise<string> {
  if (handIn.kind !== 'folder') return `${handIn.kind}: ${inLanguage(handIn.why, 'en')}`
  const root = await realpath(handIn.dir)
  const { read, unread } = await readFolder(root)
  const [stages, head, packed] = await Promise.all(
    ['stages.yaml', '.git/HEAD', '.git/packed-refs'].map((name) => textIn(root, name)),
  )
  const ref = /^ref: (refs\/[^\s]+)$/m.exec(head ?? '')?.[1]
  const tip = ref ? await textIn(root, `.git/${ref}`) : ''
  const whole = JSON.stringify([read, unread.map(({ file }) => file), stages, head, packed, tip])
  return createHash('sha256').update(whole).digest('hex')
}

/** '' for what is not there, or is no file of the folder's own. */
async function textIn(root: string, name: string): Promise<string> {
  const got = await readInside(root, name)
  return 'text' in got ? got.text : ''
}
