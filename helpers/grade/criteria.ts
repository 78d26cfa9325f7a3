import { type Job, servicesOf } from '../submission/job.ts'
import { agentsOf, catalogOf, entriesOf } from './agents.ts'
import type { CheckRecord, Want } from './evidence.ts'
import {
  clientTrouble,
  deploymentTrouble,
  jobTrouble,
  placementTrouble,
  troubleOf,
} from './placing.ts'
import { hopeless, hopelessLab, met, notYet, notYetLab, type Outcome } from './reason.ts'
import { type Replica, registering, replicasOf } from './replicas.ts'
import type { CriterionId } from './rubric.ts'
import { type NomadView, unseen, type View } from './view.ts'
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
      return settled(view.nomad, facts.job, facts.want, replicas)
    case 'control':
      return control(view.nomad, facts, replicas)
    case 'port':
      return atPort(facts.want, replicas)
    case 'own-vm':
      return onOwnVms(replicas)
    case 'moved':
      return moved(view.nomad, facts.want, replicas)
    case 'held-back':
      return heldBack(view.nomad, facts.want)
    case 'consul':
      return consulOf(view, facts.want, replicas)
    case 'answers':
      return answersOf(view, facts.want, replicas)
    case 'dns':
      return dnsOf(view, replicas)
    case 'serves':
      return servesOf(view, facts.want, replicas)
    case 'agents':
      return agentsOf(view, facts.agents ?? [], facts.want, replicas)
    case 'catalog':
      return catalogOf(view, facts.agents ?? [], facts.want)
    case 'entries':
      return entriesOf(view, facts.agents ?? [], replicas)
    default:
      return notYetLab('evidence-ends')
  }
}

/** What the job itself makes impossible, before anything is looked at. */
export function neverPossible(job: Job, want: Want): Outcome | undefined {
  const groups = registering(job, want.service)
  if (groups.length === 0) {
    const names = job.groups.flatMap(servicesOf).map((s) => s.name)
    return names.length === 0
      ? hopeless('service-missing', { service: want.service }, 'task')
      : hopeless(
          'service-other-name',
          { service: want.service, names: names.join(', ') },
          'service.name',
        )
  }
  if (groups.every((g) => g.entry.provider !== 'consul'))
    return hopeless('service-provider', { service: want.service }, 'service.provider')
  return undefined
}

function settled(nomad: NomadView, job: Job, want: Want, replicas: Replica[]): Outcome {
  const gone = jobTrouble(nomad) ?? neverPossible(job, want)
  if (gone) return gone
  const asked = registering(job, want.service).reduce((sum, g) => sum + g.group.count, 0)
  if (!want.heldBack && asked !== want.replicas)
    return hopeless('count-asked', { have: asked, want: want.replicas }, 'count')
  const missing = clientTrouble(nomad, want.clients)
  if (missing) return missing
  if (nomad.evaluations.some((e) => e.status === 'pending')) return notYetLab('evaluating', {})
  const current = nomad.allocations.filter((a) => a.desired === 'run')
  const failing = current
    .filter((a) => a.version === nomad.job?.version && a.client !== 'running')
    .map(troubleOf)
    .find((t) => t)
  if (failing) return failing
  const waiting = deploymentTrouble(nomad)
  if (waiting) return waiting
  const restarting = replicas.find((r) => r.allocation.tasks.some((t) => t.state !== 'running'))
  if (restarting)
    return troubleOf(restarting.allocation) ?? notYet('starting', { vm: restarting.vm }, 'config')
  const starting = current.find((a) => a.client === 'pending')
  if (starting) return notYet('starting', { vm: starting.nodeName })
  const place = replicas.length < want.replicas ? placementTrouble(nomad, job) : undefined
  const rolling = nomad.deployment?.status === 'running'
  const unfinished = replicas.length < want.replicas || want.deploymentDone
  if (rolling && unfinished && !place)
    return notYet('rolling', { have: replicas.length, want: want.replicas }, 'update')
  if (place) return place
  const older = current.find((a) => a.version !== nomad.job?.version && a.client === 'running')
  if (older) return notYet('old-version', { vm: older.nodeName })
  if (replicas.length !== want.replicas)
    return notYet('count-other', { have: replicas.length, want: want.replicas }, 'count')
  const queued = Object.values(nomad.queued).reduce((a, b) => a + b, 0)
  const owed = want.heldBack ? asked - want.replicas : 0
  if (queued !== owed) return notYetLab('queued', { queued })
  return distinctPlaces(replicas)
}

function distinctPlaces(replicas: Replica[]): Outcome {
  const places = new Set(replicas.map((r) => `${r.address}:${r.port}`))
  const nat = replicas.find((r) => r.address === '10.0.2.15')
  if (nat) return hopelessLab('nat-address', { vm: nat.vm })
  const noPort = replicas.find((r) => r.port === 0)
  if (noPort) return hopeless('wire-no-port', { vm: noPort.vm }, 'network')
  return places.size === replicas.length
    ? met
    : notYet('count-other', { have: places.size, want: replicas.length })
}

function atPort(want: Want, replicas: Replica[]): Outcome {
  const other = replicas.find((r) => want.port !== undefined && r.port !== want.port)
  return other
    ? notYet('port-other', { vm: other.vm, port: other.port, want: want.port ?? 0 }, 'port')
    : met
}

function onOwnVms(replicas: Replica[]): Outcome {
  const vms = replicas.map((r) => r.vm)
  const shared = vms.find((vm, i) => vms.indexOf(vm) !== i)
  return shared ? notYet('shared-vm', { vm: shared }, 'port') : met
}

/** Each allocation named in `replacing` was replaced, on a VM that is not to be avoided. */
function moved(nomad: NomadView, want: Want, replicas: Replica[]): Outcome {
  const byId = new Map(nomad.allocations.map((a) => [a.id, a]))
  for (const id of want.replacing ?? []) {
    let last = byId.get(id)
    for (let hops = 0; last?.next && hops < 32; hops++) last = byId.get(last.next) ?? last
    if (!last || last.id === id) return notYet('replaced-by-none', { allocation: id.slice(0, 8) })
    const replica = replicas.find((r) => r.allocation.id === last.id)
    if (!replica) return notYet('replaced-by-none', { allocation: id.slice(0, 8) })
  }
  const stuck = replicas.find((r) => want.avoiding?.includes(r.vm))
  return stuck ? notYet('not-moved', { vm: stuck.vm }) : met
}

/**
 * The positive control of 02.3, or a dead scheduler would pass: one more replica on the VM that
 * returned; or, where every replica found a VM, each lost one replaced and nothing blocked.
 */
function control(nomad: NomadView, facts: Facts, replicas: Replica[]): Outcome {
  const settledNow = settled(nomad, facts.job, facts.want, replicas)
  if (settledNow.state !== 'met') return settledNow
  if (!facts.want.replacing) return met
  if (nomad.evaluations.some((e) => e.status === 'blocked')) return notYetLab('no-more')
  return moved(nomad, facts.want, replicas)
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
    if (now.ids !== before.ids) return notYet('replicas-changed', {}, 'config')
    if (now.restarts !== before.restarts) return notYet('restarted', {}, 'config')
    const still = settled(
      view.nomad,
      facts.job,
      facts.want,
      replicasOf(view.nomad, facts.job, facts.want),
    )
    if (still.state !== 'met') return still
  }
  return met
}

function fingerprint(view: View, facts: Facts) {
  const replicas = unseen(view.nomad) ? [] : replicasOf(view.nomad, facts.job, facts.want)
  return {
    ids: replicas
      .map((r) => r.allocation.id)
      .sort()
      .join(),
    restarts: replicas.map((r) => r.allocation.tasks.reduce((n, t) => n + t.restarts, 0)).join(),
  }
}
