import type { Fault } from './fault.ts'
import { clusterFaults } from './table-cluster.ts'
import { dnsFaults } from './table-dns.ts'
import { httpFaults } from './table-http.ts'
import { imageFaults } from './table-images.ts'
import { vmFaults } from './table-vm.ts'

/** Every fault that a right submission is graded under. */
export const faults: Fault[] = [httpFaults, dnsFaults, vmFaults, clusterFaults, imageFaults].flat()
