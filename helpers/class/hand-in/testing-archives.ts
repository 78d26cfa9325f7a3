/** Archives made by hand, good and bad, for the tests. */

import { crc32, deflateRawSync } from 'node:zlib'

export interface Packed {
  name: string
  data?: string | Buffer
  /** Unix's mode, with the kind of file. */
  mode?: number
  /** Of zip: general purpose flags. */
  flags?: number
  /** Of zip: the size that it says it has unpacked. */
  claims?: number
  /** Of tar: kind of entry, `0` a file, `2` a link. */
  type?: string
  /** Seconds since 1970. */
  at?: number
}

export function zipOf(entries: readonly Packed[]): Buffer {
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let offset = 0
  for (const { name, data = '', mode = 0o100644, flags = 0x800, claims, at } of entries) {
    const bytes = Buffer.from(data)
    const packed = deflateRawSync(bytes)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(dosTime(at), 6)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(claims ?? bytes.length, 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE((mode << 16) >>> 0, 6)
    rest.writeUInt32LE(offset, 10)
    // Made on Unix.
    const head = Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), common, rest])
    centrals.push(Buffer.concat([head, Buffer.from(name)]))
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(centrals)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}

/** Local time, as DOS has it. */
function dosTime(at = 1_700_000_000): number {
  const d = new Date(at * 1000)
  const date = ((d.getFullYear() - 1980) << 9) | ((d.getMonth() + 1) << 5) | d.getDate()
  return ((date << 16) | (d.getHours() << 11) | (d.getMinutes() << 5) | (d.getSeconds() >> 1)) >>> 0
}

export function tarOf(entries: readonly Packed[]): Buffer {
  const blocks = entries.flatMap(
    ({ name, data = '', mode = 0o644, type = '0', at = 1_700_000_000 }) => {
      const bytes = Buffer.from(data)
      const head = Buffer.alloc(512)
      head.write(name, 0, 100)
      head.write(`${(mode & 0o7777).toString(8).padStart(7, '0')}\0`, 100)
      head.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124)
      head.write(`${at.toString(8).padStart(11, '0')}\0`, 136)
      head.write(`        ${type}`, 148)
      head.write('12'.includes(type) ? '/etc/passwd' : '', 157)
      head.write('ustar\x0000', 257)
      const sum = head.reduce((total, byte) => total + byte, 0)
      head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
      return [head, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]
    },
  )
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}
