import type { Token } from './lexer.ts'
import { lex } from './lexer.ts'

/** One line of a job file's structure: a block's opening or an attribute. */
export interface Statement {
  kind: 'block' | 'attribute' | 'broken'
  /** Types of the blocks around it, outermost first. */
  path: string[]
  name: string
  labels: string[]
  /** An attribute's expression as written, '' else. */
  value: string
  /** 1-based. */
  line: number
  /** Offsets into the text: the statement, and an attribute's expression. */
  start: number
  end: number
  valueStart: number
}

/** Blocks that are nested deeper than any job's are passed over. */
const maxPath = 32

/** The structure of an HCL text, as far as it goes: nothing throws, nothing needs to be closed. */
export function statementsOf(text: string): Statement[] {
  const { tokens } = lex(text)
  const found: Statement[] = []
  const path: string[] = []
  let at = 0
  while (at < tokens.length) {
    const token = tokens[at]!
    if (token.text === '}') path.pop()
    if (token.kind !== 'word') {
      at++
      continue
    }
    const header = headerAt(tokens, at)
    const statement = { ...header.statement, path: path.slice(0, maxPath) }
    at = header.next
    if (statement.kind === 'block') path.push(statement.name)
    if (statement.kind === 'attribute') at = readValue(text, tokens, at, statement)
    if (path.length <= maxPath) found.push(statement)
  }
  return found
}

function headerAt(tokens: Token[], at: number): { statement: Statement; next: number } {
  const first = tokens[at]!
  const labels: string[] = []
  let next = at + 1
  while (tokens[next]?.kind === 'word' || tokens[next]?.kind === 'string') {
    labels.push(tokens[next]!.text.replace(/^"|"$/g, ''))
    next++
  }
  const mark = tokens[next]?.text
  const kind = mark === '{' ? 'block' : mark === '=' ? 'attribute' : 'broken'
  const end = tokens[next]?.end ?? tokens.at(-1)!.end
  const place = { line: first.line, start: first.start, end, valueStart: end }
  const statement: Statement = { kind, path: [], name: first.text, labels, value: '', ...place }
  return { statement, next: kind === 'broken' ? next : next + 1 }
}

/** Reads an expression: to the end of its line, over the lines that its brackets hold together. */
function readValue(text: string, tokens: Token[], from: number, into: Statement): number {
  let open = 0
  let at = from
  for (; at < tokens.length; at++) {
    const token = tokens[at]!
    if (open === 0 && (token.kind === 'newline' || token.text === '}')) break
    if (token.kind !== 'punctuation') continue
    if ('{[('.includes(token.text)) open++
    if ('}])'.includes(token.text)) open--
  }
  if (at > from) {
    into.valueStart = tokens[from]!.start
    into.end = tokens[at - 1]!.end
    into.value = text.slice(into.valueStart, into.end)
  }
  return at
}
