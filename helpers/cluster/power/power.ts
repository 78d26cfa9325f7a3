import { isatty } from 'node:tty'
import { type Message, msg, type Text } from '../../language/message.ts'
import type { Clock } from '../../time/clock.ts'
import { Fault } from '../../time/fault.ts'
import type { ClusterFile } from '../file.ts'
import { localPower } from '../local/power.ts'
import type { Ssh } from '../ssh/ssh.ts'
import { commandPower } from './command.ts'
import type { Hints } from './driver.ts'
import { driverOf } from './drivers.ts'
import { enginePower } from './engine.ts'
import { isolatePower } from './isolate.ts'
import { labPower } from './lab.ts'
import { manualPower } from './manual.ts'
import { noPower } from './none.ts'
import { proxmoxPower } from './proxmox.ts'

export type PowerState = 'running' | 'off' | 'unknown'

/** Switches VMs. Names are those of Nomad's nodes; the driver knows what its VMs are called. */
export interface Power {
  /** How the cluster file wants VMs to be stopped. */
  readonly how: 'orderly' | 'cut'
  /** How VMs are started, in words. */
  readonly describe: Text
  /** '' when this driver met what it switches; else a sentence: what was never tried on the real thing. */
  readonly untried: Text
  /** Whether there is a way to start VMs, to cut their power, and to ask them to stop without SSH. */
  readonly can: { start: boolean; cut: boolean; stop: boolean }
  /** An orderly stop goes through the driver and not over SSH: the teacher wrote a line for it. */
  readonly ownStop?: boolean
  /** Asks for a start; a VM that runs already is left alone. Done is not proved. */
  start(vm: string): Promise<void>
  /** Rejects with a Fault where a cut would be refused; only of drivers that can ask beforehand. */
  mayCut?(vm: string): Promise<void>
  /** Takes the power away at once. */
  cut(vm: string): Promise<void>
  /** An orderly stop that does not go over SSH; only where `can.stop`. Accepted is not off. */
  stop(vm: string): Promise<void>
  /**
   * What the driver says; 'unknown' when it cannot say, and while a VM is on its way. 'off' is the
   * hypervisor's own word, never drawn from silence (power-drivers §8.2). Rejects with a Fault where
   * it cannot be asked, or knows no such VM.
   */
  state(vm: string): Promise<PowerState>
  /** Names of the VMs that the driver knows; undefined when it cannot list them. */
  list(): Promise<string[] | undefined>
}

/** What some drivers need besides the cluster file. */
export interface PowerHelp {
  ssh?: Pick<Ssh, 'exec'>
  /** The address that Nomad gives for a node. */
  addressOf?: (node: string) => Promise<string>
  /** For wishes to a person (manual), and what a driver finds worth telling. */
  say?: (sentence: Message) => void
  /** Whether a person reads it; by itself: whether this process has a terminal. */
  terminal?: boolean
}

/** How the VMs of the cluster file are switched. Nothing is looked for or run before it is needed. */
export function createPower(file: ClusterFile, clock: Clock, help: PowerHelp = {}): Power {
  const { power } = file
  if (!power) return noPower(clock)
  const { say = () => {}, terminal = isatty(0) && isatty(1) } = help
  const hints = (node: string) => hintsOf(file, node, help.addressOf)
  switch (power.driver) {
    case 'lab':
      return labPower(power.address, power.how, clock)
    case 'local':
      return localPower(power.door, power.how, clock)
    case 'command':
      return commandPower(power, clock)
    case 'manual':
      return manualPower(power.how, { say, terminal })
    case 'isolate':
      return isolatePower({ ...needed(help), seconds: power.minutes * 60 })
    case 'proxmox':
      return proxmoxPower(power, { clock, say, hints })
    default:
      return enginePower(driverOf(power), { ...power, clock, say, hints })
  }
}

function needed({ ssh, addressOf }: PowerHelp) {
  if (ssh && addressOf) return { ssh, addressOf }
  throw new Fault(msg('VMs cannot be isolated here: that goes over SSH, and there is none.'), {
    code: 'POWER_NONE',
    cure: msg('Name another driver under "{part}" in the cluster file.', { part: 'power:' }),
  })
}

/** What a driver may recognise a node's VM by. */
async function hintsOf(
  file: ClusterFile,
  node: string,
  addressOf: PowerHelp['addressOf'],
): Promise<Hints> {
  const number = /\d+$/.exec(node)?.[0]
  const own = file.ssh.hosts[node]
  const forwarded = own?.host === '127.0.0.1' || own?.host === 'localhost'
  const sshPort = forwarded
    ? own.port
    : number && Number(number) < 100
      ? 2200 + Number(number)
      : undefined
  const address = await addressOf?.(node).catch(() => undefined)
  return {
    ...(number !== undefined && { number }),
    ...(sshPort !== undefined && { sshPort }),
    ...(address && { address }),
  }
}
