/**
 * Reading JSON of unknown shape: versions of Nomad and Consul leave out or null what is empty
 * (cluster-facts §4). A field that is missing or of another type is the type's empty value.
 */
export type Loose = Record<string, unknown>

export function record(value: unknown): Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Loose)
    : {}
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function number(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0
}

export function flag(value: unknown): boolean {
  return value === true
}

/** The numbers of a record, other values (and 1e999, which is none) left out. */
export function counts(value: unknown): Record<string, number> {
  const entries = Object.entries(record(value)).filter(([, count]) => Number.isFinite(count))
  return Object.fromEntries(entries) as Record<string, number>
}
