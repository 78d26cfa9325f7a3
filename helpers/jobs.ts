import type { Journal } from './cluster/journal.ts'
import type { Connected } from './connect.ts'
import { met, notYet } from './grade/reason.ts'
import type { NomadView } from './grade/view.ts'
import { msg } from './language/message.ts'
import { isRefusal, type NomadJson } from './nomad/client.ts'
import type { Memory } from './observe.ts'
import { lookAtAllocations } from './observe.ts'
import type { StageName } from './submission/types.ts'
import { eventually } from './time/eventually.ts'
import { Fault } from './time/fault.ts'

/** Jobs that this grader registered, and the one it may register for itself. */
export interface Jobs {
  /** Job → the stage it was registered for last. */
  readonly ours: ReadonlyMap<string, StageName>
  /** Whether somebody else registered that job since we did: what stands is not what was judged. */
  isChanged(job: NomadView['job']): boolean
  /** Whether the answer is older than our registering: it tells nothing of what we registered. */
  isStale(job: NomadView['job']): boolean
  /** Whether a job of that name runs here that is not ours. */
  isForeign(jobId: string): Promise<boolean>
  /** Registers; Nomad's refusal of the job, or nothing when it took it. */
  register(
    jobId: string,
    stage: StageName,
    spec: NomadJson,
  ): Promise<{ status: number; text: string } | undefined>
  /** Purges a job of ours and waits until none of its allocations runs; `endMs`: how long they may. */
  purge(jobId: string, endMs?: number): Promise<void>
  purgeAll(): Promise<void>
  /** Whether Nomad places a tiny job of the grader's own: the scheduler's sign of life. */
  probeIsPlaced(): Promise<boolean>
}

const purgeMs = 90_000
const probeMs = 30_000

/** What a run registers and purges; each act is in the journal before it is done. */
export function createJobs(
  cluster: Connected,
  journal: Journal,
  memory: Memory,
  signal: () => AbortSignal,
): Jobs {
  const { nomad, clock, wakes } = cluster
  const ours = new Map<string, StageName>()
  /** Job → JobModifyIndex of its last registering by us, as far as only we may change it. */
  const registeredAt = new Map<string, number>()

  const jobs: Jobs = {
    ours,
    isChanged(job) {
      const at = registeredAt.get(job?.id ?? '')
      return at !== undefined && (job?.changedAt ?? 0) > at
    },

    isStale(job) {
      const at = registeredAt.get(job?.id ?? '')
      return at !== undefined && job?.changedAt !== undefined && job.changedAt < at
    },

    async isForeign(jobId) {
      if (ours.has(jobId) || journal.open().jobs.includes(jobId)) return false
      return (await nomad.job(jobId)) !== null
    },

    async register(jobId, stage, spec) {
      const checked = await nomad.validate(spec)
      if (isRefusal(checked)) {
        if (isAboutTheJob(checked.text)) return checked
        throw couldNot('validate', jobId, checked)
      }
      if (checked.errors.length > 0) return { status: 500, text: checked.errors.join('; ') }
      journal.registering(jobId)
      const answer = await nomad.register(spec)
      if (!isRefusal(answer)) {
        ours.set(jobId, stage)
        // With auto_revert it is Nomad itself that registers an older version again.
        if (/"AutoRevert":true/.test(JSON.stringify(spec))) registeredAt.delete(jobId)
        else if (answer.index !== undefined) registeredAt.set(jobId, answer.index)
        return undefined
      }
      if (isAboutTheJob(answer.text)) return answer
      throw couldNot('register', jobId, answer)
    },

    async purge(jobId, endMs = 0) {
      await nomad.purge(jobId)
      const waited = await eventually({
        clock,
        wakes,
        budget: { ms: purgeMs + endMs, because: ['kill_timeout of the job, and slack'] },
        signal: signal(),
        look: () => lookAtAllocations(cluster, memory, jobId),
        judge: (allocations) => {
          const left = allocations.find((a) => ['running', 'pending'].includes(a.client))
          return left ? notYet('old-version', { vm: left.nodeName }) : met
        },
      })
      if (waited.outcome.state === 'not-yet') {
        const { vm } = waited.outcome.reason.values
        const about = { job: jobId, vm: String(vm) }
        throw new Fault(
          msg('The job {job} was purged, yet its container on {vm} did not end.', about),
          {
            code: 'not-purged',
            cure: msg('See {code} and the Docker of {vm}.', {
              code: `nomad job status ${jobId}`,
              vm: String(vm),
            }),
          },
        )
      }
      ours.delete(jobId)
      journal.purged(jobId)
    },

    async purgeAll() {
      for (const jobId of [...ours.keys()]) await jobs.purge(jobId)
    },

    async probeIsPlaced() {
      const spec = probe(cluster.file.datacenter, clock.now())
      const id = String(spec.ID)
      journal.registering(id)
      try {
        if (isRefusal(await nomad.register(spec))) return false
        const waited = await eventually({
          clock,
          wakes,
          budget: { ms: probeMs, because: ['the scheduler places in under a second'] },
          signal: signal(),
          look: () => nomad.allocations(id),
          judge: (allocations) => (allocations.length > 0 ? met : notYet('starting', { vm: '' })),
        })
        return waited.ended === 'met'
      } finally {
        await nomad.purge(id)
        journal.purged(id)
      }
    },
  }
  return jobs
}

/**
 * Nomad's own list of errors is about the job, and so are a field of another type and a region that
 * there is not (1.4.4 and 2.0.5: `No path to region`); anything else is about the cluster.
 */
const isAboutTheJob = (said: string): boolean =>
  /errors? occurred:|json: cannot unmarshal|^No path to region/.test(said)

function couldNot(what: string, jobId: string, answer: { status: number; text: string }): Fault {
  const said = answer.text.replace(/\s+/g, ' ').trim().slice(0, 300)
  const about = { what, job: jobId, said: `${answer.status} ${said}` }
  return new Fault(msg('Nomad could not {what} the job {job}: {said}', about), {
    code: 'nomad-refused',
    cure: msg("See whether the server has a leader, and Nomad's log."),
  })
}

/** Tiny, without port and service: it hinders nobody, and only its placement is looked at. */
function probe(datacenter: string, now: number): NomadJson {
  const id = `grader-probe-${now.toString(36)}`
  return {
    ID: id,
    Name: id,
    Type: 'service',
    Datacenters: [datacenter],
    TaskGroups: [
      {
        Name: 'probe',
        Count: 1,
        Tasks: [
          {
            Name: 'probe',
            Driver: 'docker',
            Config: { image: 'nginx:1.22.1' },
            Resources: { CPU: 20, MemoryMB: 32 },
          },
        ],
      },
    ],
  }
}
