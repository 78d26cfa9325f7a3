import { show } from './show.ts'
import { inTheLast } from './wrong-apache.ts'
import { inTheFirst } from './wrong-first.ts'
import { inTheThird, whenItMoves } from './wrong-moves-and-three.ts'
import { atPort80 } from './wrong-port80.ts'

for (const table of [inTheFirst, whenItMoves, inTheThird, atPort80, inTheLast]) show(table)
