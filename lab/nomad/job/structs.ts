import type { Sparse } from '../hcl/parse.ts'
import { blocks } from './blocks.ts'
import { canonicalJob, type NomadVersion } from './canonical.ts'
import type { Job } from './spec.ts'

/**
 * The job as the server keeps it (recordings: nomad-job-nginx.json), from any job JSON; what is not
 * said gets its default. Indexes, version and status are those of a new job.
 */
export function serverJob(sparse: Sparse, version: NomadVersion): Job {
  const { Migrate: _, Reschedule: __, ...job } = canonicalJob(sparse, version)
  const update = job.Update as Sparse | null
  return {
    ...job,
    Constraints: withoutNulls(job.Constraints),
    DispatchIdempotencyToken: '',
    ...(version === '2.0.5' && { NodePool: job.NodePool || 'default' }),
    Status: 'pending',
    SubmitTime: 0,
    Stable: false,
    Version: 0,
    CreateIndex: 0,
    ModifyIndex: 0,
    JobModifyIndex: 0,
    // From 1.5 the server fills it in, the parser does not (recordings/own-nomad-2.0.5-*).
    Datacenters: datacentersOf(job.Datacenters, version),
    TaskGroups: blocks(job.TaskGroups).map((group) => serverGroup(group, version)),
    // Of a service job's own block only these two are kept; groups have the rest.
    Update: {
      ...emptyUpdate,
      Stagger: update?.Stagger ?? 0,
      MaxParallel: update?.MaxParallel ?? 0,
    },
  } as unknown as Job
}

function datacentersOf(written: unknown, version: NomadVersion): unknown[] {
  const given = Array.isArray(written) ? written : []
  return given.length === 0 && version === '2.0.5' ? ['*'] : given
}

function serverGroup(group: Sparse, version: NomadVersion): Sparse {
  const tasks = blocks(group.Tasks)
  const services = [...blocks(group.Services), ...tasks.flatMap((task) => blocks(task.Services))]
  const inConsul = (one: Sparse) => one.Provider === 'consul'
  const wanted =
    version === '1.4.4'
      ? services.some(inConsul) && '>= 1.7.0'
      : blocks(group.Services).some(inConsul) && '>= 1.8.0'
  const own = constraintsWith(group.Constraints, wanted || '')
  const networks = blocks(group.Networks)
  return {
    ...group,
    Constraints: own,
    ...(version === '2.0.5' && { PreventRescheduleOnLost: group.PreventRescheduleOnLost ?? false }),
    Networks: networks.length ? networks.map((one) => serverNetwork(one, version)) : null,
    Services: serverServices(group.Services, ''),
    Tasks: tasks.map((task) => serverTask(task, version)),
  }
}

function serverTask(task: Sparse, version: NomadVersion): Sparse {
  const newer = version === '2.0.5'
  const consul = blocks(task.Services).some((service) => service.Provider === 'consul')
  const resources = task.Resources as Sparse
  const { Enabled: _, ...logs } = task.LogConfig as Sparse
  return {
    ...task,
    CSIPluginConfig: task.CSIPluginConfig ?? null,
    ...(newer && { Identity: defaultIdentity }),
    Constraints: constraintsWith(task.Constraints, consul && newer ? '>= 1.8.0' : ''),
    LogConfig: logs,
    Resources: {
      ...resources,
      DiskMB: resources.DiskMB ?? 0,
      IOPS: resources.IOPS ?? 0,
      MemoryMaxMB: resources.MemoryMaxMB ?? 0,
      ...(newer && { SecretsMB: resources.SecretsMB ?? 0 }),
    },
    Services: serverServices(task.Services, String(task.Name)),
  }
}

function serverServices(written: unknown, taskName: string): Sparse[] | null {
  const services = blocks(written)
  if (services.length === 0) return null
  return services.map(({ CheckRestart: _, ...service }) => ({
    ...service,
    TaskName: service.TaskName || taskName,
    Namespace: 'default',
    Checks: service.Checks
      ? blocks(service.Checks).map((check) => serverCheck(check, service))
      : null,
  }))
}

function serverCheck(check: Sparse, service: Sparse): Sparse {
  return { ...check, Name: check.Name || `service: "${service.Name}" check` }
}

function serverNetwork(network: Sparse, version: NomadVersion): Sparse {
  const ports = (value: unknown) =>
    value
      ? blocks(value).map((port) => {
          const full = { ...port, HostNetwork: port.HostNetwork || 'default' }
          return version === '2.0.5' ? omitEmpty(full) : full
        })
      : null
  const full: Sparse = {
    ...network,
    MBits: network.MBits ?? 0,
    ReservedPorts: ports(network.ReservedPorts),
    DynamicPorts: ports(network.DynamicPorts),
  }
  // Nomad 2 leaves out what is empty (cluster-facts §7: 1.8, 1.9).
  return version === '2.0.5' ? omitEmpty(full) : full
}

export function omitEmpty<T extends object>(record: T): Partial<T> {
  const entries = Object.entries(record).filter(([, value]) => !isEmpty(value))
  return Object.fromEntries(entries) as Partial<T>
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === 0 || value === false) {
    return true
  }
  return typeof value === 'object' && Object.keys(value).length === 0
}

/** As it stands in a job: for the scheduler to fill in. */
const consulVersionAttribute = `\${attr.consul.version}`

/** Where a service is to be in Consul, Nomad asks for nodes that have Consul (cluster-facts §7). */
function constraintsWith(written: unknown, consulVersion: string): Sparse[] | null {
  const all = [...blocks(written)]
  if (consulVersion) {
    all.push({ LTarget: consulVersionAttribute, RTarget: consulVersion, Operand: 'semver' })
  }
  return all.length ? all : null
}

function withoutNulls(written: unknown): unknown {
  return blocks(written).length ? written : null
}

const emptyUpdate = {
  HealthCheck: '',
  MinHealthyTime: 0,
  HealthyDeadline: 0,
  ProgressDeadline: 0,
  AutoRevert: false,
  AutoPromote: false,
  Canary: 0,
}

const defaultIdentity = {
  Name: 'default',
  Audience: ['nomadproject.io'],
  ChangeMode: '',
  ChangeSignal: '',
  Env: false,
  File: false,
  Filepath: '',
  ServiceName: '',
  TTL: 0,
  ExtraClaims: null,
}
