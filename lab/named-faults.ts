import type { Undo, Vm, World } from './contract.ts'
import { takePort80 } from './faults.ts'

/** How one fault begins; what is returned ends it. `vm`: the one that was named. */
interface NamedFault {
  /** Whether it is of one VM, which must be named. */
  ofVm: boolean
  begin(world: World, vm: Vm): Undo
}

type Whole = (world: World) => Undo
const whole = (begin: Whole): NamedFault => ({ ofVm: false, begin })
const ofVm = (begin: NamedFault['begin']): NamedFault => ({ ofVm: true, begin })

type Names = 'vmsThatNeverReturn' | 'vmsThatDoNotStop' | 'sudoRefused' | 'dockerDead' | 'natted'

/** In one of the sets of Faults while it lasts. */
const named = (set: Names): NamedFault =>
  ofVm(({ faults }, { name }) => {
    faults[set].add(name)
    return () => void faults[set].delete(name)
  })

/** One of the questions of Faults answered otherwise while it lasts. */
const hooked = <Hook extends 'dns' | 'http' | 'pull'>(
  hook: Hook,
  answer: World['faults'][Hook],
): NamedFault =>
  whole(({ faults }) => {
    faults[hook] = answer
    return () => void delete faults[hook]
  })

const flag = (name: 'schedulerDead' | 'consulDown' | 'registryDown'): NamedFault =>
  whole(({ faults }) => {
    faults[name] = true
    return () => {
      faults[name] = false
    }
  })

const slowMs = 3000
const slowPullSeconds = 60
const slowStopSeconds = 30
const secondsAhead = 90

/** The faults that a person may switch on and off while a lab runs; milliseconds are the wall's. */
export const namedFaults = {
  'dns-slow': hooked('dns', () => ({ slowMs })),
  'dns-silent': hooked('dns', () => 'silent'),
  'dns-servfail': hooked('dns', () => 'servfail'),
  'nomad-slow': hooked('http', ({ who }) => (who === 'nomad' ? { slowMs } : undefined)),
  'nomad-500': hooked('http', ({ who }) => (who === 'nomad' ? '500' : undefined)),
  'consul-slow': hooked('http', ({ who }) => (who === 'consul' ? { slowMs } : undefined)),
  'consul-500': flag('consulDown'),
  'consul-on-loopback': whole(({ faults, vms }) => {
    for (const { name, isServer } of vms.values()) if (!isServer) faults.agentsOnLoopback.add(name)
    return () => faults.agentsOnLoopback.clear()
  }),
  'scheduler-dead': flag('schedulerDead'),
  'registry-down': flag('registryDown'),
  'pull-slow': hooked('pull', () => ({ seconds: slowPullSeconds })),
  'does-not-start': named('vmsThatNeverReturn'),
  'does-not-stop': named('vmsThatDoNotStop'),
  'stops-late': ofVm(({ faults }, { name }) => {
    faults.vmsThatStopLate.set(name, slowStopSeconds)
    return () => void faults.vmsThatStopLate.delete(name)
  }),
  'sudo-refused': named('sudoRefused'),
  'ssh-silent': ofVm(({ faults }, { name }) => {
    faults.ssh = (vm) => (vm === name ? 'connected' : undefined)
    return () => void delete faults.ssh
  }),
  'docker-dead': named('dockerDead'),
  'disk-full': ofVm(({ faults }, { name, images }) => {
    const had = [...images]
    images.clear()
    faults.disksFull.add(name)
    return () => {
      faults.disksFull.delete(name)
      for (const image of had) images.add(image)
    }
  }),
  'clock-ahead': ofVm(({ faults }, { name }) => {
    faults.clocksAhead.set(name, secondsAhead)
    return () => void faults.clocksAhead.delete(name)
  }),
  'nat-address': named('natted'),
  'port-80-taken': ofVm((world, { name }) => takePort80(world, name, 'apache2')),
  firewall: ofVm(({ faults }, { name }) => {
    faults.wire = ({ vm, port, inside }) =>
      vm === name && !inside && port !== 22 ? 'ETIMEDOUT' : undefined
    return () => void delete faults.wire
  }),
} satisfies Record<string, NamedFault>

export type FaultName = keyof typeof namedFaults
export const faultNames = Object.keys(namedFaults) as [FaultName, ...FaultName[]]

/** The fault that is on: one at a time. */
export interface FaultOn {
  name: FaultName
  /** '' when it is of the whole cluster. */
  vm: string
}

export interface FaultSwitch {
  readonly on: FaultOn | undefined
  /**
   * Ends the one that is on and begins this one, or none. Throws when the VM has a program at that port
   * already, or when there is no such VM.
   */
  set(fault: FaultOn | undefined): void
}

export function makeFaultSwitch(world: World): FaultSwitch {
  let on: FaultOn | undefined
  let end: Undo = () => {}
  return {
    get on() {
      return on
    },
    set(fault) {
      end()
      end = () => {}
      on = undefined
      if (!fault) return
      const { begin, ofVm: needsVm } = namedFaults[fault.name]
      const vm = needsVm ? world.vms.get(fault.vm) : world.server
      if (!vm) throw new Error(`lab: there is no VM called ${fault.vm}`)
      end = begin(world, vm)
      on = { name: fault.name, vm: needsVm ? vm.name : '' }
      world.log(vm.name, `fault ${fault.name} begins`)
    },
  }
}
