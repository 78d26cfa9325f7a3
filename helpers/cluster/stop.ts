import { type Message, msg } from '../language/message.ts'
import { codeOf, Fault, sentenceOf } from '../time/fault.ts'
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
  by: { ssh: Commands; power: Power; say?: (sentence: Message) => void },
): Promise<void> {
  const { ssh, power, say = () => {} } = by
  if (how === 'cut') return await power.cut(vm.name)
  if (power.ownStop) return await power.stop(vm.name)
  try {
    await stopOverSsh(ssh, vm)
  } catch (error) {
    if (!power.can.stop || codeOf(error) === 'SSH_TIMEOUT') throw error
    await power.stop(vm.name)
    say(
      msg('{vm} was asked to stop by {how}, since SSH did not do: {why}', {
        ...{ vm: vm.name, how: power.describe, why: sentenceOf(error) },
      }),
    )
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

function sentence(vm: Vm, command: string, ran: Ran): Message {
  const lines = (ran.stderr || ran.stdout).trim().split('\n')
  const said = lines[0]?.trim().slice(0, 200).replace(/\.$/, '') ?? ''
  const about = { vm: vm.name, code: command }
  if (ran.lost) return msg('On {vm}, "{code}" lost its connection.', about)
  const ended = `${ran.code ?? ran.signal}`
  return said
    ? msg('On {vm}, "{code}" ended with {ended}: {said}.', { ...about, ended, said })
    : msg('On {vm}, "{code}" ended with {ended}.', { ...about, ended })
}

/** sudo says no: refused is not off. */
function refused(vm: Vm, command: string, ran: Ran, who: Who): Fault {
  const file = '/etc/sudoers.d/grade'
  const line = `${who.name} ALL=(root) NOPASSWD: ${who.systemctl} poweroff, ${who.true}`
  const tty = wantsTty.test(ran.stderr) ? `Defaults:${who.name} !requiretty` : ''
  const about = { vm: vm.name, file, line }
  return new Fault(sentence(vm, command, ran), {
    code: 'STOP_NOT_ALLOWED',
    cure: isMissing(ran)
      ? msg('On {vm}, as root, install sudo, then put this line into {file}: {line}', about)
      : tty
        ? msg('On {vm}, as root, put this line into {file}: {line}, and this line: {tty}', {
            ...about,
            tty,
          })
        : msg('On {vm}, as root, put this line into {file}: {line}', about),
  })
}

function failed(vm: Vm, command: string, ran: Ran): Fault {
  const held = inhibited.test(ran.stderr)
  return new Fault(sentence(vm, command, ran), {
    code: 'STOP_FAILED',
    cure: held
      ? msg('Something on {vm} holds the shutdown back: "{code}" names it, end that.', {
          ...{ vm: vm.name, code: 'systemd-inhibit --list' },
        })
      : msg('Run that command by hand on the VM and see why it fails.'),
  })
}
