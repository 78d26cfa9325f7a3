import { parse } from 'csv-parse/sync'

/** A cell: its value, and where its bytes stand in the text (quotes included). */
export interface Cell {
  value: string
  start: number
  end: number
}

const delimiters = [',', ';', '\t'] as const

/** The one that parts the first line into most cells; Moodle lets the teacher choose. */
export function delimiterOf(text: string): string {
  const [first = ''] = text.replace(/"[^"]*"/g, '').split(/\r?\n/, 1)
  const width = (delimiter: string) => first.split(delimiter).length
  return delimiters.reduce((best, one) => (width(one) > width(best) ? one : best))
}

/**
 * The cells of a CSV text, row by row. csv-parse reads it, and where each cell's own bytes stand is
 * found by walking over the record as it was written, so that a cell nobody touches is never written
 * again.
 */
export function cellsOf(text: string, delimiter: string): Cell[][] {
  const options = { delimiter, raw: true, bom: true, relax_column_count: true }
  const lenient = { relax_quotes: true, skip_empty_lines: true }
  const records = parse(text, { ...options, ...lenient }) as unknown as {
    record: string[]
    raw: string
  }[]
  let from = 0
  return records.map(({ record, raw }) => {
    const written = raw.replace(/^\ufeff/, '')
    let at = text.indexOf(written, from)
    from = at + written.length
    at += /^[\r\n]*/.exec(written)?.[0].length ?? 0
    return record.map((value) => {
      const end = endOf(text, at, delimiter)
      // Nothing may be written where csv-parse and this walk do not agree.
      const own = text.slice(at, end).replace(/^"([\s\S]*)"$/, '$1')
      if (own.replaceAll('""', '"') !== value) throw new Error(`a cell is not as written: ${own}`)
      const cell = { value, start: at, end }
      at = end + delimiter.length
      return cell
    })
  })
}

/** The end of the cell that begins there: of a quoted one behind its quote. */
function endOf(text: string, start: number, delimiter: string): number {
  let at = start
  if (text[at] === '"') {
    for (at++; at < text.length; at++) {
      if (text[at] !== '"') continue
      if (text[at + 1] !== '"') break
      at++
    }
  }
  while (at < text.length && !['\r', '\n', delimiter].includes(text[at] ?? '')) at++
  return at
}
