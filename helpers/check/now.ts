import { rubric } from '../../suites/rubric.ts'
import { type Asking, askAgents } from '../agents.ts'
import type { Connected } from '../connect.ts'
import { jobsOwn, judgeCriterion } from '../grade/criteria.ts'
import type { DeployRecord, Want } from '../grade/evidence.ts'
import { met, type Outcome } from '../grade/reason.ts'
import { judgeRecorded } from '../grade/recorded.ts'
import type { RubricItem } from '../grade/rubric.ts'
import { tellReason } from '../grade/sentences.ts'
import { unseen } from '../grade/view.ts'
import { portAsked } from '../grade/where.ts'
import { handedIn, serviceOf } from '../handed-in.ts'
import { inLanguage, type Language, type Message, msg } from '../language/message.ts'
import { lookAtCluster, lookAtNodes, type Memory } from '../observe.ts'
import { fromCanonical } from '../submission/canonical.ts'
import type { StageId } from '../submission/types.ts'
import { type Running, standingWants } from './standing.ts'

/** What stands on the cluster at this moment: one look, nothing registered, stopped or locked. */
export interface Now {
  server: string
  simulated: boolean
  /** Why the cluster told nothing; '' when it did. */
  trouble: string
  items: { id: string; stands: boolean; sentence: string }[]
}

/** Looks once at the jobs that the student's files name, and says which items' states it sees. */
export async function lookNow(
  cluster: Connected,
  jobIds: { nginx: string; apache: string },
  language: Language,
): Promise<Now['items']> {
  const memory: Memory = {
    allocations: new Map(),
    backAt: new Map(),
    returning: new Set(),
    pages: new Map(),
    journal: { allocations: () => {} },
  }
  const nodes = await lookAtNodes(cluster)
  const clients = nodes.filter(({ status }) => status === 'ready').map(({ name }) => name)
  for (const id of Object.values(jobIds)) await rememberAllocations(cluster, memory, id)
  const nginx = await runningJob(cluster, memory, '02.1', jobIds.nginx)
  const apache = await runningJob(cluster, memory, '03.1', jobIds.apache)
  const asking = { cluster, memory, machines: { clients } }
  const items: Record<string, RubricItem> = rubric.items
  const found: Now['items'] = []
  for (const [id, item] of Object.entries(items).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const running = id.startsWith('03') ? apache : nginx
    const why = running
      ? await whyNot(id, item, running, asking)
      : msg('Nomad runs no job called {id}.', { id: jobIds[idOfJob(id)] })
    found.push({ id, stands: !why, sentence: why ? inLanguage(why, language) : '' })
  }
  return found
}

const idOfJob = (item: string) => (item.startsWith('03') ? 'apache' : 'nginx')

/** Those of a job that was purged too: what is left of them in Consul is nobody else's. */
async function rememberAllocations({ nomad }: Connected, memory: Memory, job: string) {
  for (const one of await nomad.allocations(job, true)) {
    const { id, version, client, desired, nodeName } = one
    const stoppedAt = desired === 'run' && client === 'running' ? 0 : one.modifiedAt
    memory.allocations.set(id, { job, version, client, desired, nodeName, stoppedAt })
  }
}

async function runningJob(
  cluster: Connected,
  memory: Memory,
  stage: StageId,
  jobId: string,
): Promise<Running | undefined> {
  const spec = await cluster.nomad.spec(jobId)
  if (spec === null || spec.Stop === true) return undefined
  const job = fromCanonical(spec)
  const origin = { how: 'exact' } as const
  const stages = { id: stage, file: jobId, origin, text: '', format: 'json', places: {} } as const
  const deploy = handedIn(stages, { job })
  const view = await lookAtCluster(cluster, memory, { jobId, job }, serviceOf(stage))
  return unseen(view.nomad) ? undefined : { deploy, view, nomad: view.nomad }
}

/** Why an item's state does not stand now: the criteria of a state, by the very rules of a run. */
async function whyNot(
  id: string,
  item: RubricItem,
  running: Running,
  asking: Asking,
): Promise<Message | undefined> {
  const { deploy, view } = running
  const { job } = deploy
  if (!job) return undefined
  const isOf02 = !(
    jobsOwn(job, { ...deploy, replicas: 3 }) ?? portAsked(job, { ...deploy, port: 80 })
  )
  if (['02.2', '02.3'].includes(id) && !isOf02) return msg('It builds on {item}.', { item: '02.1' })
  const wanted = standingWants(id, running, asking.machines.clients)
  if ('why' in wanted) return wanted.why
  const { service, server } = serviceOf(id.startsWith('03') ? '03.1' : '02.1')
  const want: Want = { ...wanted, service, server, clients: [...asking.machines.clients] }
  const path = agentPaths[id]
  const asked = path ? await askAgents(asking, view, service, path) : { view, agents: [] }
  const facts = { want, job, views: [asked.view], agents: asked.agents }
  for (const criterion of item.criteria) {
    if (!ofAState.has(criterion.id)) continue
    const outcome =
      criterion.id === 'image' ? imageOf(criterion, deploy) : judgeCriterion(criterion.id, facts)
    if (outcome.state !== 'met') return tellReason(outcome.reason).sentence
  }
  return undefined
}

function imageOf(criterion: RubricItem['criteria'][number], deploy: DeployRecord): Outcome {
  const { reason } = judgeRecorded(criterion, [], deploy)
  return reason ? { state: 'hopeless', reason } : met
}

/** Criteria of a state; the others are of acts, of the file, or of some time. */
const ofAState = new Set([
  ...['image', 'replicas', 'port', 'own-vm', 'spread', 'moved', 'held-back', 'consul', 'answers'],
  ...['dns', 'serves', 'agents', 'catalog', 'entries'],
])

const agentPaths: Record<string, 'agent/services' | 'catalog/services' | 'catalog/service'> = {
  '03.2': 'agent/services',
  '03.3': 'catalog/services',
  '03.4': 'catalog/service',
}
