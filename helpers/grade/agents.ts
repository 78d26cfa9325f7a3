import { msg } from '../language/message.ts'
import type { AgentLook, Want } from './evidence.ts'
import { met, notYet, notYetLab, type Outcome } from './reason.ts'
import { leftoversOf, type Replica, standing } from './replicas.ts'
import { unseen, type View } from './view.ts'

/** Services that the lab itself registers (rubric, 03.3). */
const labServices = ['consul', 'nomad', 'nomad-client']

function leftoverIds(view: View): Set<string> {
  return unseen(view.consul)
    ? new Set()
    : new Set(leftoversOf(view.consul, view.at).map((l) => l.instance.id))
}

function silent(agents: AgentLook[]): Outcome | undefined {
  const bad = agents.find((a) => a.error !== '')
  return bad ? notYetLab('agent-unseen', { vm: bad.vm, text: bad.error }) : undefined
}

/** A replica as Consul places it: what the agents and the catalog must repeat. */
interface Placed {
  allocation: string
  vm: string
  address: string
  port: number
}

/**
 * What the agents must repeat: the replicas as Consul places them (their first two witnesses; what
 * answers there was 03.1's matter), and the leftovers to set aside. Or why that is not known.
 */
function expected(
  view: View,
  agents: AgentLook[],
  want: Want,
  replicas: Replica[],
): { placed: Placed[]; aside: Set<string> } | Outcome {
  if (agents.length === 0)
    return notYetLab('agent-unseen', { vm: msg('any VM'), text: msg('nobody was asked') })
  const bad = silent(agents)
  if (bad) return bad
  if (unseen(view.consul)) return notYetLab('consul-unseen', { text: view.consul.error })
  const { instances } = view.consul
  const placed = replicas.flatMap((replica): Placed[] => {
    const entry = instances.find((i) => i.allocation === replica.allocation.id)
    if (!entry) return []
    const { allocation, address, port } = entry
    return [{ allocation, vm: replica.vm, address, port }]
  })
  if (placed.length === 0 || placed.length < replicas.length)
    return notYetLab('consul-absent', { service: want.service, vm: msg('any VM') })
  return { placed, aside: leftoverIds(view) }
}

const repeats = (e: { id: string; address: string; port: number }, p: Placed) =>
  e.id.includes(p.allocation) && e.address === p.address && e.port === p.port

/** 03.2: the agents that list the service are exactly those of its replicas' VMs. */
export function agentsOf(
  view: View,
  agents: AgentLook[],
  want: Want,
  replicas: Replica[],
): Outcome {
  const known = expected(view, agents, want, replicas)
  if ('state' in known) return known
  const { placed, aside } = known
  for (const agent of agents) {
    const listed = (agent.entries ?? []).filter((e) => !aside.has(e.id))
    const here = placed.filter((p) => p.vm === agent.vm)
    // Which VMs list it is the question; that one is listed twice there was 03.1's matter.
    const same =
      here.every((p) => listed.some((e) => repeats(e, p))) &&
      listed.every((e) => here.some((p) => e.id.includes(p.allocation)))
    if (same) continue
    const values = { vm: agent.vm, service: want.service, have: listed.length, want: here.length }
    return notYetLab('agents-differ', values)
  }
  return met
}

/**
 * 03.3: every agent gives the same set: the student's service and the lab's, and no nginx. `asNginx`:
 * whether what runs registers that, too; then what does not list it is older than the job.
 */
export function catalogOf(view: View, agents: AgentLook[], want: Want, asNginx: boolean): Outcome {
  const bad = silent(agents)
  if (bad) return bad
  const [first] = agents
  if (!first) return notYetLab('agent-unseen', { vm: msg('any VM'), text: msg('nobody was asked') })
  const set = (first.services ?? []).join(', ')
  const differing = agents.find((a) => (a.services ?? []).join(', ') !== set)
  if (differing) return notYetLab('catalog-unsteady', { vm: differing.vm })
  const names = first.services ?? []
  const missing = labServices.find((name) => !names.includes(name))
  if (missing) return notYetLab('catalog-lab', { service: missing })
  if (!names.includes(want.service)) return notYetLab('catalog-absent', { service: want.service })
  const seen = names.includes('nginx') ? nginxInCatalog(view, first) : met
  return asNginx && seen.state === 'met' ? notYetLab('catalog-behind') : seen
}

/** nginx stands in the catalog: set aside where every entry of it is a leftover. */
function nginxInCatalog(view: View, look: AgentLook): Outcome {
  if (unseen(view.consul)) return notYetLab('consul-unseen', { text: view.consul.error })
  const others = view.consul.others ?? []
  const left = standing({ ...view.consul, instances: others }, view.at)
  if (others.length > 0 && left.length === 0) return met
  const own = left.find((e) => e.owner !== null)
  return own
    ? notYet('catalog-nginx', { vm: own.node }, 'service.name')
    : notYetLab('consul-foreign', {
        service: 'nginx',
        vm: left[0]?.node ?? look.vm,
        id: left[0]?.id ?? '',
      })
}

/** 03.4: the catalog's entries equal the replicas one for one. */
export function entriesOf(
  view: View,
  agents: AgentLook[],
  want: Want,
  replicas: Replica[],
): Outcome {
  const known = expected(view, agents, want, replicas)
  if ('state' in known) return known
  const { placed, aside } = known
  for (const agent of agents) {
    const entries = (agent.catalog ?? []).filter((e) => !aside.has(e.id))
    const same =
      entries.length === placed.length &&
      placed.every((p) => entries.some((e) => e.node === p.vm && repeats(e, p)))
    if (same) continue
    const values = { have: entries.length, want: placed.length }
    // More entries than replicas are the job's own; fewer, or other ones, are the lab's doing.
    return entries.length > placed.length
      ? notYet('entries-differ', values, 'service')
      : notYetLab('entries-differ', values)
  }
  return met
}
