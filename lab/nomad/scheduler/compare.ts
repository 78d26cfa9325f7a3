/** Every operand that Nomad knows. */
export const operands = (
  '= == is != not < <= > >= regexp version semver set_contains set_contains_all set_contains_any ' +
  'is_set is_not_set distinct_hosts distinct_property'
).split(' ')

/** The operands that need both sides (scheduler/feasible.go checkConstraint). */
export function compares(operand: string, left: string, right: string): boolean {
  switch (operand) {
    case '<':
      return order(left, right) < 0
    case '<=':
      return order(left, right) <= 0
    case '>':
      return order(left, right) > 0
    case '>=':
      return order(left, right) >= 0
    case 'regexp':
      return patternOf(right)?.test(left) ?? false
    case 'version':
    case 'semver':
      return right.split(',').every((part) => meetsVersion(left, part.trim()))
    case 'set_contains':
    case 'set_contains_all':
      return items(right).every((item) => items(left).includes(item))
    case 'set_contains_any':
      return items(right).some((item) => items(left).includes(item))
    default:
      return false
  }
}

function items(list: string): string[] {
  return list.split(',').map((item) => item.trim())
}

function order(left: string, right: string): number {
  const difference = Number(left) - Number(right)
  if (!Number.isNaN(difference)) return difference
  return left < right ? -1 : left > right ? 1 : 0
}

/**
 * A Go pattern as one of JavaScript's, its flags in front included; undefined where they differ. Go
 * knows no backreference and no looking around, and has classes that JavaScript has not.
 */
export function patternOf(pattern: string): RegExp | undefined {
  const [, flags = '', rest = ''] = /^(?:\(\?([ims]+)\))?(.*)$/s.exec(pattern) ?? []
  if (/\\[1-9pPQEAzCk]|\[\[:|\(\?/.test(rest.replaceAll('(?:', '('))) return undefined
  try {
    return new RegExp(rest, flags)
  } catch {
    return undefined
  }
}

function meetsVersion(version: string, wanted: string): boolean {
  const match = /^(>=|<=|!=|~>|=|>|<)?\s*v?(\d+(?:\.\d+)*)/.exec(wanted)
  if (!match) return false
  const [, operand = '=', right = ''] = match
  const difference = compareVersions(version, right)
  if (operand === '~>') {
    const parts = right.split('.').map(Number)
    const last = Math.max(0, parts.length - 2)
    const upper = parts.slice(0, last + 1).map((part, i) => (i === last ? part + 1 : part))
    return difference >= 0 && compareVersions(version, upper.join('.')) < 0
  }
  const holds: Record<string, boolean> = {
    '=': difference === 0,
    '!=': difference !== 0,
    '>': difference > 0,
    '>=': difference >= 0,
    '<': difference < 0,
    '<=': difference <= 0,
  }
  return holds[operand] ?? false
}

function compareVersions(left: string, right: string): number {
  const a = left.split(/[.+-]/).map(Number)
  const b = right.split('.').map(Number)
  for (let i = 0; i < Math.max(3, b.length); i++) {
    const difference = (a[i] || 0) - (b[i] || 0)
    if (difference !== 0) return difference
  }
  return 0
}
