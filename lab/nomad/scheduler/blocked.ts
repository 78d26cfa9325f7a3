import type { Store } from '../store.ts'
import type { Evaluation } from '../types.ts'

/** Evaluations that wait for room. */
export interface Blocked {
  /** A job has one: an older one is canceled (cluster-facts §1.5). */
  add(evaluation: Evaluation): void
  /** A node became ready, or room became free: they are looked at again. */
  unblock(): void
  /** A job is gone or its new version waits on its own. */
  forget(jobId: string): void
}

export function makeBlocked(store: Store, enqueue: (evalId: string) => void): Blocked {
  const waiting = new Map<string, string>()
  return {
    add({ ID, JobID }) {
      const older = waiting.get(JobID)
      waiting.set(JobID, ID)
      if (older && older !== ID) cancel(store, older, JobID)
    },
    unblock() {
      const all = [...waiting.values()]
      waiting.clear()
      for (const evalId of all) enqueue(evalId)
    },
    forget(jobId) {
      const evalId = waiting.get(jobId)
      waiting.delete(jobId)
      if (evalId) cancel(store, evalId, jobId)
    },
  }
}

function cancel(store: Store, evalId: string, jobId: string): void {
  const evaluation = store.evals.get(evalId)
  if (evaluation?.Status !== 'blocked') return
  const StatusDescription = `existing blocked evaluation exists for job "${jobId}"`
  store.write('EvaluationUpdated', (write) =>
    write.evaluation({ ...evaluation, Status: 'canceled', StatusDescription }),
  )
}
