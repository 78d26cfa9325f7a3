import { detectDrivers } from '../cluster/power/detect.ts'
import type { PowerState } from '../cluster/power/power.ts'
import type { Connected } from '../connect.ts'
import { cureOf, type Finding, fatal, info, sentenceOf } from './finding.ts'

/** Why no VM could be stopped or started at all; undefined when there is a way (rubric: fit client). */
export function noWayToSwitch({ power }: Pick<Connected, 'power'>): Finding | undefined {
  if (!power.can.start)
    return fatal(
      'no-power',
      `There is no way to start a stopped VM again: ${power.describe}.`,
      'Write a "power:" part into the cluster file (grade init finds what is there), or grade only items that stop nothing: --items 01.1,01.3,02.1,02.2,03.',
    )
  if (power.how === 'cut' && !power.can.cut)
    return fatal(
      'no-power',
      `The cluster file wants VMs to be cut (how: cut), and ${power.describe} cannot do that.`,
      'Write "how: orderly" into the "power:" part, or give it a line or a driver that cuts.',
    )
  return undefined
}

/** The driver's word on one VM, and why it has none. */
export async function switchOf(
  { power }: Pick<Connected, 'power'>,
  vm: string,
): Promise<{ state: PowerState; trouble?: Finding }> {
  try {
    return { state: await power.state(vm) }
  } catch (error) {
    const cure = cureOf(error) || 'Map it in the cluster file: "power: { names: { node: vm } }".'
    return { state: 'unknown', trouble: fatal('power', sentenceOf(error), cure, [vm]) }
  }
}

/** Drivers on this machine that know VMs of the cluster, where its file names none. */
export async function driversHere(
  { clock }: Pick<Connected, 'clock'>,
  clients: readonly { name: string; host: string }[],
): Promise<Finding[]> {
  const nodes = clients.map(({ name, host }) => ({ name, address: host }))
  const found = await detectDrivers(nodes, clock).catch(() => [])
  return found
    .filter(({ matches }) => Object.keys(matches).length > 0)
    .map(({ title, driver, matches }) =>
      info(
        `${title} on this machine knows ${Object.keys(matches).join(', ')}.`,
        `Write "power: { driver: ${driver} }" into the cluster file, or let grade init write it.`,
      ),
    )
}

/** How VMs are stopped and started here, in words. */
export function howSwitched({ power }: Pick<Connected, 'power'>): Finding[] {
  if (!power.can.start) return []
  const stop =
    power.how === 'cut'
      ? 'VMs lose their power (cut)'
      : power.ownStop
        ? 'VMs are stopped by the line "stop:" of the cluster file'
        : 'VMs are stopped over SSH (sudo -n systemctl poweroff)'
  const untried = power.untried === '' ? [] : [info(power.untried)]
  return [info(`${stop}, and started again by ${power.describe}.`), ...untried]
}
