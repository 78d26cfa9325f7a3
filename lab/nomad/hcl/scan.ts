/** Where something stands in the file: 1-based, `endColumn` is the first column after it. */
export interface Place {
  line: number
  column: number
  endColumn: number
}

/** An argument or a block of a body, in the order of the file. */
export interface Item {
  kind: 'argument' | 'block'
  name: string
  labels: string[]
  place: Place
  /** Of a block. */
  body: Body
}

export interface Body {
  items: Item[]
}

interface Cursor {
  readonly text: string
  at: number
  line: number
  lineStart: number
}

/**
 * Finds where arguments and blocks stand. The text must be valid HCL (hcl2json has read it): hcl2json
 * gives the values but neither places nor the order of blocks with labels.
 */
export function scan(text: string): Body {
  const cursor: Cursor = { text, at: 0, line: 1, lineStart: 0 }
  return scanBody(cursor)
}

function scanBody(cursor: Cursor): Body {
  const items: Item[] = []
  for (;;) {
    skipBlank(cursor)
    const char = cursor.text[cursor.at]
    if (char === undefined) return { items }
    if (char === '}') {
      cursor.at++
      return { items }
    }
    items.push(scanItem(cursor))
  }
}

function scanItem(cursor: Cursor): Item {
  const name = word(cursor)
  const place = placeOf(cursor, name.length)
  cursor.at += name.length
  const labels: string[] = []
  for (;;) {
    skipBlank(cursor)
    const char = cursor.text[cursor.at]
    if (char === '=') {
      cursor.at++
      skipExpression(cursor)
      return { kind: 'argument', name, labels, place, body: { items: [] } }
    }
    if (char === '{') {
      cursor.at++
      return { kind: 'block', name, labels, place, body: scanBody(cursor) }
    }
    const start = cursor.at
    if (char === '"') {
      skipString(cursor)
      labels.push(cursor.text.slice(start + 1, cursor.at - 1))
    } else {
      const label = word(cursor)
      labels.push(label)
      cursor.at += label.length
    }
  }
}

function word(cursor: Cursor): string {
  const found = /[\p{L}_][\p{L}\p{N}_-]*/uy
  found.lastIndex = cursor.at
  const match = found.exec(cursor.text)
  if (!match) throw new Error(`lab: cannot follow the job file at line ${cursor.line}`)
  return match[0]
}

function placeOf(cursor: Cursor, length: number): Place {
  const column = cursor.at - cursor.lineStart + 1
  return { line: cursor.line, column, endColumn: column + length }
}

function newline(cursor: Cursor): void {
  cursor.at++
  cursor.line++
  cursor.lineStart = cursor.at
}

function skipBlank(cursor: Cursor): void {
  for (;;) {
    const char = cursor.text[cursor.at]
    if (char === '\n') newline(cursor)
    else if (char !== undefined && /\s|\uFEFF/.test(char)) cursor.at++
    else if (!skipComment(cursor)) return
  }
}

function skipComment(cursor: Cursor): boolean {
  const two = cursor.text.slice(cursor.at, cursor.at + 2)
  if (two === '/*') {
    while (cursor.at < cursor.text.length && cursor.text.slice(cursor.at, cursor.at + 2) !== '*/') {
      if (cursor.text[cursor.at] === '\n') newline(cursor)
      else cursor.at++
    }
    cursor.at += 2
    return true
  }
  if (two !== '//' && two[0] !== '#') return false
  const end = cursor.text.indexOf('\n', cursor.at)
  cursor.at = end < 0 ? cursor.text.length : end
  return true
}

/** To the end of the argument: a newline or a `}` outside of all brackets. */
function skipExpression(cursor: Cursor): void {
  let depth = 0
  while (cursor.at < cursor.text.length) {
    const char = cursor.text[cursor.at]!
    if (char === '"') skipString(cursor)
    else if (cursor.text.startsWith('<<', cursor.at)) skipHeredoc(cursor)
    else if (skipComment(cursor)) continue
    else if (char === '\n') {
      if (depth === 0) return
      newline(cursor)
    } else if (char === '}' && depth === 0) return
    else {
      if ('([{'.includes(char)) depth++
      if (')]}'.includes(char)) depth--
      cursor.at++
    }
  }
}

/** Over a quoted string with its interpolations. */
function skipString(cursor: Cursor): void {
  cursor.at++
  while (cursor.at < cursor.text.length && cursor.text[cursor.at] !== '"') {
    const two = cursor.text.slice(cursor.at, cursor.at + 2)
    if (two[0] === '\\') cursor.at += 2
    else if (cursor.text.startsWith('$${', cursor.at) || cursor.text.startsWith('%%{', cursor.at))
      cursor.at += 3
    else if (two === '${' || two === '%{') skipInterpolation(cursor)
    else cursor.at++
  }
  cursor.at++
}

function skipInterpolation(cursor: Cursor): void {
  let depth = 0
  do {
    const char = cursor.text[cursor.at]!
    if (char === '"') {
      skipString(cursor)
      continue
    }
    if (char === '{') depth++
    if (char === '}') depth--
    if (char === '\n') newline(cursor)
    else cursor.at++
  } while (depth > 0 || cursor.text[cursor.at - 1] !== '}')
}

function skipHeredoc(cursor: Cursor): void {
  const opening = /<<-?([\p{L}_][\p{L}\p{N}_-]*)[ \t\r]*\n/uy
  opening.lastIndex = cursor.at
  const match = opening.exec(cursor.text)
  if (!match) {
    cursor.at += 2
    return
  }
  cursor.at += match[0].length - 1
  newline(cursor)
  for (;;) {
    const end = cursor.text.indexOf('\n', cursor.at)
    const last = end < 0
    const line = cursor.text.slice(cursor.at, last ? undefined : end)
    if (line.trim() === match[1] || last) {
      cursor.at += line.length
      return
    }
    cursor.at = end
    newline(cursor)
  }
}
