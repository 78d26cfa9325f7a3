import { rubric } from '../../suites/rubric.ts'
import { judgeCriterion } from '../grade/criteria.ts'
import type { AgentLook, CheckRecord, Evidence, ItemRecord } from '../grade/evidence.ts'
import { judge } from '../grade/judge.ts'
import type { Reason } from '../grade/reason.ts'
import { judgeRecorded, type Timed } from '../grade/recorded.ts'
import type { RubricItem } from '../grade/rubric.ts'
import { unseen, type View } from '../grade/view.ts'
import type { Attempt } from './attempts.ts'
import { evidenceOf, type Story } from './story.ts'

export type Judged =
  | { state: 'proved' }
  /** All of it is so; for so long it must stay so, in cluster ms. */
  | { state: 'holding'; leftMs: number }
  | { state: 'not-yet' | 'hopeless'; reason: Reason }

/** What one look says of an item, and the looks since it was first so. */
interface Looked {
  at: number
  view: View
  agents?: AgentLook[]
}

const items: Record<string, RubricItem> = rubric.items
const ofTheFile = new Set(['parses', 'allowed', 'registers', 'image'])

/**
 * Judges a look by the very predicates of a run, and writes what proved an item into the story: as the
 * records of a run, judged once more by its judge. Nothing is ticked that this one would not pass.
 */
export function judgeLook(story: Story, id: string, attempt: Attempt, looked: Looked): Judged {
  const reason = notYet(id, attempt, looked)
  if (reason) {
    story.holds.delete(id)
    return reason
  }
  const views = heldViews(story, id, attempt, looked)
  const passed = looked.at - (views[0]?.at ?? looked.at)
  if (passed < attempt.holdMs) return { state: 'holding', leftMs: attempt.holdMs - passed }
  if (attempt.holdMs > 0) {
    const stays = judgeCriterion('stays', factsOf(attempt, views))
    if (stays.state !== 'met') {
      story.holds.set(id, { wish: wishOf(attempt), views: [looked.view] })
      return { state: stays.state, reason: stays.reason }
    }
  }
  return prove(story, id, attempt, { ...looked, views })
}

const factsOf = ({ job, want }: Attempt, views: View[], agents?: AgentLook[]) => ({
  ...{ want, views, ...(agents && { agents }) },
  // Without a job there is no attempt.
  job: job.deploy.job as NonNullable<typeof job.deploy.job>,
})

/** Why one look does not show the item's state; undefined: it does. */
export function notYet(
  id: string,
  attempt: Attempt,
  looked: Looked,
): Extract<Judged, { reason: Reason }> | undefined {
  for (const criterion of items[id]?.criteria ?? []) {
    if (!ofTheFile.has(criterion.id)) continue
    const { reason } = judgeRecorded(criterion, [], attempt.job.deploy)
    if (reason) return { state: 'hopeless', reason }
  }
  const facts = factsOf(attempt, [looked.view], looked.agents)
  for (const criterion of attempt.criteria) {
    const outcome = judgeCriterion(criterion, facts)
    if (outcome.state !== 'met') return { state: outcome.state, reason: outcome.reason }
  }
  return undefined
}

const wishOf = ({ want, job }: Attempt) =>
  JSON.stringify([want, job.id, job.nomad.job?.version, job.nomad.job?.changedAt])

/** The first and every differing look of the hold, as a run keeps them, and this one. */
function heldViews(story: Story, id: string, attempt: Attempt, { view }: Looked): View[] {
  const wish = wishOf(attempt)
  const before = story.holds.get(id)
  const views = before?.wish === wish ? before.views : []
  const last = views.at(-1)
  if (views.length > 1 && last && sameView(last, view)) views.pop()
  views.push(view)
  story.holds.set(id, { wish, views })
  return views
}

const sameView = (a: View, b: View) =>
  JSON.stringify({ ...a, at: 0 }) === JSON.stringify({ ...b, at: 0 })

function prove(
  story: Story,
  id: string,
  attempt: Attempt,
  looked: Looked & { views: View[] },
): Judged {
  story.holds.delete(id)
  const records = recordsOf(id, attempt, looked)
  if (id === '02.3' && !attempt.isControl) {
    const victims = attempt.stop?.vms.map(({ name }) => name) ?? []
    story.twoOff = { victims, records }
    return { state: 'holding', leftMs: 0 }
  }
  const all = [...(attempt.isControl ? (story.twoOff?.records ?? []) : []), ...records]
  all.push({ at: looked.at, item: id, attempt: 1, kind: 'end' })
  const verdict = judge([asked, ...evidenceOf(story), ...all], rubric).get(id)
  if (verdict?.verdict !== 'passed') {
    const reason = verdict?.reason ?? { code: 'evidence-ends', blame: 'lab', values: {} }
    return { state: 'not-yet', reason }
  }
  story.proved.set(id, { at: looked.at, records: all })
  return { state: 'proved' }
}

/** To a judge, items that have no records yet were asked for, and not reached. */
export const asked = {
  ...{ at: 0, kind: 'run', asked: Object.keys(rubric.items) },
} as unknown as Evidence

function recordsOf(id: string, attempt: Attempt, looked: Looked & { views: View[] }): Timed[] {
  const { job, want, criteria, stop, holdMs } = attempt
  const { views, agents, at } = looked
  const spec = job.deploy.job
  if (!spec) return []
  const check: CheckRecord = {
    ...{ kind: 'check', want, budget: { ms: 0, because: [] }, looks: views.length, ended: 'met' },
    criteria: holdMs > 0 ? [...criteria, 'stays'] : criteria,
    spent: at - (views[0]?.at ?? at),
    ...{ job: spec, places: {}, file: job.id, views, ...(agents && { agents }) },
  }
  const isStage = items[id]?.criteria.some((one) => one.id === 'parses')
  const needs = items[id]?.buildsOn?.needs
  const records: ItemRecord[] = attempt.isControl
    ? [check]
    : [
        { kind: 'begin' },
        ...(isStage ? [{ ...job.deploy, stage: id }] : []),
        ...(needs === 'registered' ? [registered(job.id, want.service, looked.view)] : []),
        ...(stop ? [stop] : []),
        check,
      ]
  return records.map((record) => ({ at, item: id, attempt: 1, ...record }))
}

/** Whether Consul lists an allocation of that job under the service. */
function registered(job: string, service: string, { consul }: View): ItemRecord {
  const found = !unseen(consul) && consul.instances.some(({ owner }) => owner?.job === job)
  return { kind: 'registered', service, found }
}
