import { msg, type Text } from '../language/message.ts'
import type { Places } from '../submission/types.ts'
import type { CheckRecord, DeployRecord, Evidence } from './evidence.ts'
import type { Reason } from './reason.ts'
import { faultOf, judgeRecorded, lab, type Timed, unfitControl } from './recorded.ts'
import { leftoverNotes } from './replicas.ts'
import type { Verdict } from './result.ts'
import type { Criterion, Rubric, RubricItem } from './rubric.ts'

/** What the evidence says of one criterion. */
export interface CriterionVerdict {
  criterion: Criterion
  /** true proved, false refuted, null not known or not looked at. */
  met: boolean | null
  reason?: Reason
}

export interface ItemVerdict {
  id: string
  verdict: Verdict
  criteria: CriterionVerdict[]
  reason?: Reason
  /** The item whose refutation or uncertainty this verdict repeats. */
  because?: string | undefined
  attempts: number
  notes: Text[]
  file?: string
  line?: number
  /** A check of the grader's own threw: exit 70. */
  own: boolean
  startedAt: number
  endedAt: number
  changes: { at: number; who: string; saw: Text }[]
}

/**
 * The verdict of every item that has evidence: a pure function of evidence and rubric. It judges
 * again with the very predicates that ended the waits; where the evidence ends, it is inconclusive.
 */
export function judge(evidence: readonly Evidence[], rubric: Rubric): Map<string, ItemVerdict> {
  const verdicts = new Map<string, ItemVerdict>()
  const unfit = evidence.find((r) => r.kind === 'unfit')
  const run = evidence.find((r) => r.kind === 'run')
  const asked = [...(run?.asked ?? []), ...Object.keys(run?.bonus ?? {})]
  for (const [id, item] of Object.entries(rubric.items)) {
    const records = evidence.filter((r): r is Timed => 'item' in r && r.item === id)
    if (records.length === 0 && !asked.includes(id)) continue
    const verdict = judgeItem(id, item, records, verdicts)
    if (unfit && records.length === 0) {
      verdict.verdict = 'inconclusive'
      verdict.because = undefined
      verdict.criteria = item.criteria.map((criterion) => ({ criterion, met: null }))
      verdict.reason = {
        code: 'unfit',
        blame: 'lab',
        values: { sentence: unfit.sentence, cure: unfit.cure },
      }
    }
    verdicts.set(id, verdict)
  }
  return verdicts
}

function judgeItem(
  id: string,
  item: RubricItem,
  records: Timed[],
  earlier: Map<string, ItemVerdict>,
): ItemVerdict {
  const attempts = [...new Set(records.map((r) => r.attempt))].sort((a, b) => a - b)
  let best = judgeAttempt(id, item, [], earlier)
  for (const attempt of attempts) {
    // A later conclusive try replaces an inconclusive one, never the other way round.
    if (attempt !== attempts[0] && best.verdict !== 'inconclusive') break
    const tried = judgeAttempt(
      id,
      item,
      records.filter((r) => r.attempt === attempt),
      earlier,
    )
    // Of two tries that both know too little, the one that got further says more.
    const further = tried.verdict === 'inconclusive' && provedBy(best) > provedBy(tried)
    best = { ...(further ? best : tried), attempts: attempt }
  }
  best.startedAt = records[0]?.at ?? 0
  best.endedAt = records.at(-1)?.at ?? 0
  best.changes = records.flatMap((r) =>
    r.kind === 'change' ? [{ at: r.at, who: r.who, saw: r.saw }] : [],
  )
  return best
}

const provedBy = ({ criteria }: ItemVerdict) => criteria.filter(({ met }) => met === true).length

function judgeAttempt(
  id: string,
  item: RubricItem,
  records: Timed[],
  earlier: Map<string, ItemVerdict>,
): ItemVerdict {
  const base: ItemVerdict = {
    id,
    verdict: 'inconclusive',
    criteria: item.criteria.map((criterion) => ({ criterion, met: null })),
    attempts: 0,
    notes: records.flatMap((r) => (r.kind === 'item-note' ? [r.text] : [])),
    own: records.some((r) => r.kind === 'fault' && r.own),
    startedAt: 0,
    endedAt: 0,
    changes: [],
  }
  const inherited = inherit(item, records, earlier)
  if (inherited) return { ...base, ...inherited }
  const deploy = records.find((r) => r.kind === 'deploy')
  if (deploy?.missing) return { ...base, ...missing(deploy) }
  return { ...base, ...decide(base, records, deploy) }
}

/** Blocked by what was refuted; inconclusive with what was inconclusive (rubric, Builds on). */
export function inherit(
  item: RubricItem,
  records: Timed[],
  earlier: Map<string, ItemVerdict>,
): Partial<ItemVerdict> | undefined {
  if (!item.buildsOn) return undefined
  const { item: on, needs } = item.buildsOn
  const basis = earlier.get(on)
  if (!basis) return { reason: lab('evidence-ends', { item: on }), because: on }
  if (needs === 'passed' && basis.verdict === 'passed') return undefined
  if (needs === 'registered') {
    const look = records.find((r) => r.kind === 'registered')
    // What a fault, or a cluster that could not show it, has hidden is not refuted.
    if (look?.found || records.some((r) => r.kind === 'fault')) return undefined
    const trouble = look?.control && unfitControl(look.control)
    if (trouble) return { reason: lab('control', { sentence: trouble }) }
    // Once it was registered, only a look can tell that nothing came of it.
    const wasRegistered = basis.criteria.some((c) => c.criterion.id === 'registers' && c.met)
    if (basis.verdict === 'passed' || (!look && wasRegistered))
      return { reason: lab('evidence-ends', { item: on }) }
  }
  const { verdict, own, reason, file, line } = basis
  return {
    verdict: verdict === 'inconclusive' ? 'inconclusive' : 'blocked',
    because: basis.because ?? on,
    ...(verdict === 'inconclusive' && { own }),
    ...(reason && { reason }),
    ...(file && { file }),
    ...(line && { line }),
  }
}

/** Nothing, or too much, was handed in for the item. */
export function missing(deploy: DeployRecord): Partial<ItemVerdict> {
  return deploy.missing === 'ambiguous'
    ? {
        verdict: 'inconclusive',
        reason: lab('ambiguous', { files: either(deploy.candidates ?? []) }),
      }
    : {
        verdict: 'missing',
        reason: {
          code: 'not-handed-in',
          blame: 'student',
          values: { unread: listed(deploy.candidates ?? []) },
        },
      }
}

/** Criteria in order, until one is refuted (stop) or unknown (inconclusive). */
function decide(
  base: ItemVerdict,
  records: Timed[],
  deploy: DeployRecord | undefined,
): Partial<ItemVerdict> {
  const criteria: CriterionVerdict[] = base.criteria.map((c) => ({ ...c }))
  const notes = [...base.notes]
  for (const entry of criteria) {
    const seen = judgeRecorded(entry.criterion, records, deploy)
    entry.met = seen.met
    if (seen.reason) entry.reason = seen.reason
    if (seen.met === true) continue
    const reason = seen.reason ?? lab('evidence-ends', {})
    const place = placeOf(reason, records, deploy)
    if (seen.met === false) return { verdict: 'failed', criteria, reason, notes, ...place }
    return { verdict: 'inconclusive', criteria, reason, notes, ...place }
  }
  const fault = faultOf(records)
  if (fault) return { verdict: 'inconclusive', criteria, notes, reason: fault }
  if (!records.some((r) => r.kind === 'end'))
    return { verdict: 'inconclusive', criteria, notes, reason: lab('evidence-ends', {}) }
  for (const record of records)
    if (record.kind === 'check') {
      const view = record.views.at(-1)
      if (view) notes.push(...leftoverNotes(view))
      for (const { vm, via } of record.agents ?? [])
        if (via === 'ssh')
          notes.push(
            msg('The Consul agent of {vm} listens on 127.0.0.1 only: it was asked through SSH.', {
              vm,
            }),
          )
    }
  return { verdict: 'passed', criteria, notes: once(notes) }
}

/** `a`, `a or b`, `a or b or c`. */
const either = (texts: Text[]): Text =>
  texts.reduce(
    (all, one) => (all === '' ? one : msg('{first} or {second}', { first: all, second: one })),
    '',
  )

const listed = (texts: Text[]): Text =>
  texts.reduce(
    (all, one) => (all === '' ? one : msg('{first}; {second}', { first: all, second: one })),
    '',
  )

/** Each note once. */
const once = (notes: Text[]): Text[] => [
  ...new Map(notes.map((note) => [JSON.stringify(note), note])).values(),
]

/** The file and line that a reason speaks of. */
export function placeOf(
  reason: Reason,
  records: Timed[],
  deploy: DeployRecord | undefined,
): { file?: string; line?: number } {
  const check = records.find((r): r is Timed & CheckRecord => r.kind === 'check')
  const file = deploy?.file ?? check?.file
  const places = deploy?.places ?? check?.places ?? {}
  if (!file || reason.blame === 'lab') return {}
  const line = Number(reason.values.line ?? 0) || lineOf(reason.place, places)
  return { file, ...(line && { line }) }
}

/** Where a place is absent from the file, the block that would hold it is named. */
const within: Record<string, string> = {
  to: 'port',
  static: 'port',
  port: 'network',
  network: 'group',
  ports: 'config',
  driver: 'task',
  image: 'config',
  command: 'config',
  config: 'task',
  'service.name': 'service',
  'service.port': 'service',
  'service.provider': 'service',
  check: 'service',
  service: 'task',
  memory: 'resources',
  cpu: 'resources',
  resources: 'task',
  canary: 'update',
  update: 'group',
  task: 'group',
  count: 'group',
  constraint: 'job',
  datacenters: 'job',
  group: 'job',
}

function lineOf(place: string | undefined, places: Places): number | undefined {
  for (let at = place; at !== undefined; at = within[at]) if (places[at]) return places[at]
  return undefined
}
