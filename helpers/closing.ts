import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rubric } from '../suites/rubric.ts'
import { takeBack } from './cluster/aside.ts'
import { putBack } from './cluster/put-back.ts'
import { conclude } from './grade/conclude.ts'
import type { Result } from './grade/result.ts'
import { seenIn } from './grade/seen.ts'
import { inLanguage, type Message, msg, type Text } from './language/message.ts'
import type { Run } from './run.ts'
import { screenshotOf } from './screenshot.ts'
import { told } from './time/fault.ts'

const evidenceName = 'evidence.ndjson'

/** Brings everything back, judges the evidence once more, and writes the reports. */
export async function closeRun(run: Run): Promise<Result> {
  const { evidence, cluster, options } = run
  const note = (text: Text) => {
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
  const result = await judgedTwice(run)
  const seen = seenIn(evidence.records)
  const screenshot =
    options.screenshot && seen.page?.html
      ? await screenshotOf(seen.page.html, process.env, options.language)
      : undefined
  const more = { ...seen, ...(screenshot && { screenshot }) }
  // The renderers are heavy: a run begins without them.
  const { writeReports } = await import('./report/write.ts')
  const written = await writeReports(result, options.runDir, more)
  for (const fault of written.faults) options.progress.say(fault)
  return result
}

async function undo(run: Run, note: (text: Text) => void): Promise<void> {
  const { machines, jobs, options, cluster } = run
  try {
    const trouble = await machines.bringBack()
    if (trouble !== '') note(trouble)
  } catch (error) {
    note(msg('VMs could not all be started again: {why}', { why: told(error) }))
  }
  try {
    if (!options.keep) await jobs.purgeAll()
  } catch (error) {
    note(told(error))
  }
  for (const { id, written } of options.journal.open().written) {
    try {
      await putBack(written, cluster.consul, options.journal)
    } catch (error) {
      note(msg('{name} in Consul is not put back: {why}', { name: id, why: told(error) }))
    }
  }
  for (const node of options.journal.open().ineligible) {
    try {
      await takeBack(node, cluster.nomad, options.journal)
    } catch (error) {
      note(
        msg('{name} could not be made eligible again: {why}', {
          name: node.name,
          why: told(error),
        }),
      )
    }
  }
}

/**
 * What is printed is judged from the file, and must be what memory gives: a difference, or a file
 * that cannot be read, is the grader's own fault (exit 70).
 */
async function judgedTwice(run: Run): Promise<Result> {
  const path = join(run.options.runDir, evidenceName)
  const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex')
  const file = { file: evidenceName, sha256 }
  const fromMemory = conclude(run.evidence.records, rubric, file)
  // What reads evidence is loaded here: no run waits for it before its first item.
  const { readEvidence } = await import('./evidence-file.ts')
  let fault: Message[] = []
  try {
    const fromFile = conclude(readEvidence(path), rubric, file)
    if (JSON.stringify(fromFile) === JSON.stringify(fromMemory)) return fromFile
  } catch (error) {
    fault = [told(error)]
  }
  const other = msg(
    "The evidence judged again gave another result: the grader's own fault. Please report it.",
  )
  const texts = [other, ...fault].map((text) => inLanguage(text, run.options.language))
  return { ...fromMemory, exitCode: 70, notes: [...fromMemory.notes, ...texts] }
}
