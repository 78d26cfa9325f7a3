import type { Vm } from '../cluster/ssh/ssh.ts'
import { mayStop } from '../cluster/stop.ts'
import type { Connected } from '../connect.ts'
import { codeOf, remedyOf, sentenceOf } from '../time/fault.ts'
import { type Finding, fatal, type What } from './finding.ts'

/**
 * Why a client cannot be stopped and proved back: SSH does not let us in, or sudo refuses. Undefined
 * when it can (rubric: fit client).
 */
export async function whyNotStoppable(
  { ssh, power }: Pick<Connected, 'ssh' | 'power'>,
  vm: Vm,
): Promise<Finding | undefined> {
  try {
    if (power.how === 'cut' && power.mayCut) await power.mayCut(vm.name)
    else if (power.how === 'orderly' && !power.ownStop) await mayStop(ssh, vm)
    else await ssh.exec(vm, 'true')
    return undefined
  } catch (error) {
    // Where sudo refuses, the driver presses the power button.
    if (kindOf(error) === 'sudo' && power.how === 'orderly' && power.can.stop) return undefined
    return fatal(kindOf(error), sentenceOf(error), remedyOf(error), [vm.name])
  }
}

function kindOf(error: unknown): What {
  const code = codeOf(error)
  if (code.startsWith('STOP_') || code === 'POWER_ISOLATE') return 'sudo'
  return code === 'SSH_HOST_KEY' ? 'host-key' : 'ssh'
}
