import type { Job } from '../submission/job.ts'
import { agentsOf, catalogOf, entriesOf } from './agents.ts'
import type { CheckRecord, Want } from './evidence.ts'
import {
  canaryTrouble,
  clientTrouble,
  deploymentTrouble,
  heldUp,
  isDeciding,
  isDeploying,
  isUp,
  jobTrouble,
  placementOf,
  troubleOf,
} from './placing.ts'
import { hopeless, hopelessLab, met, notYet, notYetLab, type Outcome, patiently } from './reason.ts'
import { askedReplicas, type Replica, registering, replicasOf, serviceNames } from './replicas.ts'
import type { CriterionId } from './rubric.ts'
import { unclearConstraints } from './usable.ts'
import { type Allocation, type NomadView, unseen, type View } from './view.ts'
import { atPort, distinctPlaces, notForced, onOwnVms } from './where.ts'
import { answersOf, consulOf, dnsOf, servesOf } from './witnesses.ts'

type Facts = Pick<CheckRecord, 'want' | 'job' | 'views' | 'agents'>

/**
 * The pure predicates: the same ones end a wait and give the verdict. Each looks at the last view,
 * except `stays`, which looks at all of the hold.
 */
export function judgeCriterion(id: CriterionId, facts: Facts): Outcome {
  const view = facts.views.at(-1)
  if (!view) return notYetLab('evidence-ends')
  if (id === 'stays') return stays(facts)
  if (unseen(view.nomad)) return notYetLab('nomad-unseen', { text: view.nomad.error })
  const replicas = replicasOf(view.nomad, facts.job, facts.want)
  switch (id) {
    case 'replicas':
      return settled(view, facts.job, facts.want, replicas)
    case 'control':
      return control(view, facts, replicas)
    case 'port':
      return atPort(facts.want, replicas)
    case 'spread':
      return notForced(facts.job, replicas)
    case 'own-vm':
      return onOwnVms(replicas)
    case 'moved':
      return moved(view.nomad, facts.job, facts.want, replicas)
    case 'held-back':
      return heldBack(view.nomad, facts.want)
    case 'consul':
      return consulOf(view, facts.job, facts.want, replicas)
    case 'answers':
      return answersOf(view, facts.job, facts.want, replicas)
    case 'dns':
      return dnsOf(view, replicas)
    case 'serves':
      return servesOf(view, facts.job, facts.want, replicas)
    case 'agents':
      return agentsOf(view, facts.agents ?? [], facts.want, replicas)
    case 'catalog':
      return catalogOf(view, facts.agents ?? [], facts.want, runsAs('nginx', view.nomad, facts.job))
    case 'entries':
      return entriesOf(view, facts.agents ?? [], facts.want, replicas)
    default:
      return notYetLab('evidence-ends')
  }
}

/** Whether a replica runs that the job registers in Consul under that name. */
const runsAs = (service: string, nomad: NomadView, job: Job) =>
  registering(job, service).some(({ entry }) => entry.provider === 'consul') &&
  replicasOf(nomad, job, { service }).length > 0

/** What the job itself makes impossible, before anything is looked at. */
export function neverPossible(job: Job, want: Pick<Want, 'service'>): Outcome | undefined {
  const { service } = want
  const groups = registering(job, service)
  if (groups.length > 0) {
    const elsewhere = groups.every((g) => g.entry.provider !== 'consul')
    return elsewhere ? hopeless('service-provider', { service }, 'service.provider') : undefined
  }
  const names = serviceNames(job)
  const open = names.find((name) => name.includes('${'))
  if (open) return hopelessLab('service-unclear', { service, name: open })
  return names.length === 0
    ? hopeless('service-missing', { service }, 'task')
    : hopeless('service-other-name', { service, names: names.join(', ') }, 'service.name')
}

/**
 * Settled on exactly the replicas wanted. Once the job itself allows it, what does not come about is
 * the student's only where Nomad's own words say so (events, failed placements, checks); else the lab's.
 */
function settled(view: View, job: Job, want: Want, replicas: Replica[]): Outcome {
  const nomad = view.nomad as NomadView
  const impossible = jobTrouble(nomad) ?? jobsOwn(job, want)
  if (impossible) return impossible
  const missing = clientTrouble(nomad, want.clients)
  if (missing) return missing
  return runningTrouble(view, job, want, replicas) ?? distinctPlaces(replicas)
}

/** Why the job itself can never settle on what is wanted, wherever it runs. */
export const jobsOwn = (job: Job, want: Pick<Want, 'service' | 'replicas' | 'heldBack'>) =>
  neverPossible(job, want) ?? wrongCount(job, want)

function wrongCount(
  job: Job,
  want: Pick<Want, 'service' | 'replicas' | 'heldBack'>,
): Outcome | undefined {
  const asked = askedReplicas(job, want.service)
  if (want.heldBack || asked === want.replicas) return undefined
  return hopeless('count-asked', { have: asked, want: want.replicas }, 'count')
}

/** What keeps the job from being settled, in the order in which a reader would want to know. */
function runningTrouble(
  view: View,
  job: Job,
  want: Want,
  replicas: Replica[],
): Outcome | undefined {
  const nomad = view.nomad as NomadView
  const current = nomad.allocations.filter((a) => a.desired === 'run')
  const newest = current.filter((a) => a.version === nomad.job?.version)
  const waiting = newest.filter((a) => a.client !== 'running')
  const restarting = newest.filter((a) => a.tasks.some((task) => !isUp(task)))
  for (const allocation of [...waiting, ...restarting]) {
    const trouble = troubleOf(allocation)
    if (trouble) return trouble
  }
  // After what failed: Nomad keeps a pending evaluation for when it will try that again.
  if (isDeciding(nomad)) return notYetLab('evaluating', {})
  const canary = canaryTrouble(nomad)
  if (canary) return canary
  const begins = waiting.filter((a) => a.client === 'pending' || a.client === 'failed')
  const [starting] = [...begins, ...restarting]
  if (starting) return notYetLab('starting', { vm: starting.nodeName })
  const place = replicas.length < want.replicas ? placementOf(nomad, job, want) : undefined
  const older = current.find((a) => a.version !== nomad.job?.version && a.client === 'running')
  const unfinished = replicas.length < want.replicas || older || isDeploying(nomad, want)
  if (unfinished && !place) {
    const stuck = deploymentTrouble(view, job, { have: replicas.length, want: want.replicas })
    if (stuck) return stuck
  }
  const [unclear] = want.asFits && replicas.length !== want.replicas ? unclearConstraints(job) : []
  if (unclear) return notYetLab('constraint-unclear', { filter: unclear })
  if (place) return place
  if (older) return notYetLab('old-version', { vm: older.nodeName })
  if (replicas.length !== want.replicas)
    return notYetLab('count-other', { have: replicas.length, want: want.replicas })
  // A group that an earlier version had keeps its last number in the summary.
  const queued = job.groups.reduce((sum, { name }) => sum + (nomad.queued[name] ?? 0), 0)
  const owed = want.heldBack ? askedReplicas(job, want.service) - want.replicas : 0
  // Another group of the job may be what finds no place: Nomad's own words say so.
  return queued === owed
    ? undefined
    : (otherGroupTrouble(nomad, job, want) ?? notYetLab('queued', { queued }))
}

/** The same of the groups that do not register the service: their own port or size, not line by line. */
function otherGroupTrouble(nomad: NomadView, job: Job, want: Want): Outcome | undefined {
  const own = registering(job, want.service).map(({ group }) => group.name)
  const evaluations = nomad.evaluations.map((e) => ({
    ...e,
    failed: Object.fromEntries(Object.entries(e.failed).filter(([group]) => !own.includes(group))),
  }))
  // A deployment that lost a VM goes on; only where an older version stands does it wait for its port.
  const isUpdate = nomad.allocations.some(
    (a) => !own.includes(a.group) && a.version !== nomad.job?.version,
  )
  const deployment = isUpdate ? nomad.deployment : null
  const trouble = heldUp({ ...nomad, evaluations, deployment }, job, want)
  if (!trouble || trouble.state === 'met') return trouble
  const { place: _, ...reason } = trouble.reason
  return { ...trouble, reason }
}

/** Each allocation named in `replacing` was replaced, on a VM that is not to be avoided. */
function moved(nomad: NomadView, job: Job, want: Want, replicas: Replica[]): Outcome {
  const byId = new Map(nomad.allocations.map((a) => [a.id, a]))
  for (const id of want.replacing ?? []) {
    let last = byId.get(id)
    for (let hops = 0; last?.next && hops < 32; hops++) last = byId.get(last.next) ?? last
    const replica = last?.id === id ? undefined : replicas.find((r) => r.allocation.id === last?.id)
    if (replica) continue
    const values = { allocation: id.slice(0, 8) }
    // What replaced an allocation that Nomad no longer lists cannot be told: nobody's mark.
    const forgotten = !last || (last.next !== '' && !byId.has(last.next))
    const none = forgotten ? notYetLab : notYet
    const next = last?.id === id ? undefined : last
    return heldUp(nomad, job, want) ?? startTrouble(next) ?? none('replaced-by-none', values)
  }
  const stuck = replicas.find((r) => want.avoiding?.includes(r.vm))
  return stuck ? notYet('not-moved', { vm: stuck.vm }) : met
}

/** The replacement is there and does not run yet: it may be pulling. */
function startTrouble(next: Allocation | undefined): Outcome | undefined {
  if (!next) return undefined
  const pending = next.desired === 'run' && next.client === 'pending'
  return troubleOf(next) ?? (pending ? notYetLab('starting', { vm: next.nodeName }) : undefined)
}

/** Longer than any wait: how long a boot may take is the budget's to say. */
const slowestBootMs = 600_000

/**
 * The positive control of 02.3, or a dead scheduler would pass: one more replica on the VM that
 * returned; or, where every replica found a VM, each lost one replaced and nothing blocked.
 */
function control(view: View, facts: Facts, replicas: Replica[]): Outcome {
  const nomad = view.nomad as NomadView
  const { returning } = facts.want
  // Until its VM has booted, that nothing more is placed says nothing.
  const notBack = returning && clientTrouble(nomad, [returning])
  if (notBack) return patiently(notBack, slowestBootMs)
  const settledNow = settled(view, facts.job, facts.want, replicas)
  if (settledNow.state !== 'met') return settledNow
  if (!facts.want.replacing) return met
  if (nomad.evaluations.some((e) => e.status === 'blocked')) return notYetLab('no-more')
  return moved(nomad, facts.job, facts.want, replicas)
}

/** Nomad has a blocked evaluation that names the port collision, or the job's distinct_hosts. */
function heldBack(nomad: NomadView, want: Want): Outcome {
  if (!want.heldBack) return met
  const failed = nomad.evaluations.filter((e) => Object.keys(e.failed).length > 0)
  const blocked = nomad.evaluations.some((e) => e.status === 'blocked')
  if (!blocked || failed.length === 0) return notYet('not-held-back', {}, 'static')
  const reasons = failed.flatMap((e) =>
    Object.values(e.failed).flatMap((f) => [
      ...Object.keys(f.dimensionExhausted),
      ...Object.keys(f.constraintFiltered),
    ]),
  )
  const named = reasons.some((r) => r.includes('port collision') || r.includes('distinct_hosts'))
  return named ? met : notYet('held-back-otherwise', { reasons: reasons.join(', ') }, 'constraint')
}

/** Settled and the same allocations, no restart, over the whole hold (rubric, stays). */
function stays(facts: Facts): Outcome {
  const { views } = facts
  const first = views[0]
  const last = views.at(-1)
  if (!first || !last || unseen(first.nomad) || unseen(last.nomad))
    return notYetLab('nomad-unseen', { text: 'not seen at the start and end of the hold' })
  const before = fingerprint(first, facts)
  for (const view of views) {
    if (unseen(view.nomad)) continue
    const now = fingerprint(view, facts)
    if (now.ids !== before.ids) return whyChanged(before.allocations, view.nomad)
    if (now.restarts !== before.restarts) return notYet('restarted', {}, 'config')
    const replicas = replicasOf(view.nomad, facts.job, facts.want)
    const still = settled(view, facts.job, facts.want, replicas)
    if (still.state !== 'met') return still
  }
  return met
}

function fingerprint(view: View, facts: Facts) {
  // In one order, whatever order Nomad's list has: restarts are compared replica by replica.
  const replicas = (
    unseen(view.nomad) ? [] : replicasOf(view.nomad, facts.job, facts.want)
  ).toSorted((a, b) => (a.allocation.id < b.allocation.id ? -1 : 1))
  return {
    allocations: replicas.map((r) => r.allocation),
    ids: replicas.map((r) => r.allocation.id).join(),
    restarts: replicas.map((r) => r.allocation.tasks.reduce((n, t) => n + t.restarts, 0)).join(),
  }
}

/**
 * A replica that ended by itself is the job's doing; one that Nomad lost, or that somebody drained
 * or stopped, is not: on a cluster whose clients come and go no job can stay.
 */
function whyChanged(before: readonly Allocation[], nomad: NomadView): Outcome {
  const now = new Map(nomad.allocations.map((a) => [a.id, a]))
  const ended = before.find((a) => endedByItself(now.get(a.id)))
  return ended
    ? notYet('replicas-changed', { vm: ended.nodeName }, 'config')
    : notYetLab('replicas-moved')
}

function endedByItself(allocation: Allocation | undefined): boolean {
  if (!allocation) return false
  if (allocation.client === 'failed') return true
  const killed = allocation.tasks.some((t) => t.events.some((e) => e.type === 'Killing'))
  return allocation.client === 'complete' && !killed
}
