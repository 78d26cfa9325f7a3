import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** As much of JSON Schema as cluster.schema.json uses. */
interface Schema {
  type?: string | string[]
  const?: string
  enum?: string[]
  default?: unknown
  description?: string
  pattern?: string
  minimum?: number
  maximum?: number
  anyOf?: Schema[]
  oneOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  additionalProperties?: Schema | false
  required?: string[]
}

const schemaPath = fileURLToPath(new URL('../../cluster.schema.json', import.meta.url))
/** Written by programs only. */
const notForPeople = ['lab', 'local']

const begin = '<!-- Written by tests/docs/write.ts out of cluster.schema.json, down to the end. -->'

/** docs/cluster-yaml.md with its last part, every key, made out of the schema. */
export function withEveryKey(page: string): string {
  const at = page.indexOf(begin)
  if (at < 0) throw new Error(`docs/cluster-yaml.md has no line ${begin}`)
  const before = page.slice(0, at)
  const schema: Schema = JSON.parse(readFileSync(schemaPath, 'utf8'))
  const { power, ...others } = schema.properties ?? {}
  const keys = Object.entries(others).filter(([key]) => !notForPeople.includes(key))
  return [
    `${before}${begin}`,
    '',
    '| key | takes | usual | means |',
    '|---|---|---|---|',
    ...keys.flatMap(([key, of]) => rows(key, of, schema.required)),
    '',
    ...drivers(power?.oneOf ?? []),
    '',
  ].join('\n')
}

/** Each driver with the keys that are its own; those in bold are needed. */
function drivers(all: Schema[]): string[] {
  const own = all.filter(({ properties }) => !notForPeople.includes(nameOf(properties)))
  const words = own.map(driverWords)
  const common =
    words[0]?.filter((word) => words.filter((of) => of.includes(word)).length > 2) ?? []
  const row = ({ properties }: Schema, i: number) => {
    const rest = words[i]?.filter((word) => !common.includes(word)) ?? []
    return `| \`${nameOf(properties)}\` | ${rest.join(' · ')} |`
  }
  return [
    '`power.driver` is one of these. Besides the keys of its own a driver takes, where they make sense for it:',
    '',
    ...common.map((word) => `- ${word}`),
    '',
    '| `power.driver` | other keys; those in bold are needed |',
    '|---|---|',
    ...own.map(row),
  ]
}

const nameOf = (properties: Schema['properties']) => properties?.driver?.const ?? ''

function driverWords({ properties = {}, required = [] }: Schema): string[] {
  const { driver, ...keys } = properties
  return Object.entries(keys).map(([key, of]) => {
    const name = `\`power.${key}\``
    const needed = required.includes(key) && of.default === undefined
    return `${needed ? `**${name}**` : name}${of.description ? `: ${cell(of.description)}` : ''}`
  })
}

function rows(path: string, of: Schema, needed: string[] = []): string[] {
  if (of.properties)
    return Object.entries(of.properties).flatMap(([key, below]) => rows(`${path}.${key}`, below))
  if (typeof of.additionalProperties === 'object')
    return rows(`${path}.NAME`, of.additionalProperties)
  const usual = needed.includes(path) ? '**needed**' : usualOf(of)
  return [`| \`${path}\` | ${takes(of)} | ${usual} | ${cell(of.description ?? '')} |`]
}

const usualOf = ({ default: usual }: Schema) =>
  usual === undefined ? '' : `\`${typeof usual === 'string' ? usual : JSON.stringify(usual)}\``

function takes(of: Schema): string {
  if (of.anyOf) return of.anyOf.map(takes).join(' or ')
  if (of.const !== undefined) return `\`${of.const}\``
  if (of.enum) return of.enum.map((word) => `\`${word}\``).join(' or ')
  if (Array.isArray(of.type)) return of.type.map((type) => takes({ type })).join(' or ')
  if (of.type === 'array') return `a list: ${takes(of.items ?? {})}`
  if (of.type === 'boolean') return 'true or false'
  if (of.type === 'integer' || of.type === 'number') return `${of.minimum} to ${of.maximum}`
  return 'text'
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
