import { recordedRight } from './odd-but-right.ts'
import { recordedMistakes } from './recorded.ts'
import { show } from './show.ts'

for (const table of [recordedMistakes, recordedRight]) show(table)
