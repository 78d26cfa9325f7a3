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

/** These are left in the job for the client to fill in. */
const atRunTime = /^\s*(attr\.|node\.|meta\.|env\.|env\[|device\.|unique\.|NOMAD_)/

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
  const whole = /^\$\{([^{}]*)\}$/.exec(text)
  if (whole && !atRunTime.test(whole[1]!)) return lookUp(whole[1]!, known)
  return text.replace(/\$\$\{|\$\{([^{}]*)\}/g, (found, expression: string | undefined) => {
    if (expression === undefined) return '${'
    if (atRunTime.test(expression)) return found
    const value = lookUp(expression, known)
    if (value === null || typeof value === 'object') throw new Gap(`the expression ${found}`)
    return String(value)
  })
}

function lookUp(expression: string, known: Known): unknown {
  const match = /^\s*(var|local)\.([\p{L}_][\p{L}\p{N}_-]*)\s*$/u.exec(expression)
  if (!match) throw new Gap(`the expression \${${expression}}`)
  const values = match[1] === 'var' ? known.variables : known.locals
  if (!values.has(match[2]!)) throw new Gap(`the variable ${match[1]}.${match[2]} without a value`)
  return values.get(match[2]!)
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
