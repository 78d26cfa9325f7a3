import { show } from './show.ts'
import { clusterFaults } from './table-cluster.ts'

show(clusterFaults)
