import { type Message, msg } from '../language/message.ts'
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
  sentence: Message
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
      msg('The job has the type {type}; only service is allowed.', { type: quoted(job.type) }),
      'type',
    ],
    [
      job.namespace !== 'default',
      'namespace',
      msg('The job asks for the namespace {space}; only default is allowed.', {
        space: quoted(job.namespace),
      }),
      'namespace',
    ],
    [job.periodic, 'periodic', msg('The job is periodic, which is not allowed.'), 'periodic'],
    [
      job.parameterized,
      'parameterized',
      msg('The job is parameterized or dispatched, which is not allowed.'),
      'parameterized',
    ],
    [job.vault, 'vault', msg('The job carries access to Vault, which is not allowed.'), 'vault'],
    [
      total > limits.count,
      'count',
      msg('The job asks for {total} allocations; at most {limit} are allowed.', {
        total,
        limit: limits.count,
      }),
      'count',
    ],
    [
      limits.foreignJobs.includes(job.id),
      'foreign-job',
      msg('The cluster already has a job called {id} that belongs to someone else.', {
        id: quoted(job.id),
      }),
      'job',
    ],
  ])
}

function groupRefusals(group: Group, limits: Limits): Refusal[] {
  const name = quoted(group.name)
  const sum = (of: (task: Task) => number) =>
    tasksOf(group).reduce((total, task) => total + Math.max(0, of(task)), 0)
  const cpu = sum((task) => task.resources.cpu)
  const memory = sum(memoryOf)
  const cores = sum((task) => task.resources.cores)
  const space = group.consulNamespace
  return refusals([
    [
      cpu > limits.cpu,
      'cpu',
      msg('The group {name} asks for {cpu} MHz; {limit} are allowed.', {
        name,
        cpu,
        limit: limits.cpu,
      }),
      'cpu',
    ],
    [
      cores > limits.cores,
      'cores',
      msg('The group {name} asks for {cores} cores; {limit} are allowed.', {
        name,
        cores,
        limit: limits.cores,
      }),
      'cores',
    ],
    [
      memory > limits.memory,
      'memory',
      Number.isFinite(memory)
        ? msg('The group {name} asks for {memory} MB of memory; {limit} MB are allowed.', {
            name,
            memory,
            limit: limits.memory,
          })
        : msg('The group {name} asks for unbounded memory; {limit} MB are allowed.', {
            name,
            limit: limits.memory,
          }),
      'memory',
    ],
    [
      group.volumes.length > 0,
      'volume',
      msg(
        'The group {name} asks for a volume of the host or of a storage plugin, which is not allowed.',
        { name },
      ),
      'volume',
    ],
    [
      space !== '' && space !== 'default',
      'namespace',
      msg('The group {name} asks for the Consul namespace {space}, which is not allowed.', {
        name,
        space: quoted(space),
      }),
      'consul',
    ],
    [
      servicesOf(group).some((service) => service.gateway),
      'gateway',
      msg('The group {name} asks for a Connect gateway, which is not allowed.', { name }),
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
  const name = quoted(task.name)
  return refusals([
    [
      task.driver !== 'docker',
      'driver',
      task.driver === ''
        ? msg('The task {name} names no driver; only docker is allowed.', { name })
        : msg('The task {name} uses the driver {driver}; only docker is allowed.', {
            name,
            driver: quoted(task.driver),
          }),
      'driver',
    ],
    [
      task.artifacts > 0,
      'artifact',
      msg('The task {name} downloads an artifact, which is not allowed.', { name }),
      'artifact',
    ],
    [
      task.vault,
      'vault',
      msg('The task {name} asks for access to Vault, which is not allowed.', { name }),
      'vault',
    ],
    [
      task.secrets > 0,
      'secret',
      msg('The task {name} reads a secret of the cluster, which is not allowed.', { name }),
      'secret',
    ],
    [
      task.identities.length > 0,
      'identity',
      msg('The task {name} asks for an identity of its own, which is not allowed.', { name }),
      'identity',
    ],
    [
      task.volumeMounts > 0,
      'volume',
      msg(
        'The task {name} mounts a volume of the host or of a storage plugin, which is not allowed.',
        {
          name,
        },
      ),
      'volume_mount',
    ],
    [
      task.csiPlugin,
      'csi-plugin',
      msg('The task {name} starts a storage plugin, which is not allowed.', { name }),
      'csi_plugin',
    ],
    [
      task.dispatchPayload,
      'dispatch',
      msg('The task {name} waits for a dispatched payload, which is not allowed.', { name }),
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
      msg('The image of the task {name} is only known when it runs; write its name.', {
        name: quoted(task.name),
      }),
      'image',
    ],
    [
      !isInterpolated(task.image) && !limits.registries.includes(registry),
      'registry',
      msg('The image {image} comes from {registry}; allowed: {allowed}.', {
        image: quoted(task.image),
        registry,
        allowed: limits.registries,
      }),
      'image',
    ],
  ])
}

type Rule = [broken: boolean, code: string, sentence: Message, place: string]

function refusals(rules: Rule[]): Refusal[] {
  return rules
    .filter(([broken]) => broken)
    .map(([, code, sentence, place]) => ({ code, sentence, place }))
}
