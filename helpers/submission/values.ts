/** Readers of untrusted JSON: each gives what it is asked for, or a harmless default. */
export type Body = Record<string, unknown>

export const isBody = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An own field only: what a file calls `constructor` is not Object's. */
export const field = (body: Body, name: string): unknown =>
  Object.hasOwn(body, name) ? body[name] : undefined

export const text = (value: unknown, otherwise = ''): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : otherwise

export function number(value: unknown, otherwise: number): number {
  const n = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof n === 'number' && Number.isFinite(n) ? n : otherwise
}

export const flag = (value: unknown): boolean => value === true || value === 'true' || value === '1'

export const list = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]

export const bodies = (value: unknown): Body[] => list(value).filter(isBody)

const unitMs: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
}

/** Milliseconds of a duration: nanoseconds in the API, Go's notation (`1m30s`) in a file. */
export function milliseconds(value: unknown, otherwise: number): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value / 1e6
  if (typeof value !== 'string' || value === '' || value.length > 40) return otherwise
  const parts = [...value.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/g)]
  if (parts.map((part) => part[0]).join('') !== value) return otherwise
  return parts.reduce((sum, part) => sum + Number(part[1]) * unitMs[part[2]!]!, 0)
}

/** Whether a text has a part that is only known when it runs. */
export const isInterpolated = (value: string): boolean => /[$%]\{/.test(value)

/** A student's word inside a sentence: short, on one line. */
export function quoted(word: string): string {
  const clean = word.replace(/[\p{C}\s]+/gu, ' ').trim()
  return `"${clean.length > 60 ? `${clean.slice(0, 60)}…` : clean}"`
}
