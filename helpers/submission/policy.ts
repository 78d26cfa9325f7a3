import { imageName } from './image.ts'
import type { Group, Job, Task } from './job.ts'
import { servicesOf, tasksOf } from './job.ts'
import { dockerRefusals } from './policy-docker.ts'
import { templateRefusals } from './policy-template.ts'
import { field, isInterpolated, number, quoted } from './values.ts'

export interface Limits {
  /** Hosts of registries whose images may run. */
  registries: string[]
  /** Allocations of the whole job. */
  count: number
  /** MHz and MB of one allocation, that is of all tasks of a group together. */
  cpu: number
  memory: number
  /** Whole cores of one allocation. */
  cores: number
  /** Ids of jobs on the cluster that belong to someone else. */
  foreignJobs: string[]
}

export const defaultLimits: Limits = {
  registries: ['docker.io', 'quay.io', 'ghcr.io', 'public.ecr.aws'],
  count: 10,
  cpu: 2000,
  memory: 1024,
  cores: 2,
  foreignJobs: [],
}

/** One reason why a job may not run; `place` is a key of Places. */
export interface Refusal {
  code: string
  sentence: string
  place?: string
}

/**
 * What forbids this job on a teacher's cluster; empty when it may run. Judge the job as Nomad will
 * run it (its canonical parse) wherever there is a cluster: expressions are evaluated there.
 */
export function policy(job: Job, limits: Partial<Limits> = {}): Refusal[] {
  const all = { ...defaultLimits, ...limits }
  return [
    ...jobRefusals(job, all),
    ...job.groups.flatMap((group) => groupRefusals(group, all)),
    ...job.groups.flatMap((group) =>
      tasksOf(group).flatMap((task) => [
        ...taskRefusals(task),
        ...imageRefusals(task, all),
        ...dockerRefusals(task),
        ...templateRefusals(task),
      ]),
    ),
  ]
}

function jobRefusals(job: Job, limits: Limits): Refusal[] {
  const total = job.groups.reduce((sum, group) => sum + Math.max(0, group.count), 0)
  return refusals([
    [
      job.type !== 'service',
      'type',
      `The job has the type ${quoted(job.type)}; only service is allowed.`,
      'type',
    ],
    [
      job.namespace !== 'default',
      'namespace',
      `The job asks for the namespace ${quoted(job.namespace)}; only default is allowed.`,
      'namespace',
    ],
    [job.periodic, 'periodic', 'The job is periodic, which is not allowed.', 'periodic'],
    [
      job.parameterized,
      'parameterized',
      'The job is parameterized or dispatched, which is not allowed.',
      'parameterized',
    ],
    [job.vault, 'vault', 'The job carries access to Vault, which is not allowed.', 'vault'],
    [
      total > limits.count,
      'count',
      `The job asks for ${total} allocations; at most ${limits.count} are allowed.`,
      'count',
    ],
    [
      limits.foreignJobs.includes(job.id),
      'foreign-job',
      `The cluster already has a job called ${quoted(job.id)} that belongs to someone else.`,
      'job',
    ],
  ])
}

function groupRefusals(group: Group, limits: Limits): Refusal[] {
  const who = `The group ${quoted(group.name)}`
  const sum = (of: (task: Task) => number) =>
    tasksOf(group).reduce((total, task) => total + Math.max(0, of(task)), 0)
  const cpu = sum((task) => task.resources.cpu)
  const memory = sum(memoryOf)
  const cores = sum((task) => task.resources.cores)
  const space = group.consulNamespace
  return refusals([
    [cpu > limits.cpu, 'cpu', `${who} asks for ${cpu} MHz; ${limits.cpu} are allowed.`, 'cpu'],
    [
      cores > limits.cores,
      'cores',
      `${who} asks for ${cores} cores; ${limits.cores} are allowed.`,
      'cores',
    ],
    [
      memory > limits.memory,
      'memory',
      `${who} asks for ${Number.isFinite(memory) ? `${memory} MB of` : 'unbounded'} memory; ${limits.memory} MB are allowed.`,
      'memory',
    ],
    [
      group.volumes.length > 0,
      'volume',
      `${who} asks for a volume of the host or of a storage plugin, which is not allowed.`,
      'volume',
    ],
    [
      space !== '' && space !== 'default',
      'namespace',
      `${who} asks for the Consul namespace ${quoted(space)}, which is not allowed.`,
      'consul',
    ],
    [
      servicesOf(group).some((service) => service.gateway),
      'gateway',
      `${who} asks for a Connect gateway, which is not allowed.`,
      'gateway',
    ],
  ])
}

/** The most that a task may take: a maximum below 0 is none (Nomad 1.10), Docker's limit is its own. */
function memoryOf({ resources, config }: Task): number {
  const { memory, memoryMax } = resources
  const docker = number(field(config, 'memory_hard_limit') ?? 0, Number.POSITIVE_INFINITY)
  return Math.max(memory, memoryMax < 0 ? Number.POSITIVE_INFINITY : memoryMax, docker)
}

function taskRefusals(task: Task): Refusal[] {
  const who = `The task ${quoted(task.name)}`
  return refusals([
    [
      task.driver !== 'docker',
      'driver',
      task.driver === ''
        ? `${who} names no driver; only docker is allowed.`
        : `${who} uses the driver ${quoted(task.driver)}; only docker is allowed.`,
      'driver',
    ],
    [
      task.artifacts > 0,
      'artifact',
      `${who} downloads an artifact, which is not allowed.`,
      'artifact',
    ],
    [task.vault, 'vault', `${who} asks for access to Vault, which is not allowed.`, 'vault'],
    [
      task.secrets > 0,
      'secret',
      `${who} reads a secret of the cluster, which is not allowed.`,
      'secret',
    ],
    [
      task.identities.length > 0,
      'identity',
      `${who} asks for an identity of its own, which is not allowed.`,
      'identity',
    ],
    [
      task.volumeMounts > 0,
      'volume',
      `${who} mounts a volume of the host or of a storage plugin, which is not allowed.`,
      'volume_mount',
    ],
    [
      task.csiPlugin,
      'csi-plugin',
      `${who} starts a storage plugin, which is not allowed.`,
      'csi_plugin',
    ],
    [
      task.dispatchPayload,
      'dispatch',
      `${who} waits for a dispatched payload, which is not allowed.`,
      'dispatch_payload',
    ],
  ])
}

function imageRefusals(task: Task, limits: Limits): Refusal[] {
  if (task.image === '') return []
  const { registry } = imageName(task.image)
  return refusals([
    [
      isInterpolated(task.image),
      'image-unclear',
      `The image of the task ${quoted(task.name)} is only known when it runs; write its name.`,
      'image',
    ],
    [
      !isInterpolated(task.image) && !limits.registries.includes(registry),
      'registry',
      `The image ${quoted(task.image)} comes from ${registry}; allowed: ${limits.registries.join(', ')}.`,
      'image',
    ],
  ])
}

type Rule = [broken: boolean, code: string, sentence: string, place: string]

function refusals(rules: Rule[]): Refusal[] {
  return rules
    .filter(([broken]) => broken)
    .map(([, code, sentence, place]) => ({ code, sentence, place }))
}
