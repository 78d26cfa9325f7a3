import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../../time/clock.ts'
import { codeOf, tell } from '../../time/fault.ts'
import { createAsking } from './asking.ts'
import { linesOf } from './driver.ts'
import { driverOf, type EngineFile } from './drivers.ts'
import { enginePower } from './engine.ts'
import { type PowerFileInput, powerSchema } from './schema.ts'
import { vagrant } from './vagrant.ts'

/** A driver whose program is on this machine. */
export interface FoundDriver {
  driver: EngineFile['driver']
  /** As people say it. */
  title: string
  /** First line of what it says of its version; '' when it says none. */
  version: string
  /** Names of the VMs that it lists. */
  vms: string[]
  /** Node → the VM that it is; only nodes that were recognised. */
  matches: Record<string, string>
  /** What would be written under "power:"; names only where they differ. */
  file: PowerFileInput
  /** Why its VMs could not be listed; '' when they could. */
  trouble: string
}

const vagrantFolders = 3
/** Ubuntu puts an "lxc" on PATH that installs LXD when it is run: only one that is there is asked. */
const lxdSockets = ['/var/snap/lxd/common/lxd/unix.socket', '/var/lib/lxd/unix.socket']

/**
 * Which drivers are on this machine, and which of the cluster's nodes they know; those that know the
 * most first. Runs a few short commands of each; switches nothing.
 */
export async function detectDrivers(
  nodes: readonly { name: string; address: string }[],
  clock: Clock,
): Promise<FoundDriver[]> {
  const plain: PowerFileInput[] = [
    { driver: 'virtualbox' },
    { driver: 'libvirt' },
    { driver: 'incus' },
    ...(lxdSockets.some((path) => existsSync(path)) ? [{ driver: 'lxd' } as const] : []),
    { driver: 'multipass' },
    { driver: 'vmware' },
    // On Linux and macOS its program is another thing.
    ...(process.platform === 'win32' ? [{ driver: 'hyper-v' } as const] : []),
  ]
  const folders = await vagrantHomes(clock)
  const candidates = [
    ...plain,
    ...folders.map((folder) => ({ driver: 'vagrant' as const, folder })),
  ]
  const found = await Promise.all(candidates.map((one) => examine(one, nodes, clock)))
  const known = (one: FoundDriver) => Object.keys(one.matches).length
  return found.filter((one) => one !== undefined).sort((a, b) => known(b) - known(a))
}

/** undefined: its program is not here. */
async function examine(
  written: PowerFileInput,
  nodes: readonly { name: string; address: string }[],
  clock: Clock,
): Promise<FoundDriver | undefined> {
  const file = powerSchema.parse(written) as EngineFile
  const driver = driverOf(file)
  const address = new Map(nodes.map((node) => [node.name, node.address]))
  const power = enginePower(driver, {
    ...{ how: file.how, names: {}, clock, say: () => {} },
    hints: async (node) => {
      const number = /\d+$/.exec(node)?.[0]
      const at = address.get(node) || undefined
      return {
        ...(number && { number, sshPort: 2200 + Number(number) }),
        ...(at && { address: at }),
      }
    },
  })
  const about = { driver: file.driver, title: driver.title }
  try {
    const vms = (await power.list()) ?? []
    const version = await power.version().catch(() => '')
    const matches: Record<string, string> = {}
    const names: Record<string, string> = {}
    for (const { name } of vms.length > 0 ? nodes : []) {
      const vm = await power.vmOf(name).catch(() => undefined)
      if (!vm) continue
      matches[name] = vm.name
      if (file.driver === 'vmware') names[name] = vm.id ?? vm.name
      else if (vm.name !== name) names[name] = vm.name
    }
    const mapped = Object.keys(names).length > 0 ? { names } : {}
    return { ...about, version, vms, matches, file: { ...written, ...mapped }, trouble: '' }
  } catch (error) {
    if (codeOf(error) === 'POWER_NO_PROGRAM') return undefined
    return { ...about, version: '', vms: [], matches: {}, file: written, trouble: tell(error) }
  }
}

/** Folders of Vagrantfiles: this one, and those that Vagrant remembers. */
async function vagrantHomes(clock: Clock): Promise<string[]> {
  const here = process.cwd()
  const run = createAsking(vagrant({ folder: here }), { clock }).about('all VMs')
  const told = await run(['global-status', '--machine-readable'], 30).catch(() => undefined)
  if (!told) return []
  const homes = linesOf(told.stdout).flatMap((line) => {
    const [, , type, ...path] = line.split(',')
    return type === 'machine-home' ? [path.join(',').replaceAll('%!(VAGRANT_COMMA)', ',')] : []
  })
  const all = [...(existsSync(join(here, 'Vagrantfile')) ? [here] : []), ...homes]
  return [...new Set(all)].filter((home) => existsSync(home)).slice(0, vagrantFolders)
}
