import { createHash } from 'node:crypto'
import { putBack } from './cluster/put-back.ts'
import { type Fact, judgeFact, type KeyFact } from './grade/fact.ts'
import type { CriterionId } from './grade/rubric.ts'
import { type Message, msg } from './language/message.ts'
import type { Recorder } from './recorder.ts'
import type { Run } from './run.ts'
import { within } from './time/budget.ts'
import { eventually } from './time/eventually.ts'
import { codeOf, Fault, sentenceOf } from './time/fault.ts'

/** What a suite may expect of Consul itself, as section 00 of the sheet shows it. */
export interface DatacenterWords {
  /** `consul members`: the server and every client, alive, in the sheet's datacenter. */
  showsItsMembers(): Promise<void>
  /** `consul kv put`, then `get` at every agent; what stood there before is put back. */
  keeps(key: string, value: string): Promise<void>
  /** `dig consul.service.consul`: exactly the servers. */
  findsItsServers(): Promise<void>
  /** The page that a browser opens at port 8500 of the server. */
  servesItsPage(): Promise<void>
}

/** Consul in the words of suite 00. */
export function datacenterWords(run: Run, record: Recorder): DatacenterWords {
  const { cluster } = run
  return {
    showsItsMembers: () =>
      see(run, record, 'members', msg('all members of Consul are there'), () => lookAtMembers(run)),
    keeps: (key, value) => keepKey(run, record, key, value),
    findsItsServers: () =>
      see(run, record, 'consul-dns', msg("DNS gives Consul's servers"), async () => {
        const [dns, rows] = await Promise.all([
          cluster.dns('consul.service.consul'),
          cluster.consul.memberRows(),
        ])
        const servers = rows.filter((one) => one.role === 'server' && one.status === 'alive')
        return { about: 'dns', dns, servers: servers.map(({ address }) => address) }
      }),
    servesItsPage: () =>
      see(run, record, 'ui', msg("Consul's own page is served"), async () => {
        return { about: 'page', ...(await cluster.consul.page()) }
      }),
  }
}

/** Waits for a criterion of the cluster itself, and writes down what was seen at the end. */
export async function see(
  run: Run,
  record: Recorder,
  criterion: CriterionId,
  what: Message,
  look: () => Promise<Fact>,
  budgetOf = within.lookup,
): Promise<void> {
  const { clock, wakes } = run.cluster
  const budget = budgetOf(run.budgetFacts())
  run.teller.begins(what, budget)
  const waited = await eventually({
    ...{ clock, wakes, budget, look },
    signal: run.signal,
    judge: (fact) => judgeFact(criterion, fact),
    onNotYet: (reason) => run.teller.notYet(reason),
  })
  const { ended, seen: fact, spent, looks } = waited
  record.item({ kind: 'fact', criterion, ended, fact, spent, looks })
  if (ended !== 'met') throw record.enough()
}

async function lookAtMembers({ cluster, machines }: Run): Promise<Fact> {
  const [rows, nodes] = await Promise.all([cluster.consul.memberRows(), cluster.nomad.nodes()])
  const { server, datacenter } = cluster.file
  const clients = nodes
    .filter(({ name }) => machines.clients.includes(name))
    .map(({ name, address }) => ({ name, address, role: 'client' as const }))
  const name = rows.find(({ address }) => address === server)?.name ?? server
  return {
    about: 'members',
    datacenter,
    wanted: [{ name, address: server, role: 'server' }, ...clients],
    members: rows,
  }
}

const base64 = (text: string) => Buffer.from(text).toString('base64')

async function keepKey(run: Run, record: Recorder, key: string, value: string): Promise<void> {
  const { consul } = run.cluster
  const { journal } = run.options
  const ours = base64(value)
  const before = await consul.entry(key)
  const written = {
    ...{ kind: 'key' as const, key, ours },
    before: before && { value: before.value, flags: before.flags },
  }
  if (before?.value === ours) record.note(msg('{key} was {value} before.', { key, value }))
  journal.writing(written)
  try {
    if (!(await consul.putEntry(key, { value: ours, flags: 0 }, before?.index ?? 0)))
      throw new Fault(msg('Somebody else writes {key} just now.', { key }), {
        code: 'key-busy',
        cure: msg('Run this item again.'),
      })
    const at = (agents: Agent[]) => () => lookAtKey(run, key, value, agents)
    await see(run, record, 'key-written', msg('{key} is written', { key }), at([serverOf(run)]))
    const agents = await agentsOf(run)
    await see(run, record, 'key-read', msg('every agent reads {key}', { key }), at(agents))
  } finally {
    const undone = await putBack(written, consul, journal)
    if (!undone)
      record.note(
        msg('{name} in Consul was changed by somebody else meanwhile: it stays so.', { name: key }),
      )
  }
  const want = shown(written.before?.value)
  await see(run, record, 'key-back', msg('{key} is as it was', { key }), () =>
    lookAtKey(run, key, want, [serverOf(run)]),
  )
}

interface Agent {
  name: string
  host: string
}

const serverOf = ({ cluster: { file } }: Run): Agent => ({ name: 'server', host: file.server })

/** Consul's agents of the server and of every client of the run. */
async function agentsOf(run: Run): Promise<Agent[]> {
  const nodes = await run.cluster.nomad.nodes()
  const clients = nodes.filter(({ name }) => run.machines.clients.includes(name))
  return [serverOf(run), ...clients.map(({ name, address }) => ({ name, host: address }))]
}

async function lookAtKey(
  run: Run,
  key: string,
  want: string | null,
  agents: Agent[],
): Promise<KeyFact> {
  const seen = await Promise.all(
    agents.map(async (agent) => {
      try {
        return { vm: agent.name, value: shown((await entryAt(run, agent, key))?.value), error: '' }
      } catch (error) {
        return { vm: agent.name, value: null, error: sentenceOf(error) }
      }
    }),
  )
  return { about: 'key', key, want, seen }
}

/** What the agent of that VM says; from inside, where it listens on 127.0.0.1 only. */
async function entryAt({ cluster }: Run, agent: Agent, key: string) {
  try {
    return await cluster.consul.entry(key, agent.host)
  } catch (error) {
    if (codeOf(error) !== 'ECONNREFUSED') throw error
    return await cluster.consulInside(agent).entry(key)
  }
}

/** A port is shown; anything else that a student keeps there is told by its digest only. */
function shown(value: string | undefined): string | null {
  if (value === undefined) return null
  const text = Buffer.from(value, 'base64').toString('utf8')
  if (/^\d{1,5}$/.test(text)) return text
  return `sha256:${createHash('sha256').update(value).digest('hex').slice(0, 16)}`
}
