import type { Clock } from '../../time/clock.ts'
import { Fault } from '../../time/fault.ts'
import type { ClusterFile } from '../file.ts'
import { commandPower } from './command.ts'
import { labPower } from './lab.ts'

export type PowerState = 'running' | 'off' | 'unknown'

/** Switches VMs. Names are those of Nomad's nodes; the driver knows what its VMs are called. */
export interface Power {
  /** How the cluster file wants VMs to be stopped. */
  readonly how: 'orderly' | 'cut'
  /** How VMs are started, in words. */
  readonly describe: string
  /** '' when this driver met what it switches; else a sentence: what was never tried on the real thing. */
  readonly untried: string
  /** Whether there is a way to start VMs, to cut their power, and to ask them to stop without SSH. */
  readonly can: { start: boolean; cut: boolean; stop: boolean }
  /** Asks for a start; a VM that runs already is left alone. Done is not proved. */
  start(vm: string): Promise<void>
  /** Takes the power away at once. */
  cut(vm: string): Promise<void>
  /** An orderly stop that does not go over SSH; only where `can.stop`. Accepted is not off. */
  stop(vm: string): Promise<void>
  /** What the driver says; 'unknown' when it cannot say, and while a VM is on its way. */
  state(vm: string): Promise<PowerState>
  /** Names of the VMs that the driver knows; undefined when it cannot list them. */
  list(): Promise<string[] | undefined>
}

export function createPower(file: ClusterFile, clock: Clock): Power {
  const { power } = file
  if (power?.driver === 'lab') return labPower(power.address, power.how, clock)
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
    untried: '',
    can: { start: false, cut: false, stop: false },
    start: none,
    cut: none,
    stop: none,
    state: async () => 'unknown',
    list: async () => undefined,
  }
}
