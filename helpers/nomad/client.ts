import type { NomadView } from '../grade/view.ts'
import type { Http } from '../http.ts'
import { createAsker } from './ask.ts'
import { jobActs } from './jobs.ts'
import { jobLooks } from './looks.ts'
import { nodeCalls } from './nodes.ts'

export { isRefusal, type NomadJson, type Refusal } from './ask.ts'

export type Nomad = ReturnType<typeof createNomad>

/** Nomad's HTTP API at one agent, normalised. What cannot be asked is a Fault. */
export function createNomad(http: Pick<Http, 'request'>, at: { host: string; port: number }) {
  const asker = createAsker(http, at)
  const calls = { ...nodeCalls(asker), ...jobActs(asker), ...jobLooks(asker) }

  /** Everything of one job that is judged, in one look. */
  async function view(id: string): Promise<NomadView> {
    const [job, allocations, evaluations, deployment, queued, nodes] = await Promise.all([
      calls.job(id),
      calls.allocations(id),
      calls.evaluations(id),
      calls.deployment(id),
      calls.queued(id),
      calls.nodes(),
    ])
    return { job, allocations, evaluations, deployment, queued, nodes }
  }
  return { ...calls, view }
}
