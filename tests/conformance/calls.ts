import { readFileSync } from 'node:fs'
import type { Consul } from '../../helpers/consul/client.ts'
import { examine } from '../../helpers/doctor/examine.ts'
import { isRefusal, type Nomad, type NomadJson } from '../../helpers/nomad/client.ts'
import { mistake } from '../harness.ts'
import type { Arm } from './arms.ts'

/** Job files whose fate shows what a right one does not: refusals, filters, failures of tasks. */
const odd = [
  'constraint-unknown-node',
  'memory-too-large',
  'image-typo',
  'check-failing',
  'group-service',
  'canary',
  'count-0',
  'count-in-config',
  'datacenters-missing',
  'service-port-label-unknown',
]

/** Nomad and Consul are asked everything that the grader can ask, while `odd` jobs come and go. */
export async function callEverything({ cluster, outages }: Arm): Promise<void> {
  const { nomad, consul, clock } = cluster
  const job = await parsed(nomad, 'right-dynamic')
  await nomad.validate(job)
  await nomad.register(job)
  // Before its client has heard of it, an allocation has no TaskStates.
  for (const one of await nomad.allocations('nginx')) await nomad.allocation(one.id)
  for (let tries = 0; tries < 60; tries++) {
    if ((await consul.health('nginx')).length > 0) break
    await clock.sleep(500)
  }
  await examine(cluster, outages)
  await everyCall(nomadCalls(nomad, job))
  await everyCall(consulCalls(cluster))
  await nomad.purge('nginx')
  await clock.sleep(2000)
  for (const name of odd) {
    const answer = await nomad.parse(readFileSync(mistake(name), 'utf8'))
    if (isRefusal(answer)) continue
    await nomad.validate(answer.job)
    const registered = await nomad.register(answer.job)
    if (isRefusal(registered)) continue
    for (let looks = 0; looks < 4; looks++) {
      await clock.sleep(2000)
      await nomad.view('nginx')
      await consul.health('nginx')
    }
    await nomad.purge('nginx')
    await clock.sleep(2000)
  }
}

async function everyCall(calls: Record<string, () => Promise<unknown>>): Promise<void> {
  for (const call of Object.values(calls)) await call()
}

async function parsed(nomad: Nomad, name: string): Promise<NomadJson> {
  const answer = await nomad.parse(readFileSync(mistake(name), 'utf8'))
  if (isRefusal(answer)) throw new Error(answer.text)
  return answer.job
}

/** One for each function of the client: a new one does not compile until it is here. */
function nomadCalls(nomad: Nomad, job: NomadJson): Record<keyof Nomad, () => Promise<unknown>> {
  const id = 'nginx'
  const node = async () => (await nomad.nodes())[0]?.id ?? ''
  return {
    parse: () => parsed(nomad, 'right-static'),
    validate: () => nomad.validate(job),
    plan: () => nomad.plan(job),
    register: () => nomad.register(job),
    job: () => nomad.job(id),
    spec: () => nomad.spec(id),
    jobs: () => nomad.jobs(),
    allocations: () => nomad.allocations(id, true),
    allocationsInShort: () => nomad.allocationsInShort(id),
    async allocation() {
      for (const one of await nomad.allocations(id)) await nomad.allocation(one.id)
    },
    evaluations: () => nomad.evaluations(id),
    deployment: () => nomad.deployment(id),
    queued: () => nomad.queued(id),
    view: () => nomad.view(id),
    leader: () => nomad.leader(),
    leaderFor: () => nomad.leaderFor(),
    nodes: () => nomad.nodes(),
    node: async () => nomad.node(await node()),
    async self() {
      await nomad.self()
      await nomad.self('192.168.56.105')
    },
    clientSelf: () => nomad.clientSelf('192.168.56.105'),
    async eligibility() {
      await nomad.eligibility(await node(), 'ineligible')
      await nomad.nodes()
      await nomad.eligibility(await node(), 'eligible')
    },
    // Last: what it stops is still to be seen.
    purge: async () => {},
  }
}

function consulCalls({
  consul,
  clock,
}: Arm['cluster']): Record<keyof Consul, () => Promise<unknown>> {
  const wait = { seconds: 1, deadline: 10_000, signal: new AbortController().signal }
  const lock = 'nomad-consul-grader/lock'
  let session = ''
  return {
    async createSession() {
      session = await consul.createSession('grader', 15)
    },
    acquireKey: async () => {
      const other = await consul.createSession('another', 15)
      await consul.acquireKey(lock, { who: 'anna' }, session)
      await consul.acquireKey(lock, { who: 'berta' }, other)
      await consul.destroySession(other)
    },
    key: () => consul.key(lock),
    renewSession: () => consul.renewSession(session),
    async destroySession() {
      await consul.destroySession(session)
      await consul.renewSession(session)
      await consul.key(lock)
    },
    async putEntry() {
      await consul.putEntry(key, { value: five, flags: 0 }, 0)
    },
    entry: () => consul.entry(key, '192.168.56.105'),
    async deleteEntry() {
      await consul.deleteEntry(key, (await consul.entry(key))?.index ?? 0)
      await consul.entry(key)
    },
    // The lab has no mesh: on a real Consul they were run by tests/real/bonus.ts.
    intention: async () => {},
    deny: async () => {},
    putIntention: async () => {},
    deleteIntention: async () => {},
    leader: () => consul.leader(),
    members: () => consul.members(),
    memberRows: () => consul.memberRows(),
    page: () => consul.page(),
    envoyVersion: () => consul.envoyVersion(),
    health: () => consul.health('nginx'),
    async healthBlocking() {
      const { index } = await consul.healthBlocking('nginx', 0, wait)
      // The lab's time passes only while somebody sleeps.
      await Promise.all([consul.healthBlocking('nginx', index, wait), clock.sleep(2000)])
    },
    catalogServices: () => consul.catalogServices('192.168.56.105'),
    catalogService: () => consul.catalogService('nginx', '192.168.56.105'),
    async agentServices() {
      for (const { host } of agents) await consul.agentServices(host)
    },
    async self() {
      await consul.self()
      await consul.self('192.168.56.105')
    },
  }
}

/** The sheet's. */
const key = 'consul/configuration/db_port'
const five = Buffer.from('5432').toString('base64')
const agents = [1, 5, 7, 8, 6].map((n) => ({ host: `192.168.56.10${n}` }))
