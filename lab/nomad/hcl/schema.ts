import {
  affinity,
  args,
  artifact,
  block,
  constraint,
  disconnect,
  freeBlock,
  many,
  map,
  migrate,
  network,
  one,
  reschedule,
  resources,
  restart,
  type Schema,
  service,
  spread,
  template,
  update,
  vault,
  volume,
  volumeMount,
} from './schema-parts.ts'

const task = block(
  {
    ...args('string', 'driver:Driver user:User kill_signal:KillSignal kind:Kind'),
    ...args('duration', 'kill_timeout:KillTimeout shutdown_delay:ShutdownDelay'),
    leader: ['Leader', 'bool'],
    env: ['Env', 'map'],
    meta: ['Meta', 'map'],
  },
  {
    config: map('Config'),
    env: map('Env'),
    meta: map('Meta'),
    service: many('Services', service),
    resources: one('Resources', resources),
    constraint: many('Constraints', constraint),
    affinity: many('Affinities', affinity),
    template: many('Templates', template),
    artifact: many('Artifacts', artifact),
    vault: one('Vault', vault),
    volume_mount: many('VolumeMounts', volumeMount),
    restart: one('RestartPolicy', restart),
    logs: one('LogConfig', block(args('number', 'max_files:MaxFiles max_file_size:MaxFileSizeMB'))),
    lifecycle: one('Lifecycle', block({ hook: ['Hook', 'string'], sidecar: ['Sidecar', 'bool'] })),
    dispatch_payload: one('DispatchPayload', block({ file: ['File', 'string'] })),
    csi_plugin: map('CSIPluginConfig'),
    scaling: many('ScalingPolicies', { ...freeBlock, labels: ['name'] }),
  },
  ['name'],
)

const group = block(
  {
    count: ['Count', 'number'],
    meta: ['Meta', 'map'],
    ...args(
      'duration',
      'shutdown_delay:ShutdownDelay stop_after_client_disconnect:StopAfterClientDisconnect ' +
        'max_client_disconnect:MaxClientDisconnect',
    ),
  },
  {
    task: many('Tasks', task),
    constraint: many('Constraints', constraint),
    affinity: many('Affinities', affinity),
    spread: many('Spreads', spread),
    network: many('Networks', network),
    restart: one('RestartPolicy', restart),
    reschedule: one('ReschedulePolicy', reschedule),
    update: one('Update', update),
    migrate: one('Migrate', migrate),
    ephemeral_disk: one(
      'EphemeralDisk',
      block({ ...args('bool', 'sticky:Sticky migrate:Migrate'), size: ['SizeMB', 'number'] }),
    ),
    service: many('Services', service),
    volume: { field: 'Volumes', take: 'byLabel', schema: volume },
    vault: one('Vault', vault),
    scaling: map('Scaling'),
    consul: one('Consul', block({ namespace: ['Namespace', 'string'] })),
    meta: map('Meta'),
  },
  ['name'],
)

const jobSchema = block(
  {
    ...args(
      'string',
      'region:Region namespace:Namespace id:ID name:Name type:Type vault_token:VaultToken ' +
        'consul_token:ConsulToken',
    ),
    priority: ['Priority', 'number'],
    all_at_once: ['AllAtOnce', 'bool'],
    datacenters: ['Datacenters', 'strings'],
    meta: ['Meta', 'map'],
  },
  {
    group: many('TaskGroups', group),
    task: many('Tasks', task),
    constraint: many('Constraints', constraint),
    affinity: many('Affinities', affinity),
    spread: many('Spreads', spread),
    update: one('Update', update),
    migrate: one('Migrate', migrate),
    reschedule: one('Reschedule', reschedule),
    periodic: map('Periodic'),
    parameterized: map('ParameterizedJob'),
    multiregion: map('Multiregion'),
    vault: one('Vault', vault),
    meta: map('Meta'),
  },
  ['name'],
)

/** What Nomad 2 adds to the blocks of 1.4. */
export function jobSchemaOf(version: '1.4.4' | '2.0.5'): Schema {
  if (version === '1.4.4') return jobSchema
  const newTask = block(
    task.args,
    { ...task.blocks, identity: many('Identities', freeBlock), consul: map('Consul') },
    task.labels,
  )
  const newGroup = block(
    { ...group.args, prevent_reschedule_on_lost: ['PreventRescheduleOnLost', 'bool'] },
    { ...group.blocks, task: many('Tasks', newTask), disconnect: one('Disconnect', disconnect) },
    group.labels,
  )
  return block(
    { ...jobSchema.args, node_pool: ['NodePool', 'string'] },
    { ...jobSchema.blocks, group: many('TaskGroups', newGroup), ui: map('UI') },
    jobSchema.labels,
  )
}
