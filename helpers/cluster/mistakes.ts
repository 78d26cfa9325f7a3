import { z } from 'zod'
import { asMessage, type Message, msg, said } from '../language/message.ts'
import { clusterFileSchema } from './file.ts'

/** What zod says of the value at `path`, as one sentence for whoever wrote the file. */
export function mistakeIn(issue: z.core.$ZodIssue, value: unknown): Message {
  const where = issue.path.join('.')
  const it = where === '' ? msg('the whole file') : where
  if (issue.code === 'unrecognized_keys') return unknownKey(issue.path, issue.keys[0] ?? '')
  const some = oneOf(issue)
  if (value === undefined && issue.code !== 'custom')
    return some ? msg('{it} is missing: {some}.', { it, some }) : msg('{it} is missing.', { it })
  if (issue.code === 'invalid_type') {
    const about = { it, wanted: kinds[issue.expected] ?? issue.expected, is: kindOf(value) }
    return wantsQuotes(issue, value)
      ? msg('{it} must be {wanted}, and is {is} (write it in quotes).', about)
      : msg('{it} must be {wanted}, and is {is}.', about)
  }
  if (some) return msg('{it} must be {some}.', { it, some })
  return msg('{it}: {said}.', { it, said: issue.message.replace(/\.$/, '') })
}

const kinds: Record<string, Message> = {
  string: msg('text'),
  number: msg('a number'),
  int: msg('a whole number'),
  boolean: msg('true or false'),
  array: msg('a list'),
  object: msg('a map of keys'),
  record: msg('a map of keys'),
}

/** Never the value itself: it may be a password in the wrong place. */
function kindOf(value: unknown): string | Message {
  if (value === null) return msg('empty')
  return kinds[Array.isArray(value) ? 'array' : typeof value] ?? typeof value
}

const wantsQuotes = (issue: { expected?: string }, value: unknown) =>
  issue.expected === 'string' && ['number', 'boolean'].includes(typeof value)

/** `lab, local or command`; undefined where a value is not one of a few. */
function oneOf(issue: z.core.$ZodIssue): Message | undefined {
  if (issue.code === 'invalid_value') return either(issue.values.map(String))
  if (issue.code !== 'invalid_union') return undefined
  const { options } = issue as { options?: unknown[] }
  if (options) return either(options.map(String))
  const parts = issue.errors.flatMap(([first]): (string | Message)[] => {
    if (first?.code === 'invalid_value') return first.values.map(String)
    return first?.code === 'invalid_type' ? [kinds[first.expected] ?? first.expected] : []
  })
  return parts.length > 0 ? either(parts) : undefined
}

function either(words: (string | Message)[]): Message {
  const all = words.map(asMessage)
  const last = all.pop() ?? said('')
  if (all.length === 0) return last
  const most = all.reduce((first, second) => msg('{first}, {second}', { first, second }))
  return msg('{most} or {last}', { most, last })
}

function unknownKey(path: PropertyKey[], name: string): Message {
  const known = keysAt(path)
  const near = known.find((one) => distance(one, name) <= 2)
  const key = JSON.stringify(name)
  const where = path.join('.')
  const seen = where
    ? msg('there is no key {key} in {where}', { key, where })
    : msg('there is no key {key}', { key })
  if (near) return msg('{seen}: is {near} meant?', { seen, near })
  return known.length > 0
    ? msg('{seen}: there are {known}.', { seen, known })
    : msg('{seen}.', { seen })
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
