import { type Answer, type Ask, type Http, json } from '../http.ts'
import { msg } from '../language/message.ts'
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
  const about = { who: 'Consul', host, path, status: `${answer.status}`, said }
  return new Fault(msg('{who} at {host} answered {path} with HTTP {status}: {said}.', about), {
    code: `CONSUL_${answer.status}`,
    cure: msg('See whether the server has a leader, and what its log says.'),
  })
}
