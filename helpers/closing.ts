import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rubric } from '../suites/rubric.ts'
import { conclude } from './grade/conclude.ts'
import type { Result } from './grade/result.ts'
import { readEvidence } from './recorder.ts'
import { writeReports } from './report/write.ts'
import type { Run } from './run.ts'
import { tell } from './time/fault.ts'

const evidenceName = 'evidence.ndjson'

/** Brings everything back, judges the evidence once more, and writes the reports. */
export async function closeRun(run: Run): Promise<Result> {
  const { evidence, cluster, options } = run
  const note = (text: string) => {
    evidence.write({ at: cluster.clock.now(), kind: 'note', text })
    options.progress.say(text)
  }
  // An interrupted run restores too: under a signal that nobody aborts.
  run.signal = new AbortController().signal
  // What another grader does there is not ours to undo.
  const heldByAnother = evidence.records.some(
    (r) => r.kind === 'unfit' && r.code === 'cluster-held',
  )
  if (!heldByAnother) await undo(run, note)
  await options.lock.release()
  evidence.write({ at: cluster.clock.now(), kind: 'finished' })
  evidence.close()
  options.journal.close()
  await cluster.close()
  const result = judgedTwice(run)
  const written = await writeReports(result, options.runDir)
  for (const fault of written.faults) options.progress.say(fault)
  return result
}

async function undo(run: Run, note: (text: string) => void): Promise<void> {
  const { machines, jobs, options, cluster } = run
  try {
    const trouble = await machines.bringBack()
    if (trouble !== '') note(trouble)
  } catch (error) {
    note(`VMs could not all be started again: ${tell(error)}`)
  }
  try {
    if (!options.keep) await jobs.purgeAll()
  } catch (error) {
    note(tell(error))
  }
  for (const node of options.journal.open().ineligible) {
    try {
      await cluster.nomad.eligibility(node.id, 'eligible')
      options.journal.eligible(node.id)
    } catch (error) {
      note(`${node.name} could not be made eligible again: ${tell(error)}`)
    }
  }
}

/**
 * What is printed is judged from the file, and must be what memory gives: a difference is the
 * grader's own fault (exit 70).
 */
function judgedTwice(run: Run): Result {
  const path = join(run.options.runDir, evidenceName)
  const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex')
  const file = { file: evidenceName, sha256 }
  const fromFile = conclude(readEvidence(path), rubric, file)
  const fromMemory = conclude(run.evidence.records, rubric, file)
  if (JSON.stringify(fromFile) === JSON.stringify(fromMemory)) return fromFile
  const text =
    "The evidence judged again gave another result: the grader's own fault. Please report it."
  return { ...fromFile, exitCode: 70, notes: [...fromFile.notes, text] }
}
