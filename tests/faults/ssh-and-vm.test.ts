import { show } from './show.ts'
import { vmFaults } from './table-vm.ts'

show(vmFaults)
