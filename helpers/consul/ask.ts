import { type Answer, type Ask, type Http, json } from '../http.ts'
import { Fault } from '../time/fault.ts'

export type Asker = ReturnType<typeof createAsker>

/** How one agent of Consul is asked: whatever it answers but 200 is a Fault (code CONSUL_…). */
export function createAsker(http: Pick<Http, 'request'>, at: { host: string; port: number }) {
  const raw = async (path: string, more: Partial<Ask> = {}): Promise<Answer> => {
    const answer = await http.request({ ...at, path, ...more })
    if (answer.status !== 200) throw statusFault(answer, path, more.host ?? at.host)
    return answer
  }
  const read = (answer: Answer, host = at.host) => json(answer, `Consul at ${host}`)
  const get = async (path: string, host = at.host) => read(await raw(path, { host }), host)
  return { raw, read, get }
}

function statusFault(answer: Answer, path: string, host: string): Fault {
  const said = answer.text.trim().replace(/\s+/g, ' ').slice(0, 300)
  return new Fault(`Consul at ${host} answered ${path} with HTTP ${answer.status}: ${said}.`, {
    code: `CONSUL_${answer.status}`,
    cure: 'See whether the server has a leader, and what its log says.',
  })
}
