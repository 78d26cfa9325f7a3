import { settings, writtenOtherwise } from './odd-but-right.ts'
import { show } from './show.ts'

for (const table of [writtenOtherwise, settings]) show(table)
