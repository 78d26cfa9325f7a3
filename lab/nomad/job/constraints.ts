import type { Sparse } from '../hcl/parse.ts'
import { blocks } from './blocks.ts'

const shorthands = [
  'version',
  'semver',
  'regexp',
  'set_contains',
  'set_contains_any',
  'set_contains_all',
  'distinct_property',
]

/** `version = "…"` and its like are operators of their own. */
export function constraints(written: unknown): Sparse[] | null {
  const result: Sparse[] = []
  for (const one of blocks(written)) {
    if (one.distinct_hosts === false) continue
    const short = shorthands.find((key) => one[key])
    const constraint: Sparse = {
      LTarget: one.LTarget ?? '',
      Operand: one.Operand ?? short ?? '=',
      RTarget: one.RTarget ?? (short ? one[short] : ''),
    }
    if (one.distinct_hosts)
      Object.assign(constraint, { Operand: 'distinct_hosts', RTarget: 'true' })
    if (short === 'distinct_property') {
      Object.assign(constraint, { LTarget: one.distinct_property, RTarget: one.RTarget ?? '' })
    }
    result.push(constraint)
  }
  return result.length ? result : null
}

/** Nomad's default weight (api/jobs.go: Affinity and Spread, Canonicalize). */
const weight = 50

export function affinities(written: unknown): Sparse[] | null {
  const bare = constraints(written)
  return bare?.map((one, i) => ({ ...one, Weight: blocks(written)[i]!.Weight ?? weight })) ?? null
}

export function spreads(written: unknown): Sparse[] | null {
  const result = blocks(written).map((one) => {
    const targets = blocks(one.SpreadTarget)
    return {
      Attribute: one.Attribute ?? '',
      SpreadTarget: targets.length
        ? targets.map(({ Name, Percent, Value }) => ({
            Percent: Percent ?? 0,
            Value: Value ?? Name,
          }))
        : null,
      Weight: one.Weight ?? weight,
    }
  })
  return result.length ? result : null
}
