import { open, stat } from 'node:fs/promises'
import { msg } from '../../language/message.ts'
import { mib, type Sink } from './archive-sink.ts'
import { untar } from './archive-tar.ts'
import { unzip } from './archive-zip.ts'
import { refusal } from './hand-in-refused.ts'

/** Packed bytes. */
const mostPacked = 128 * mib

/** Throws a refusal for what is too large to be looked at. */
export async function mustBeSmall(path: string): Promise<void> {
  const { size } = await stat(path)
  if (size > mostPacked)
    throw refusal(msg('the archive is larger than {limit} MiB.', { limit: mostPacked / mib }))
}

/**
 * Unpacks a student's archive (zip, tar, tar.gz, by what it is and not by its name) into the sink.
 * Rejects with a refusal where it is none, damaged, too large, or holds what is no plain file; archives
 * in it stay as they are.
 */
export async function unpack(path: string, sink: Sink, signal?: AbortSignal): Promise<void> {
  await mustBeSmall(path)
  const head = await headOf(path)
  const magic = head.subarray(0, 4).toString('hex')
  // An archive without an entry begins with its end.
  if (magic === '504b0304' || magic === '504b0506') return await unzip(path, sink, signal)
  const isGzipped = magic.startsWith('1f8b')
  const isTar = head.subarray(257, 262).toString('latin1') === 'ustar'
  if (isGzipped || isTar) return await untar(path, isGzipped, sink, signal)
  throw refusal(
    msg('it is neither a folder nor an archive that can be read: {kinds} can.', {
      kinds: '.zip, .tar, .tar.gz, .tgz',
    }),
  )
}

async function headOf(path: string): Promise<Buffer> {
  await using handle = await open(path)
  const head = Buffer.alloc(512)
  const { bytesRead } = await handle.read(head, 0, head.length, 0)
  return head.subarray(0, bytesRead)
}
