import type { Allocation, Deployment, Evaluation, NomadView } from '../grade/view.ts'
import { json } from '../http.ts'
import { list, record, text } from '../loose.ts'
import { type Asker, type NomadJson, statusFault } from './ask.ts'
import { jobPath } from './jobs.ts'
import { allocation, deployment, evaluation, jobState, queued } from './normalise.ts'
import { createPages } from './pages.ts'

/** Looking at jobs and what became of them. `id` is a job's. */
export function jobLooks(asker: Asker) {
  const { raw, get, getOrNull } = asker
  const pages = createPages(get)
  const stubs = async (id: string, all = false): Promise<unknown[]> => {
    const path = `${jobPath(id)}/allocations${all ? '?all=true' : ''}`
    const answer = await raw(path)
    if (answer.status !== 200) throw statusFault(answer, path)
    return list(json(answer, 'Nomad'))
  }
  return {
    /** null: Nomad knows no such job. */
    async job(id: string): Promise<NomadView['job']> {
      const page = await getOrNull(jobPath(id))
      return page === null ? null : jobState(page)
    },

    /** The registered job in Nomad's own JSON; null when there is none. */
    async spec(id: string): Promise<NomadJson | null> {
      const page = await getOrNull(jobPath(id))
      return page === null ? null : record(page)
    },

    async jobs(): Promise<{ id: string; type: string; status: string; stop: boolean }[]> {
      return list(await get('/v1/jobs')).map((one) => {
        const { id, status, stop } = jobState(one)
        return { id, type: text(record(one).Type), status, stop }
      })
    },

    /** With `all`, those of earlier jobs of that name too. */
    async allocations(id: string, all = false): Promise<Allocation[]> {
      return await pages.complete(await stubs(id, all))
    },

    /** In one question: without ports, and in old versions without the next ones. */
    async allocationsInShort(id: string): Promise<Allocation[]> {
      return (await stubs(id)).map((stub) => allocation(stub, {}))
    },

    /** By the allocation's own id; null: Nomad no longer knows it. */
    async allocation(id: string): Promise<Allocation | null> {
      const page = await getOrNull(`/v1/allocation/${encodeURIComponent(id)}`)
      return page === null ? null : pages.fromPage(page)
    },

    evaluations: async (id: string): Promise<Evaluation[]> =>
      list(await get(`${jobPath(id)}/evaluations`)).map(evaluation),

    async deployment(id: string): Promise<Deployment | null> {
      const page = await get(`${jobPath(id)}/deployment`)
      return page === null ? null : deployment(page)
    },

    /** The summary's `Queued` per group; {} when Nomad knows no such job. */
    async queued(id: string): Promise<Record<string, number>> {
      return queued(await getOrNull(`${jobPath(id)}/summary`))
    },
  }
}
