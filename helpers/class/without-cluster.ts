import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rubric } from '../../suites/rubric.ts'
import { conclude } from '../grade/conclude.ts'
import type { Evidence, RunRecord } from '../grade/evidence.ts'
import { seenIn } from '../grade/seen.ts'
import type { Language, Message } from '../language/message.ts'
import { openEvidence } from '../recorder.ts'
import { writeReports } from '../report/write.ts'
import { stageIds } from '../submission/types.ts'
import { wallClock } from '../time/clock.ts'
import { graderVersion } from '../version.ts'

/** Why a student has a result though no cluster was asked. */
export type Reason =
  /** Nothing was handed in: each stage is not handed in, and what builds on it is blocked. */
  | { kind: 'missing' }
  /** It cannot be read, or there is no cluster: every item is inconclusive, with that sentence. */
  | { kind: 'unread'; code: string; why: Message; cure: Message | '' }

export interface Without {
  student: string
  language: Language
  asked: string[]
  /** As it is shown in the report. */
  dir: string
  runDir: string
  reason: Reason
}

/** Writes the evidence and the reports of a student for whom nothing can be asked of a cluster. */
export async function gradeWithoutCluster(options: Without): Promise<void> {
  const { runDir, reason } = options
  const at = wallClock().now()
  const path = join(runDir, 'evidence.ndjson')
  const evidence = openEvidence(path)
  evidence.write(runRecord(options, at))
  const records = reason.kind === 'missing' ? notHandedIn(at) : [unread(reason, at)]
  for (const record of records) evidence.write(record)
  evidence.write({ at, kind: 'finished' })
  evidence.close()
  const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex')
  const result = conclude(evidence.records, rubric, { file: 'evidence.ndjson', sha256 })
  await writeReports(result, runDir, seenIn(evidence.records))
}

const unread = (
  { code, why, cure }: Extract<Reason, { kind: 'unread' }>,
  at: number,
): Evidence => ({ at, kind: 'unfit', code, sentence: why, cure })

/** As a run on a cluster records it. */
function notHandedIn(at: number): Evidence[] {
  const stages: readonly string[] = stageIds
  return Object.keys(rubric.items).flatMap((item): Evidence[] => {
    const of = { at, item, attempt: 1 }
    const service = item.startsWith('03') ? 'apache' : 'nginx'
    const deploy: Evidence[] = stages.includes(item)
      ? [
          {
            ...of,
            kind: 'deploy',
            ...{ stage: item, service, file: '', origin: '', missing: 'not handed in' },
            ...{ candidates: [], images: [], refusals: [], places: {}, registered: false },
          },
        ]
      : []
    return [{ ...of, kind: 'begin' }, ...deploy, { ...of, kind: 'end' }]
  })
}

function runRecord({ student, language, asked, dir }: Without, at: number): RunRecord {
  return {
    at,
    kind: 'run',
    schema: 'nomad-consul-evidence/1',
    student,
    grader: graderVersion,
    rubric: rubric.version,
    cluster: {
      kind: 'file',
      simulated: false,
      server: '',
      clients: [],
      datacenter: '',
      nomad: '',
      consul: '',
      stop: 'orderly',
    },
    submission: { dir, stages: [], unused: [], problems: [] },
    asked,
    language,
  }
}
