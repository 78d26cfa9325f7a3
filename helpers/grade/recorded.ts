import { msg, type Text } from '../language/message.ts'
import { judgeCriterion } from './criteria.ts'
import type { CheckRecord, Control, DeployRecord, FactRecord, ItemRecord } from './evidence.ts'
import { judgeFact } from './fact.ts'
import type { Outcome, Reason } from './reason.ts'
import type { Criterion } from './rubric.ts'

/** A record of one item, with its time. */
export type Timed = { at: number; item: string; attempt: number } & ItemRecord

/** The first fault that the item met, as a reason. */
export function faultOf(records: Timed[]): Reason | undefined {
  const fault = records.find((r) => r.kind === 'fault')
  if (!fault) return undefined
  const values = { sentence: fault.sentence, cure: fault.cure, code: fault.code }
  return lab(fault.own ? 'threw' : 'fault', values)
}

export const lab = (code: Reason['code'], values: Reason['values']): Reason => ({
  code,
  blame: 'lab',
  values,
})

const student = (code: Reason['code'], values: Reason['values'], place?: string): Reason => ({
  code,
  blame: 'student',
  values,
  ...(place && { place }),
})

/** What the records of one try say of one criterion: proved, refuted by the student's work, or not known. */
export function judgeRecorded(
  criterion: Criterion,
  records: Timed[],
  deploy: DeployRecord | undefined,
): { met: boolean | null; reason?: Reason } {
  const unknown = () => ({ met: null, reason: faultOf(records) ?? lab('evidence-ends', {}) })
  switch (criterion.id) {
    case 'parses':
    case 'allowed':
    case 'registers':
    case 'image':
      return deploy ? judgeDeploy(criterion.id, deploy, unknown) : unknown()
    case 'stopped': {
      const stop = records.find((r) => r.kind === 'stop')
      if (!stop) return unknown()
      const bad = stop.vms.find((vm) => !vm.effective)
      return bad
        ? {
            met: null,
            reason: lab('not-stopped', { vm: bad.name, nomad: bad.nomad, consul: bad.consul }),
          }
        : { met: true }
    }
    default: {
      const fact = records.find((r) => r.kind === 'fact' && r.criterion === criterion.id)
      if (fact?.kind === 'fact') return judgeSeen(criterion, fact)
      const check = records.find(
        (r): r is Timed & CheckRecord => r.kind === 'check' && r.criteria.includes(criterion.id),
      )
      return check ? judgeCheck(criterion, check) : unknown()
    }
  }
}

function judgeDeploy(
  id: 'parses' | 'allowed' | 'registers' | 'image',
  deploy: DeployRecord,
  unknown: () => { met: null; reason: Reason },
): { met: boolean | null; reason?: Reason } {
  if (id === 'parses') {
    if (!deploy.problem) return deploy.job ? { met: true } : unknown()
    const { sentence, line } = deploy.problem
    return { met: false, reason: student('parse', { sentence, line: line ?? 0 }) }
  }
  if (id === 'allowed') {
    const [refusal] = deploy.refusals
    if (!refusal) return { met: true }
    return { met: false, reason: student('refused', { sentence: refusal.sentence }, refusal.place) }
  }
  if (id === 'registers') {
    if (deploy.registered) return { met: true }
    if (!deploy.rejected) return unknown()
    const { text } = deploy.rejected
    return { met: false, reason: student('rejected', { text }, rejectedPlace(text)) }
  }
  const names = deploy.images
  const wanted = deploy.image ?? (deploy.service === 'nginx' ? 'nginx' : 'httpd')
  return names.includes(wanted)
    ? { met: true }
    : {
        met: false,
        reason: student('image-other', { have: names.join(', '), want: wanted }, 'image'),
      }
}

/** What is said of the cluster itself is met, or nobody's mark; what a job does not ask for is its own. */
function judgeSeen(
  { id, by }: Criterion,
  { fact, ended }: FactRecord,
): ReturnType<typeof judgeCheck> {
  const outcome = judgeFact(id, fact)
  if (outcome.state === 'met') return { met: true }
  if (ended === 'met') return { met: null, reason: lab('evidence-ends', {}) }
  const { reason } = outcome
  return { met: by === 'submission' && reason.blame === 'student' ? false : null, reason }
}

/** Met by the predicate; refuted only while a live control showed a cluster that could. */
function judgeCheck(
  criterion: Criterion,
  check: CheckRecord,
): { met: boolean | null; reason?: Reason } {
  const outcome: Outcome = judgeCriterion(criterion.id, check)
  if (outcome.state === 'met') return { met: true }
  const { reason } = outcome
  if (check.ended === 'met') return { met: null, reason: lab('evidence-ends', {}) }
  if (reason.blame === 'lab') return { met: null, reason }
  if (!check.control) return { met: null, reason: lab('evidence-ends', {}) }
  const trouble = unfitControl(check.control)
  if (trouble) return { met: null, reason: lab('control', { sentence: trouble }) }
  return criterion.by === 'submission' ? { met: false, reason } : { met: null, reason }
}

/** What the control found wrong with the cluster, in a sentence. */
export function unfitControl(control: Control): Text | undefined {
  if (control.trouble !== '') return control.trouble
  if (!control.leader) return msg('There was no leader.')
  if (control.fit < control.needed)
    return msg('Only {fit} of {needed} clients were fit.', {
      fit: control.fit,
      needed: control.needed,
    })
  if (control.probe === false)
    return msg("Nomad did not place the grader's own tiny probe job either.")
  return undefined
}

/** What Nomad's refusal speaks of, as far as its text tells. */
function rejectedPlace(text: string): string {
  if (/port label/.test(text)) return 'service.port'
  return /datacenter/.test(text) ? 'datacenters' : 'job'
}
