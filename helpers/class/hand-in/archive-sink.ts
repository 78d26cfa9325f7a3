import { mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { msg } from '../../language/message.ts'
import { namesTaken, partsOf } from './archive-names.ts'
import { refusal } from './hand-in-refused.ts'

/** Where files of a stranger are written to: bounded, below one folder, without their modes. */
export interface Sink {
  folder(name: string): Promise<void>
  /** Writes as it reads; stops at once where there is too much. `at`: when it was last changed. */
  file(name: string, bytes: AsyncIterable<Uint8Array> | Uint8Array, at?: Date): Promise<void>
  /** When the newest file was changed. */
  newest(): Date | undefined
}

export const mib = 1024 * 1024
/** A folder of the exercise has ten files and a few pictures. */
const usual = { files: 5000, bytes: 128 * mib }

export function sinkTo(dir: string, limits = usual): Sink {
  const taken = namesTaken()
  let entries = 0
  let bytes = 0
  let newest: Date | undefined

  /** undefined: nothing to write. */
  const place = (name: string, isFolder: boolean): string | undefined => {
    if (++entries > limits.files)
      throw refusal(msg('it holds more than {limit} files.', { limit: limits.files }))
    const parts = partsOf(name)
    if (parts.length === 0) return undefined
    taken(parts, isFolder)
    return join(dir, ...parts)
  }
  const count = (more: number) => {
    bytes += more
    if (bytes > limits.bytes)
      throw refusal(msg('unpacked it is larger than {limit} MiB.', { limit: limits.bytes / mib }))
  }
  return {
    async folder(name) {
      const path = place(name, true)
      if (path) await mkdir(path, { recursive: true })
    },
    async file(name, content, at) {
      const path = place(name, false)
      const chunks = content instanceof Uint8Array ? [content] : content
      if (path === undefined) {
        for await (const chunk of chunks) count(chunk.length)
        return
      }
      await mkdir(dirname(path), { recursive: true })
      await using handle = await open(path, 'wx', 0o644)
      for await (const chunk of chunks) {
        count(chunk.length)
        await handle.write(chunk)
      }
      if (at && !Number.isNaN(at.getTime()) && (!newest || at > newest)) newest = at
    },
    newest: () => newest,
  }
}
