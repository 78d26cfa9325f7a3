import type { Sparse } from '../hcl/parse.ts'

/** A list of blocks in a job's JSON; nothing where it says null. */
export function blocks(value: unknown): Sparse[] {
  return Array.isArray(value) ? (value as Sparse[]) : []
}
