import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { msg } from '../../language/message.ts'
import { type Driver, heldAgainstTexts, linesOf, type Row } from './driver.ts'
import { withHome } from './program.ts'

export interface VmwareOptions {
  product?: 'ws' | 'fusion' | 'player' | undefined
  /** Folder with one folder for each VM. */
  folder?: string | undefined
  /** Node name → path of its .vmx. */
  names: Readonly<Record<string, string>>
}

/**
 * VMware Workstation, Player and Fusion by vmrun (power-drivers §7). It lists only what runs, so
 * "off" is: not listed, and no lock beside the VM's files.
 */
export function vmware({ product, folder, names }: VmwareOptions): Driver {
  const type = product ?? (process.platform === 'darwin' ? 'fusion' : 'ws')
  const vmrun = (...args: string[]) => ['-T', type, ...args]
  const list = vmrun('list')
  return {
    name: 'vmware',
    title: 'VMware',
    programs: ['vmrun', 'vmrun.exe'],
    places: [
      '/usr/bin/vmrun',
      '/Applications/VMware Fusion.app/Contents/Library/vmrun',
      '%ProgramFiles%\\VMware\\VMware Workstation\\vmrun.exe',
      '%ProgramFiles(x86)%\\VMware\\VMware Workstation\\vmrun.exe',
    ],
    env: { LC_ALL: 'C' },
    version: [],
    list: {
      args: list,
      async read(stdout) {
        const written = Object.values(names).filter((path) => path.endsWith('.vmx'))
        const all = [...written, ...(await vmxBelow(folder)), ...running(stdout)].map(asRow)
        return all.filter((row, at) => all.findIndex((one) => same(one.id, row.id)) === at)
      },
    },
    async look(vm, run) {
      const path = vm.id ?? vm.name
      const listed = await run(list)
      if (listed.code !== 0) return 'unknown'
      return running(listed.stdout).some((one) => same(one, path)) ? 'running' : await atRest(path)
    },
    start: { args: (vm) => vmrun('start', vm, 'nogui'), deadline: 120 },
    cut: { args: (vm) => vmrun('stop', vm, 'hard'), deadline: 60 },
    stop: { args: (vm) => vmrun('stop', vm, 'soft'), deadline: 120 },
    states: { running: 'running', 'not running': 'off', suspended: 'off' },
    saved: ['suspended'],
    stuck: {
      missing: msg('Write the path of its .vmx under "{key}" in the cluster file.', {
        key: 'power: names:',
      }),
    },
    errors: [
      { says: /file is already in use|already running|is not powered on/i, means: 'again' },
      {
        says: /VMware Tools are not running/i,
        means: 'refused',
        cure: msg('Install open-vm-tools in the VM, or stop VMs over SSH or with "{code}".', {
          code: 'how: cut',
        }),
      },
      { says: /Cannot open VM|virtual machine cannot be found/i, means: 'unknown-vm' },
      { says: /insufficient permission|permission denied/i, means: 'denied' },
    ],
    untried: heldAgainstTexts('VMware', 'vmrun'),
  }
}

/** Paths under the line "Total running VMs: N". */
function running(stdout: string): string[] {
  return linesOf(stdout)
    .map((line) => line.trim())
    .filter((line) => line.toLowerCase().endsWith('.vmx'))
}

function asRow(path: string): Row {
  const file = path.split(/[\\/]/).at(-1) ?? path
  return { name: file.replace(/\.vmx$/i, ''), id: path }
}

/** Windows compares without case and takes both slashes; two VMs never differ only in that. */
function same(a = '', b = ''): boolean {
  const plain = (path: string) => path.replaceAll('\\', '/').toLowerCase()
  return plain(a) === plain(b)
}

/** A VM that does not run: suspended, shutting down or run by another user (its files are locked), or off. */
async function atRest(vmx: string): Promise<string> {
  const files = await readdir(dirname(vmx)).catch(() => undefined)
  if (!files?.some((file) => same(file, vmx.split(/[\\/]/).at(-1)))) return 'missing'
  // The lock of the .vmx alone only says that a window of VMware shows it.
  if (files.some((file) => file.endsWith('.lck') && !file.endsWith('.vmx.lck'))) return 'locked'
  return files.some((file) => file.endsWith('.vmss')) ? 'suspended' : 'not running'
}

async function vmxBelow(folder: string | undefined): Promise<string[]> {
  if (folder === undefined) return []
  const top = withHome(folder)
  const entries = await readdir(top, { withFileTypes: true }).catch(() => [])
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(top, name))
  const found = await Promise.all(
    folders.map(async (one) => {
      const files = await readdir(one).catch(() => [])
      return files.filter((file) => file.endsWith('.vmx')).map((file) => join(one, file))
    }),
  )
  return found.flat()
}
