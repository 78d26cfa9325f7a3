import { Fault } from '../time/fault.ts'
import type { Power } from './power/power.ts'
import type { Ran, Ssh, Vm } from './ssh/ssh.ts'

/**
 * Whether the VM can be stopped over SSH: resolves when it can, rejects with a Fault that says what
 * to change when it cannot.
 */
export async function mayStop(ssh: Ssh, vm: Vm): Promise<void> {
  const ran = await ssh.exec(vm, 'sudo -n true')
  if (ran.code !== 0) throw refused(vm, 'sudo -n true', ran)
}

/**
 * Asks the VM to stop. Resolving means that the wish was accepted, never that the VM is off.
 * `orderly` goes over SSH; `cut` takes the power away.
 */
export async function stopVm(
  vm: Vm,
  how: 'orderly' | 'cut',
  by: { ssh: Ssh; power: Power },
): Promise<void> {
  if (how === 'cut') return await by.power.cut(vm.name)
  await mayStop(by.ssh, vm)
  const ran = await by.ssh.exec(vm, 'sudo -n systemctl poweroff')
  // A link that went away without a status is what a stopping VM looks like (power-drivers §8.1).
  if (ran.code !== 0 && !ran.lost) throw refused(vm, 'sudo -n systemctl poweroff', ran)
}

const sudoRefuses =
  /password is required|authentication is required|terminal is required|no tty present|must have a tty|not in the sudoers|may not run/i
const logindRefuses = /interactive authentication required/i

function refused(vm: Vm, command: string, ran: Ran): Fault {
  const said = (ran.stderr || ran.stdout).trim().split('\n')[0]?.slice(0, 200) ?? ''
  const ended = ran.lost ? 'lost its connection' : `ended with ${ran.code ?? ran.signal}`
  const sentence = `On ${vm.name}, "${command}" ${ended}${said ? `: ${said}` : ''}.`
  const denied = sudoRefuses.test(ran.stderr)
  if (!denied && !logindRefuses.test(ran.stderr)) {
    return new Fault(sentence, {
      code: 'STOP_FAILED',
      cure: 'Run that command by hand on the VM and see why it fails.',
    })
  }
  return new Fault(sentence, {
    code: 'STOP_NOT_ALLOWED',
    cure:
      `On ${vm.name}, as root, put this line into /etc/sudoers.d/grade, with the login user's name: ` +
      'box ALL=(root) NOPASSWD: ALL',
  })
}
