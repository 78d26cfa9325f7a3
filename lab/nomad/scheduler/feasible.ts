import type { Constraint, Job, TaskGroup } from '../job/spec.ts'
import type { Node } from '../types.ts'

/** All constraints that bind a group, but for those that look at other allocations. */
export function constraintsOf(job: Job, group: TaskGroup): Constraint[] {
  const all = [
    ...(job.Constraints ?? []),
    ...(group.Constraints ?? []),
    ...group.Tasks.flatMap((task) => task.Constraints ?? []),
  ]
  return all.filter((one) => !isDistinct(one))
}

export function distinctOf(job: Job, group: TaskGroup): Constraint[] {
  return [...(job.Constraints ?? []), ...(group.Constraints ?? [])].filter(isDistinct)
}

function isDistinct(constraint: Constraint): boolean {
  return ['distinct_hosts', 'distinct_property'].includes(constraint.Operand)
}

/** As the metrics name a constraint (recordings/mistakes: constraint-unknown-node). */
export function constraintText(constraint: Constraint): string {
  return `${constraint.LTarget} ${constraint.Operand} ${constraint.RTarget}`
}

/** Why a node may not run the group, in the words of `ConstraintFiltered`; '' when it may. */
export function infeasible(job: Job, group: TaskGroup, node: Node): string {
  if (!group.Tasks.every((task) => hasDriver(node, task.Driver))) return 'missing drivers'
  const broken = constraintsOf(job, group).find((one) => !meets(node, one))
  return broken ? constraintText(broken) : ''
}

/** An attribute that is unique to a node cannot be cached by class (structs.EscapedConstraints). */
export function isEscaped(job: Job, group: TaskGroup): boolean {
  return constraintsOf(job, group).some((one) => /unique\./.test(one.LTarget + one.RTarget))
}

function hasDriver(node: Node, driver: string): boolean {
  return node.Attributes[`driver.${driver}`] === '1'
}

/** The value that a target means on a node; undefined when the node has none. */
export function valueOn(node: Node, target: string): string | undefined {
  const inner = /^\$\{(.*)\}$/.exec(target)?.[1]
  if (inner === undefined) return target
  if (inner === 'node.unique.id') return node.ID
  if (inner === 'node.unique.name') return node.Name
  if (inner === 'node.datacenter') return node.Datacenter
  if (inner === 'node.class') return ''
  if (inner.startsWith('attr.')) return node.Attributes[inner.slice('attr.'.length)]
  return undefined
}

export function meets(node: Node, constraint: Constraint): boolean {
  const left = valueOn(node, constraint.LTarget)
  const right = valueOn(node, constraint.RTarget)
  switch (constraint.Operand) {
    case '=':
    case '==':
    case 'is':
      return left !== undefined && left === right
    case '!=':
    case 'not':
      return left !== right
    case 'is_set':
      return left !== undefined
    case 'is_not_set':
      return left === undefined
  }
  if (left === undefined || right === undefined) return false
  return compares(constraint.Operand, left, right)
}

function compares(operand: string, left: string, right: string): boolean {
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
      return matchesPattern(left, right)
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

function matchesPattern(text: string, pattern: string): boolean {
  try {
    return new RegExp(pattern).test(text)
  } catch {
    return false
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
