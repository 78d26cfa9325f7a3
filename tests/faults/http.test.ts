import { show } from './show.ts'
import { httpFaults } from './table-http.ts'

show(httpFaults)
