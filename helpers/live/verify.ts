import { rubric } from '../../suites/rubric.ts'
import type { Evidence } from '../grade/evidence.ts'
import { evidenceSchema } from '../grade/evidence-schema.ts'
import { judge } from '../grade/judge.ts'
import { list, record } from '../loose.ts'
import { brokenAt, sha256 } from './chain.ts'
import { asked } from './judged.ts'
import type { SelfReport } from './self-report.ts'

/** Whether a self-report is as it was written. */
export interface Verified {
  /** The evidence file is the one that the report was made of. */
  same: boolean
  /** Number of the first line that does not follow from the one before; 0: none. */
  brokenAt: number
  /** Items that it says were seen, and whose evidence, judged again, does not show them. */
  notShown: string[]
}

/** Holds a report against its evidence file: the checksums, and the ticks by the rules of a run. */
export function verify(report: SelfReport, file: string): Verified {
  const evidence = file.split('\n').flatMap(recordsIn)
  const verdicts = judge([asked, ...evidence], rubric)
  return {
    same: sha256(file) === report.evidence.sha256,
    brokenAt: brokenAt(file),
    notShown: report.items
      .filter(({ id, seen }) => seen && verdicts.get(id)?.verdict !== 'passed')
      .map(({ id }) => id),
  }
}

/** The records of a run that a line holds; what is damaged shows nothing. */
function recordsIn(line: string): Evidence[] {
  try {
    return list(record(JSON.parse(line)).records).map((one) => {
      evidenceSchema.parse(one)
      return one as Evidence
    })
  } catch {
    return []
  }
}
