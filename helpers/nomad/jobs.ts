import { list, number, text } from '../loose.ts'
import { type Asker, isRefusal, type NomadJson, type Refusal, statusFault } from './ask.ts'

export const jobPath = (id: string) => `/v1/job/${encodeURIComponent(id)}`

/** Handing jobs in. What their author may have caused (400, 404, 500) is a Refusal. */
export function jobActs({ raw, post }: Asker) {
  return {
    /** HCL as Nomad itself reads it. */
    async parse(hcl: string): Promise<{ job: NomadJson } | Refusal> {
      const answer = await post('/v1/jobs/parse', { JobHCL: hcl, Canonicalize: true })
      return isRefusal(answer) ? answer : { job: answer }
    },

    async validate(job: NomadJson): Promise<{ errors: string[]; warnings: string } | Refusal> {
      const answer = await post('/v1/validate/job', { Job: job })
      if (isRefusal(answer)) return answer
      const errors = list(answer.ValidationErrors).map(text)
      if (errors.length === 0 && text(answer.Error)) errors.push(text(answer.Error))
      return { errors, warnings: text(answer.Warnings) }
    },

    /** A dry run, as Nomad answers it. */
    async plan(job: NomadJson): Promise<{ plan: NomadJson } | Refusal> {
      const answer = await post(`${jobPath(text(job.ID))}/plan`, { Job: job, Diff: true })
      return isRefusal(answer) ? answer : { plan: answer }
    },

    /**
     * `index`: the job's JobModifyIndex from now on. None where the job was there already, letter for
     * letter: 2.0.5 then answers with its ModifyIndex instead (job_endpoint.go, Register).
     */
    async register(
      job: NomadJson,
    ): Promise<{ evalId: string; index?: number; warnings: string } | Refusal> {
      const answer = await post('/v1/jobs', { Job: job })
      if (isRefusal(answer)) return answer
      const { EvalID, JobModifyIndex, Index, Warnings } = answer
      const isNew = JobModifyIndex === Index
      return {
        evalId: text(EvalID),
        ...(isNew && { index: number(JobModifyIndex) }),
        warnings: text(Warnings),
      }
    },

    /** Stops a job and forgets it; one that is not there is purged already. */
    async purge(id: string): Promise<void> {
      const path = `${jobPath(id)}?purge=true`
      const answer = await raw(path, { method: 'DELETE' })
      if (answer.status !== 200 && answer.status !== 404) throw statusFault(answer, path)
    },
  }
}
