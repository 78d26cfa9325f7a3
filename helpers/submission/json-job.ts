import type { Body } from './values.ts'
import { field, isBody, list } from './values.ts'

/** Every field of Nomad's API that a reader of jobs looks at (canonical.ts, task.ts). */
const fields = `ID Name Type Namespace Region Datacenters VaultToken VaultNamespace Periodic
  ParameterizedJob Dispatched Payload Constraints Affinities Spreads Update TaskGroups Count Scaling
  Min Networks Services RestartPolicy ReschedulePolicy Volumes Consul ShutdownDelay Tasks Mode
  ReservedPorts DynamicPorts Label Value To Provider PortLabel AddressMode Address Checks Connect
  Gateway SidecarTask Path Interval Timeout LTarget RTarget Operand Weight Attribute MaxParallel
  MinHealthyTime HealthyDeadline ProgressDeadline Stagger Canary AutoPromote AutoRevert Attempts Delay MaxDelay
  Unlimited Driver Config Env Meta CanaryMeta Resources CPU Cores MemoryMB MemoryMaxMB Artifacts
  Templates Vault Identities Identity Secrets DispatchPayload CSIPluginConfig VolumeMounts
  KillTimeout EmbeddedTmpl SourcePath DestPath LeftDelim RightDelim File`.split(/\s+/)

/** Go's folding of a key: case, and the two letters that only look like another (ſ, K). */
const folded = (key: string): string => key.toUpperCase().toLowerCase()

const spelling = new Map(fields.map((name) => [folded(name), name]))

/** Their keys are the student's own, and case means something in them. */
const free = new Set(['Config', 'Env', 'Meta', 'CanaryMeta'])

/** The job names one field twice, so that two readers could see two jobs. */
export class TwiceNamed extends Error {}

/**
 * The job of an API request in JSON as Nomad will read it. Nomad's decoder does not mind upper and
 * lower case (seen: `taskgroups` beside `TaskGroups` replaces its driver, Nomad 2.0.5), so every
 * field that is judged gets its one spelling, and a field named twice is refused: what is judged is
 * what is sent. Undefined when the text is HCL written as JSON, which Nomad itself must parse.
 */
export function apiJobIn(root: unknown): Body | undefined {
  if (!isBody(root)) return undefined
  // `{"Job": …}`, in any case; HCL as JSON begins with `job` too, and has no TaskGroups in it.
  const wrappers = Object.keys(root).filter((key) => folded(key) === 'job')
  const [wrapped] = wrappers.map((key) => root[key]).filter(hasTaskGroups)
  if (wrapped && wrappers.length > 1) throw new TwiceNamed('Job')
  const job = spelled(wrapped ?? root)
  return isBody(job) && list(field(job, 'TaskGroups')).some(isBody) ? job : undefined
}

const hasTaskGroups = (value: unknown): value is Body =>
  isBody(value) && Object.keys(value).some((key) => folded(key) === 'taskgroups')

function spelled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(spelled)
  if (!isBody(value)) return value
  const seen = new Set<string>()
  const entries = Object.entries(value).map(([key, each]) => {
    const name = spelling.get(folded(key)) ?? key
    if (seen.has(name)) throw new TwiceNamed(name)
    seen.add(name)
    return [name, free.has(name) ? each : spelled(each)]
  })
  return Object.fromEntries(entries)
}
