import { rubric } from '../../suites/rubric.ts'
import type { DeployRecord } from '../grade/evidence.ts'
import type { ItemVerdict } from '../grade/judge.ts'
import { judgeOnPaper } from '../grade/on-paper.ts'
import { handedIn, imageNotes, type ReadJob } from '../handed-in.ts'
import type { Message } from '../language/message.ts'
import { parseJob } from '../submission/parse.ts'
import { type NoStage, type Stage, type Submission, stageIds } from '../submission/types.ts'

/** What the files say by themselves: nothing was registered, and no cluster asked. */
export interface Paper {
  /** Stage → what a run would write down of it before it registers it. */
  deploys: Map<string, DeployRecord>
  /** Item → what is lost, or cannot be told from the file; absent: nothing was found. */
  verdicts: Map<string, ItemVerdict>
  /** Item → what is worth knowing and costs nothing. */
  notes: Map<string, Message[]>
}

/** Reads each stage as the grader's own parser does: Nomad's is only there with a cluster. */
export async function readPaper({ stages }: Submission): Promise<Paper> {
  const deploys = new Map<string, DeployRecord>()
  const notes = new Map<string, Message[]>()
  for (const id of stageIds) {
    const deploy = await deployOf(stages[id])
    deploys.set(id, deploy)
    if (deploy.job) notes.set(id, imageNotes(deploy.job))
  }
  return { deploys, notes, verdicts: judgeOnPaper(deploys, rubric) }
}

async function deployOf(stage: Stage | NoStage): Promise<DeployRecord> {
  if ('missing' in stage) return handedIn(stage)
  const read: ReadJob = await parseJob(stage.text, stage.format)
  return handedIn(stage, read)
}
