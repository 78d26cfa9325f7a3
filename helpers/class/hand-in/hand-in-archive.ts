import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { msg } from '../../language/message.ts'
import type { Enrolment, HandIn } from '../types.ts'
import { mustBeSmall, unpack } from './archive.ts'
import { sinkTo } from './archive-sink.ts'
import { contentsOf } from './hand-in-folder.ts'
import { keep, keptIn } from './hand-in-kept.ts'
import { lateness } from './hand-in-time.ts'

/** Unpacks a student's archive below `folder`, once for each content; rejects with a refusal. */
export async function fromArchive(
  path: string,
  who: Enrolment,
  { folder, now, signal }: { folder: string; now: Date; signal: AbortSignal | undefined },
): Promise<HandIn> {
  await mustBeSmall(path)
  const digest = await digestOf(path, signal)
  const earlier = (await keptIn(folder)).find((one) => one.wish === digest)
  const kept =
    earlier ??
    (await keep(
      folder,
      digest.slice(0, 16),
      async (files) => {
        const sink = sinkTo(files)
        await unpack(path, sink, signal)
        const at = sink.newest()?.toISOString()
        return { record: { wish: digest, standing: digest, ...(at && { at }), notes: [] } }
      },
      now,
    ))
  if ('nothing' in kept) throw new Error('an archive is kept')
  const { dir, isEmpty } = await contentsOf(kept.files)
  if (isEmpty) return { kind: 'missing', why: msg('The archive that was handed in is empty.') }
  const ofRoster = who.handedInAt !== undefined
  const text = who.handedInAt ?? kept.at
  const at = text === undefined ? undefined : new Date(text)
  return { kind: 'folder', dir, ...lateness(at, who.deadline, ofRoster ? 'roster' : 'files') }
}

async function digestOf(path: string, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) {
    signal?.throwIfAborted()
    hash.update(chunk)
  }
  return hash.digest('hex')
}
