import { type Asking, askAgents } from '../agents.ts'
import type { Connected } from '../connect.ts'
import type { AgentLook, DeployRecord } from '../grade/evidence.ts'
import { type NomadView, unseen, type View } from '../grade/view.ts'
import { handedIn, serviceOf } from '../handed-in.ts'
import { msg } from '../language/message.ts'
import { number } from '../loose.ts'
import { lookAtStanding, type Standing } from '../machines.ts'
import { lookAtCluster, type Memory } from '../observe.ts'
import { fromCanonical } from '../submission/canonical.ts'
import { type Kind, kindOfStage, stageOfJob } from '../submission/recognise.ts'
import type { StageId } from '../submission/types.ts'
import { Fault } from '../time/fault.ts'

/** A job of the sheet as it runs now. */
export interface JobSeen {
  id: string
  /** The stage that it is meant to be. */
  aim: StageId
  deploy: DeployRecord
  view: View
  nomad: NomadView
}

/** One look at all that the student's acts change. */
export interface Seen {
  /** Cluster time. */
  at: number
  standing: Standing
  jobs: Partial<Record<Kind, JobSeen>>
  /** Ids of jobs that Nomad knows of each kind: running beside the one looked at, or only stopped. */
  others: Record<Kind, string[]>
  stopped: Record<Kind, string[]>
}

/** Jobs of other people on a shared cluster are not read one by one. */
const mostJobs = 20

/** No look of `--live` is an act, and none goes over SSH: what only that would tell stays unknown. */
export function watchOnly(cluster: Connected): Connected {
  const refuse = async (): Promise<never> => {
    throw new Fault(
      msg('It answers on {address} only, and here nobody logs in to ask it there.', {
        address: '127.0.0.1',
      }),
      {
        code: 'WATCH_ONLY',
      },
    )
  }
  const silent = { agentServices: refuse, catalogServices: refuse, catalogService: refuse }
  return {
    ...cluster,
    answersInside: async () => false,
    consulInside: () => ({ ...cluster.consul, ...silent }),
  }
}

export function newMemory(): Memory {
  return {
    allocations: new Map(),
    backAt: new Map(),
    returning: new Set(),
    pages: new Map(),
    journal: { allocations: () => {} },
  }
}

/** Who is there; the first thing looked at, for what is a leftover depends on it. */
export const lookAtMachines = (cluster: Connected): Promise<Standing> => lookAtStanding(cluster)

/** The jobs of the sheet, whatever they are called. */
export async function lookAtJobs(
  cluster: Connected,
  memory: Memory,
  standing: Standing,
): Promise<Seen> {
  const seen: Seen = {
    at: cluster.clock.now(),
    standing,
    jobs: {},
    others: { nginx: [], apache: [] },
    stopped: { nginx: [], apache: [] },
  }
  const all = (await cluster.nomad.jobs()).filter(({ type }) => type === 'service')
  for (const { id, stop } of all.slice(0, mostJobs)) {
    const spec = await cluster.nomad.spec(id)
    const job = spec && fromCanonical(spec)
    const aim = job && stageOfJob(job)
    if (!aim) continue
    const kind = kindOfStage(aim)
    if (stop) seen.stopped[kind].push(id)
    else if (seen.jobs[kind]) seen.others[kind].push(id)
    else {
      await rememberOnce(cluster, memory, id)
      const read = { id: aim, file: id, origin: { how: 'exact' }, text: '', places: {} } as const
      const deploy = { ...handedIn({ ...read, format: 'json' }, { job }), registered: true }
      const view = await lookAtCluster(cluster, memory, { jobId: id, job }, serviceOf(aim))
      // Registered anew between both questions: the next look sees it whole.
      const isSame = !unseen(view.nomad) && view.nomad.job?.version === number(spec.Version)
      if (isSame && !unseen(view.nomad))
        seen.jobs[kind] = { id, aim, deploy, view, nomad: view.nomad }
    }
  }
  seen.at = cluster.clock.now()
  return seen
}

/** What ran of a job before this was begun: what is left of it in Consul is nobody else's. */
async function rememberOnce(cluster: Connected, memory: Memory, job: string): Promise<void> {
  if ([...memory.allocations.values()].some((one) => one.job === job)) return
  for (const one of await cluster.nomad.allocations(job, true)) {
    const { id, version, client, desired, nodeName } = one
    const isLive = desired === 'run' && client === 'running'
    const stoppedAt = isLive ? 0 : cluster.clock.now()
    memory.allocations.set(id, { job, version, client, desired, nodeName, stoppedAt })
  }
}

export type AgentPath = Parameters<typeof askAgents>[3]

/** What the Consul agents of the VMs say, beside the look. */
export const lookAtAgents = (
  asking: Asking,
  job: JobSeen,
  path: AgentPath,
): Promise<{ view: View; agents: AgentLook[] }> =>
  askAgents(asking, job.view, job.deploy.service, path)
