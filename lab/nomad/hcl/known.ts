import { Gap, ParseError } from './problem.ts'
import { evaluate, type Known } from './values.ts'

type Values = Record<string, unknown>

/**
 * The values of a file's variables and locals, from what hcl2json gave. Throws ParseError for a variable
 * without a value (jobspec2/types.variables.go; not run), Gap for what the lab cannot evaluate.
 */
export function knownOf(values: Values): Known {
  const known: Known = { variables: new Map(), locals: new Map() }
  const variables = (values.variable ?? {}) as Record<string, Values[]>
  const unset: string[] = []
  for (const [name, [block = {}]] of Object.entries(variables)) {
    if ('validation' in block) throw new Gap(`the validation of the variable "${name}"`)
    if (!('default' in block)) unset.push(name)
    else known.variables.set(name, typed(name, evaluate(block.default, known), block.type))
  }
  for (const block of (values.variables ?? []) as Values[]) {
    for (const [name, value] of Object.entries(block)) {
      known.variables.set(name, evaluate(value, known))
    }
  }
  if (unset.length > 0) throw new ParseError(unset.map(unsetText).join('\n'))
  setLocals(((values.locals ?? []) as Values[]).flatMap(Object.entries), known)
  return known
}

function unsetText(name: string): string {
  return (
    `<nil>: Unset variable "${name}"; A used variable must be set or have a default value; see ` +
    'https://www.nomadproject.io/docs/job-specification/hcl2/variables for details.'
  )
}

/** A default becomes what `type` says. */
function typed(name: string, value: unknown, type: unknown): unknown {
  const wanted = /^(?:\$\{)?\s*(string|number|bool)\s*\}?$/.exec(String(type ?? ''))?.[1]
  if (!wanted || typeof value === wanted || typeof value === 'object') return value
  if (wanted === 'string') return String(value)
  if (wanted === 'bool' && (value === 'true' || value === 'false')) return value === 'true'
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
  if (wanted === 'number' && Number.isFinite(number)) return number
  throw new Gap(`the default ${JSON.stringify(value)} of the ${wanted} variable "${name}"`)
}

/** A local may use one that is written after it: those that can be told are, round by round. */
function setLocals(written: [string, unknown][], known: Known): void {
  let left = written
  while (left.length > 0) {
    const failures: unknown[] = []
    const again = left.filter(([name, value]) => {
      try {
        known.locals.set(name, evaluate(value, known))
        return false
      } catch (error) {
        failures.push(error)
        return true
      }
    })
    if (again.length === left.length) throw failures[0]
    left = again
  }
}
