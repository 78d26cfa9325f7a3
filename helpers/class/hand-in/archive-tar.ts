import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { Parser, type ReadEntry } from 'tar'
import { msg, said } from '../../language/message.ts'
import { Fault } from '../../time/fault.ts'
import type { Sink } from './archive-sink.ts'
import { refusal } from './hand-in-refused.ts'

const files = ['File', 'OldFile', 'ContiguousFile']
const folders = ['Directory', 'GNUDumpDir']

/** Unpacks a tar, or a gzipped one, into the sink; rejects with a refusal, as `unzip`. */
export async function untar(
  path: string,
  isGzipped: boolean,
  sink: Sink,
  signal?: AbortSignal,
): Promise<void> {
  const source = createReadStream(path)
  const plain = isGzipped ? source.pipe(createGunzip()) : source
  source.on('error', (error) => plain.destroy(error))
  // Entries are taken one after another: the parser keeps the next one back until then.
  const waiting: Promise<void>[] = []
  let wrong: unknown
  const parser = new Parser({
    maxMetaEntrySize: 64 * 1024,
    onReadEntry: (entry) => {
      waiting.push(
        take(entry, sink).catch((error) => {
          wrong ??= error
          entry.resume()
        }),
      )
    },
    onwarn: (code, message) => {
      if (code !== 'TAR_ENTRY_INFO') wrong ??= broken(String(message))
    },
  })
  try {
    let isFirst = true
    for await (const chunk of plain as AsyncIterable<Buffer>) {
      signal?.throwIfAborted()
      if (isFirst) onlyTar(chunk)
      isFirst = false
      if (wrong) throw wrong
      if (!parser.write(chunk)) await drained(parser)
    }
    const ended = new Promise((resolve) => parser.once('end', resolve))
    parser.end()
    await ended
    await Promise.all(waiting)
    if (wrong) throw wrong
  } catch (error) {
    if (error instanceof Fault || signal?.aborted) throw error
    throw broken((error as Error).message, error)
  } finally {
    source.destroy()
    plain.destroy()
  }
}

const broken = (text: string, cause?: unknown) =>
  refusal(msg('it is no whole tar archive: {said}.', { said: said(text) }), cause)

/** The parser would unpack another layer by itself, and nobody would count it. */
function onlyTar(chunk: Buffer): void {
  const magic = chunk.subarray(0, 4).toString('hex')
  if (magic.startsWith('1f8b') || magic === '28b52ffd')
    throw refusal(msg('it is an archive within an archive.'))
}

/** Resolves when the parser takes more: at once if it ended by a mistake. */
const drained = (parser: Parser) =>
  new Promise<void>((resolve) => {
    const go = () => {
      parser.off('drain', go).off('end', go)
      resolve()
    }
    parser.on('drain', go).on('end', go)
  })

async function take(entry: ReadEntry, sink: Sink): Promise<void> {
  const { path, type } = entry
  if (folders.includes(type)) {
    entry.resume()
    return await sink.folder(path)
  }
  if (!files.includes(type))
    throw refusal(msg('{name} is a link or a device, and no file.', { name: path.slice(0, 100) }))
  await sink.file(path, entry as AsyncIterable<Buffer>, entry.mtime)
}
