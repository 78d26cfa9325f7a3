import { show } from './show.ts'
import { dnsFaults } from './table-dns.ts'

show(dnsFaults)
