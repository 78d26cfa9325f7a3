import { Gap } from './problem.ts'
import type { Kind } from './schema-parts.ts'

/** Values of `variable` defaults and `locals`. */
export interface Known {
  variables: Map<string, unknown>
  locals: Map<string, unknown>
}

/** A value that does not fit: HCL's detail. */
export interface Misfit {
  misfit: string
}

/** Replaces variables and locals by their values, in a value that hcl2json gave. */
export function evaluate(value: unknown, known: Known): unknown {
  if (typeof value === 'string') return evaluateText(value, known)
  if (Array.isArray(value)) return value.map((one) => evaluate(one, known))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, evaluate(one, known)]))
}

function evaluateText(text: string, known: Known): unknown {
  if (!text.includes('${') && !text.includes('%{')) return text
  if (/(^|[^%])%\{/.test(text)) throw new Gap(`the template ${text.slice(0, 60)}`)
  const parts = partsOf(text)
  const [only] = parts
  if (parts.length === 1 && only?.expression !== undefined) return lookUp(only.expression, known)
  return parts
    .map(({ literal, expression }) => {
      if (expression === undefined) return literal
      const value = lookUp(expression, known)
      if (value === null || typeof value === 'object') {
        throw new Gap(`the expression \${${expression}}`)
      }
      return String(value)
    })
    .join('')
}

interface Part {
  literal?: string
  expression?: string
}

/** A template's literal parts and its expressions, which may hold braces and strings of their own. */
function partsOf(text: string): Part[] {
  const parts: Part[] = []
  let literal = ''
  for (let at = 0; at < text.length; ) {
    if (text.startsWith('$${', at)) {
      literal += '${'
      at += 3
    } else if (text.startsWith('${', at)) {
      if (literal) parts.push({ literal })
      literal = ''
      const end = endOf(text, at + 2)
      parts.push({ expression: text.slice(at + 2, end) })
      at = end + 1
    } else literal += text[at++]
  }
  if (literal) parts.push({ literal })
  return parts
}

/** Where the brace that closes an expression stands. */
function endOf(text: string, start: number): number {
  let depth = 0
  let quoted = false
  for (let at = start; at < text.length; at++) {
    const char = text[at]
    if (quoted && char === '\\') at++
    else if (char === '"') quoted = !quoted
    else if (!quoted && char === '{') depth++
    else if (!quoted && char === '}' && depth-- === 0) return at
  }
  return text.length
}

const word = '[\\p{L}_][\\p{L}\\p{N}_-]*'
const traversal = new RegExp(
  `^\\s*(${word})((?:\\.${word}|\\.\\d+|\\[\\d+\\]|\\["[^"]*"\\])*)\\s*$`,
  'u',
)

/**
 * A variable's or local's value, or an element of it. Other names are Nomad's own (`attr.…`, `NOMAD_…`):
 * they stay in the job for the scheduler and the client (jobspec2/parse.go UndefinedVariable).
 */
function lookUp(expression: string, known: Known): unknown {
  const [, root = '', path = ''] = traversal.exec(expression) ?? []
  if (!root || ['true', 'false', 'null', 'each', 'path'].includes(root)) {
    throw new Gap(`the expression \${${expression}}`)
  }
  if (root !== 'var' && root !== 'local') return `\${${expression}}`
  const keys = [...path.matchAll(/\.([^.[]+)|\[(\d+)\]|\["([^"]*)"\]/g)].map(
    ([, name, index, key]) => name ?? index ?? key ?? '',
  )
  let value: unknown = Object.fromEntries(root === 'var' ? known.variables : known.locals)
  for (const key of keys) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) {
      throw new Gap(`the value ${expression.trim()}, which the file does not give,`)
    }
    value = (value as Record<string, unknown>)[key]
  }
  if (keys.length === 0) throw new Gap(`the expression \${${expression}}`)
  return value
}

/** Reads an evaluated value as `kind`; `undefined` when the file says null. */
export function convert(value: unknown, kind: Kind): unknown | Misfit {
  if (value === null || value === undefined) return undefined
  switch (kind) {
    case 'any':
      return value
    case 'string':
      return typeof value === 'object' ? unsuitable('a string') : String(value)
    case 'number':
      return toNumber(value)
    case 'bool':
      if (typeof value === 'boolean') return value
      if (value === 'true' || value === 'false') return value === 'true'
      return unsuitable('a bool')
    case 'duration':
      return toDuration(value)
    case 'strings':
      if (!Array.isArray(value)) return unsuitable('list of string')
      return value.map(String)
    case 'map':
      return toMap(value)
  }
}

export function isMisfit(value: unknown): value is Misfit {
  return typeof value === 'object' && value !== null && 'misfit' in value
}

function unsuitable(wanted: string): Misfit {
  return { misfit: `Unsuitable value: ${wanted} required.` }
}

function toNumber(value: unknown): number | Misfit {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : unsuitable('a number')
}

function toDuration(value: unknown): number | Misfit {
  if (typeof value === 'number') return value
  const nanoseconds = parseDuration(String(value))
  return nanoseconds ?? { misfit: `Unsuitable duration value: time: invalid duration "${value}".` }
}

/** `env` and `meta`: every value becomes text. Blocks come as arrays of objects. */
export function toMap(value: unknown): Record<string, string> | Misfit {
  const objects = Array.isArray(value) ? value : [value]
  const all = Object.assign({}, ...objects) as Record<string, unknown>
  return Object.fromEntries(Object.entries(all).map(([key, one]) => [key, String(one)]))
}

const units: Record<string, number> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
}

/** Go's durations ("1h30m", "300ms") in nanoseconds; `undefined` when it is none. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0
  const parts = /^([-+]?)((?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h))+$/.exec(text)
  if (!parts) return undefined
  let sum = 0
  for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g)) {
    sum += Number(number) * units[unit!]!
  }
  return parts[1] === '-' ? -sum : sum
}
