import { open } from 'node:fs/promises'
import { type CsvError, parse } from 'csv-parse/sync'
import { type Message, msg } from '../../language/message.ts'
import { delimiterOf } from '../../report/worksheet-cells.ts'
import { codeOf, Fault } from '../../time/fault.ts'

/** A line of a CSV file and its cells, without the spaces around them. */
export interface Row {
  /** From 1. */
  line: number
  cells: string[]
}

/** Ten times a university's largest course. */
const maxBytes = 4 * 1024 * 1024
const maxRows = 5000
const maxRecord = 64 * 1024

/** The fault of something that the roster says, with its place. */
export function rosterFault(file: string, line: number | undefined, what: Message): Fault {
  const at = line === undefined ? file : `${file}:${line}`
  return new Fault(msg('{at}: {what}', { at, what }), {
    code: 'ROSTER_WRONG',
    cure: msg('Correct that; {page} says what a roster may hold.', { page: 'docs/class.md' }),
  })
}

/** The rows of a CSV file, header first; `file` is what sentences call it. Rejects with a Fault. */
export async function rowsOfFile(path: string, file: string): Promise<Row[]> {
  const bytes = await bytesOf(path, file)
  return rowsOf(bytes, file)
}

async function bytesOf(path: string, file: string): Promise<Buffer> {
  try {
    await using handle = await open(path)
    const what = await handle.stat()
    if (!what.isFile()) throw rosterFault(file, undefined, msg('it is not a file.'))
    if (what.size > maxBytes) throw tooLarge(file)
    const buffer = Buffer.alloc(what.size)
    const { bytesRead } = await handle.read(buffer, 0, what.size, 0)
    return buffer.subarray(0, bytesRead)
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    throw new Fault(msg('{path} cannot be read ({code}).', { path: file, code: codeOf(cause) }), {
      code: 'ROSTER_MISSING',
      cause,
    })
  }
}

const tooLarge = (file: string) =>
  rosterFault(file, undefined, msg('it is larger than {limit} KiB.', { limit: maxBytes / 1024 }))

/** The rows of a CSV text of any bytes; throws a Fault where they are none. */
export function rowsOf(bytes: Buffer, file: string): Row[] {
  if (bytes.length > maxBytes) throw tooLarge(file)
  const whole = textOf(bytes, file)
  // Excel's own way of saying what parts the cells.
  const said = /^sep=([,;\t])\r?\n/i.exec(whole)
  const text = said ? whole.slice(said[0].length) : whole
  const before = said ? 1 : 0
  const delimiter = said?.[1] ?? delimiterOf(text.replace(/^[\r\n]+/, ''))
  const rows = recordsOf(text, delimiter, file, before)
  if (rows.length > maxRows)
    throw rosterFault(file, undefined, msg('it has more than {limit} rows.', { limit: maxRows }))
  return rows
}

function textOf(bytes: Buffer, file: string): string {
  const [first, second] = bytes
  if (first === 0x50 && second === 0x4b)
    throw rosterFault(
      file,
      undefined,
      msg('it is a workbook or an archive; save it as CSV, UTF-8.'),
    )
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw rosterFault(file, undefined, msg('it is saved as UTF-16; save it as UTF-8.'))
  const zero = bytes.indexOf(0)
  if (zero >= 0) throw rosterFault(file, lineAt(bytes, zero), msg('it is not a text file.'))
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw rosterFault(
      file,
      lineAt(bytes, firstForeign(bytes)),
      msg(
        'this line is not UTF-8 (perhaps Latin-1, as Excel saves it); save the file as CSV, UTF-8.',
      ),
    )
  }
}

/** Where bytes end to be UTF-8: what is decoded loosely and encoded again differs from there on. */
function firstForeign(bytes: Buffer): number {
  const again = Buffer.from(bytes.toString('utf8'))
  const at = bytes.findIndex((byte, index) => byte !== again[index])
  return at < 0 ? bytes.length : at
}

const lineAt = (bytes: Buffer, at: number) =>
  bytes.subarray(0, at).toString('latin1').split('\n').length

function recordsOf(text: string, delimiter: string, file: string, before: number): Row[] {
  const options = { delimiter, relax_column_count: true, skip_empty_lines: true, trim: true }
  const more = { info: true, raw: true, max_record_size: maxRecord } as const
  const delimiters = ['\r\n', '\n', '\r']
  try {
    const records = parse(text, {
      ...{ ...options, ...more, record_delimiter: delimiters },
    }) as unknown as { record: string[]; raw: string; info: { lines: number } }[]
    return records
      .map(({ record, raw, info }) => {
        const within = raw.replace(/^[\r\n]+/, '').trimEnd()
        return { line: before + info.lines - (within.split('\n').length - 1), cells: record }
      })
      .filter(({ cells }) => cells.some((cell) => cell !== ''))
  } catch (error) {
    throw notCsv(error, text, file, before)
  }
}

function notCsv(error: unknown, text: string, file: string, before: number): Fault {
  const { code, lines } = error as CsvError & { lines?: number }
  const line = typeof lines === 'number' ? before + lines : undefined
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return rosterFault(
      file,
      before + openQuote(text),
      msg('a quotation mark opens here and is never closed.'),
    )
  if (code === 'CSV_MAX_RECORD_SIZE')
    return rosterFault(file, line, msg('this row is longer than {limit} KiB.', { limit: 64 }))
  return rosterFault(
    file,
    line,
    msg(
      'a quotation mark stands in the middle of a cell: put the whole cell in quotes, and double it.',
    ),
  )
}

/** The line of the quotation mark that the file's last ones all stand behind. */
function openQuote(text: string): number {
  let line = 1
  let opened = 1
  let isOpen = false
  for (const sign of text) {
    if (sign === '\n') line++
    if (sign !== '"') continue
    isOpen = !isOpen
    if (isOpen) opened = line
  }
  return opened
}
