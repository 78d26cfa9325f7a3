import { isOpen, type Outages } from '../cluster/journal.ts'
import { isAlive } from '../cluster/process.ts'
import { type Finding, fatal, info } from './finding.ts'

/** What an earlier run left open, or that a run is on just now. */
export function journalOpen(left: Outages): Finding[] {
  if (!isOpen(left)) return []
  if (left.begin && isAlive(left.begin))
    return [
      info(
        `A run grades this cluster just now (process ${left.begin.pid}): what is off or strange may be its doing.`,
        'Ask again when it has ended.',
        'journal',
      ),
    ]
  const parts = [
    ...left.vms.map((vm) => `${vm.name} off`),
    ...left.jobs.map((job) => `the job ${job} registered`),
    ...left.ineligible.map((node) => `${node.name} ineligible`),
  ]
  return [
    fatal(
      'journal',
      `A run that ended early left ${parts.join(', ')}.`,
      'grade restore undoes that; the next run does so too before it begins.',
    ),
  ]
}
