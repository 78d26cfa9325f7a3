import type { Entry } from './entry.ts'
import { rightFolders } from './folders-right.ts'
import { wrongFolders } from './folders-wrong.ts'
import { recordedRight, settings, writtenOtherwise } from './odd-but-right.ts'
import { recordedMistakes } from './recorded.ts'
import { inTheLast } from './wrong-apache.ts'
import { inTheFirst } from './wrong-first.ts'
import { inTheThird, whenItMoves } from './wrong-moves-and-three.ts'
import { atPort80 } from './wrong-port80.ts'

/** Every submission of the gallery. */
export const gallery: Entry[] = [
  recordedMistakes,
  inTheFirst,
  whenItMoves,
  inTheThird,
  atPort80,
  inTheLast,
  recordedRight,
  writtenOtherwise,
  settings,
  rightFolders,
  wrongFolders,
].flat()
