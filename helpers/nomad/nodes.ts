import type { NodeState } from '../grade/view.ts'
import { json } from '../http.ts'
import { msg } from '../language/message.ts'
import { list, number, record, text } from '../loose.ts'
import { Fault } from '../time/fault.ts'
import { type Asker, isRefusal, type NomadJson, statusFault } from './ask.ts'
import { goDuration } from './duration.ts'
import { nodeState } from './normalise.ts'

/** Go's default when the server's configuration has no heartbeat_grace (cluster-facts §0.2.7). */
const usualGrace = 10_000

/** Looking at Nomad's machines and their agents, and taking a node out of the scheduler's hands. */
export function nodeCalls({ raw, get, getOrNull, post }: Asker) {
  return {
    /** 'host:port' of the leading server, '' when there is none. */
    async leader(): Promise<string> {
      const answer = await raw('/v1/status/leader')
      // "No cluster leader" comes as a 500 (cluster-facts §4.1): an answer, not a fault.
      return answer.status === 200 ? text(json(answer, 'Nomad')) : ''
    },

    /**
     * How long the leader has led at least, in ms. undefined where that cannot be told: with several
     * servers one that led before may remember its old health (raft-autopilot keeps it in memory).
     */
    async leaderFor(): Promise<number | undefined> {
      const answer = await raw('/v1/operator/autopilot/health')
      if (answer.status !== 200) return undefined
      const servers = list(record(json(answer, 'Nomad')).Servers).map(record)
      const [server] = servers
      // Both are the server's own clock, told in whole seconds.
      const age = Date.parse(answer.headers.date ?? '') - Date.parse(text(server?.StableSince))
      return servers.length === 1 && server?.Leader === true && age > 1000 ? age - 1000 : undefined
    },

    nodes: async (): Promise<NodeState[]> =>
      list(await get('/v1/nodes?resources=true')).map(nodeState),

    /** null: no such node. `changedAt`: when its status last changed, ms since the epoch. */
    async node(id: string): Promise<(NodeState & { changedAt: number; json: NomadJson }) | null> {
      const page = await getOrNull(`/v1/node/${encodeURIComponent(id)}`)
      if (page === null) return null
      const changedAt = number(record(page).StatusUpdatedAt) * 1000
      return { ...nodeState(page), changedAt, json: record(page) }
    },

    /** An agent's own page: of the agent that is asked, or of the one at `host`. */
    async self(host?: string) {
      const config = record(record(await get('/v1/agent/self', host)).config)
      const server = record(config.Server)
      const graceMs = number(server.HeartbeatGrace) / 1e6
      return {
        version: text(record(config.Version).Version),
        region: text(config.Region),
        datacenter: text(config.Datacenter),
        isServer: server.Enabled === true,
        isClient: record(config.Client).Enabled === true,
        graceMs: graceMs > 0 ? graceMs : usualGrace,
      }
    },

    /** Asked of the client's own agent: it is missed at last heartbeat + TTL + grace. */
    async clientSelf(host: string): Promise<{ ttlMs: number; lastMs: number; nodeId: string }> {
      const client = record(record(record(await get('/v1/agent/self', host)).stats).client)
      const ttlMs = goDuration(text(client.heartbeat_ttl))
      const lastMs = goDuration(text(client.last_heartbeat))
      if (ttlMs === undefined || lastMs === undefined) {
        throw new Fault(msg("Nomad's agent at {host} gives no heartbeat times.", { host }), {
          code: 'NOMAD_NO_HEARTBEAT',
          cure: msg('See whether that agent runs as a client.'),
        })
      }
      return { ttlMs, lastMs, nodeId: text(client.node_id) }
    },

    async eligibility(nodeId: string, eligibility: 'eligible' | 'ineligible'): Promise<void> {
      const path = `/v1/node/${encodeURIComponent(nodeId)}/eligibility`
      const answer = await post(path, { Eligibility: eligibility })
      if (isRefusal(answer)) throw statusFault(answer, path)
    },
  }
}
