import type { RealFault } from './fault.ts'
import { peopleFaults } from './table-people.ts'
import { serverFaults } from './table-servers.ts'
import { vmFaults } from './table-vms.ts'

/** RUN-NOTE */
export const realFaults: RealFault[] = [...vmFaults, ...serverFaults, ...peopleFaults]
