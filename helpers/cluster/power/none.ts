import { msg } from '../../language/message.ts'
import type { Clock } from '../../time/clock.ts'
import { Fault } from '../../time/fault.ts'
import { detectDrivers } from './detect.ts'
import type { Power } from './power.ts'

/**
 * A cluster file without "power:". No driver is used that nobody named: a VM of the same name may be
 * another class's. What was found on this machine is said instead.
 */
export function noPower(clock: Clock): Power {
  const none = async (vm: string): Promise<never> => {
    const found = await detectDrivers([{ name: vm, address: '' }], clock).catch(() => [])
    const knows = found.find(({ matches }) => matches[vm] !== undefined)
    const seen = msg('{vm} cannot be switched: the cluster file names no way to do it.', { vm })
    throw new Fault(seen, {
      code: 'POWER_NONE',
      cure: knows
        ? msg(
            '{title} on this machine knows {match}: write "{code}" into the cluster file, or let "{command}" do it.',
            {
              title: knows.title,
              match: matchOf(knows.matches[vm], vm),
              code: `power: { driver: ${knows.driver} }`,
              command: 'grade init',
            },
          )
        : msg('Write a "{part}" part into the cluster file.', { part: 'power:' }),
    })
  }
  return {
    how: 'orderly',
    describe: msg('nothing: the cluster file has no "{part}" part', { part: 'power:' }),
    untried: '',
    can: { start: false, cut: false, stop: false },
    start: none,
    cut: none,
    stop: none,
    state: async () => 'unknown',
    list: async () => undefined,
  }
}

const matchOf = (vm: string | undefined, node: string) => (vm === node ? node : `${vm} (${node})`)
