import { type Message, msg } from '../language/message.ts'
import type { Task } from './job.ts'
import type { Refusal } from './policy.ts'
import type { Body } from './values.ts'
import { bodies, field, flag, isBody, isInterpolated, list, quoted, text } from './values.ts'

/** Modes that may name the host's namespace or that of another container. */
const modes = ['network_mode', 'pid_mode', 'ipc_mode', 'userns_mode', 'uts_mode', 'cgroupns']

/** Keys that must be empty, and what each would give the container. */
const forbidden: Record<string, Message> = {
  cap_add: msg('more capabilities'),
  devices: msg('devices of the host'),
  security_opt: msg('other security options'),
  volume_driver: msg('a volume driver'),
  runtime: msg('another container runtime'),
  load: msg('an image out of a file'),
}

/** What Docker's own configuration may not ask for. */
export function dockerRefusals(task: Task): Refusal[] {
  const name = quoted(task.name)
  return [
    ...privilegedRefusals(task, name),
    ...modes.flatMap((mode) => modeRefusals(task.config, mode, name)),
    ...Object.entries(forbidden).flatMap(([key, what]) =>
      isEmpty(field(task.config, key))
        ? []
        : [
            refusal(
              key,
              msg('The task {name} asks Docker for {what} ({key}), which is not allowed.', {
                name,
                what,
                key,
              }),
            ),
          ],
    ),
    ...volumeRefusals(task.config, name),
    ...mountRefusals(task.config, name),
    ...loggingRefusals(task.config, name),
  ]
}

const refusal = (key: string, sentence: Message): Refusal => ({
  code: `docker-${key.replaceAll('_', '-')}`,
  sentence,
  place: key,
})

const isEmpty = (value: unknown): boolean =>
  value === false ||
  list(value).length === 0 ||
  value === '' ||
  (isBody(value) && Object.keys(value).length === 0)

function privilegedRefusals(task: Task, name: string): Refusal[] {
  const value = field(task.config, 'privileged')
  const isPlain = value === undefined || value === null || value === false || value === 'false'
  if (isPlain) return []
  const sentence = flag(value)
    ? msg('The task {name} runs privileged, which is not allowed.', { name })
    : msg('The task {name} may run privileged, which is not allowed.', { name })
  return [refusal('privileged', sentence)]
}

function modeRefusals(config: Body, mode: string, name: string): Refusal[] {
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
  return [
    refusal(
      mode,
      msg('The task {name} has {code}, which is not allowed.', {
        name,
        code: `${mode} = ${quoted(word)}`,
      }),
    ),
  ]
}

const fromOutside = (name: string, source: unknown) =>
  msg('The task {name} mounts {source} from outside.', {
    name,
    source: quoted(text(source, 'a volume')),
  })

/** `source:destination[:mode]`, where the source must stay in the allocation. */
function volumeRefusals(config: Body, name: string): Refusal[] {
  return list(field(config, 'volumes')).flatMap((volume) => {
    const source = typeof volume === 'string' ? volume.split(':')[0]! : ''
    const isInside =
      typeof volume === 'string' && staysInside(source) && !/^[A-Za-z]:[/\\]/.test(volume)
    if (isInside) return []
    return [refusal('volumes', fromOutside(name, volume))]
  })
}

function mountRefusals(config: Body, name: string): Refusal[] {
  return ['mount', 'mounts'].flatMap((key) => {
    const mounts = list(field(config, key))
    const isUnclear = bodies(mounts).length < mounts.length
    const outside = bodies(mounts).filter((mount) => !isAllowedMount(mount))
    if (isUnclear)
      return [
        refusal(key, msg('The task {name} has a {key} that cannot be checked.', { name, key })),
      ]
    return outside.map((mount) => refusal(key, fromOutside(name, field(mount, 'source'))))
  })
}

/** Logs that stay on the VM. Any other driver has the VM's Docker itself send them somewhere. */
const localLogs = new Set(['', 'json-file', 'local', 'journald', 'none'])

function loggingRefusals(config: Body, name: string): Refusal[] {
  const written = list(field(config, 'logging'))
  const drivers = bodies(written).flatMap((each) =>
    ['type', 'driver'].map((key) => text(field(each, key))),
  )
  const other = drivers.find((driver) => !localLogs.has(driver))
  if (other === undefined && bodies(written).length === written.length) return []
  return [
    refusal(
      'logging',
      msg('The task {name} sends its logs with {driver}.', {
        name,
        driver: quoted(other ?? 'a driver'),
      }),
    ),
  ]
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
