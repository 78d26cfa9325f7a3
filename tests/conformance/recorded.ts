import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Denied } from './acl.ts'
import type { Exchange } from './exchange.ts'
import type { Answers } from './questions.ts'

const folder = new URL('recordings/', import.meta.url)
const read = (path: string) => {
  const bytes = readFileSync(new URL(path, folder))
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
}

const ndjson = <T>(path: string): T[] =>
  read(path)
    .trim()
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as T]))

export interface Recorded {
  exchanges: Exchange[]
  answers: Answers
}

/**
 * What real clusters answered, with this Nomad and any Consul: our own recordings and those of the
 * exercise's steps. `answers`: of this Nomad and this Consul.
 */
export function recordedOf(versions: { nomad: string; consul: string }): Recorded {
  const folders = readdirSync(folder).filter((name) => name.startsWith('own-'))
  const steps = readdirSync(folder).filter((name) => name.startsWith('02.3-'))
  const isOf = (name: string, kind: keyof Answers) => name.includes(`${kind}-${versions[kind]}`)
  const all = [
    ...folders.map((name) => ({ name, rows: ndjson<Exchange>(`${name}/exchanges.ndjson.gz`) })),
    ...steps.map((name) => ({
      name,
      rows: (JSON.parse(read(name)) as Exchange[]).filter(isWhole),
    })),
  ]
  const ofNomad = (one: Exchange) => one.agent.endsWith(':4646')
  const answers = (kind: keyof Answers) => {
    const own = folders.find((name) => isOf(name, kind)) ?? ''
    const rows = ndjson<{ asked: string; answer: unknown }>(`${own}/${kind}-answers.ndjson`)
    return Object.fromEntries(rows.map(({ asked, answer }) => [asked, answer]))
  }
  return {
    exchanges: all.flatMap(({ name, rows }) =>
      isOf(name, 'nomad') ? rows : rows.filter((one) => !ofNomad(one)),
    ),
    answers: { nomad: answers('nomad'), consul: answers('consul') },
  }
}

/** The copies of the exercise's steps leave the job out of an allocation's page. */
const isWhole = ({ request, body }: Exchange): boolean =>
  !request.startsWith('GET /v1/allocation/') || 'Job' in (body as object)

/** What real agents with ACLs answered to those who may not ask (acl.sh). */
export function deniedOf(nomad: string): Denied[] {
  const own = readdirSync(folder).find((name) => name.startsWith(`own-nomad-${nomad}-`)) ?? ''
  return ndjson(`${own}/denied.ndjson`)
}
