import type { World } from '../../contract.ts'
import type { Constraint, Job, TaskGroup } from '../job/spec.ts'
import type { Store } from '../store.ts'
import type { Node } from '../types.ts'
import { compares } from './compare.ts'

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
  return [...(job.Constraints ?? []), ...(group.Constraints ?? [])].filter(
    (one) => isDistinct(one) && !(one.Operand === 'distinct_hosts' && one.RTarget === 'false'),
  )
}

function isDistinct(constraint: Constraint): boolean {
  return ['distinct_hosts', 'distinct_property'].includes(constraint.Operand)
}

/** As the metrics name a constraint (recordings/mistakes: constraint-unknown-node). */
function constraintText(constraint: Constraint): string {
  return `${constraint.LTarget} ${constraint.Operand} ${constraint.RTarget}`
}

/**
 * Why a node may not run the group, in the words of `ConstraintFiltered`; '' when it may. A driver
 * that is there and not healthy is none (feasible.go hasDrivers, 1.4.4 and 2.0.5; read, not run).
 */
export function infeasible(
  { faults }: Pick<World, 'faults'>,
  job: Job,
  group: TaskGroup,
  node: Node,
): string {
  const all = constraintsOf(job, group)
  const broken = all.findIndex((one) => !meets(node, one))
  // The job's constraints come first, then the drivers, then the rest (scheduler/stack.go).
  if (broken >= 0 && (job.Constraints ?? []).includes(all[broken]!)) {
    return constraintText(all[broken]!)
  }
  const isDead = (driver: string) => driver === 'docker' && faults.dockerDead.has(node.Name)
  const hasAll = group.Tasks.every(({ Driver }) => hasDriver(node, Driver) && !isDead(Driver))
  if (!hasAll) return 'missing drivers'
  return broken >= 0 ? constraintText(all[broken]!) : ''
}

/** Where the job may get new allocations. */
export function readyNodes({ store, job }: { store: Store; job: Job | undefined }): Node[] {
  if (!job) return []
  return [...store.nodes.values()].filter(
    (node) =>
      node.Status === 'ready' &&
      node.SchedulingEligibility === 'eligible' &&
      isInDatacenters(node, job),
  )
}

/** From 1.5 a datacenter may have wildcards (cluster-facts §7). */
export function isInDatacenters(node: Node, job: Job): boolean {
  return job.Datacenters.some((pattern) => {
    if (!pattern.includes('*')) return pattern === node.Datacenter
    const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
    return new RegExp(`^${escaped}$`).test(node.Datacenter)
  })
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
  if (inner === 'node.pool' && node.Attributes['nomad.version'] !== '1.4.4') return 'default'
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
