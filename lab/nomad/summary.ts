import type { Job } from './job/spec.ts'
import {
  type Allocation,
  type Evaluation,
  type GroupSummary,
  isTerminal,
  type Summary,
} from './types.ts'

const nothing: GroupSummary = {
  Queued: 0,
  Complete: 0,
  Failed: 0,
  Running: 0,
  Starting: 0,
  Lost: 0,
  Unknown: 0,
}

/** A job's summary, with a line for each of its groups. */
export function startSummary(summary: Summary | undefined, job: Job): Summary {
  const missing = job.TaskGroups.filter((group) => !summary?.Summary[group.Name])
  if (summary && missing.length === 0) return summary
  const lines = Object.fromEntries(missing.map((group) => [group.Name, nothing]))
  const base = summary ?? { JobID: job.ID, CreateIndex: job.CreateIndex, ModifyIndex: 0 }
  return { ...base, Summary: { ...summary?.Summary, ...lines } }
}

const counters: Record<Allocation['ClientStatus'], keyof GroupSummary> = {
  pending: 'Starting',
  running: 'Running',
  complete: 'Complete',
  failed: 'Failed',
  lost: 'Lost',
  unknown: 'Unknown',
}

/** Complete and Failed only grow; Lost shrinks when the VM returns (cluster-facts §1.2). */
export function summaryAfterAlloc(
  summary: Summary | undefined,
  before: Allocation | undefined,
  after: Allocation,
): Summary | undefined {
  if (!summary || summary.CreateIndex !== after.Job.CreateIndex) return summary
  if (before?.ClientStatus === after.ClientStatus) return summary
  const line = { ...(summary.Summary[after.TaskGroup] ?? nothing) }
  line[counters[after.ClientStatus]]++
  if (!before) line.Queued = Math.max(0, line.Queued - 1)
  else if (!['complete', 'failed'].includes(before.ClientStatus)) {
    const counter = counters[before.ClientStatus]
    line[counter] = Math.max(0, line[counter] - 1)
  }
  return { ...summary, Summary: { ...summary.Summary, [after.TaskGroup]: line } }
}

/** An evaluation says how many allocations of each group wait for a place. */
export function summaryAfterEval(
  summary: Summary | undefined,
  evaluation: Evaluation,
): Summary | undefined {
  if (!summary || !evaluation.QueuedAllocations) return summary
  let lines = summary.Summary
  for (const [group, queued] of Object.entries(evaluation.QueuedAllocations)) {
    const line = lines[group]
    if (line && line.Queued !== queued) lines = { ...lines, [group]: { ...line, Queued: queued } }
  }
  return lines === summary.Summary ? summary : { ...summary, Summary: lines }
}

export function jobStatus(
  job: Job,
  allocs: Iterable<Allocation>,
  evals: Iterable<Evaluation>,
): Job['Status'] {
  let any = false
  for (const alloc of allocs) {
    if (alloc.Job.ID !== job.ID || alloc.Job.CreateIndex !== job.CreateIndex) continue
    if (!isTerminal(alloc)) return 'running'
    any = true
  }
  for (const evaluation of evals) {
    if (evaluation.JobID !== job.ID || evaluation.CreateIndex < job.CreateIndex) continue
    if (evaluation.Status === 'pending' || evaluation.Status === 'blocked') return 'pending'
    any = true
  }
  return any ? 'dead' : 'pending'
}
