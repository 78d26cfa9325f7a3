import { lostWith, mistakes } from '../mistakes.ts'
import { recorded } from './edits.ts'
import { type Entry, lost, signsOf } from './entry.ts'

/** Its constraint names box-9, which five clients have. */
const atThree = 'constraint-unknown-node'

/** Job files that real clusters were asked about (tests/conformance/recordings/mistakes). */
export const recordedMistakes: Entry[] = mistakes.map(([name, stage, criterion, says]) => ({
  ...lost(name, stage, recorded(name), signsOf(lostWith[stage]), criterion, says),
  ...(name === atThree && { lab: { clients: 3 } }),
}))
