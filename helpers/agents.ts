import pLimit from 'p-limit'
import type { Connected } from './connect.ts'
import type { Consul } from './consul/client.ts'
import type { AgentLook } from './grade/evidence.ts'
import { unseen, type View } from './grade/view.ts'
import { lookAtService, type Memory } from './observe.ts'
import { codeOf, sentenceOf } from './time/fault.ts'

/** At most so many agents are asked at once. */
const agentsAtOnce = pLimit(32)

type Path = 'agent/services' | 'catalog/services' | 'catalog/service'

/** Who asks, and the clients whose agents are asked: a run, or a look at what runs now. */
export interface Asking {
  cluster: Connected
  memory: Memory
  machines: { clients: readonly string[] }
}

/** Asks the Consul agent of every VM the same question (03.2–03.4). */
export async function askAgents(
  run: Asking,
  view: View,
  service: string,
  path: Path,
): Promise<{ view: View; agents: AgentLook[] }> {
  const nodes = unseen(view.nomad) ? [] : view.nomad.nodes
  const asked = nodes.filter((n) => run.machines.clients.includes(n.name))
  const agents = await Promise.all(
    asked.map((node) => agentsAtOnce(() => askAgent(run, node, service, path))),
  )
  if (path === 'catalog/service') return { view, agents: withNodeNames(agents, view) }
  if (path !== 'catalog/services' || unseen(view.consul)) return { view, agents }
  // What is left of nginx may still stand in the catalog: ask whose it is (rubric, leftover).
  const listed = agents.some((a) => a.services?.includes('nginx'))
  if (!listed || service === 'nginx') return { view, agents }
  const others = await lookAtService(run.cluster, run.memory, view.nomad, 'nginx')
  return { view: { ...view, consul: { ...view.consul, others } }, agents }
}

async function askAgent(
  run: Asking,
  node: { name: string; address: string },
  service: string,
  path: Path,
): Promise<AgentLook> {
  const look: AgentLook = { vm: node.name, address: node.address, via: 'http', error: '', index: 0 }
  const { consul, consulInside } = run.cluster
  try {
    return { ...look, ...(await ask(consul, node.address, service, path)) }
  } catch (error) {
    if (codeOf(error) !== 'ECONNREFUSED') return { ...look, error: sentenceOf(error) }
  }
  // An agent with the default client_addr listens on 127.0.0.1 only: that costs nobody a mark.
  try {
    const inside = consulInside({ name: node.name, host: node.address })
    return { ...look, via: 'ssh', ...(await ask(inside, node.address, service, path)) }
  } catch (error) {
    return { ...look, via: 'ssh', error: sentenceOf(error) }
  }
}

async function ask(
  consul: Consul,
  host: string,
  service: string,
  path: Path,
): Promise<Partial<AgentLook>> {
  if (path === 'catalog/services') return consul.catalogServices(host)
  if (path === 'catalog/service') return consul.catalogService(service, host)
  const entries = await consul.agentServices(host)
  return { entries: entries.filter((e) => e.name === service) }
}

/** Consul's node names in Nomad's words: the same VM may be called otherwise there. */
function withNodeNames(agents: AgentLook[], view: View): AgentLook[] {
  if (unseen(view.nomad)) return agents
  const names = new Map(view.nomad.nodes.map((n) => [n.address, n.name]))
  return agents.map((agent) => ({
    ...agent,
    catalog: agent.catalog?.map((entry) => ({
      ...entry,
      node: names.get(entry.nodeAddress) ?? entry.node,
    })),
  }))
}
