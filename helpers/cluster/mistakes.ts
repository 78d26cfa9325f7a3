import { z } from 'zod'
import { clusterFileSchema } from './file.ts'

/** What zod says of the value at `path`, as one clause for whoever wrote the file. */
export function mistakeIn(issue: z.core.$ZodIssue, value: unknown): string {
  const where = issue.path.join('.')
  const it = where === '' ? 'the whole file' : where
  if (issue.code === 'unrecognized_keys') return unknownKey(issue.path, issue.keys[0] ?? '')
  if (value === undefined && issue.code !== 'custom') return `${it} is missing${oneOf(issue)}`
  if (issue.code === 'invalid_type')
    return `${it} must be ${kinds[issue.expected] ?? issue.expected}, and is ${kindOf(value)}${quoted(issue, value)}`
  if (issue.code === 'invalid_value' || issue.code === 'invalid_union')
    return `${it} must be${oneOf(issue).replace(/^:/, '')}`
  return `${it}: ${issue.message}`
}

const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
  record: 'a map of keys',
}

/** Never the value itself: it may be a password in the wrong place. */
function kindOf(value: unknown): string {
  if (value === null) return 'empty'
  return kinds[Array.isArray(value) ? 'array' : typeof value] ?? typeof value
}

const quoted = (issue: { expected?: string }, value: unknown) =>
  issue.expected === 'string' && ['number', 'boolean'].includes(typeof value)
    ? ' (write it in quotes)'
    : ''

/** `: lab, local or command`; '' where a value is not one of a few. */
function oneOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `: ${either(issue.values.map(String))}`
  if (issue.code !== 'invalid_union') return ''
  const { options } = issue as { options?: unknown[] }
  if (options) return `: ${either(options.map(String))}`
  const parts = issue.errors.flatMap(([first]) => {
    if (first?.code === 'invalid_value') return first.values.map(String)
    return first?.code === 'invalid_type' ? [kinds[first.expected] ?? first.expected] : []
  })
  return parts.length > 0 ? `: ${either(parts)}` : ''
}

const either = (words: string[]) =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`

function unknownKey(path: PropertyKey[], key: string): string {
  const known = keysAt(path)
  const near = known.find((one) => distance(one, key) <= 2)
  const where = path.length === 0 ? '' : ` in ${path.join('.')}`
  const hint = near
    ? `: is ${near} meant?`
    : known.length > 0
      ? `: there are ${known.join(', ')}`
      : ''
  return `there is no key ${JSON.stringify(key)}${where}${hint}`
}

/** The schema in JSON, as editors take it. */
export function jsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(clusterFileSchema, { io: 'input' }),
    title: 'cluster.yaml of nomad-consul-grader',
  }
}

interface Node {
  properties?: Record<string, Node>
  additionalProperties?: Node | boolean
  oneOf?: Node[]
  anyOf?: Node[]
}

/** Keys that the schema knows at a path; of drivers, those of any. */
function keysAt(path: PropertyKey[]): string[] {
  let nodes: Node[] = [jsonSchema() as Node]
  const flat = (node: Node): Node[] => [
    node,
    ...[...(node.oneOf ?? []), ...(node.anyOf ?? [])].flatMap(flat),
  ]
  for (const step of path) {
    nodes = nodes.flatMap(flat).flatMap((node) => {
      const next = node.properties?.[String(step)] ?? node.additionalProperties
      return typeof next === 'object' ? [next] : []
    })
  }
  return [...new Set(nodes.flatMap(flat).flatMap((node) => Object.keys(node.properties ?? {})))]
}

/** How many letters differ (Levenshtein); keys are short. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
