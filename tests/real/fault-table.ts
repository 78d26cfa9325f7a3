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
 * Nomad 1.4.4 with Consul 1.14.4: these twenty-nine, with the verdicts stated. VMs: 25 s to shut down,
 * back alone, a Docker that dies or does not come back (of four), back without images or without Consul,
 * a Consul agent that dies (before 02.1, after 02.3), a full disk for Nomad and for Docker, no packets,
 * a firewall, paused containers. Servers: both that hang for 20 s and for good, a paused scheduler, a
 * reboot in 01.3 and in 02.1, JSON. People: by hand without a service, anew once and every 2 s, a ghost,
 * a container at a port of its own, one of four ineligible (and the only one for the apache), a drain.
 *
 * Not here: the clock of a VM, for namespaces share one; a slow network, where tc has no netem.
 */
export const realFaults: RealFault[] = [...vmFaults, ...serverFaults, ...peopleFaults]
