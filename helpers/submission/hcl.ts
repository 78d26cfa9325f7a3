import type { Body } from './values.ts'
import { bodies, field, isBody, isInterpolated, list, text } from './values.ts'

/**
 * Turns an HCL body (as hcl2json gives it, or HCL-JSON) into the shape of Nomad's API, so that one
 * reader does for both. Names that the API does not know are dropped, as they never come to run.
 */
export function apiJobFrom(label: string, written: Body, root: Body): Body {
  const unresolved: string[] = []
  const job = resolved(written, root, ['job', label], unresolved) as Body
  const loose = labelled(field(job, 'task')).map(([name, task]) => [
    name,
    { task: { [name]: task } },
  ])
  const groups = [...labelled(field(job, 'group')), ...(loose as [string, Body][])]
  return {
    ID: text(field(job, 'id')) || label,
    Name: text(field(job, 'name')) || label,
    Type: field(job, 'type'),
    Namespace: field(job, 'namespace'),
    Datacenters: field(job, 'datacenters'),
    VaultToken: field(job, 'vault_token'),
    Periodic: first(job, 'periodic'),
    ParameterizedJob: first(job, 'parameterized'),
    ...placement(job),
    Update: updateFrom(job),
    TaskGroups: groups.map(([name, group]) => groupFrom(name, group, job)),
    Unresolved: unresolved,
  }
}

/** Labelled blocks in their order: `{a: [{…}]}`, `{a: {…}}` or a list of these. */
export function labelled(value: unknown): [string, Body][] {
  return bodies(value).flatMap((each) =>
    Object.entries(each).flatMap(([label, body]) =>
      bodies(body).map((one): [string, Body] => [label, one]),
    ),
  )
}

const first = (body: Body, name: string): Body | undefined => bodies(field(body, name))[0]

function groupFrom(name: string, group: Body, job: Body): Body {
  return {
    Name: name,
    Count: field(group, 'count'),
    Scaling: { Min: field(first(group, 'scaling') ?? {}, 'min') },
    Networks: bodies(field(group, 'network')).map(networkFrom),
    Services: bodies(field(group, 'service')).map(serviceFrom),
    Update: updateFrom(group),
    RestartPolicy: policyFrom(first(group, 'restart')),
    ReschedulePolicy: policyFrom(first(group, 'reschedule') ?? first(job, 'reschedule')),
    ...placement(group),
    Volumes: Object.fromEntries(
      labelled(field(group, 'volume')).map(([label, volume]) => [
        label,
        { Type: field(volume, 'type') },
      ]),
    ),
    Consul: { Namespace: field(first(group, 'consul') ?? {}, 'namespace') },
    ShutdownDelay: field(group, 'shutdown_delay'),
    Tasks: labelled(field(group, 'task')).map(([label, task]) => taskFrom(label, task, group, job)),
  }
}

function taskFrom(name: string, task: Body, group: Body, job: Body): Body {
  const resources = first(task, 'resources') ?? {}
  const vault = [job, group, task].flatMap((body) => list(field(body, 'vault')))
  return {
    Name: name,
    Driver: field(task, 'driver'),
    Config: first(task, 'config'),
    Services: bodies(field(task, 'service')).map(serviceFrom),
    Resources: {
      CPU: field(resources, 'cpu'),
      Cores: field(resources, 'cores'),
      MemoryMB: field(resources, 'memory'),
      MemoryMaxMB: field(resources, 'memory_max'),
    },
    Artifacts: list(field(task, 'artifact')),
    Templates: bodies(field(task, 'template')).map(templateFrom),
    Vault: vault.length > 0 ? vault : undefined,
    Identities: bodies(field(task, 'identity')).map((identity) => ({
      Name: field(identity, 'name'),
      Written: true,
    })),
    Secrets: bodies(field(task, 'secret')),
    DispatchPayload: first(task, 'dispatch_payload'),
    CSIPluginConfig: first(task, 'csi_plugin'),
    VolumeMounts: bodies(field(task, 'volume_mount')),
    ...placement(task),
    KillTimeout: field(task, 'kill_timeout'),
    ShutdownDelay: field(task, 'shutdown_delay'),
  }
}

function networkFrom(network: Body): Body {
  const ports = labelled(field(network, 'port')).map(([label, port]) => ({
    Label: label,
    Value: field(port, 'static'),
    To: field(port, 'to'),
  }))
  return { Mode: field(network, 'mode'), DynamicPorts: ports }
}

function serviceFrom(service: Body): Body {
  const connect = first(service, 'connect')
  return {
    Name: field(service, 'name'),
    Provider: field(service, 'provider'),
    PortLabel: field(service, 'port'),
    AddressMode: field(service, 'address_mode'),
    Address: field(service, 'address'),
    Checks: bodies(field(service, 'check')).map((check) => ({
      Type: field(check, 'type'),
      Path: field(check, 'path'),
      Interval: field(check, 'interval'),
      Timeout: field(check, 'timeout'),
    })),
    Connect: connect && {
      Gateway: first(connect, 'gateway'),
      SidecarTask: sidecarFrom(first(connect, 'sidecar_task')),
    },
  }
}

function sidecarFrom(task: Body | undefined): Body | undefined {
  if (!task) return undefined
  const { Driver, ...rest } = taskFrom(text(field(task, 'name')), task, {}, {})
  return Driver === undefined ? rest : { ...rest, Driver }
}

const templateFrom = (template: Body): Body => ({
  EmbeddedTmpl: field(template, 'data'),
  SourcePath: field(template, 'source'),
  DestPath: field(template, 'destination'),
  LeftDelim: field(template, 'left_delimiter'),
  RightDelim: field(template, 'right_delimiter'),
})

function placement(body: Body): Body {
  const target = (each: Body): Body => {
    const short = ['distinct_hosts', 'distinct_property', 'regexp', 'version', 'semver'].find(
      (name) => field(each, name) !== undefined,
    )
    const value = short === undefined ? field(each, 'value') : field(each, short)
    return {
      LTarget: short === 'distinct_property' ? value : field(each, 'attribute'),
      Operand: field(each, 'operator') ?? short,
      RTarget: typeof value === 'boolean' ? String(value) : value,
      Weight: field(each, 'weight'),
    }
  }
  return {
    Constraints: bodies(field(body, 'constraint')).map(target),
    Affinities: bodies(field(body, 'affinity')).map(target),
    Spreads: bodies(field(body, 'spread')).map((each) => ({
      Attribute: field(each, 'attribute'),
      Weight: field(each, 'weight'),
    })),
  }
}

/** Only what is written, so that a group's update block completes the job's. */
function updateFrom(body: Body): Body {
  const update = first(body, 'update') ?? {}
  const all = {
    MaxParallel: field(update, 'max_parallel'),
    MinHealthyTime: field(update, 'min_healthy_time'),
    HealthyDeadline: field(update, 'healthy_deadline'),
    ProgressDeadline: field(update, 'progress_deadline'),
    Stagger: field(update, 'stagger'),
    Canary: field(update, 'canary'),
    AutoPromote: field(update, 'auto_promote'),
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

const policyFrom = (policy: Body | undefined): Body => ({
  Attempts: policy && field(policy, 'attempts'),
  Interval: policy && field(policy, 'interval'),
  Delay: policy && field(policy, 'delay'),
  MaxDelay: policy && field(policy, 'max_delay'),
  Mode: policy && field(policy, 'mode'),
  Unlimited: policy && field(policy, 'unlimited'),
})

/** Names that stay text: Nomad fills them in on the VM, or at registration. */
const late = /^(attr|node|meta|env|device|NOMAD_|BASE$|JOB$|TASKGROUP$|TASK$)/

/** Replaces `${var.x}` and `${local.x}` by what the file itself gives; notes what it cannot. */
function resolved(value: unknown, root: Body, path: string[], unresolved: string[]): unknown {
  if (Array.isArray(value)) return value.map((each) => resolved(each, root, path, unresolved))
  if (isBody(value)) {
    if (Object.hasOwn(value, 'dynamic')) unresolved.push([...path, 'dynamic'].join(' '))
    const entries = Object.entries(value).map(([key, each]) => [
      key,
      resolved(each, root, [...path, key], unresolved),
    ])
    return Object.fromEntries(entries)
  }
  if (typeof value !== 'string' || !isInterpolated(value)) return value
  if (path.at(-1) === 'data') return value
  const whole = /^\$\{(var|local)\.([\w-]+)\}$/.exec(value)
  const alone = whole && given(root, whole[1]!, whole[2]!)
  if (alone !== undefined && alone !== null) return alone
  const filled = value.replace(/\$\{(var|local)\.([\w-]+)\}/g, (all, kind, name) =>
    text(given(root, kind, name), all),
  )
  const left = [...filled.matchAll(/[$%]\{\s{0,9}([^}]{0,200})/g)].some(
    (part) => !late.test(part[1]!),
  )
  if (left) unresolved.push(path.join(' '))
  return filled
}

/** A variable's default or a local's value, when it is plain. */
function given(root: Body, kind: string, name: string): unknown {
  if (kind === 'local') {
    return plain(bodies(field(root, 'locals')).map((each) => field(each, name))[0])
  }
  const variable = labelled(field(root, 'variable')).find(([label]) => label === name)?.[1]
  return variable && plain(field(variable, 'default'))
}

const plain = (value: unknown): unknown =>
  typeof value === 'string' && isInterpolated(value) ? undefined : (value ?? undefined)
