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
    throw new Fault(`${vm} cannot be switched: the cluster file names no way to do it.`, {
      code: 'POWER_NONE',
      cure: knows
        ? `${knows.title} on this machine knows ${matchOf(knows.matches[vm], vm)}: write ` +
          `"power: { driver: ${knows.driver} }" into the cluster file, or let "grade init" do it.`
        : 'Write a "power:" part into the cluster file.',
    })
  }
  return {
    how: 'orderly',
    describe: 'nothing: the cluster file has no "power:" part',
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
