import yauzl, { type Entry } from 'yauzl'
import { msg, said } from '../../language/message.ts'
import { Fault } from '../../time/fault.ts'
import type { Sink } from './archive-sink.ts'
import { refusal } from './hand-in-refused.ts'

/** Of Unix's modes, what kind of file it is. */
const kindMask = 0o170000
/** Nothing said, a folder, a file. */
const plainKinds = [0, 0o040000, 0o100000]

/** Unpacks a zip into the sink; rejects with a refusal, and then the sink may hold half of it. */
export async function unzip(path: string, sink: Sink, signal?: AbortSignal): Promise<void> {
  try {
    const zip = await yauzl.openPromise(path, {
      ...{ decodeStrings: false, validateEntrySizes: true, autoClose: true },
    })
    try {
      for await (const entry of zip.eachEntry()) {
        signal?.throwIfAborted()
        await take(zip, entry, sink)
      }
    } finally {
      zip.close()
    }
  } catch (error) {
    if (error instanceof Fault || signal?.aborted) throw error
    throw refusal(
      msg('it is no whole zip archive: {said}.', { said: said((error as Error).message) }),
      error,
    )
  }
}

async function take(zip: yauzl.ZipFile, entry: Entry, sink: Sink): Promise<void> {
  const { generalPurposeBitFlag: flags, fileNameRaw, extraFields } = entry
  const name = yauzl.getFileNameLowLevel(flags, fileNameRaw, extraFields, true)
  const kind = (entry.externalFileAttributes >>> 16) & kindMask
  const isFolder = name.endsWith('/')
  if (!plainKinds.includes(kind))
    throw refusal(msg('{name} is a link or a device, and no file.', { name: name.slice(0, 100) }))
  if (entry.isEncrypted())
    throw refusal(msg('it is locked with a password ({name}).', { name: name.slice(0, 100) }))
  if (isFolder) return await sink.folder(name)
  const stream = await zip.openReadStreamPromise(entry)
  // It may break before the sink reads it, and then tells the sink; unheard, it would end the process.
  stream.on('error', () => {})
  try {
    await sink.file(name, stream, entry.getLastModDate())
  } finally {
    stream.destroy()
  }
}
