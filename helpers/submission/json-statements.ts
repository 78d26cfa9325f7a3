import type { Token } from './lexer.ts'
import { lex } from './lexer.ts'
import type { Statement } from './statements.ts'

/** Keys of Nomad's API whose HCL name is not simply theirs in snake case. */
const hclNames: Record<string, string> = {
  ID: 'id',
  TaskGroups: 'group',
  Tasks: 'task',
  Networks: 'network',
  ReservedPorts: 'port',
  DynamicPorts: 'port',
  Value: 'static',
  Services: 'service',
  PortLabel: 'port',
  Checks: 'check',
  Constraints: 'constraint',
  LTarget: 'attribute',
  RTarget: 'value',
  Affinities: 'affinity',
  Spreads: 'spread',
  CPU: 'cpu',
  MemoryMB: 'memory',
  Artifacts: 'artifact',
  Templates: 'template',
  ParameterizedJob: 'parameterized',
  Identities: 'identity',
}

/** What is nested deeper than any job's is passed over. */
const maxStack = 64

/** Blocks that have their name as the next key in HCL written as JSON. */
const labelled = new Set(['job', 'group', 'task', 'port', 'volume', 'variable'])

/**
 * The structure of a job written as JSON, in HCL's names, so that both kinds of file have the same
 * places. Reads broken text as far as it goes.
 */
export function jsonStatementsOf(text: string): Statement[] {
  const tokens = lex(text).tokens.filter((token) => token.kind !== 'newline')
  const isApi = /"TaskGroups"/.test(text)
  const found: Statement[] = []
  const stack: string[] = []
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!
    const isKey = token.kind === 'string' && tokens[at + 1]?.text === ':'
    if (token.text === '}' || token.text === ']') stack.pop()
    else if (token.text === '{' || token.text === '[') stack.push('')
    if (!isKey) continue
    const opens = tokens[at + 2]?.text === '{' || tokens[at + 2]?.text === '['
    const name = hclName(token, isApi)
    if (tokens[at + 2]?.text !== 'null' && stack.length <= maxStack)
      found.push(statementAt(tokens, at, name, stack, isApi))
    if (!opens) continue
    stack.push(name)
    at += 2
  }
  return found.filter((each) => each.name !== '')
}

function hclName(token: Token, isApi: boolean): string {
  const key = token.text.slice(1, -1)
  if (!isApi) return key
  return (
    (Object.hasOwn(hclNames, key) && hclNames[key]) ||
    key.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase()
  )
}

function statementAt(
  tokens: Token[],
  at: number,
  name: string,
  stack: string[],
  isApi: boolean,
): Statement {
  const path = stack.filter((each) => each !== '')
  const token = tokens[at]!
  const value = tokens[at + 2]
  const opens = value?.text === '{' || value?.text === '['
  const inLabel = !isApi && labelled.has(path.at(-1) ?? '')
  return {
    kind: opens ? 'block' : 'attribute',
    path: isApi && path.length === 0 && name !== 'job' ? ['job'] : withoutLabels(path, isApi),
    name: inLabel ? '' : isApi && name === 'id' ? 'job' : name,
    labels: [],
    value: value?.text ?? '',
    line: token.line,
    start: token.start,
    end: value?.end ?? token.end,
    valueStart: value?.start ?? token.end,
  }
}

function withoutLabels(path: string[], isApi: boolean): string[] {
  if (isApi) return path
  return path.filter((_, i) => i === 0 || !labelled.has(path[i - 1]!) || labelled.has(path[i]!))
}
