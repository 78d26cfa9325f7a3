import type { Constraint, Job } from '../submission/job.ts'

/** Attributes that tell one client from another by its name. */
const names = /^\$\{(attr\.unique\.hostname|node\.unique\.name)\}$/
/** Attributes that single a client out in any way. */
const single = /unique\./

const compare: Record<string, (have: string, want: string) => boolean> = {
  '': (have, want) => have === want,
  '=': (have, want) => have === want,
  '==': (have, want) => have === want,
  is: (have, want) => have === want,
  '!=': (have, want) => have !== want,
  not: (have, want) => have !== want,
  set_contains_any: (have, want) => want.split(',').some((one) => one.trim() === have),
}

function constraintsOf(job: Job): Constraint[] {
  return [
    ...job.constraints,
    ...job.groups.flatMap((g) => [...g.constraints, ...g.tasks.flatMap((t) => t.constraints)]),
  ]
}

const isDistinct = (c: Constraint) => c.operator.startsWith('distinct_')
/** Every VM of the course is Linux on one kind of machine: such constraints hold everywhere. */
const holdsEverywhere = (c: Constraint) =>
  /kernel\.name|cpu\.arch|driver\.|nomad\.version|consul\.version/.test(c.attribute)

/** Whether the job's own constraints, as far as they name clients, let it use this one. */
export function mayUse(job: Job, client: string): boolean {
  return constraintsOf(job).every((c) => {
    const holds = names.test(c.attribute) ? compare[c.operator] : undefined
    return holds ? holds(client, c.value) : true
  })
}

/** Constraints of which we cannot say which clients they leave. */
export function unclearConstraints(job: Job): string[] {
  return constraintsOf(job)
    .filter((c) => !isDistinct(c) && !holdsEverywhere(c))
    .filter((c) => !(names.test(c.attribute) && compare[c.operator]))
    .map((c) => `${c.attribute} ${c.operator} ${c.value}`)
}

/** A constraint or affinity of the job that sends its replicas to one client. */
export function pinnedBy(job: Job): string | undefined {
  const affinities = [
    ...job.affinities,
    ...job.groups.flatMap((g) => [...g.affinities, ...g.tasks.flatMap((t) => t.affinities)]),
  ].filter((a) => a.weight > 0)
  const pinning = [...constraintsOf(job).filter((c) => !/!=|not/.test(c.operator)), ...affinities]
  const found = pinning.find((c) => single.test(c.attribute))
  return found && `${found.attribute} ${found.operator || '='} ${found.value}`
}
