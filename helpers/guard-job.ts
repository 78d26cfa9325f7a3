import { unseen, type View } from './grade/view.ts'
import { msg } from './language/message.ts'
import type { Deployed } from './student.ts'
import { Fault } from './time/fault.ts'

/** What became of the job before says nothing of this one, least of all that it is hopeless. */
const older = { error: msg('it still shows the job as it was before this one was registered') }

/** What somebody else registered under the job's name is not the student's: nothing is judged of it. */
export function guardJob({ run, stage, jobId }: Deployed, view: View): void {
  const { nomad } = view
  if (unseen(nomad)) return
  if (run.jobs.isStale(nomad.job)) view.nomad = older
  if (!run.jobs.isChanged(nomad.job)) return
  // A second try registers the student's own again.
  if (stage !== '03.1') run.deployed.delete(stage)
  const sentence = msg(
    "Somebody else changed the job {job} while it was graded: Nomad has version {version} of it, which is not the student's.",
    { job: jobId, version: nomad.job?.version ?? 0 },
  )
  throw new Fault(sentence, {
    code: 'job-changed',
    cure: msg('See that nobody else works on this cluster, and run this item again.'),
  })
}
