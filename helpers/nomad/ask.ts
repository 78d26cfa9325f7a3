import { type Answer, type Ask, type Http, json } from '../http.ts'
import { msg } from '../language/message.ts'
import { record } from '../loose.ts'
import { Fault } from '../time/fault.ts'

/** What Nomad answered instead of doing what was asked: its own status and plain text. */
export interface Refusal {
  status: number
  text: string
}

export const isRefusal = (answer: object): answer is Refusal =>
  'status' in answer && 'text' in answer

/** A job, a plan, a node as JSON in Nomad's own shape. */
export type NomadJson = Record<string, unknown>

/** Asking one agent: every answer that is not expected is a Fault. */
export interface Asker {
  raw(path: string, more?: Partial<Ask>): Promise<Answer>
  /** The JSON of a 200. */
  get(path: string, host?: string): Promise<unknown>
  /** The JSON of a 200, null for a 404. */
  getOrNull(path: string): Promise<unknown>
  post(path: string, body: unknown): Promise<Refusal | NomadJson>
}

const longestText = 20_000

export function createAsker(
  http: Pick<Http, 'request'>,
  at: { host: string; port: number },
): Asker {
  const raw: Asker['raw'] = async (path, more = {}) => {
    const answer = await http.request({ ...at, path, ...more })
    const heardAgo = Number(answer.headers['x-nomad-lastcontact'] ?? 0)
    if (heardAgo > longestUnheardMs) throw staleFault(heardAgo, path, more.host ?? at.host)
    return answer
  }
  return {
    raw,
    async get(path, host = at.host) {
      const answer = await raw(path, { host })
      if (answer.status !== 200) throw statusFault(answer, path, host)
      return json(answer, `Nomad at ${host}`)
    },
    async getOrNull(path) {
      const answer = await raw(path)
      if (answer.status === 404) return null
      if (answer.status !== 200) throw statusFault(answer, path, at.host)
      return json(answer, `Nomad at ${at.host}`)
    },
    async post(path, body) {
      const answer = await raw(path, { method: 'POST', body })
      const { status } = answer
      if (status !== 200) return { status, text: answer.text.slice(0, longestText) }
      return record(json(answer, `Nomad at ${at.host}`))
    },
  }
}

/**
 * Nomad's own word for how old an answer may be. A leader, whom every question of ours goes to, says 0
 * (recordings); who is cut off from it might show for ever what was true then.
 */
const longestUnheardMs = 10_000

function staleFault(ms: number, path: string, host: string): Fault {
  const seconds = Math.round(ms / 1000)
  return new Fault(
    msg('Nomad at {host} answered {path} without having heard from its leader for {seconds} s.', {
      ...{ host, path, seconds },
    }),
    {
      code: 'NOMAD_STALE',
      cure: msg('See {code}, and the log of that server.', { code: 'nomad server members' }),
    },
  )
}

export function statusFault(answer: Refusal, path: string, host?: string): Fault {
  const said = answer.text.trim().replace(/\s+/g, ' ').slice(0, 300)
  const about = { path, status: `${answer.status}`, said }
  const seen =
    host === undefined
      ? msg('{who} answered {path} with HTTP {status}: {said}.', { who: 'Nomad', ...about })
      : msg('{who} at {host} answered {path} with HTTP {status}: {said}.', {
          ...{ who: 'Nomad', host, ...about },
        })
  return new Fault(seen, {
    code: `NOMAD_${answer.status}`,
    cure: msg('See whether the server has a leader, and what its log says.'),
  })
}
