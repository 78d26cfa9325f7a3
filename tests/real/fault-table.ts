import type { RealFault } from './fault.ts'
import { peopleFaults } from './table-people.ts'
import { serverFaults } from './table-servers.ts'
import { vmFaults } from './table-vms.ts'

/**
 * Run on 2026-11-25.
 *
 * Nomad 2.0.5 with Consul 1.21.4: all, with the verdicts stated. A VM back without Consul was seen
 * until 01.3's verdict. Two were stated otherwise first: that a dead Consul agent and somebody's job for
 * port 80, both as 02.1 begins, would cost 02.1 (all replicas are placed at once, and 02.1 is over).
 *
 * Nomad 1.4.4 with Consul 1.14.4: THE_OLD
 *
 * Not here: the clock of a VM, for namespaces share one; a slow network, where tc has no netem.
 */
export const realFaults: RealFault[] = [...vmFaults, ...serverFaults, ...peopleFaults]
