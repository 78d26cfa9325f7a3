import type { Check } from '../../helpers/check/check.ts'
import { rubric } from '../../suites/rubric.ts'
import type { Entry } from '../gallery/entry.ts'

export interface Took {
  paperMs: number
  labMs: number
  cpuMs: number
}

const ids = Object.keys(rubric.items).sort()

/** What a check says that a run of the same submission does not; none when they agree. */
export function differences(entry: Entry, paper: Check, both: Check): string[] {
  const table = [...entry.verdicts.replaceAll(' ', '')]
  return ids.flatMap((id, at) => {
    const runs = table[at] ?? ''
    const alone = paper.items.find((item) => item.id === id)
    const item = both.items.find((one) => one.id === id)
    return [
      ...(alone?.outcome === 'lost' && !'FB-'.includes(runs)
        ? [`${id} is lost on paper (${alone.sentence}) and ${runs} in a run`]
        : []),
      ...(item && item.outcome !== meant[runs]
        ? [`${id} is ${item.outcome} on the lab (${item.sentence}) and ${runs} in a run`]
        : []),
      ...(item && runs === '-' && item.verdict !== 'missing' ? [`${id} was handed in`] : []),
    ]
  })
}

const meant: Record<string, string> = {
  '.': 'would-pass',
  F: 'lost',
  B: 'lost',
  '-': 'lost',
  '?': 'unknown',
}
