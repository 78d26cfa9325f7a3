import { codeOf, Fault } from '../time/fault.ts'
import type { Power } from './power/power.ts'
import type { Ran, Ssh, Vm } from './ssh/ssh.ts'

type Commands = Pick<Ssh, 'exec'>

const sudoWorks = 'sudo -n true'
const powerOff = 'sudo -n systemctl poweroff'
/** For a login that is root's: sudo may be absent there. */
const powerOffAsRoot = 'systemctl poweroff'

/**
 * Whether the VM can be stopped over SSH: resolves when it can, rejects with a Fault that says what
 * to change when it cannot.
 */
export async function mayStop(ssh: Commands, vm: Vm): Promise<void> {
  const ran = await ssh.exec(vm, sudoWorks)
  if (ran.code === 0) return
  if (ran.lost) throw failed(vm, sudoWorks, ran)
  // "true" never fails: whatever language the refusal is in, it is sudo's.
  const who = await askWho(ssh, vm)
  if (!isMissing(ran) || who.id !== '0') throw refused(vm, sudoWorks, ran, who)
}

/**
 * Asks the VM to stop. Resolving means that the wish was accepted, never that the VM is off.
 * `orderly` goes over SSH, or by the line that the teacher wrote; where SSH or sudo refuses and the
 * driver can press the power button by itself, that is done and said. `cut` takes the power away.
 */
export async function stopVm(
  vm: Vm,
  how: 'orderly' | 'cut',
  by: { ssh: Commands; power: Power; say?: (sentence: string) => void },
): Promise<void> {
  const { ssh, power, say = () => {} } = by
  if (how === 'cut') return await power.cut(vm.name)
  if (power.ownStop) return await power.stop(vm.name)
  try {
    await stopOverSsh(ssh, vm)
  } catch (error) {
    if (!power.can.stop || codeOf(error) === 'SSH_TIMEOUT') throw error
    await power.stop(vm.name)
    const why = error instanceof Error ? ` (${error.message.replace(/\.$/, '')})` : ''
    say(`${vm.name} was asked to stop by ${power.describe}, since SSH did not do${why}.`)
  }
}

async function stopOverSsh(ssh: Commands, vm: Vm): Promise<void> {
  const ran = await ssh.exec(vm, powerOff)
  if (accepted(ran)) return
  if (isMissing(ran)) {
    const who = await askWho(ssh, vm)
    if (who.id !== '0') throw refused(vm, powerOff, ran, who)
    const asRoot = await ssh.exec(vm, powerOffAsRoot)
    if (!accepted(asRoot)) throw failed(vm, powerOffAsRoot, asRoot)
    return
  }
  // Refused by sudo, or by systemd? Texts are translated; what "sudo -n true" says is not.
  const sudo = await ssh.exec(vm, sudoWorks)
  if (sudo.code === 0 && !sudoRefuses.test(ran.stderr)) throw failed(vm, powerOff, ran)
  throw refused(vm, powerOff, ran, await askWho(ssh, vm))
}

/** A link that went away without a status is what a stopping VM looks like (power-drivers §8.1). */
const accepted = (ran: Ran) => ran.code === 0 || ran.lost

/** The shell's own status for a program that is not there: sudo itself. */
const isMissing = (ran: Ran) => ran.code === 127

/** Of sudo and of sudo-rs (power-drivers §8). */
const sudoRefuses =
  /password is required|authentication is required|terminal is required|no tty present|must have a tty|not in the sudoers|may not run/i
const wantsTty = /must have a tty/i
const inhibited = /inhibited|Interactive authentication required/i

interface Who {
  name: string
  id: string
  systemctl: string
  true: string
}

const whoAsks =
  "sh -c 'id -un; id -u; command -v systemctl; " +
  "test -x /usr/bin/true && echo /usr/bin/true || echo /bin/true'"

/** Who the login is and where sudo finds its programs; where that cannot be asked, the usual. */
async function askWho(ssh: Commands, vm: Vm): Promise<Who> {
  const ran = await ssh.exec(vm, whoAsks).catch(() => undefined)
  const [name, id, ...paths] = ran?.code === 0 ? ran.stdout.trim().split('\n') : []
  const path = (program: string) =>
    paths.find((one) => one.startsWith('/') && one.endsWith(`/${program}`)) ?? `/usr/bin/${program}`
  return { name: name || 'box', id: id ?? '', systemctl: path('systemctl'), true: path('true') }
}

function sentence(vm: Vm, command: string, ran: Ran): string {
  const lines = (ran.stderr || ran.stdout).trim().split('\n')
  const said = lines[0]?.trim().slice(0, 200).replace(/\.$/, '') ?? ''
  const ended = ran.lost ? 'lost its connection' : `ended with ${ran.code ?? ran.signal}`
  return `On ${vm.name}, "${command}" ${ended}${said ? `: ${said}` : ''}.`
}

/** sudo says no: refused is not off. */
function refused(vm: Vm, command: string, ran: Ran, who: Who): Fault {
  const file = '/etc/sudoers.d/grade'
  const line = `${who.name} ALL=(root) NOPASSWD: ${who.systemctl} poweroff, ${who.true}`
  const tty = wantsTty.test(ran.stderr) ? `, and this line: Defaults:${who.name} !requiretty` : ''
  const install = isMissing(ran) ? 'install sudo, then ' : ''
  return new Fault(sentence(vm, command, ran), {
    code: 'STOP_NOT_ALLOWED',
    cure: `On ${vm.name}, as root, ${install}put this line into ${file}: ${line}${tty}`,
  })
}

function failed(vm: Vm, command: string, ran: Ran): Fault {
  const held = inhibited.test(ran.stderr)
  return new Fault(sentence(vm, command, ran), {
    code: 'STOP_FAILED',
    cure: held
      ? `Something on ${vm.name} holds the shutdown back: "systemd-inhibit --list" names it, end that.`
      : 'Run that command by hand on the VM and see why it fails.',
  })
}
