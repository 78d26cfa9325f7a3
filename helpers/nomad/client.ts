import type { NomadView } from '../grade/view.ts'
import type { Http } from '../http.ts'
import { createAsker } from './ask.ts'
import { jobActs } from './jobs.ts'
import { jobLooks } from './looks.ts'
import { nodeCalls } from './nodes.ts'

export { isRefusal, type NomadJson, type Refusal } from './ask.ts'

/** Asks for a part of a view, or knows it; the event stream tells of changes of these topics. */
export type By = <T>(part: string, topics: readonly string[], ask: () => Promise<T>) => Promise<T>

export type Nomad = ReturnType<typeof createNomad>

/** Nomad's HTTP API at one agent, normalised. What cannot be asked is a Fault. */
export function createNomad(http: Pick<Http, 'request'>, at: { host: string; port: number }) {
  const asker = createAsker(http, at)
  const calls = { ...nodeCalls(asker), ...jobActs(asker), ...jobLooks(asker) }

  /** Everything of one job that is judged, in one look; each part `by` a way of asking for it. */
  async function view(id: string, by: By = (_part, _topics, ask) => ask()): Promise<NomadView> {
    const [job, allocations, evaluations, deployment, queued, nodes] = await Promise.all([
      by('job', ['Job'], () => calls.job(id)),
      by('allocations', ['Allocation', 'Job'], () => calls.allocations(id)),
      by('evaluations', ['Evaluation', 'Job'], () => calls.evaluations(id)),
      by('deployment', ['Deployment', 'Job'], () => calls.deployment(id)),
      // A summary has no events: it changes with what is placed and evaluated.
      by('queued', ['Allocation', 'Evaluation', 'Job'], () => calls.queued(id)),
      by('nodes', ['Node'], () => calls.nodes()),
    ])
    return { job, allocations, evaluations, deployment, queued, nodes }
  }
  return { ...calls, view }
}
