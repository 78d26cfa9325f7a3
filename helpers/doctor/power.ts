import { detectDrivers } from '../cluster/power/detect.ts'
import type { PowerState } from '../cluster/power/power.ts'
import type { Connected } from '../connect.ts'
import { asMessage, msg } from '../language/message.ts'
import { remedyOf, sentenceOf } from '../time/fault.ts'
import { type Finding, fatal, info } from './finding.ts'

/** Why no VM could be stopped or started at all; undefined when there is a way (rubric: fit client). */
export function noWayToSwitch({ power }: Pick<Connected, 'power'>): Finding | undefined {
  if (!power.can.start)
    return fatal(
      'no-power',
      msg('There is no way to start a stopped VM again: {how}.', { how: power.describe }),
      msg(
        'Write a "{key}" part into the cluster file ({code} finds what is there), or grade only items that stop nothing: {flag}',
        { key: 'power:', code: 'grade init', flag: '--items 01.1,01.3,02.1,02.2,03' },
      ),
    )
  if (power.how === 'cut' && !power.can.cut)
    return fatal(
      'no-power',
      msg('The cluster file wants VMs to be cut ({code}), and {driver} cannot do that.', {
        code: 'how: cut',
        driver: power.describe,
      }),
      msg('Write "{code}" into the "{key}" part, or give it a line or a driver that cuts.', {
        code: 'how: orderly',
        key: 'power:',
      }),
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
    const cure =
      remedyOf(error) ??
      msg('Map it in the cluster file: {code}', { code: 'power: { names: { node: vm } }' })
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
        msg('{title} on this machine knows {vms}.', { title, vms: Object.keys(matches) }),
        msg('Write "{code}" into the cluster file, or let {command} write it.', {
          code: `power: { driver: ${driver} }`,
          command: 'grade init',
        }),
      ),
    )
}

/** How VMs are stopped and started here, in words. */
export function howSwitched({ power }: Pick<Connected, 'power'>): Finding[] {
  if (!power.can.start) return []
  const by = power.describe
  const how =
    power.how === 'cut'
      ? msg('VMs lose their power (cut), and are started again by {by}.', { by })
      : power.ownStop
        ? msg(
            'VMs are stopped by the line "stop:" of the cluster file, and started again by {by}.',
            { by },
          )
        : msg('VMs are stopped over SSH ({code}), and started again by {by}.', {
            ...{ code: 'sudo -n systemctl poweroff', by },
          })
  const untried = power.untried === '' ? [] : [info(asMessage(power.untried))]
  return [info(how), ...untried]
}
