/** How an argument is read. `duration` is nanoseconds in the result. */
export type Kind = 'string' | 'number' | 'bool' | 'duration' | 'strings' | 'map' | 'any'

/** A block: argument or block name → field of Nomad's job JSON and how it is read. */
export interface Schema {
  /** Names of the labels, as Nomad's messages call them. */
  labels: string[]
  args: Record<string, [field: string, kind: Kind]>
  blocks: Record<string, Nested>
}

export interface Nested {
  field: string
  /** `one` block gives an object, `many` an array, `byLabel` an object by label. */
  take: 'one' | 'many' | 'byLabel' | 'map'
  schema: Schema
}

type Args = Schema['args']

export function args(kind: Kind, names: string): Args {
  const pairs = names.split(' ').map((pair) => pair.split(':') as [string, string])
  return Object.fromEntries(pairs.map(([name, field]) => [name, [field, kind] as const])) as Args
}

export function block(fields: Args, blocks: Schema['blocks'] = {}, labels: string[] = []): Schema {
  return { labels, args: fields, blocks }
}

/** A block whose arguments are free, such as `meta` and `env`. */
export const freeBlock: Schema = { labels: [], args: {}, blocks: {} }

export const one = (field: string, schema: Schema): Nested => ({ field, take: 'one', schema })
export const many = (field: string, schema: Schema): Nested => ({ field, take: 'many', schema })
export const map = (field: string): Nested => ({ field, take: 'map', schema: freeBlock })

export const constraint = block(
  args(
    'string',
    'attribute:LTarget operator:Operand value:RTarget version:version semver:semver regexp:regexp ' +
      'set_contains:set_contains set_contains_all:set_contains_all set_contains_any:set_contains_any ' +
      'distinct_property:distinct_property',
  ),
)
constraint.args.distinct_hosts = ['distinct_hosts', 'bool']

export const affinity = block({ ...constraint.args, weight: ['Weight', 'number'] })

export const spread = block(
  { attribute: ['Attribute', 'string'], weight: ['Weight', 'number'] },
  {
    target: many('SpreadTarget', block({ percent: ['Percent', 'number'] }, {}, ['name'])),
  },
)

export const update = block({
  ...args(
    'duration',
    'stagger:Stagger min_healthy_time:MinHealthyTime healthy_deadline:HealthyDeadline ' +
      'progress_deadline:ProgressDeadline',
  ),
  ...args('number', 'max_parallel:MaxParallel canary:Canary'),
  ...args('bool', 'auto_revert:AutoRevert auto_promote:AutoPromote'),
  health_check: ['HealthCheck', 'string'],
})

export const migrate = block({
  ...args('duration', 'min_healthy_time:MinHealthyTime healthy_deadline:HealthyDeadline'),
  max_parallel: ['MaxParallel', 'number'],
  health_check: ['HealthCheck', 'string'],
})

export const restart = block({
  ...args('duration', 'interval:Interval delay:Delay'),
  attempts: ['Attempts', 'number'],
  mode: ['Mode', 'string'],
})

export const reschedule = block({
  ...args('duration', 'interval:Interval delay:Delay max_delay:MaxDelay'),
  attempts: ['Attempts', 'number'],
  delay_function: ['DelayFunction', 'string'],
  unlimited: ['Unlimited', 'bool'],
})

export const disconnect = block({
  ...args('duration', 'lost_after:LostAfter stop_on_client_after:StopOnClientAfter'),
  replace: ['Replace', 'bool'],
  reconcile: ['Reconcile', 'string'],
})

const checkRestart = block({
  limit: ['Limit', 'number'],
  grace: ['Grace', 'duration'],
  ignore_warnings: ['IgnoreWarnings', 'bool'],
})

const check = block(
  {
    ...args(
      'string',
      'name:Name type:Type path:Path protocol:Protocol port:PortLabel method:Method body:Body ' +
        'command:Command initial_status:InitialStatus address_mode:AddressMode task:TaskName ' +
        'grpc_service:GRPCService on_update:OnUpdate advertise:Advertise',
    ),
    ...args('duration', 'interval:Interval timeout:Timeout'),
    ...args('bool', 'expose:Expose tls_skip_verify:TLSSkipVerify grpc_use_tls:GRPCUseTLS'),
    ...args(
      'number',
      'success_before_passing:SuccessBeforePassing ' +
        'failures_before_critical:FailuresBeforeCritical',
    ),
    args: ['Args', 'strings'],
    header: ['Header', 'any'],
  },
  { check_restart: one('CheckRestart', checkRestart), header: map('Header') },
)

export const service = block(
  {
    ...args(
      'string',
      'name:Name port:PortLabel address:Address address_mode:AddressMode task:TaskName ' +
        'on_update:OnUpdate provider:Provider',
    ),
    tags: ['Tags', 'strings'],
    canary_tags: ['CanaryTags', 'strings'],
    enable_tag_override: ['EnableTagOverride', 'bool'],
    meta: ['Meta', 'map'],
    canary_meta: ['CanaryMeta', 'map'],
    tagged_addresses: ['TaggedAddresses', 'map'],
  },
  {
    check: many('Checks', check),
    check_restart: one('CheckRestart', checkRestart),
    connect: map('Connect'),
    meta: map('Meta'),
    canary_meta: map('CanaryMeta'),
    tagged_addresses: map('TaggedAddresses'),
  },
)

const port = block(
  { ...args('number', 'static:Value to:To'), host_network: ['HostNetwork', 'string'] },
  {},
  ['name'],
)
export const network = block(
  { mode: ['Mode', 'string'], hostname: ['Hostname', 'string'], mbits: ['MBits', 'number'] },
  {
    port: many('Ports', port),
    dns: one('DNS', block(args('strings', 'servers:Servers searches:Searches options:Options'))),
  },
)

export const resources = block(
  args(
    'number',
    'cpu:CPU cores:Cores memory:MemoryMB memory_max:MemoryMaxMB disk:DiskMB iops:IOPS',
  ),
)

export const template = block({
  ...args(
    'string',
    'source:SourcePath destination:DestPath data:EmbeddedTmpl change_mode:ChangeMode ' +
      'change_signal:ChangeSignal perms:Perms left_delimiter:LeftDelim right_delimiter:RightDelim',
  ),
  ...args('bool', 'env:Envvars error_on_missing_key:ErrMissingKey'),
  ...args('duration', 'splay:Splay vault_grace:VaultGrace'),
  ...args('number', 'uid:Uid gid:Gid'),
})

export const artifact = block(
  {
    ...args('string', 'source:GetterSource mode:GetterMode destination:RelativeDest'),
    options: ['GetterOptions', 'map'],
    headers: ['GetterHeaders', 'map'],
  },
  { options: map('GetterOptions'), headers: map('GetterHeaders') },
)

export const vault = block({
  ...args('string', 'namespace:Namespace change_mode:ChangeMode change_signal:ChangeSignal'),
  policies: ['Policies', 'strings'],
  env: ['Env', 'bool'],
})

export const volume = block(
  {
    ...args(
      'string',
      'type:Type source:Source access_mode:AccessMode attachment_mode:AttachmentMode',
    ),
    ...args('bool', 'read_only:ReadOnly per_alloc:PerAlloc'),
  },
  {},
  ['name'],
)

export const volumeMount = block({
  ...args('string', 'volume:Volume destination:Destination propagation_mode:PropagationMode'),
  read_only: ['ReadOnly', 'bool'],
})
