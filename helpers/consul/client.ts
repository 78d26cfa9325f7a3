import type { ConsulView } from '../grade/view.ts'
import type { Answer, Http } from '../http.ts'
import { list, record, text } from '../loose.ts'
import { codeOf } from '../time/fault.ts'
import { createAsker } from './ask.ts'
import { createIntentions } from './intentions.ts'
import { createKv } from './kv.ts'
import {
  agentEntry,
  type CatalogEntry,
  catalogEntry,
  type Entry,
  instance,
  member,
  memberRow,
  type Registered,
} from './normalise.ts'

export type Consul = ReturnType<typeof createConsul>

/** Consul's HTTP API at one agent. What cannot be asked is a Fault. */
export function createConsul(http: Pick<Http, 'request'>, at: { host: string; port: number }) {
  const asker = createAsker(http, at)
  const { raw, read, get } = asker
  return {
    ...createKv(asker),
    ...createIntentions(asker),

    /** 'host:port' of the leading server, '' when there is none. */
    leader: async (): Promise<string> => text(await get('/v1/status/leader')),

    members: async (): Promise<ConsulView['members']> =>
      list(await get('/v1/agent/members')).map(member),

    /** As `consul members` shows them. */
    memberRows: async () => list(await get('/v1/agent/members')).map(memberRow),

    /** The page that a browser is given: never rejects for what the network or the server does. */
    async page() {
      const url = `http://${at.host}:${at.port}/ui/`
      try {
        const answer = await http.request({ ...at, path: '/ui/', limit: 64 * 1024, cut: true })
        const [, title = ''] = /<title>([^<]{0,200})/i.exec(answer.text) ?? []
        return { url, status: answer.status, title: title.trim(), error: '' }
      } catch (error) {
        return { url, status: 0, title: '', error: codeOf(error) || 'HTTP' }
      }
    },

    health: async (service: string): Promise<Registered[]> =>
      list(await get(`/v1/health/service/${encodeURIComponent(service)}`)).map(instance),

    /**
     * Waits up to `waitSeconds` of cluster time for a change after `index`; 0 answers at once. A
     * return is no proof of a change. `deadline`: wall ms.
     */
    async healthBlocking(
      service: string,
      index: number,
      wait: { seconds: number; deadline: number; signal: AbortSignal },
    ): Promise<{ index: number; instances: Registered[] }> {
      const query = index > 0 ? `?index=${index}&wait=${wait.seconds}s` : ''
      const path = `/v1/health/service/${encodeURIComponent(service)}${query}`
      const answer = await raw(path, {
        long: true,
        deadline: wait.deadline,
        signal: wait.signal,
      })
      return {
        index: nextIndex(index, consulIndex(answer)),
        instances: list(read(answer)).map(instance),
      }
    },

    /**
     * Names of all services, sorted, as the agent at `host` gives them, with the catalog's index.
     */
    async catalogServices(host = at.host): Promise<{ services: string[]; index: number }> {
      const answer = await raw('/v1/catalog/services', { host })
      return {
        services: Object.keys(record(read(answer, host))).sort(),
        index: consulIndex(answer),
      }
    },

    async catalogService(
      name: string,
      host = at.host,
    ): Promise<{ catalog: CatalogEntry[]; index: number }> {
      const path = `/v1/catalog/service/${encodeURIComponent(name)}`
      const answer = await raw(path, { host })
      return { catalog: list(read(answer, host)).map(catalogEntry), index: consulIndex(answer) }
    },

    /** What is registered on the agent at `host`, and on no other. */
    agentServices: async (host = at.host): Promise<Entry[]> =>
      Object.values(record(await get('/v1/agent/services', host))).map((e) => agentEntry(e, host)),

    /** The newest Envoy that this Consul supports, '' where it does not say. */
    async envoyVersion(): Promise<string> {
      const { xDS } = record(await get('/v1/agent/self'))
      return text(list(record(record(xDS).SupportedProxies).envoy)[0])
    },

    async self(host = at.host) {
      const config = record(record(await get('/v1/agent/self', host)).Config)
      return {
        version: text(config.Version),
        datacenter: text(config.Datacenter),
        node: text(config.NodeName),
        isServer: config.Server === true,
      }
    },
  }
}

function consulIndex(answer: Answer): number {
  const index = Number(answer.headers['x-consul-index'])
  return Number.isSafeInteger(index) && index > 0 ? index : 1
}

/** An index that went back means a new beginning (cluster-facts §3.1). */
function nextIndex(before: number, now: number): number {
  return now < before ? 0 : now
}
