import { isDeepStrictEqual } from 'node:util'
import type { Job } from '../nomad/job/spec.ts'
import type { Version } from '../nomad/render.ts'

/** How `nomad job plan` shows what would change (Nomad's structs/diff.go, scheduler/annotate.go). */

type Struct = Record<string, unknown>
type Kind = 'None' | 'Added' | 'Deleted' | 'Edited'

interface FieldDiff {
  Type: Kind
  Name: string
  Old: string
  New: string
  Annotations: string[] | null
}

interface ObjectDiff {
  Type: Kind
  Name: string
  Fields: FieldDiff[] | null
  Objects: ObjectDiff[] | null
}

export interface Annotations {
  DesiredTGUpdates: Record<string, Record<string, number>>
}

/** Which parts have a block of their own, in Nomad's order: field → the block's name. */
const parts = {
  job: { Datacenters: 'Datacenters', Constraints: 'Constraint', Affinities: 'Affinity' },
  group: {
    Constraints: 'Constraint',
    Affinities: 'Affinity',
    RestartPolicy: 'RestartPolicy',
    Migrate: 'Migrate',
    ReschedulePolicy: 'ReschedulePolicy',
    EphemeralDisk: 'EphemeralDisk',
    Consul: 'Consul',
    Update: 'Update',
    Networks: 'Network',
    Services: 'Service',
  },
  task: {
    Constraints: 'Constraint',
    Affinities: 'Affinity',
    Config: 'Config',
    Resources: 'Resources',
    LogConfig: 'LogConfig',
    Artifacts: 'Artifact',
    Services: 'Service',
    Templates: 'Template',
    Identity: 'Identity',
  },
  inside: {
    ReservedPorts: 'Static Port',
    DynamicPorts: 'Dynamic Port',
    CanaryTags: 'CanaryTags',
    Tags: 'Tags',
    Checks: 'Check',
    Audience: 'Audience',
  },
}

/** What no diff shows. */
const hidden: Record<string, string[]> = {
  job: 'ID Status StatusDescription Version Stable CreateIndex ModifyIndex JobModifyIndex SubmitTime NomadTokenID VaultToken'.split(
    ' ',
  ),
  // All but the name are pointers in Nomad's structs.
  group: ['Name', 'ShutdownDelay', 'MaxClientDisconnect', 'StopAfterClientDisconnect'],
  task: ['Name'],
  Update: ['Stagger'],
  Network: ['Device', 'CIDR', 'IP'],
  'Dynamic Port': ['Value', 'IgnoreCollision'],
}

/** `Diff` of a plan's answer: from what is registered to what was sent. */
export function jobDiff(
  old: Job | undefined,
  job: Job,
  annotations: Annotations,
  version: Version,
) {
  const before = old && shown(old, version)
  const after = shown(job, version)
  const { Fields, Objects } = part('job', parts.job, before, after)
  const TaskGroups = pairs(before?.TaskGroups, after.TaskGroups).map(([one, other]) =>
    groupDiff(one, other, annotations),
  )
  const changed = [...(Fields ?? []), ...(Objects ?? []), ...TaskGroups]
  const edited = changed.some(({ Type }) => Type !== 'None')
  const Type: Kind = old ? (edited ? 'Edited' : 'None') : 'Added'
  return { Type, ID: job.ID, Fields, Objects, TaskGroups }
}

/** What the versions differ in (recordings: plan-*.json). */
function shown(job: Job, version: Version): Struct {
  const newer = version === '2.0.5'
  const groups = job.TaskGroups.map((group) => ({
    ...group,
    Migrate: newer ? (group as unknown as Struct).Migrate : undefined,
    Networks: group.Networks?.map((network) => ({
      Hostname: '',
      ...network,
      Mode: network.Mode ?? '',
      MBits: newer ? undefined : 0,
      ReservedPorts: network.ReservedPorts?.map((port) =>
        newer ? { IgnoreCollision: false, ...port } : port,
      ),
    })),
  }))
  return { ...job, TaskGroups: groups }
}

function groupDiff(
  old: Struct | undefined,
  group: Struct | undefined,
  { DesiredTGUpdates }: Annotations,
) {
  const diff = part('group', parts.group, old, group)
  const desired = DesiredTGUpdates[diff.Name] ?? {}
  const updates = Object.entries(updateNames)
    .map(([field, name]) => [name, desired[field] ?? 0] as const)
    .filter(([, count]) => count > 0)
  const count = diff.Fields?.find((field) => field.Name === 'Count')
  if (count) {
    const change = Number(count.New) - Number(count.Old)
    count.Annotations = change > 0 ? ['forces create'] : change < 0 ? ['forces destroy'] : null
  }
  const Tasks = pairs(old?.Tasks, group?.Tasks).map(([one, other]) => {
    const task = part('task', parts.task, one, other)
    return { ...task, Annotations: taskAnnotations(task, diff.Type) }
  })
  return { ...diff, Tasks, Updates: updates.length > 0 ? Object.fromEntries(updates) : null }
}

const updateNames = {
  Ignore: 'ignore',
  Place: 'create',
  Migrate: 'migrate',
  Stop: 'destroy',
  Canary: 'canary',
  InPlaceUpdate: 'in-place update',
  DestructiveUpdate: 'create/destroy update',
}

function taskAnnotations(task: ObjectDiff, group: Kind): string[] | null {
  if (task.Type === 'None') return null
  if (group === 'Added' && task.Type === 'Added') return ['forces create']
  if (group === 'Deleted' && task.Type === 'Deleted') return ['forces destroy']
  const gentle = ['Service', 'Constraint', 'Affinity', 'Spread', 'LogConfig']
  const destructive =
    task.Fields?.some(({ Name }) => Name !== 'KillTimeout') ||
    task.Objects?.some(({ Name }) => !gentle.includes(Name))
  return [destructive ? 'forces create/destroy update' : 'forces in-place update']
}

/** Old and new of each name, by name. */
function pairs(old: unknown, now: unknown): [Struct | undefined, Struct | undefined][] {
  const byName = (list: unknown) =>
    new Map(((list ?? []) as Struct[]).map((one) => [String(one.Name), one]))
  const [before, after] = [byName(old), byName(now)]
  const names = [...new Set([...before.keys(), ...after.keys()])].sort()
  return names.map((name) => [before.get(name), after.get(name)])
}

/** A job, group or task: its plain fields that changed, and its blocks that did. */
function part(
  kind: 'job' | 'group' | 'task',
  blocks: Record<string, string>,
  old: Struct | undefined,
  now: Struct | undefined,
): ObjectDiff {
  const Fields = fields(plain(old, hidden[kind]), plain(now, hidden[kind]), false)
  const Type = kindOf(old, now)
  const Name = String((now ?? old)?.Name ?? '')
  return { Type, Name, Fields, Objects: objects(blocks, old, now) }
}

function kindOf(old: unknown, now: unknown): Kind {
  if (old === undefined || old === null) return 'Added'
  if (now === undefined || now === null) return 'Deleted'
  return isDeepStrictEqual(old, now) ? 'None' : 'Edited'
}

function objects(
  blocks: Record<string, string>,
  old: Struct | undefined,
  now: Struct | undefined,
): ObjectDiff[] | null {
  const found = Object.entries(blocks).flatMap(([field, name]) =>
    blockDiffs(name, old?.[field] ?? undefined, now?.[field] ?? undefined),
  )
  return found.length > 0 ? found : null
}

/** One block, a list of blocks, or a set of words. */
function blockDiffs(name: string, old: unknown, now: unknown): ObjectDiff[] {
  if (!Array.isArray(old ?? now)) {
    const diff = objectDiff(name, old as Struct | undefined, now as Struct | undefined)
    return diff ? [diff] : []
  }
  const [before, after] = [(old ?? []) as unknown[], (now ?? []) as unknown[]]
  if ([...before, ...after].every((one) => typeof one === 'string')) {
    return wordsDiff(name, before.map(String), after.map(String))
  }
  // One service against one is edited; of the rest, what is not the same is new or gone.
  const single = ['Service', 'Check', 'Template'].includes(name)
  if (single && before.length === 1 && after.length === 1) {
    const diff = objectDiff(name, before[0] as Struct, after[0] as Struct)
    return diff ? [diff] : []
  }
  const without = (list: unknown[], others: unknown[]) =>
    list.filter((one) => !others.some((other) => isDeepStrictEqual(one, other)))
  const [added, gone] = [without(after, before), without(before, after)]
  return [
    ...added.map((one) => objectDiff(name, undefined, one as Struct)),
    ...gone.map((one) => objectDiff(name, one as Struct, undefined)),
  ].filter((diff) => diff !== undefined)
}

function objectDiff(
  Name: string,
  old: Struct | undefined,
  now: Struct | undefined,
): ObjectDiff | undefined {
  const Type = kindOf(old, now)
  if (Type === 'None' || (!old && !now)) return undefined
  const flat = (one: Struct | undefined) =>
    Name === 'Config' ? deep(one) : plain(one, hidden[Name])
  const Fields = fields(flat(old), flat(now), true)
  const Objects = objects(parts.inside, old, now)
  const empty = !Objects && (Fields ?? []).every((one) => one.Type === 'None')
  return empty ? undefined : { Type, Name, Fields, Objects }
}

function wordsDiff(Name: string, old: string[], now: string[]): ObjectDiff[] {
  const words = [...new Set([...old, ...now])]
  const Fields = words
    .map((word) => field(Name, old.includes(word) ? word : '', now.includes(word) ? word : ''))
    .sort((a, b) => (a.Old + a.New < b.Old + b.New ? -1 : 1))
  const added = Fields.some(({ Type }) => Type === 'Added')
  const gone = Fields.some(({ Type }) => Type === 'Deleted')
  const Type: Kind = added && gone ? 'Edited' : added ? 'Added' : gone ? 'Deleted' : 'None'
  // The job's datacenters are left out when they are the same, other sets of words are not.
  const left = words.length === 0 || (Name === 'Datacenters' && Type === 'None')
  return left ? [] : [{ Type, Name, Fields, Objects: null }]
}

/** The fields that differ, or, `all`, every field; by name. */
function fields(
  old: Record<string, string>,
  now: Record<string, string>,
  all: boolean,
): FieldDiff[] | null {
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort()
  const found = names
    .map((name) => field(name, old[name] ?? '', now[name] ?? ''))
    .filter(({ Type }) => all || Type !== 'None')
  return found.length > 0 ? found : null
}

function field(Name: string, Old: string, New: string): FieldDiff {
  const Type: Kind = Old === New ? 'None' : Old === '' ? 'Added' : New === '' ? 'Deleted' : 'Edited'
  return { Type, Name, Old, New, Annotations: null }
}

/** Numbers, words and truths, and those of maps as `Env[NAME]`. */
function plain(one: Struct | undefined, without: string[] = []): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [name, value] of Object.entries(one ?? {})) {
    if (without.includes(name)) continue
    if (['string', 'number', 'boolean'].includes(typeof value)) found[name] = String(value)
    if (['Env', 'Meta', 'CanaryMeta'].includes(name) && value !== null) {
      for (const [key, text] of Object.entries(value as Struct))
        found[`${name}[${key}]`] = `${text}`
    }
  }
  return found
}

/** A driver's configuration: `ports[0]`, `labels[0][name]`. */
function deep(value: unknown, prefix = ''): Record<string, string> {
  if (value === null) return { [prefix]: 'nil' }
  if (typeof value !== 'object') return value === undefined ? {} : { [prefix]: String(value) }
  const all = Object.entries(value).map(([key, inner]) =>
    deep(inner, prefix === '' ? key : `${prefix}[${key}]`),
  )
  return Object.assign({}, ...all)
}
