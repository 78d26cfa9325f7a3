import type { Sparse } from '../hcl/parse.ts'
import type { NomadVersion } from './canonical.ts'

export interface ServicePlace {
  job: string
  group: string
  /** The task's name, or `group`. */
  task: string
}

/** A service block with Nomad's defaults; without a name it is `<job>-<group>-<task>` (§4.1). */
export function canonicalService(sparse: Sparse, at: ServicePlace, version: NomadVersion): Sparse {
  const service: Sparse = {
    Address: '',
    AddressMode: 'auto',
    CanaryMeta: null,
    CanaryTags: null,
    CheckRestart: null,
    ...(version === '2.0.5' && { Cluster: 'default', Identity: null, Kind: '', Weights: null }),
    Connect: null,
    EnableTagOverride: false,
    Meta: null,
    OnUpdate: 'require_healthy',
    PortLabel: '',
    Provider: 'consul',
    TaggedAddresses: null,
    Tags: null,
    TaskName: '',
    ...filled(sparse),
  }
  service.Name = interpolated(String(sparse.Name || `${at.job}-${at.group}-${at.task}`), at)
  const checks = (sparse.Checks ?? []) as Sparse[]
  service.Checks = checks.length ? checks.map((check) => canonicalCheck(check, service)) : null
  return service
}

function interpolated(name: string, at: ServicePlace): string {
  return name
    .replaceAll(/\$\{(JOB|NOMAD_JOB_NAME)\}/g, at.job)
    .replaceAll(/\$\{(TASKGROUP|NOMAD_GROUP_NAME)\}/g, at.group)
    .replaceAll(/\$\{(TASK|NOMAD_TASK_NAME)\}/g, at.task)
    .replaceAll(/\$\{BASE\}/g, `${at.job}-${at.group}-${at.task}`)
}

function canonicalCheck(sparse: Sparse, service: Sparse): Sparse {
  return {
    AddressMode: '',
    Advertise: '',
    Args: null,
    Body: '',
    CheckRestart: service.CheckRestart ?? null,
    Command: '',
    Expose: false,
    FailuresBeforeCritical: 0,
    GRPCService: '',
    GRPCUseTLS: false,
    Header: null,
    InitialStatus: '',
    Interval: 0,
    Method: '',
    Name: '',
    OnUpdate: service.OnUpdate,
    Path: '',
    PortLabel: '',
    Protocol: '',
    SuccessBeforePassing: 0,
    TLSSkipVerify: false,
    TaskName: '',
    Timeout: 0,
    Type: '',
    ...filled(sparse),
  }
}

function filled(sparse: Sparse): Sparse {
  const entries = Object.entries(sparse)
  return Object.fromEntries(entries.filter(([, value]) => value !== null && value !== ''))
}
