import { msg } from '../language/message.ts'
import type { Job } from '../submission/job.ts'
import type { Want } from './evidence.ts'
import { hopeless, notYet, notYetLab, type Outcome, patiently } from './reason.ts'
import { slowestCheckMs } from './replicas.ts'
import { mayUse, unclearConstraints } from './usable.ts'
import {
  type Allocation,
  type Evaluation,
  type NodeState,
  type NomadView,
  type PlacementFailure,
  type TaskState,
  unseen,
  type View,
} from './view.ts'

/**
 * What keeps an allocation from running, read from its task events; undefined when nothing is known
 * to. Texts: cluster-facts §0.2.15, §0.3, §6; recordings/mistakes.
 */
export function troubleOf(allocation: Allocation): Outcome | undefined {
  for (const task of allocation.tasks) {
    const trouble = taskTrouble(task, allocation.nodeName)
    if (trouble) return trouble
  }
  return undefined
}

/** With a shutdown_delay Nomad says `running` of what has ended, for as long (a real 2.0.5). */
export const isUp = ({ state, events }: TaskState) =>
  state === 'running' && events.at(-1)?.type !== 'Terminated'

function taskTrouble(task: TaskState, vm: string): Outcome | undefined {
  const events = task.events
  const last = events.at(-1)
  const bad = events.findLast((e) =>
    ['Failed Validation', 'Setup Failure', 'Driver Failure', 'Terminated'].includes(e.type),
  )
  if (last?.type === 'Driver' && last.message.includes('Downloading image'))
    return notYetLab('pulling', { vm })
  if (!bad) return undefined
  const text = bad.message
  if (bad.type === 'Failed Validation') return hopeless('config-invalid', { text }, 'config')
  if (bad.type === 'Setup Failure')
    return /port label not found|invalid port/.test(text)
      ? hopeless('setup-failed', { text }, 'service.port')
      : notYetLab('driver-failure', { vm, text })
  if (bad.type === 'Driver Failure') return driverTrouble(text, vm)
  if (isUp(task)) return undefined
  return notYet('crashing', { vm, text, task: task.name }, 'config')
}

/** The sheet's own images are there: a registry (a mirror, a proxy) that knows none of them is the lab's. */
const sheetImage = /`(?:docker\.io\/)?(?:library\/)?(?:nginx:1\.22\.1|httpd:2\.4\.55)`/

function driverTrouble(text: string, vm: string): Outcome {
  // Before the registry: a pull that finds no room has failed, too.
  if (/no space left/i.test(text)) return notYetLab('disk-full', { vm, text })
  if (/Failed to pull|Failed to find docker auth/i.test(text)) {
    // A 404 with "denied" or "unknown" is the registry saying that there is no such image or tag.
    const unknown = /\b404\b|manifest unknown|pull access denied|not found: manifest/i.test(text)
    const notThere = unknown && !/i\/o timeout|toomanyrequests|\b5\d\d\b/i.test(text)
    if (notThere && !sheetImage.test(text)) return hopeless('image-unknown', { vm, text }, 'image')
    return notYetLab('registry', { vm, text })
  }
  if (/Port "[^"]*" not found/.test(text)) return hopeless('docker-port-label', { text }, 'ports')
  if (/address already in use|port is already allocated/i.test(text))
    return notYetLab('host-port-taken', { vm, text })
  // A command that the image does not have is the job's; what Docker itself could not do is not.
  const command = /executable file not found|exec: .*(no such file|permission denied)/i.test(text)
  return command
    ? notYet('driver-failure', { vm, text }, 'command')
    : notYetLab('driver-failure', { vm, text })
}

/**
 * Those of an earlier registering are still listed, after a purge too, and may wait for hours (for a
 * client whose clock is ahead): they say nothing of this job.
 */
const evaluationsOf = ({ evaluations, job }: NomadView) =>
  evaluations.filter((e) => e.createIndex >= (job?.changedAt ?? 0))

/** Why Nomad placed nothing (more), from the newest evaluation that failed to. */
export function placementTrouble(nomad: NomadView, job: Job): Outcome | undefined {
  const last = evaluationsOf(nomad)
    .filter((e) => Object.keys(e.failed).length > 0 && e.status !== 'canceled')
    .sort((a, b) => a.createIndex - b.createIndex)
    .at(-1)
  if (!last) return undefined
  for (const [group, failure] of Object.entries(last.failed)) {
    const trouble = failureTrouble(group, failure, job)
    if (trouble) return trouble
  }
  return undefined
}

function failureTrouble(group: string, failure: PlacementFailure, job: Job): Outcome | undefined {
  const available = Object.values(failure.nodesAvailable).reduce((a, b) => a + b, 0)
  if (available === 0)
    return notYet('placement-datacenter', { datacenter: job.datacenters.join(', ') }, 'datacenters')
  const dimensions = Object.keys(failure.dimensionExhausted)
  if (dimensions.some((d) => d.includes('port collision'))) {
    const which = dimensions.find((d) => d.includes('port collision')) ?? ''
    return notYet('placement-port', { group, dimension: which }, 'static')
  }
  if (dimensions.length > 0)
    return notYet('placement-resources', { group, dimension: dimensions.join(', ') }, dimensions[0])
  const filters = Object.keys(failure.constraintFiltered)
  const labs = filters.find((f) => f.includes('missing drivers') || f.includes('consul.version'))
  if (labs) return notYetLab('placement-lab', { filter: labs })
  if (filters.length > 0)
    return notYet('placement-constraint', { filter: filters.join(', ') }, 'constraint')
  return undefined
}

/** The newest version's deployment, or undefined. */
function deploymentOf({ deployment, job }: NomadView) {
  return deployment && job && deployment.version === job.version ? deployment : undefined
}

/** The newest version's deployment is under way. */
export const isRolling = (nomad: NomadView) => deploymentOf(nomad)?.status === 'running'

/** Nomad gives the client work: ready, eligible, and with Docker. */
export const takesReplicas = (node: NodeState) =>
  node.status === 'ready' && node.eligibility === 'eligible' && node.dockerHealthy

/** The clients that are counted on, and those that are off because we stopped them. */
type Clients = Pick<Want, 'clients' | 'avoiding'>

/**
 * The job asks for more replicas than there are fit clients that it may use, and might use one that is
 * not fit, though we did not stop it: then no place is the lab's matter.
 */
function forWantOfClients(nomad: NomadView, job: Job, want: Clients): Outcome | undefined {
  const isFit = (node: NodeState) => want.clients.includes(node.name) && takesReplicas(node)
  const known = nomad.nodes.filter(({ name }) => want.clients.includes(name))
  const datacenters = known.map(({ datacenter }) => datacenter)
  const usable = nomad.nodes
    .filter(({ name, datacenter }) => mayUse(job, name) && datacenters.includes(datacenter))
    .filter(({ name }) => !want.avoiding?.includes(name))
  // Of a constraint that does not say which clients it leaves, it may be that it leaves none but these.
  const fit = unclearConstraints(job).length > 0 ? 0 : usable.filter(isFit).length
  const asked = job.groups.reduce((sum, { count }) => sum + count, 0)
  const unfit = usable.filter((node) => !isFit(node)).map(({ name }) => name)
  if (fit >= asked || unfit.length === 0) return undefined
  return notYetLab('placement-unfit', { names: unfit.join(', ') })
}

/**
 * Why no place was found, unless it is what is meant to be: in a rolling update the next replica waits
 * for the port of the one before it; with VMs off the rest is held back, whatever else is missing.
 */
export function placementOf(
  nomad: NomadView,
  job: Job,
  want: Clients & Pick<Want, 'heldBack'>,
): Outcome | undefined {
  const trouble = placementTrouble(nomad, job)
  if (trouble?.state !== 'not-yet') return trouble
  const { code, values } = trouble.reason
  const forPort = code === 'placement-port'
  const forHosts = String(values.filter).includes('distinct_hosts')
  const meant = (forPort && isRolling(nomad)) || (want.heldBack && (forPort || forHosts))
  if (meant) return undefined
  return trouble.reason.blame === 'student'
    ? (forWantOfClients(nomad, job, want) ?? trouble)
    : trouble
}

/** What finds no place now; an evaluation that once failed and was done later says nothing. */
export const heldUp = (nomad: NomadView, job: Job, want: Clients) =>
  nomad.evaluations.some((e) => e.status === 'blocked')
    ? placementOf(nomad, job, { ...want, heldBack: false })
    : undefined

/** Evaluations that Nomad keeps for later: a replica that failed or fell silent is looked at again. */
const forLater = (e: Evaluation) =>
  e.triggeredBy === 'max-disconnect-timeout' || e.description === 'created for delayed rescheduling'

/** An evaluation is pending that decides now; the failed replica itself is seen without those for later. */
export const isDeciding = (nomad: NomadView) =>
  evaluationsOf(nomad).some((e) => e.status === 'pending' && !forLater(e))

/**
 * A deployment that must be done may be under way. With replicas held back it is not when all that it
 * placed is healthy and the rest finds no place: it goes on only when a VM returns. Nomad 2 begins one
 * for a group that lost all of its VMs (a real 2.0.5, docs/discoveries.md).
 */
export function isDeploying(nomad: NomadView, want: Want): boolean {
  const waitsForPlace =
    isRolling(nomad) &&
    nomad.evaluations.some((e) => e.status === 'blocked') &&
    Object.values(deploymentOf(nomad)?.groups ?? {}).every((g) => g.healthy === g.placed)
  return want.deploymentDone === true && !(want.heldBack && waitsForPlace)
}

/** Canaries that wait for a promotion that never comes. */
export function canaryTrouble(nomad: NomadView): Outcome | undefined {
  const deployment = deploymentOf(nomad)
  if (deployment?.status !== 'running') return undefined
  for (const group of Object.values(deployment.groups)) {
    if (group.canaries > 0 && !group.promoted && group.healthy >= group.canaries)
      return hopeless('canary', { canaries: group.canaries }, 'canary')
  }
  return undefined
}

/** A deployment that is not done: because of the job's own checks, or of what is not the job's. */
export function deploymentTrouble(
  view: View,
  job: Job,
  counts: { have: number; want: number },
): Outcome | undefined {
  const nomad = view.nomad as NomadView
  const deployment = deploymentOf(nomad)
  if (deployment?.status !== 'running' && deployment?.status !== 'failed') return undefined
  const instances = unseen(view.consul) ? [] : view.consul.instances
  for (const instance of instances) {
    const bad = instance.checks.find((c) => c.status === 'critical' && c.id !== 'serfHealth')
    if (bad && instance.owner?.version === deployment.version)
      return patiently(
        notYet('consul-critical', { vm: instance.node, text: bad.output }, 'check'),
        slowestCheckMs(job),
      )
  }
  if (deployment.status === 'running') return notYetLab('rolling', counts)
  const unhealthy = nomad.allocations.some(
    (a) => a.version === deployment.version && a.deploymentHealthy === false,
  )
  const text = deployment.description
  return unhealthy
    ? notYet('deployment-failed', { text }, 'update')
    : notYetLab('deployment-failed', { text })
}

/** A client that is not ready though nobody of ours stopped it. */
export function clientTrouble(nomad: NomadView, clients: string[]): Outcome | undefined {
  const states = new Map(nomad.nodes.map((n) => [n.name, n]))
  for (const name of clients) {
    const node = states.get(name)
    if (node?.status !== 'ready')
      return notYetLab('client-missing', {
        vm: name,
        status: node?.status ?? msg('unknown to Nomad'),
      })
  }
  return undefined
}

/** The job is gone though it was registered: somebody else purged or stopped it. */
export function jobTrouble(nomad: NomadView): Outcome | undefined {
  if (nomad.job && !nomad.job.stop) return undefined
  return notYetLab('job-vanished', {})
}
