import { stripVTControlCharacters } from 'node:util'

/** Columns that a terminal gives the text: 2 for ideographs and emoji, colours count nothing. */
export function columnsOf(text: string): number {
  let columns = 0
  for (const { segment } of new Intl.Segmenter().segment(stripVTControlCharacters(text))) {
    columns += columnsOfCharacter(segment)
  }
  return columns
}

function columnsOfCharacter(character: string): number {
  if (/^\p{M}+$/u.test(character)) return 0
  const wide =
    /\p{Emoji_Presentation}|\ufe0f|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff]|[\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/u
  return wide.test(character) ? 2 : 1
}

export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)))
}

/** Uncoloured text, cut to fit one row; what was cut ends in `…`. */
export function cut(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text
  let kept = ''
  let used = 1
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += columnsOfCharacter(segment)
    if (used > columns) break
    kept += segment
  }
  return `${kept}…`
}

/** Breaks a line at spaces; each row begins with `indent`, the later ones `hang` columns deeper. */
export function wrap(text: string, columns: number, indent: string, hang = 0): string {
  const rows: string[] = []
  let row = indent
  let used = indent.length
  let empty = true
  for (const word of text.split(' ')) {
    const length = columnsOf(word)
    if (!empty && used + 1 + length > columns) {
      rows.push(row)
      row = indent + ' '.repeat(hang)
      used = indent.length + hang
      empty = true
    }
    row += empty ? word : ` ${word}`
    used += empty ? length : length + 1
    empty = false
  }
  return [...rows, row].join('\n')
}
