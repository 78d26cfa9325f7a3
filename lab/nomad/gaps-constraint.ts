import { Gap } from './hcl/problem.ts'
import type { Constraint } from './job/spec.ts'
import { operands, patternOf } from './scheduler/compare.ts'

/** Attributes that a real client has and this lab's may not: their absence here means nothing. */
const ofRealClients = /^\$\{attr\.(cpu|kernel|os|platform|unique|storage|vault|numa|plugins)\./

/** Throws a Gap for a constraint or an affinity that the lab cannot decide as Nomad does. */
export function refuseConstraint({ LTarget, Operand, RTarget }: Constraint): void {
  const text = `the constraint ${[LTarget, Operand, RTarget].filter(Boolean).join(' ')}`
  if (!operands.includes(Operand)) throw new Gap(text)
  const sides = [LTarget, RTarget].filter((side) => side?.includes('${'))
  // Nomad takes a side as a whole: a name, or a literal.
  if (sides.some((side) => !/^\$\{[^{}]+\}$/.test(side))) throw new Gap(text)
  if (sides.some((side) => ofRealClients.test(side) && !known.includes(side))) throw new Gap(text)
  if (Operand === 'regexp' && !sides.includes(RTarget) && !patternOf(RTarget)) throw new Gap(text)
  const version = /^\s*(>=|<=|!=|~>|=|>|<)?\s*v?\d+(\.\d+)*\s*$/
  const versions = Operand === 'version' || Operand === 'semver'
  if (versions && !RTarget.split(',').every((part) => version.test(part))) throw new Gap(text)
}

/** Of those the ones that every client of the lab has, as in the recordings (node.json). */
const known = [
  'cpu.arch',
  'cpu.frequency',
  'cpu.numcores',
  'cpu.reservablecores',
  'cpu.totalcompute',
  'kernel.arch',
  'kernel.name',
  'os.name',
  'os.version',
  'unique.consul.name',
  'unique.hostname',
  'unique.network.ip-address',
].map((name) => `\${attr.${name}}`)
