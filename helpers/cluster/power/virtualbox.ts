import { msg } from '../../language/message.ts'
import {
  type Driver,
  type Hints,
  heldAgainstTexts,
  type Row,
  type Run,
  type What,
} from './driver.ts'
import { infoOf, rowsOf, shownValue, sshPorts } from './virtualbox-read.ts'

/** `VBoxManage: error: …`; also VBoxManage.exe and VBoxManage.EXE. */
const complains = /VBoxManage(\.exe)?: error:/i
/** With more VMs than that the names are not guessed: each costs a few commands. */
const mostExamined = 40

/**
 * VirtualBox (power-drivers §1). Its locks are why it has code of its own: `showvminfo` takes the
 * write lock of a VM that is off, one text means both "runs already" and "is still being unlocked",
 * and `poweroff` is to be seen before the lock is free.
 */
export function virtualbox(): Driver {
  return {
    name: 'virtualbox',
    title: 'VirtualBox',
    programs: ['VBoxManage', 'VBoxManage.exe'],
    places: [
      '/usr/bin/VBoxManage',
      '/usr/local/bin/VBoxManage',
      '%VBOX_INSTALL_PATH%\\VBoxManage.exe',
      '%VBOX_MSI_INSTALL_PATH%\\VBoxManage.exe',
      '%SystemDrive%\\Program Files\\Oracle\\VirtualBox\\VBoxManage.exe',
      '%SystemDrive%\\Program Files (x86)\\Oracle\\VirtualBox\\VBoxManage.exe',
      '%ProgramFiles%\\Oracle\\VirtualBox\\VBoxManage.exe',
      '/mnt/c/Program Files/Oracle/VirtualBox/VBoxManage.exe',
    ],
    env: language(process.platform),
    version: ['--version'],
    list: { args: ['list', 'vms'], read: rowsOf },
    look,
    match,
    start: {
      args: (vm) => ['startvm', vm, '--type', 'headless'],
      deadline: 120,
      // Exit 1 was met although this stands in the output; it is not translated.
      succeeds: /has been successfully started/,
    },
    cut: { args: (vm) => ['controlvm', vm, 'poweroff'], deadline: 90 },
    stop: { args: (vm) => ['controlvm', vm, 'acpipowerbutton'], deadline: 60 },
    failsOn: complains,
    states,
    saved: ['saved', 'aborted-saved'],
    stuck: {
      paused: msg('Resume it: {code}.', { code: 'VBoxManage controlvm NAME resume' }),
      gurumeditation: msg('It hangs: {code}, then start it.', {
        code: 'VBoxManage controlvm NAME poweroff',
      }),
    },
    errors,
    complaint: (text) => /VBoxManage(?:\.exe)?: error: ([^\r\n]+)/i.exec(text)?.[1],
    untried: heldAgainstTexts('VirtualBox', 'VBoxManage'),
  }
}

const states: Driver['states'] = {
  running: 'running',
  poweroff: 'off',
  saved: 'off',
  teleported: 'off',
  aborted: 'off',
  'aborted-saved': 'off',
}

const errors: Driver['errors'] = [
  { says: /Could not find a registered machine|VBOX_E_OBJECT_NOT_FOUND/, means: 'unknown-vm' },
  {
    says: /terminated unexpectedly during startup/,
    means: 'refused',
    cure: msg(
      'Start it in the window of VirtualBox and see why; on Windows, end VBoxHeadless processes that were left behind.',
    ),
  },
  {
    says: /VERR_INTNET_FLT_IF_NOT_FOUND|Nonexistent host networking interface/,
    means: 'refused',
    cure: msg('Its host-only adapter is gone: make it again in VirtualBox, under Tools, Network.'),
  },
  {
    says: /The object functionality is limited/,
    means: 'denied',
    cure: msg('Its files cannot be read by this user: run the grader as the one who made the VM.'),
  },
  {
    says: /vboxdrv|exit 126$/,
    means: 'refused',
    cure: msg(
      "VirtualBox's own installation is broken: reinstall it, or rebuild its kernel module.",
    ),
  },
  // The button is pressed once; these say that the VM is on its way or off already (§1.5).
  {
    says: /Invalid machine state: (Stopping|PoweredOff)|Failed to get a console object/,
    means: 'done',
    of: 'stop',
  },
  {
    says: /Cannot power down a saved virtual machine|is not currently running|is being powered down/,
    means: 'again',
  },
  {
    says: /already locked (for|by) a session|already has a lock request pending|VBOX_E_INVALID_OBJECT_STATE/,
    means: 'again',
  },
  {
    says: /Failed to get a console object|Invalid machine state|The object is not ready/,
    means: 'again',
  },
]

/**
 * Lists what runs first: that takes no lock. Between two tries of a start it asks no more than that,
 * so as not to be in the way of whoever starts the VM.
 */
async function look(vm: Row, run: Run, trying?: What): Promise<string> {
  const list = await run(['list', 'runningvms'])
  const listed = rowsOf(list.stdout).some((row) => row.id === vm.id)
  if (trying === 'start') return listed ? 'running' : 'not listed'
  const info = await run(['showvminfo', vm.id ?? vm.name, '--machinereadable'])
  // Any failure but an unknown VM passes by itself (§10), and is no state.
  if (info.code !== 0 || complains.test(info.stderr)) return 'unknown'
  const told = infoOf(info.stdout)
  const state = told.get('VMState') ?? 'unknown'
  // Its session ends only after the state: until then a start meets the lock.
  return states[state] === 'off' && told.has('SessionName') ? `${state}, still locked` : state
}

/** By the names and ports of the course's tools: `xtec-N`, 127.0.0.1:220N, or its address. */
async function match(rows: Row[], hints: Hints, run: Run): Promise<Row[]> {
  const { number, sshPort, address } = hints
  const named = rows.filter((row) => number !== undefined && row.name === `xtec-${number}`)
  if (named.length > 0 || rows.length > mostExamined) return named
  const found: Row[] = []
  for (const row of rows) {
    const id = row.id ?? row.name
    const info = await run(['showvminfo', id, '--machinereadable'])
    if (sshPort !== undefined && sshPorts(infoOf(info.stdout)).includes(sshPort)) found.push(row)
    else if (address !== undefined && (await hasAddress(id, address, run))) found.push(row)
  }
  return found
}

/** The course's tool keeps the last number of a VM's address; guest additions know all of it. */
async function hasAddress(id: string, address: string, run: Run): Promise<boolean> {
  const kept = shownValue((await run(['getextradata', id, 'hostonly'])).stdout)
  if (kept !== undefined && address === `192.168.56.${kept}`) return true
  const asked = ['guestproperty', 'get', id, '/VirtualBox/GuestInfo/Net/1/V4/IP']
  return shownValue((await run(asked)).stdout) === address
}

/** LANG=C alone gave empty output (§1.3); Windows and its language are left as they are. */
function language(platform: string): Record<string, string> {
  if (platform === 'win32') return {}
  const lang = platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'
  return { LANG: lang, LC_ALL: lang }
}
