import type { ContainerPort, Undo, Vm, World } from '../../contract.ts'
import { didYouMean } from '../hcl/unexpected.ts'
import type { Task } from '../job/spec.ts'
import { familiar, registryAnswer } from '../registry.ts'
import type { Allocation } from '../types.ts'
import type { Life } from './life.ts'

export type Container = ContainerPort | 'exits' | 'nothing listens' | 'gap'
export type Containers = (image: string, command: string[], isEmpty?: boolean) => Container

/** Keys of the docker driver's config (its HCL specification). */
const keys =
  'args auth auth_soft_fail cap_add cap_drop cgroupns command container_exists_attempts ' +
  'cpu_cfs_period cpu_hard_limit cpuset_cpus devices dns_options dns_search_domains dns_servers ' +
  'entrypoint extra_hosts force_pull group_add healthchecks hostname image image_pull_timeout init ' +
  'interactive ipc_mode ipv4_address ipv6_address isolation labels load logging mac_address ' +
  'memory_hard_limit mounts network_aliases network_mode oom_score_adj pid_mode pids_limit ports ' +
  'privileged readonly_rootfs runtime security_opt shm_size storage_opt sysctl tty ulimit uts_mode ' +
  'userns_mode volume_driver volumes work_dir'
const known = keys.split(' ')
/** Blocks that may be there and are never suggested. */
const silent = ['mount', 'advertise_ipv6_address', 'oom_kill_disable']

/** What the driver says of a config that it cannot read, '' when it can (cluster-facts §0.3). */
export function configError(task: Task): string {
  const config = task.Config ?? {}
  const errors = Object.keys(config)
    .filter((key) => !known.includes(key) && !silent.includes(key))
    .map((key) => {
      const hint = didYouMean(key, known)
      const text = `Invalid label: No argument or block type is named "${key}".`
      return hint ? `${text} ${hint}` : text
    })
  if (config.image === undefined) {
    errors.push('Missing required argument: The argument "image" is required.')
  }
  if (errors.length === 0) return ''
  const list = ['failed to parse config: ', ...errors]
  return `${list.length} errors occurred:\n${list.map((one) => `\t* ${one}\n`).join('')}\n`
}

export function imageOf(task: Task): string {
  return String(task.Config?.image ?? '').replace(/^docker:\/\//, '')
}

/** A folder of the allocation over nginx's own pages, with nothing in it. */
const overPages = /^[^/:][^:]*:\/usr\/share\/nginx\/html(:r[ow])?$/

/**
 * Whether nginx's pages are hidden by an empty folder: the server then forbids its entry page (the
 * image's documented behaviour; read, not run).
 */
export function hidesPages(task: Task): boolean {
  const volumes = task.Config?.volumes
  if (!Array.isArray(volumes) || volumes.length === 0) return false
  const writes = ((task.Templates ?? []) as unknown[]).length > 0
  return !writes && volumes.every((volume) => overPages.test(String(volume)))
}

export function commandOf(task: Task): string[] {
  const { command, args } = (task.Config ?? {}) as { command?: unknown; args?: unknown[] }
  if (command === undefined) return (args ?? []).map(String)
  // The lab's containers know programs by their name.
  const program = String(command).replace(/^(\/usr)?(\/local)?\/s?bin\//, '')
  return [program, ...(args ?? []).map(String)]
}

/** When the container's program ends by itself, and with which code; nothing for a server. */
export function endOf(task: Task): { ms: Range; code: number } | undefined {
  const [program, argument = ''] = commandOf(task)
  if (program === 'true') return { ms: exitMs, code: 0 }
  if (program === 'false') return { ms: exitMs, code: 1 }
  if (program !== 'sleep' || argument === 'infinity') return undefined
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)([smhd])?$/.exec(argument) ?? []
  if (number === undefined) return { ms: exitMs, code: 1 }
  const ms = Number(number) * { s: 1e3, m: 60e3, h: 3600e3, d: 86_400e3 }[unit]!
  return { ms: [ms + exitMs[0], ms + exitMs[1]], code: 0 }
}

/** A registry that cannot be reached (cluster-facts §0.2.15; recordings/mistakes: image-typo). */
function unreachableError(ip: string): string {
  return (
    'API error (500): Get "https://registry-1.docker.io/v2/": dial tcp: lookup ' +
    `registry-1.docker.io on 10.0.2.3:53: read udp ${ip}:59395->10.0.2.3:53: i/o timeout`
  )
}

type Range = readonly [min: number, max: number]

/** A program that ends at once. Our assumption. */
const exitMs = [60, 300] as const

/** cluster-facts §1.8 has 10–120 s; the lab has a good line (our assumption). Seconds. */
const pullSeconds: Range = [8, 20]
const refusalSeconds: Range = [1, 2]
/** recordings/mistakes: image-typo (4 s and more). */
const timeoutSeconds: Range = [4, 12]
/** Our assumption: the first layers come before the disk is full. */
const layerSeconds: Range = [2, 6]

/** Docker's text for a layer that finds no room (moby's layer store; read, not run). */
const noSpaceError =
  'failed to register layer: Error processing tar file(exit status 1): ' +
  'write /usr/lib/x86_64-linux-gnu/libcrypto.so.1.1: no space left on device'

/** Calls back with '' when the image is there, else with the driver's error. */
export function pull(
  world: World,
  vm: Vm,
  life: Life,
  image: string,
  done: (error: string) => void,
): Undo {
  const ended = (error: string) => {
    if (!error) vm.images.add(familiar(image))
    done(error && `Failed to pull \`${image}\`: ${error}`)
  }
  const fault = world.faults.pull?.({ vm: vm.name, image })
  const refused = registryAnswer(image)
  if (fault) return life.after(fault.seconds * 1000, () => ended(fault.error ?? refused))
  if (!refused && !world.faults.registryDown && world.faults.disksFull.has(vm.name))
    return life.after(world.between(...layerSeconds) * 1000, () => ended(noSpaceError))
  const range = world.faults.registryDown ? timeoutSeconds : refused ? refusalSeconds : pullSeconds
  return life.after(world.between(...range) * 1000, () =>
    ended(world.faults.registryDown ? unreachableError(vm.ip) : refused),
  )
}

/** Why Docker cannot make the container now; '' when it can: Nomad tries again (driver.go; read, not run). */
export function dockerError({ faults }: World, vm: Vm): string {
  const text = faults.create?.(vm.name)
  return text ? `failed to create container: API error (500): ${text}` : ''
}

/** Why Docker does not make the container; '' when it does. These errors are final (§0.3, §6). */
export function creationError(alloc: Allocation, task: Task): string {
  const config = task.Config ?? {}
  const head = `Failed to create container configuration for image "${imageOf(task)}" `
  const id = '("sha256:691f8538fe8fb0719d77dca40f5fc59344f5299eac66415e7ff94b38c9174fec"): '
  const labels = alloc.Ports.map((port) => port.Label)
  const unknown = portLabels(task).find((label) => !labels.includes(label))
  if (unknown) return `${head}${id}Port "${unknown}" not found, check network stanza`
  // Nomad's default for both (recordings/mistakes: privileged, host-mount).
  if (config.privileged === true) {
    return `${head}${id}Docker privileged mode is disabled on this Nomad agent`
  }
  const volumes = Array.isArray(config.volumes) ? config.volumes.map(String) : []
  const outside = volumes.find((volume) => volume.startsWith('/'))
  if (!outside) return ''
  return `${head}${id}volumes are not enabled; cannot mount host paths: "${outside}"`
}

function portLabels(task: Task): string[] {
  const ports = task.Config?.ports
  return Array.isArray(ports) ? ports.map(String) : []
}

/** What all images of the exercise serve on, and redis. */
const servedPort = (task: Task) => (/(^|\/)redis(:|$)/.test(imageOf(task)) ? 6379 : 80)

/**
 * Publishes the container's ports on the VM. A port that leads nowhere is not listened on: refused, as
 * seen (cluster-facts §0.3). Returns how to close them, or Docker's error when a port is taken.
 */
export function publish(
  vm: Vm,
  alloc: Allocation,
  task: Task,
  container: Container,
): Undo[] | string {
  if (typeof container !== 'function') return []
  const config = task.Config ?? {}
  const labels = portLabels(task)
  const served = servedPort(task)
  const mapped =
    config.network_mode === 'host'
      ? [served]
      : alloc.Ports.filter((port) => labels.includes(port.Label))
          .filter((port) => (port.To || port.Value) === served)
          .map((port) => port.Value)
  const taken = mapped.find((port) => vm.isListening(port))
  if (taken !== undefined) {
    return (
      'Failed to start container: API error (500): driver failed programming external connectivity: ' +
      `Bind for ${vm.ip}:${taken} failed: port is already allocated`
    )
  }
  return mapped.map((port) => vm.listen(port, container))
}
