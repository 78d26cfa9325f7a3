import type { Task } from './job.ts'
import type { Refusal } from './policy.ts'
import type { Body } from './values.ts'
import { bodies, field, flag, isBody, isInterpolated, list, quoted, text } from './values.ts'

/** Modes that may name the host's namespace or that of another container. */
const modes = ['network_mode', 'pid_mode', 'ipc_mode', 'userns_mode', 'uts_mode', 'cgroupns']

/** Keys that must be empty, and what each would give the container. */
const forbidden: Record<string, string> = {
  cap_add: 'more capabilities',
  devices: 'devices of the host',
  security_opt: 'other security options',
  volume_driver: 'a volume driver',
  runtime: 'another container runtime',
  load: 'an image out of a file',
}

/** What Docker's own configuration may not ask for. */
export function dockerRefusals(task: Task): Refusal[] {
  const who = `The task ${quoted(task.name)}`
  return [
    ...privilegedRefusals(task, who),
    ...modes.flatMap((mode) => modeRefusals(task.config, mode, who)),
    ...Object.entries(forbidden).flatMap(([key, what]) =>
      isEmpty(field(task.config, key))
        ? []
        : [refusal(key, `${who} asks Docker for ${what} (${key}), which is not allowed.`)],
    ),
    ...volumeRefusals(task.config, who),
    ...mountRefusals(task.config, who),
    ...loggingRefusals(task.config, who),
  ]
}

const refusal = (key: string, sentence: string): Refusal => ({
  code: `docker-${key.replaceAll('_', '-')}`,
  sentence,
  place: key,
})

const isEmpty = (value: unknown): boolean =>
  value === false ||
  list(value).length === 0 ||
  value === '' ||
  (isBody(value) && Object.keys(value).length === 0)

function privilegedRefusals(task: Task, who: string): Refusal[] {
  const value = field(task.config, 'privileged')
  const isPlain = value === undefined || value === null || value === false || value === 'false'
  if (isPlain) return []
  const how = flag(value) ? 'runs privileged' : 'may run privileged'
  return [refusal('privileged', `${who} ${how}, which is not allowed.`)]
}

function modeRefusals(config: Body, mode: string, who: string): Refusal[] {
  const value = field(config, mode)
  if (value === undefined || value === null) return []
  const word = text(value, 'unclear').trim().toLowerCase()
  const shares =
    word === 'host' ||
    word.startsWith('container:') ||
    word === 'unclear' ||
    word.startsWith('ns:') ||
    isInterpolated(word)
  if (!shares) return []
  return [refusal(mode, `${who} has ${mode} = ${quoted(word)}, which is not allowed.`)]
}

/** `source:destination[:mode]`, where the source must stay in the allocation. */
function volumeRefusals(config: Body, who: string): Refusal[] {
  return list(field(config, 'volumes')).flatMap((volume) => {
    const source = typeof volume === 'string' ? volume.split(':')[0]! : ''
    const isInside =
      typeof volume === 'string' && staysInside(source) && !/^[A-Za-z]:[/\\]/.test(volume)
    if (isInside) return []
    return [refusal('volumes', `${who} mounts ${quoted(text(volume, 'a volume'))} from outside.`)]
  })
}

function mountRefusals(config: Body, who: string): Refusal[] {
  return ['mount', 'mounts'].flatMap((key) => {
    const mounts = list(field(config, key))
    const isUnclear = bodies(mounts).length < mounts.length
    const outside = bodies(mounts).filter((mount) => !isAllowedMount(mount))
    if (isUnclear) return [refusal(key, `${who} has a ${key} that cannot be checked.`)]
    return outside.map((mount) =>
      refusal(
        key,
        `${who} mounts ${quoted(text(field(mount, 'source'), 'a volume'))} from outside.`,
      ),
    )
  })
}

/** Logs that stay on the VM. Any other driver has the VM's Docker itself send them somewhere. */
const localLogs = new Set(['', 'json-file', 'local', 'journald', 'none'])

function loggingRefusals(config: Body, who: string): Refusal[] {
  const written = list(field(config, 'logging'))
  const drivers = bodies(written).flatMap((each) =>
    ['type', 'driver'].map((key) => text(field(each, key))),
  )
  const other = drivers.find((driver) => !localLogs.has(driver))
  if (other === undefined && bodies(written).length === written.length) return []
  return [refusal('logging', `${who} sends its logs with ${quoted(other ?? 'a driver')}.`)]
}

/** tmpfs, or a bind of a place in the allocation. Docker's own volumes outlive the allocation. */
function isAllowedMount(mount: Body): boolean {
  const type = text(field(mount, 'type'), 'volume')
  const source = text(field(mount, 'source'))
  if (type === 'tmpfs') return source === ''
  return type === 'bind' && source !== '' && staysInside(source)
}

/**
 * A path relative to the task's directory that stays in its allocation's, one level up. What is only
 * known when it runs could be anything.
 */
export function staysInside(path: string): boolean {
  if (isInterpolated(path) || path.includes('\0')) return false
  if (/^([/\\~]|[A-Za-z]:[/\\])/.test(path)) return false
  let level = 1
  for (const part of path.split(/[/\\]/)) {
    if (part === '..') level--
    else if (part !== '.' && part !== '') level++
    if (level < 0) return false
  }
  return true
}
