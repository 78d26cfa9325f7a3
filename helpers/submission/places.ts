import { jsonStatementsOf } from './json-statements.ts'
import type { Statement } from './statements.ts'
import { statementsOf } from './statements.ts'
import type { Places } from './types.ts'

/** Where a plain key is looked for, when a name means something else in other blocks. */
const homes: Record<string, string[]> = {
  datacenters: ['job'],
  type: ['job'],
  namespace: ['job'],
  count: ['group'],
  static: ['port'],
  to: ['port'],
  driver: ['task'],
  image: ['config'],
  ports: ['config'],
  command: ['config'],
  volumes: ['config'],
  cpu: ['resources'],
  memory: ['resources'],
  canary: ['update'],
}

/** Blocks whose attributes only get a key with the block's name in front. */
const crowded = new Set(['service', 'check', 'constraint', 'affinity', 'spread', 'env', 'meta'])

/**
 * The first line of each well-known place. Every block and attribute also has a key with its block's
 * name in front (`service.name`, `task.count`). Works on files that do not parse, as far as it can.
 */
export function placesOf(text: string, format: 'hcl' | 'json'): Places {
  const places: Places = Object.create(null) as Places
  const statements = format === 'json' ? jsonStatementsOf(text) : statementsOf(text)
  for (const statement of statements) {
    for (const key of keysOf(statement)) places[key] ??= statement.line
  }
  return { ...places }
}

function keysOf(statement: Statement): string[] {
  const { name, kind } = statement
  const parent = statement.path.at(-1) ?? ''
  const dotted = parent ? [`${parent}.${name}`] : []
  const isPlain =
    kind === 'attribute'
      ? (homes[name]?.includes(parent) ?? !crowded.has(parent))
      : !(homes[name] && kind === 'block')
  return isPlain ? [name, ...dotted] : dotted
}
