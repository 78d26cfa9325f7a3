/** The tokens of HCL that its structure is made of; comments and blanks are left out. */
export interface Token {
  kind: 'word' | 'string' | 'heredoc' | 'number' | 'newline' | 'punctuation'
  text: string
  start: number
  end: number
  /** 1-based. */
  line: number
}

export interface Lexed {
  tokens: Token[]
  /** How deep brackets and interpolations are nested at most. */
  depth: number
  /** The longest run of unary operators, and the number of `?`: both make parsers recurse. */
  recursion: number
}

/** More than a job has; what follows is not looked at. */
const maxText = 64 * 1024

/** Reads text that may be broken: a string ends with its line, what is not known is skipped. */
export function lex(whole: string): Lexed {
  const text = whole.slice(0, maxText)
  const tokens: Token[] = []
  const seen = { depth: 0, open: 0, run: 0, longest: 0, questions: 0 }
  let line = 1
  let at = 0
  while (at < text.length) {
    const start = at
    const kind = kindAt(text, at)
    at = endOf(text, at, kind, seen)
    if (kind === 'punctuation') count(text[start]!, seen)
    else if (kind !== 'blank' && kind !== 'comment') seen.run = 0
    if (kind !== 'blank' && kind !== 'comment') {
      tokens.push({ kind, text: text.slice(start, at), start, end: at, line })
    }
    line += newlines(text, start, at)
  }
  return { tokens, depth: seen.depth, recursion: Math.max(seen.longest, seen.questions) }
}

type Kind = Token['kind'] | 'blank' | 'comment'
type Seen = { depth: number; open: number; run: number; longest: number; questions: number }

function kindAt(text: string, at: number): Kind {
  const char = text[at]!
  if (char === '\n') return 'newline'
  if (/\s|\ufeff/.test(char)) return 'blank'
  if (char === '#' || text.startsWith('//', at) || text.startsWith('/*', at)) return 'comment'
  if (char === '"') return 'string'
  if (char === '<' && heredocAt(text, at)) return 'heredoc'
  if (/[\p{L}_]/u.test(char)) return 'word'
  return /[0-9]/.test(char) ? 'number' : 'punctuation'
}

function endOf(text: string, at: number, kind: Kind, seen: Seen): number {
  if (kind === 'string') return endOfString(text, at, seen)
  if (kind === 'heredoc') return endOfHeredoc(text, at)
  if (kind === 'word') return skip(text, at, /[\p{L}\p{N}_-]*/uy)
  if (kind === 'number') return skip(text, at, /[0-9][0-9.eE]*/y)
  if (kind === 'comment') return endOfComment(text, at)
  return at + 1
}

function skip(text: string, at: number, sticky: RegExp): number {
  sticky.lastIndex = at
  sticky.test(text)
  return Math.max(sticky.lastIndex, at + 1)
}

function endOfComment(text: string, at: number): number {
  const block = text.startsWith('/*', at)
  const end = block ? text.indexOf('*/', at + 2) : text.indexOf('\n', at)
  if (end < 0) return text.length
  return block ? end + 2 : end
}

/** A quoted string with its interpolations, which hold code and strings again. */
function endOfString(text: string, at: number, seen: Seen): number {
  const inside = ['"']
  let i = at + 1
  while (i < text.length && inside.length > 0) {
    const two = text.slice(i, i + 2)
    if (inside.at(-1) === '"') {
      if (text[i] === '\n') return i
      if (text[i] === '\\') i += 2
      else if (/^(\$\$|%%)\{/.test(text.slice(i, i + 3))) i += 3
      else if (two === '${' || two === '%{') i += push(inside, '{', 2)
      else i += text[i] === '"' ? pop(inside) : 1
    } else if (text[i] === '"' || text[i] === '{') i += push(inside, text[i]!, 1)
    else i += text[i] === '}' ? pop(inside) : 1
    seen.depth = Math.max(seen.depth, seen.open + inside.length)
  }
  return Math.min(i, text.length)
}

function push(stack: string[], what: string, width: number): number {
  stack.push(what)
  return width
}

function pop(stack: string[]): number {
  stack.pop()
  return 1
}

function heredocAt(text: string, at: number): RegExpExecArray | null {
  const sticky = /<<-?([\p{L}_][\p{L}\p{N}_-]*)[ \t\r]*\n/uy
  sticky.lastIndex = at
  return sticky.exec(text)
}

function endOfHeredoc(text: string, at: number): number {
  const opening = heredocAt(text, at)!
  let line = at + opening[0].length
  while (line < text.length) {
    const newline = text.indexOf('\n', line)
    const end = newline < 0 ? text.length : newline
    if (text.slice(line, end).trim() === opening[1]) return end
    line = end + 1
  }
  return text.length
}

function count(char: string, seen: Seen): void {
  if ('{[('.includes(char)) seen.open++
  if ('}])'.includes(char)) seen.open = Math.max(0, seen.open - 1)
  seen.depth = Math.max(seen.depth, seen.open)
  seen.run = char === '!' || char === '-' ? seen.run + 1 : 0
  seen.longest = Math.max(seen.longest, seen.run)
  if (char === '?') seen.questions++
}

function newlines(text: string, from: number, to: number): number {
  let lines = 0
  for (let i = from; i < to; i++) if (text[i] === '\n') lines++
  return lines
}
