import type { Clock } from '../time/clock.ts'
import { Fault } from '../time/fault.ts'
import type { ClusterFile } from './file.ts'
import { commandPower } from './power-command.ts'
import { labPower } from './power-lab.ts'

export type PowerState = 'running' | 'off' | 'unknown'

/** Switches VMs on, and off the hard way. Names are those of Nomad's nodes. */
export interface Power {
  /** How the cluster file wants VMs to be stopped. */
  readonly how: 'orderly' | 'cut'
  /** How VMs are started, in words. */
  readonly describe: string
  /** Whether there is a way to start VMs, and to cut their power. */
  readonly can: { start: boolean; cut: boolean }
  /** Asks for a start; a VM that runs already is left alone. Done is not proved. */
  start(vm: string): Promise<void>
  /** Takes the power away at once. */
  cut(vm: string): Promise<void>
  /** What the driver says; 'unknown' when it cannot say. */
  state(vm: string): Promise<PowerState>
}

export function createPower(file: ClusterFile, clock: Clock): Power {
  const { power } = file
  if (power?.driver === 'lab' && power.address) return labPower(power.address, power.how, clock)
  if (power?.driver === 'command') return commandPower(power, clock)
  return noPower(power?.how ?? 'orderly')
}

function noPower(how: 'orderly' | 'cut'): Power {
  const none = async (vm: string): Promise<never> => {
    throw new Fault(`${vm} cannot be switched: the cluster file names no way to do it.`, {
      code: 'POWER_NONE',
      cure: 'Write a "power:" part with a start line into the cluster file.',
    })
  }
  return {
    how,
    describe: 'nothing: the cluster file has no "power:" part',
    can: { start: false, cut: false },
    start: none,
    cut: none,
    state: async () => 'unknown',
  }
}
