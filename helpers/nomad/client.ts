import type { NomadView } from '../grade/view.ts'
import type { Http } from '../http.ts'
import { createAsker } from './ask.ts'
import { jobActs } from './jobs.ts'
import { jobLooks } from './looks.ts'
import { nodeCalls } from './nodes.ts'

export { isRefusal, type NomadJson, type Refusal } from './ask.ts'

/** The event stream tells of changes of these topics; see `Keeping` for `apart`. */
export interface Part {
  topics: readonly string[]
  apart: number
}

/** Asks for a part of a view, or knows it by this key. */
export type By = <T>(key: string, part: Part, ask: () => Promise<T>) => Promise<T>

/**
 * A register or a lost VM is a dozen events within a second. Where the replicas are is what most
 * waits wait for; the rest may be a little late, which no decision is.
 */
const parts = {
  job: { topics: ['Job'], apart: 100 },
  allocations: { topics: ['Allocation', 'Job'], apart: 0 },
  evaluations: { topics: ['Evaluation', 'Job'], apart: 250 },
  deployment: { topics: ['Deployment', 'Job'], apart: 100 },
  // A summary has no events: what is queued is written with an evaluation.
  queued: { topics: ['Evaluation', 'Job'], apart: 250 },
} satisfies Record<string, Part>

/** Of the whole cluster, whatever is looked at. */
export const nodesPart: Part = { topics: ['Node'], apart: 100 }

export type Nomad = ReturnType<typeof createNomad>

/** Nomad's HTTP API at one agent, normalised. What cannot be asked is a Fault. */
export function createNomad(http: Pick<Http, 'request'>, at: { host: string; port: number }) {
  const asker = createAsker(http, at)
  const calls = { ...nodeCalls(asker), ...jobActs(asker), ...jobLooks(asker) }

  /** Everything of one job that is judged, in one look; each part `by` a way of asking for it. */
  async function view(id: string, by: By = (_key, _part, ask) => ask()): Promise<NomadView> {
    const [job, allocations, evaluations, deployment, queued, nodes] = await Promise.all([
      by(`${id} job`, parts.job, () => calls.job(id)),
      by(`${id} allocations`, parts.allocations, () => calls.allocations(id)),
      by(`${id} evaluations`, parts.evaluations, () => calls.evaluations(id)),
      by(`${id} deployment`, parts.deployment, () => calls.deployment(id)),
      by(`${id} queued`, parts.queued, () => calls.queued(id)),
      by('nodes', nodesPart, () => calls.nodes()),
    ])
    return { job, allocations, evaluations, deployment, queued, nodes }
  }
  return { ...calls, view }
}
