import type {
  Check,
  Constraint,
  Group,
  Job,
  Network,
  Service,
  Spread,
  Task,
  Update,
} from './job.ts'
import { taskFrom } from './task.ts'
import type { Body } from './values.ts'
import { bodies, field, flag, isBody, list, milliseconds, number, text } from './values.ts'

/**
 * The job that Nomad's API JSON describes (`/v1/jobs/parse`, `/v1/job/:id`, or the `Job` of a
 * register request). Whatever is missing or of another type is Nomad's default; nothing throws.
 */
export function fromCanonical(apiJob: unknown): Job {
  const job = isBody(apiJob) ? apiJob : {}
  const id = text(field(job, 'ID'))
  const update = isBody(field(job, 'Update')) ? (field(job, 'Update') as Body) : {}
  return {
    id,
    name: text(field(job, 'Name')) || id,
    type: text(field(job, 'Type')) || 'service',
    namespace: text(field(job, 'Namespace')) || 'default',
    datacenters: list(field(job, 'Datacenters')).map((each) => text(each)),
    periodic: list(field(job, 'Periodic')).length > 0,
    parameterized:
      list(field(job, 'ParameterizedJob')).length > 0 ||
      flag(field(job, 'Dispatched')) ||
      text(field(job, 'Payload')) !== '',
    vault: text(field(job, 'VaultToken')) + text(field(job, 'VaultNamespace')) !== '',
    constraints: constraintsOf(job, 'Constraints'),
    affinities: constraintsOf(job, 'Affinities'),
    spreads: spreadsOf(job),
    groups: bodies(field(job, 'TaskGroups')).map((group) => groupFrom(group, id, update)),
    unresolved: list(field(job, 'Unresolved')).map((each) => text(each)),
  }
}

function groupFrom(group: Body, job: string, jobUpdate: Body): Group {
  const name = text(field(group, 'Name'))
  const tasks = bodies(field(group, 'Tasks')).map((task) => taskFrom(task, job, name))
  return {
    name,
    // Without a count it is what scaling begins with (Nomad 2.0.5, also for JSON).
    count: number(field(group, 'Count'), number(field(sub(group, 'Scaling'), 'Min'), 1)),
    networks: bodies(field(group, 'Networks')).map(networkFrom),
    services: servicesFrom(group, [job, name]),
    update: updateFrom({ ...jobUpdate, ...sub(group, 'Update') }),
    restart: restartFrom(sub(group, 'RestartPolicy')),
    reschedule: rescheduleFrom(sub(group, 'ReschedulePolicy')),
    ...(mayBeUnknown(group) && { mayBeUnknown: true as const }),
    constraints: constraintsOf(group, 'Constraints'),
    affinities: constraintsOf(group, 'Affinities'),
    spreads: spreadsOf(group),
    volumes: volumesOf(group),
    consulNamespace: text(field(sub(group, 'Consul'), 'Namespace')),
    shutdownDelayMs: milliseconds(field(group, 'ShutdownDelay'), 0),
    tasks,
  }
}

const sub = (body: Body, name: string): Body => {
  const value = field(body, name)
  return isBody(value) ? value : {}
}

/** The second is how Nomad before 1.8 said it. */
const mayBeUnknown = (group: Body): boolean =>
  milliseconds(field(sub(group, 'Disconnect'), 'LostAfter'), 0) > 0 ||
  milliseconds(field(group, 'MaxClientDisconnect'), 0) > 0

function networkFrom(network: Body): Network {
  const ports = [
    ...bodies(field(network, 'ReservedPorts')),
    ...bodies(field(network, 'DynamicPorts')),
  ]
  return {
    mode: text(field(network, 'Mode')),
    ports: ports.map((port) => ({
      label: text(field(port, 'Label')),
      value: number(field(port, 'Value'), 0),
      to: number(field(port, 'To'), 0),
    })),
  }
}

/** Services of a group or a task; `owner` is what their default name is made of. */
export function servicesFrom(body: Body, owner: string[]): Service[] {
  return bodies(field(body, 'Services')).map((service) => {
    const connect = sub(service, 'Connect')
    const sidecar = field(connect, 'SidecarTask')
    return {
      name: serviceName(text(field(service, 'Name')), owner),
      provider: text(field(service, 'Provider')) || 'consul',
      port: text(field(service, 'PortLabel')),
      addressMode: text(field(service, 'AddressMode')) || 'auto',
      address: text(field(service, 'Address')),
      checks: bodies(field(service, 'Checks')).map(checkFrom),
      gateway: isBody(field(connect, 'Gateway')),
      sidecar: isBody(sidecar) ? sidecarFrom(sidecar) : null,
    }
  })
}

/** Connect's own sidecar, changed: its driver is docker where the file does not say. */
const sidecarFrom = (task: Body): Task => {
  const made = taskFrom(task, '', '')
  return { ...made, name: made.name || 'sidecar_task', driver: made.driver || 'docker' }
}

function serviceName(name: string, owner: string[]): string {
  const base = owner.join('-')
  const known: Record<string, string | undefined> = {
    BASE: base,
    JOB: owner[0],
    TASKGROUP: owner[1],
    TASK: owner[2],
  }
  const written = name.replace(/\$\{(BASE|JOB|TASKGROUP|TASK)\}/g, (_, key) => known[key] ?? '')
  return written || base
}

function checkFrom(check: Body): Check {
  return {
    type: text(field(check, 'Type')),
    path: text(field(check, 'Path')),
    intervalMs: milliseconds(field(check, 'Interval'), 0),
    timeoutMs: milliseconds(field(check, 'Timeout'), 0),
  }
}

export function constraintsOf(body: Body, name: 'Constraints' | 'Affinities'): Constraint[] {
  return bodies(field(body, name)).map((each) => ({
    attribute: text(field(each, 'LTarget')),
    operator: text(field(each, 'Operand')) || '=',
    value: text(field(each, 'RTarget')),
    weight: name === 'Affinities' ? number(field(each, 'Weight'), 50) : 0,
  }))
}

function spreadsOf(body: Body): Spread[] {
  return bodies(field(body, 'Spreads')).map((each) => ({
    attribute: text(field(each, 'Attribute')),
    weight: number(field(each, 'Weight'), 50),
  }))
}

function volumesOf(group: Body): Group['volumes'] {
  return Object.entries(sub(group, 'Volumes')).map(([name, volume]) => ({
    name,
    type: isBody(volume) ? text(field(volume, 'Type')) : '',
  }))
}

/** Nomad's defaults of an update strategy (cluster-facts: parse of the sheet's job). */
function updateFrom(update: Body): Update {
  return {
    maxParallel: number(field(update, 'MaxParallel'), 1),
    minHealthyTimeMs: milliseconds(field(update, 'MinHealthyTime'), 10_000),
    healthyDeadlineMs: milliseconds(field(update, 'HealthyDeadline'), 300_000),
    progressDeadlineMs: milliseconds(field(update, 'ProgressDeadline'), 600_000),
    staggerMs: milliseconds(field(update, 'Stagger'), 30_000),
    canary: number(field(update, 'Canary'), 0),
    autoPromote: flag(field(update, 'AutoPromote')),
  }
}

function restartFrom(policy: Body): Group['restart'] {
  return {
    attempts: number(field(policy, 'Attempts'), 2),
    intervalMs: milliseconds(field(policy, 'Interval'), 1_800_000),
    delayMs: milliseconds(field(policy, 'Delay'), 15_000),
    mode: text(field(policy, 'Mode')) || 'fail',
  }
}

function rescheduleFrom(policy: Body): Group['reschedule'] {
  const unlimited = field(policy, 'Unlimited')
  return {
    attempts: number(field(policy, 'Attempts'), 0),
    delayMs: milliseconds(field(policy, 'Delay'), 30_000),
    maxDelayMs: milliseconds(field(policy, 'MaxDelay'), 3_600_000),
    unlimited: unlimited === undefined || unlimited === null ? true : flag(unlimited),
  }
}
