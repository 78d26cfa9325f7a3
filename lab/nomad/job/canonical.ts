import type { Sparse } from '../hcl/parse.ts'
import { blocks } from './blocks.ts'
import { affinities, constraints, spreads } from './constraints.ts'
import { canonicalService } from './service.ts'

export type NomadVersion = '1.4.4' | '2.0.5'

const second = 1e9

/**
 * Fills what the job does not say with Nomad's defaults (cluster-facts §1.7), in the shape of
 * `/v1/jobs/parse` with `Canonicalize` (recordings/extras-*: parse-nginx.json).
 */
export function canonicalJob(sparse: Sparse, version: NomadVersion): Sparse {
  const type = text(sparse.Type, 'service')
  const job: Sparse = {
    Affinities: null,
    AllAtOnce: false,
    Constraints: null,
    ConsulNamespace: '',
    ...(version === '1.4.4' && { ConsulToken: '' }),
    CreateIndex: 0,
    Datacenters: null,
    DispatchIdempotencyToken: null,
    Dispatched: false,
    ID: null,
    JobModifyIndex: 0,
    Meta: null,
    Migrate: null,
    ModifyIndex: 0,
    Multiregion: null,
    Name: null,
    Namespace: 'default',
    ...(version === '2.0.5' && { NodePool: '', UI: null, VersionTag: null }),
    NomadTokenID: '',
    ParameterizedJob: null,
    ParentID: '',
    Payload: null,
    Periodic: null,
    Priority: 50,
    Region: 'global',
    Reschedule: null,
    Spreads: null,
    Stable: false,
    Status: '',
    StatusDescription: '',
    Stop: false,
    SubmitTime: null,
    Type: type,
    VaultNamespace: '',
    ...(version === '1.4.4' && { VaultToken: '' }),
    Version: 0,
    ...present(sparse),
  }
  delete job.Tasks
  delete job.Vault
  job.Name = job.Name ?? job.ID
  job.Constraints = constraints(sparse.Constraints)
  job.Affinities = affinities(sparse.Affinities)
  job.Spreads = spreads(sparse.Spreads)
  const update = sparse.Update as Sparse | undefined
  job.Update = isRolled(type, version)
    ? { ...updateDefaults, ...present(update) }
    : (update ?? null)
  const groups = [...blocks(sparse.TaskGroups), ...blocks(sparse.Tasks).map(groupOfTask)]
  job.TaskGroups =
    groups.length === 0 ? null : groups.map((group) => canonicalGroup(group, sparse, version))
  return job
}

const isSystem = (type: string) => type === 'system' || type === 'sysbatch'

/** Updated one after the other, in a deployment: in Nomad 2 system jobs too. */
const isRolled = (type: string, version: NomadVersion) =>
  type === 'service' || (type === 'system' && version === '2.0.5')

/** A task outside of a group is a group of its own. */
function groupOfTask(task: Sparse): Sparse {
  return { Name: task.Name, Count: 1, Tasks: [task] }
}

function canonicalGroup(sparse: Sparse, job: Sparse, version: NomadVersion): Sparse {
  const group: Sparse = {
    Affinities: affinities(sparse.Affinities),
    Constraints: constraints(sparse.Constraints),
    Consul: version === '1.4.4' ? { Namespace: '' } : null,
    Count: 1,
    MaxClientDisconnect: null,
    Meta: null,
    Name: null,
    Scaling: null,
    ShutdownDelay: null,
    Spreads: spreads(sparse.Spreads),
    StopAfterClientDisconnect: null,
    Volumes: null,
    ...(version === '2.0.5' && {
      Disconnect: null,
      MaxRunDuration: null,
      PreventRescheduleOnLost: null,
    }),
    ...present(sparse, ['Constraints', 'Affinities', 'Spreads', 'Vault', 'Consul']),
    ...(Boolean(sparse.Disconnect) && {
      Disconnect: { ...disconnectDefaults, ...present(sparse.Disconnect) },
    }),
  }
  const type = text(job.Type, 'service')
  const service = type === 'service'
  group.EphemeralDisk = {
    Migrate: false,
    SizeMB: 300,
    Sticky: false,
    ...present(sparse.EphemeralDisk),
  }
  group.Migrate = service ? { ...migrateDefaults, ...present(sparse.Migrate) } : null
  // Nobody places those of a system job anew: 1.4.4 fills in zeros for sysbatch, all else is null.
  group.ReschedulePolicy = isSystem(type)
    ? type === 'sysbatch' && version === '1.4.4'
      ? { ...noReschedule }
      : null
    : {
        ...(service ? rescheduleDefaults : batchRescheduleDefaults),
        ...present(job.Reschedule),
        ...present(sparse.ReschedulePolicy),
      }
  const restart: Sparse = {
    ...(service || type === 'system' ? restartDefaults : batchRestartDefaults),
    ...(version === '2.0.5' && { RenderTemplates: false }),
    ...present(sparse.RestartPolicy),
  }
  group.RestartPolicy = restart
  group.Update = isRolled(type, version)
    ? { ...updateDefaults, ...present(job.Update), ...present(sparse.Update) }
    : null
  group.Networks = list(sparse.Networks, (network) => canonicalNetwork(network, version))
  const at = { job: String(job.Name ?? job.ID), group: String(sparse.Name), task: 'group' }
  group.Services = list(sparse.Services, (one) => canonicalService(one, at, version))
  group.Tasks = list(sparse.Tasks, (task) =>
    canonicalTask(task, restart, { ...at, task: String(task.Name) }, version, [sparse, job]),
  )
  return group
}

function canonicalTask(
  sparse: Sparse,
  restart: Sparse,
  at: { job: string; group: string; task: string },
  version: NomadVersion,
  outer: Sparse[],
): Sparse {
  const newer = version === '2.0.5'
  return {
    ...(newer && { Actions: null, Consul: null, Identities: null, Identity: null }),
    ...(newer && { Schedule: null, Secrets: null }),
    Artifacts: null,
    Config: null,
    DispatchPayload: null,
    Driver: '',
    Env: null,
    KillSignal: '',
    KillTimeout: 5 * second,
    Kind: '',
    Leader: false,
    Lifecycle: null,
    Meta: null,
    Name: null,
    ScalingPolicies: null,
    ShutdownDelay: 0,
    Templates: null,
    User: '',
    VolumeMounts: null,
    ...present(sparse),
    Vault: sparse.Vault ?? outer.find((one) => one.Vault)?.Vault ?? null,
    Affinities: affinities(sparse.Affinities),
    Constraints: constraints(sparse.Constraints),
    LogConfig: {
      ...(newer && { Disabled: false, Enabled: null }),
      MaxFileSizeMB: 10,
      MaxFiles: 10,
      ...present(sparse.LogConfig),
    },
    Resources: {
      CPU: 100,
      Cores: 0,
      Devices: null,
      DiskMB: null,
      IOPS: null,
      MemoryMB: 300,
      MemoryMaxMB: null,
      Networks: null,
      ...(newer && { NUMA: null, SecretsMB: null }),
      ...present(sparse.Resources),
    },
    RestartPolicy: { ...restart, ...present(sparse.RestartPolicy) },
    Services: list(sparse.Services, (one) => canonicalService(one, at, version)),
  }
}

function canonicalNetwork(sparse: Sparse, version: NomadVersion): Sparse {
  const port = (one: Sparse) => ({
    HostNetwork: one.HostNetwork ?? '',
    ...(version === '2.0.5' && { IgnoreCollision: false }),
    Label: one.Label ?? one.Name,
    To: one.To ?? 0,
    Value: one.Value ?? 0,
  })
  const written = blocks(sparse.Ports)
  const reserved = [...blocks(sparse.ReservedPorts), ...written.filter((one) => one.Value)]
  const dynamic = [...blocks(sparse.DynamicPorts), ...written.filter((one) => !one.Value)]
  return {
    CIDR: '',
    DNS: null,
    Device: '',
    Hostname: '',
    IP: '',
    MBits: null,
    Mode: '',
    ...(version === '2.0.5' && { CNI: null }),
    ...present(sparse, ['Ports']),
    DynamicPorts: dynamic.length ? dynamic.map(port) : null,
    ReservedPorts: reserved.length ? reserved.map(port) : null,
  }
}

function list(value: unknown, each: (one: Sparse) => Sparse): Sparse[] | null {
  const all = blocks(value)
  return all.length ? all.map(each) : null
}

function text(value: unknown, fallback: string): string {
  return typeof value === 'string' && value ? value : fallback
}

/** Without what is null: in job JSON null means "not said". */
function present(value: unknown, without: string[] = []): Sparse {
  const entries = Object.entries((value ?? {}) as Sparse)
  return Object.fromEntries(
    entries.filter(([key, one]) => one !== null && one !== undefined && !without.includes(key)),
  )
}

const updateDefaults: Sparse = {
  AutoPromote: false,
  AutoRevert: false,
  Canary: 0,
  HealthCheck: 'checks',
  HealthyDeadline: 300 * second,
  MaxParallel: 1,
  MinHealthyTime: 10 * second,
  ProgressDeadline: 600 * second,
  Stagger: 30 * second,
}
const disconnectDefaults: Sparse = {
  LostAfter: 0,
  Reconcile: 'best_score',
  Replace: true,
  StopOnClientAfter: null,
}
const migrateDefaults: Sparse = {
  HealthCheck: 'checks',
  HealthyDeadline: 300 * second,
  MaxParallel: 1,
  MinHealthyTime: 10 * second,
}
const rescheduleDefaults: Sparse = {
  Attempts: 0,
  Delay: 30 * second,
  DelayFunction: 'exponential',
  Interval: 0,
  MaxDelay: 3600 * second,
  Unlimited: true,
}
const batchRescheduleDefaults: Sparse = {
  Attempts: 1,
  Delay: 5 * second,
  DelayFunction: 'constant',
  Interval: 86_400 * second,
  MaxDelay: 0,
  Unlimited: false,
}
const noReschedule: Sparse = {
  Attempts: 0,
  Delay: 0,
  DelayFunction: '',
  Interval: 0,
  MaxDelay: 0,
  Unlimited: false,
}
const restartDefaults: Sparse = {
  Attempts: 2,
  Delay: 15 * second,
  Interval: 1800 * second,
  Mode: 'fail',
}
const batchRestartDefaults: Sparse = {
  Attempts: 3,
  Delay: 15 * second,
  Interval: 86_400 * second,
  Mode: 'fail',
}
