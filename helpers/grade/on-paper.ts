import type { Job } from '../submission/job.ts'
import { jobsOwn, neverPossible } from './criteria.ts'
import { deadEnd, sheetListens } from './dead-end.ts'
import type { DeployRecord, Want } from './evidence.ts'
import { type ItemVerdict, inherit, missing, placeOf } from './judge.ts'
import { unknownLabel, withoutPort } from './labels.ts'
import type { Outcome, Reason } from './reason.ts'
import { judgeRecorded, lab, type Timed } from './recorded.ts'
import type { CriterionId, Rubric, RubricItem } from './rubric.ts'
import { portAsked } from './where.ts'

type Asked = Pick<Want, 'replicas' | 'port'>

/** What each stage's job must ask for, as in the suites. */
const asked: Record<string, Asked> = {
  '01.1': { replicas: 1 },
  '01.3': { replicas: 3 },
  '02.1': { replicas: 3, port: 80 },
  '03.1': { replicas: 1 },
}

/** Limits of our own parser, not of Nomad's: what it says of such a file is not known. */
const ownLimits = ['too-large', 'too-deep', 'unreadable']

/**
 * What the files alone decide, whatever the cluster is like: items that any run loses, and those of
 * which the file cannot tell (`inconclusive`). An item that is absent may pass or not: only a run
 * tells. By the very rules of a run, in the same order.
 */
export function judgeOnPaper(
  deploys: ReadonlyMap<string, DeployRecord>,
  rubric: Rubric,
): Map<string, ItemVerdict> {
  const verdicts = new Map<string, ItemVerdict>()
  for (const [id, item] of Object.entries(rubric.items)) {
    const deploy = deploys.get(id)
    const found = deploy ? ofFile(id, item, deploy) : ofBasis(item, verdicts, deploys)
    if (found) verdicts.set(id, { ...blank(id, item), ...found })
  }
  return verdicts
}

const blank = (id: string, item: RubricItem): ItemVerdict => ({
  id,
  verdict: 'inconclusive',
  criteria: item.criteria.map((criterion) => ({ criterion, met: null })),
  attempts: 0,
  notes: [],
  own: false,
  startedAt: 0,
  endedAt: 0,
  changes: [],
})

function ofFile(
  id: string,
  item: RubricItem,
  deploy: DeployRecord,
): Partial<ItemVerdict> | undefined {
  if (deploy.missing) return missing(deploy)
  const unclear = unclearIn(deploy)
  if (unclear) return { verdict: 'inconclusive', reason: unclear }
  const want = { service: deploy.service, ...(asked[id] ?? { replicas: 0 }) }
  for (const criterion of item.criteria) {
    const reason = refuted(criterion.id, item, deploy, want)
    if (reason?.blame !== 'student') continue
    const criteria = item.criteria.map((one) =>
      one === criterion ? { criterion: one, met: false, reason } : { criterion: one, met: null },
    )
    return { verdict: 'failed', reason, criteria, ...placeOf(reason, [], deploy) }
  }
  const end = deploy.job && deadEnd(deploy.job, deploy.service, sheetListens)
  if (!end) return undefined
  const { place, because } = end
  const reason: Reason = { code: 'dead-end', blame: 'student', values: { because }, place }
  return { verdict: 'inconclusive', reason, ...placeOf(reason, [], deploy) }
}

/** What only Nomad itself can read or evaluate. */
function unclearIn({ problem, job }: DeployRecord): Reason | undefined {
  if (problem && ownLimits.includes(problem.code))
    return lab('parse', { sentence: problem.sentence, line: problem.line ?? 0 })
  const [name] = job?.unresolved ?? []
  return name === undefined ? undefined : lab('only-nomad', { name })
}

function refuted(
  id: CriterionId,
  item: RubricItem,
  deploy: DeployRecord,
  want: Asked & { service: string },
): Reason | undefined {
  switch (id) {
    case 'parses':
    case 'allowed':
    case 'image': {
      const criterion = item.criteria.find((one) => one.id === id)
      const seen = criterion && judgeRecorded(criterion, [], deploy)
      return seen?.met === false ? seen.reason : undefined
    }
    default: {
      const outcome = deploy.job && jobsOf(id, deploy.job, want)
      return outcome && outcome.state !== 'met' ? outcome.reason : undefined
    }
  }
}

/** What of a criterion the job itself makes impossible. */
function jobsOf(id: CriterionId, job: Job, want: Asked & { service: string }): Outcome | undefined {
  switch (id) {
    case 'replicas':
      return jobsOwn(job, want) ?? unknownLabel(job, want.service)
    case 'port':
      return portAsked(job, want)
    case 'consul':
      return withoutPort(job, want.service)
    default:
      return undefined
  }
}

/** Blocked by what the file of another item lost, or not known with it. */
function ofBasis(
  item: RubricItem,
  verdicts: Map<string, ItemVerdict>,
  deploys: ReadonlyMap<string, DeployRecord>,
): Partial<ItemVerdict> | undefined {
  const { item: on = '', needs } = item.buildsOn ?? {}
  const deploy = deploys.get(on)
  if (!verdicts.has(on) || !deploy) return undefined
  const registers = deploy.job && deploy.refusals.length === 0 && !neverPossible(deploy.job, deploy)
  const record: Timed = {
    ...{ at: 0, item: on, attempt: 1, kind: 'registered', service: deploy.service, found: true },
  }
  return inherit(item, needs === 'registered' && registers ? [record] : [], verdicts)
}
