import { isOpen, type Outages } from '../cluster/journal.ts'
import { isAlive } from '../cluster/process.ts'
import { msg } from '../language/message.ts'
import { type Finding, fatal, info, withCommas } from './finding.ts'

/** What an earlier run left open, or that a run is on just now. */
export function journalOpen(left: Outages): Finding[] {
  if (!isOpen(left)) return []
  if (left.begin && isAlive(left.begin))
    return [
      info(
        msg(
          'A run grades this cluster just now (process {pid}): what is off or strange may be its doing.',
          { pid: `${left.begin.pid}` },
        ),
        msg('Ask again when it has ended.'),
        'journal',
      ),
    ]
  const parts = [
    ...left.vms.map(({ name }) => msg('{name} off', { name })),
    ...left.jobs.map((job) => msg('the job {job} registered', { job })),
    ...left.ineligible.map(({ name }) => msg('{name} ineligible', { name })),
  ]
  return [
    fatal(
      'journal',
      msg('A run that ended early left {parts}.', { parts: withCommas(parts) }),
      msg('{code} undoes that; the next run does so too before it begins.', {
        code: 'grade restore',
      }),
    ),
  ]
}
