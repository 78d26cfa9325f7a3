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

/** 03.2: the agents that list the service are exactly those of its replicas' VMs. */
export function agentsOf(
  view: View,
  agents: AgentLook[],
  want: Want,
  replicas: Replica[],
): Outcome {
  const bad = silent(agents)
  if (bad) return bad
  const aside = leftoverIds(view)
  for (const agent of agents) {
    const listed = (agent.entries ?? []).filter((e) => !aside.has(e.id))
    const here = replicas.filter((r) => r.vm === agent.vm)
    const same =
      listed.length === here.length &&
      here.every((r) =>
        listed.some(
          (e) => e.address === r.address && e.port === r.port && e.id.includes(r.allocation.id),
        ),
      )
    if (!same)
      return notYet(
        'agents-differ',
        { vm: agent.vm, service: want.service, have: listed.length, want: here.length },
        'service',
      )
  }
  return replicas.length > 0
    ? met
    : notYet(
        'agents-differ',
        { vm: 'every VM', service: want.service, have: 0, want: 1 },
        'service',
      )
}

/** 03.3: every agent gives the same set: the student's service and the lab's, and no nginx. */
export function catalogOf(view: View, agents: AgentLook[], want: Want): Outcome {
  const bad = silent(agents)
  if (bad) return bad
  const [first] = agents
  if (!first) return notYetLab('agent-unseen', { vm: 'any VM', text: 'nobody was asked' })
  const set = (first.services ?? []).join(', ')
  const differing = agents.find((a) => (a.services ?? []).join(', ') !== set)
  if (differing) return notYetLab('catalog-unsteady', { vm: differing.vm })
  const names = first.services ?? []
  const missing = labServices.find((name) => !names.includes(name))
  if (missing) return notYetLab('catalog-lab', { service: missing })
  if (!names.includes(want.service))
    return notYet('catalog-absent', { service: want.service }, 'service')
  if (!names.includes('nginx')) return met
  return nginxInCatalog(view, first)
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
export function entriesOf(view: View, agents: AgentLook[], replicas: Replica[]): Outcome {
  const bad = silent(agents)
  if (bad) return bad
  const aside = leftoverIds(view)
  const [look] = agents
  const entries = (look?.catalog ?? []).filter((e) => !aside.has(e.id))
  const same =
    replicas.length > 0 &&
    entries.length === replicas.length &&
    replicas.every((r) =>
      entries.some(
        (e) =>
          e.id.includes(r.allocation.id) &&
          e.node === r.vm &&
          e.address === r.address &&
          e.port === r.port,
      ),
    )
  return same
    ? met
    : notYet('entries-differ', { have: entries.length, want: replicas.length }, 'service')
}
