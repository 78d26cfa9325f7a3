import type { Driver } from './driver.ts'
import { hyperV } from './hyper-v.ts'
import { incus } from './incus.ts'
import { libvirt } from './libvirt.ts'
import { multipass } from './multipass.ts'
import type { PowerFile, PowerOf } from './schema.ts'
import { vagrant } from './vagrant.ts'
import { virtualbox } from './virtualbox.ts'
import { vmware } from './vmware.ts'

export type EngineFile = PowerOf<
  'virtualbox' | 'vagrant' | 'libvirt' | 'incus' | 'lxd' | 'multipass' | 'vmware' | 'hyper-v'
>

/** The data of a driver that runs a program on this machine, with what the cluster file says. */
export function driverOf(power: Extract<PowerFile, EngineFile>): Driver {
  switch (power.driver) {
    case 'virtualbox':
      return virtualbox()
    case 'vagrant':
      return vagrant(power)
    case 'libvirt':
      return libvirt(power)
    case 'incus':
    case 'lxd':
      return incus(power, power.driver)
    case 'multipass':
      return multipass()
    case 'vmware':
      return vmware(power)
    case 'hyper-v':
      return hyperV()
  }
}
