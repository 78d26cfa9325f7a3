import pLimit from 'p-limit'
import type { Outages } from '../cluster/journal.ts'
import type { Connected } from '../connect.ts'
import { msg } from '../language/message.ts'
import { sentenceOf } from '../time/fault.ts'
import { dnsSilent, labServicesMissing } from './catalog.ts'
import { type ClientSeen, examineClient } from './client.ts'
import { type Finding, fatal, info, merged, warning, withMore } from './finding.ts'
import { lookForForeign } from './foreign.ts'
import { clocksOff } from './inside.ts'
import { journalOpen } from './journal.ts'
import { port80Taken } from './port80.ts'
import { driversHere, howSwitched, noWayToSwitch } from './power.ts'
import { lookAfterElection, type ServerSeen } from './server.ts'
import { clientsOf, fewestClients } from './standing.ts'

/** VMs that are looked at together. */
const atOnce = 8

/** Everything that `grade doctor` found. */
export interface Examination {
  fit: boolean
  server: string
  versions: { nomad: string; consul: string }
  clients: { name: string; address: string; nomad: string; consul: string; fit: boolean }[]
  findings: Finding[]
}

/**
 * Looks at everything at once and names each broken thing once: what only follows from another is
 * left out. Changes nothing. Rejects never for what the cluster does.
 */
export async function examine(cluster: Connected, left: Outages): Promise<Examination> {
  const { file } = cluster
  const seen = await lookAfterElection(cluster)
  const { clients, kept, unknown } = clientsOf(seen, file)
  const around = { datacenter: file.datacenter, consulAsked: !!seen.consul?.leader }
  const limit = pLimit(atOnce)
  const [looks, whole] = await Promise.all([
    Promise.all(clients.map((one) => limit(() => examineClient(cluster, one, around)))),
    wholeCluster(cluster, seen, left),
  ])
  const offsets = looks.flatMap(({ client, clockAhead }) =>
    clockAhead === undefined ? [] : [[client.name, clockAhead] as const],
  )
  const port80 = await port80Taken(cluster, withOpenDoors(looks), whole.port80).catch(() => [])
  const single = [
    ...looks.flatMap(({ findings }) => findings),
    ...clocksOff(new Map(offsets)),
    ...withoutServices(port80, whole.findings),
    ...(seen.nomad?.leader ? unknown.map(unknownClient) : []),
  ].filter((one) => !explained(one, left))
  const unfit = new Set(single.filter((one) => one.weight === 'fatal').flatMap((one) => one.vms))
  const fit = clients.filter((one) => !unfit.has(one.name))
  const enough = fit.length >= fewestClients
  const findings = [
    ...seen.findings,
    ...journalOpen(left),
    // One bad VM of a hundred stops no run: it is set aside.
    ...merged(single.map((one) => (enough && one.weight === 'fatal' ? setAside(one) : one))),
    ...whole.findings,
    ...tooFew(seen, clients.length, single),
    ...kept.map(({ client, why }) =>
      info(
        msg('{name} is never stopped: {why}.', { name: client.name, why }),
        undefined,
        'never-stopped',
      ),
    ),
    ...facts(cluster, seen),
  ]
  if (!file.power) findings.push(...(await driversHere(cluster, clients)))
  return {
    fit: findings.every((one) => one.weight !== 'fatal'),
    server: file.server,
    versions: { nomad: seen.nomad?.version ?? '', consul: seen.consul?.version ?? '' },
    clients: looks.map(({ client }) => ({
      name: client.name,
      address: client.host,
      nomad: client.node?.status ?? 'unknown',
      consul: client.member ?? 'unknown',
      fit: seen.findings.length === 0 && !unfit.has(client.name),
    })),
    findings,
  }
}

/** What is no single VM's matter; only what can be asked is asked. */
async function wholeCluster(cluster: Connected, seen: ServerSeen, left: Outages) {
  const findings: Finding[] = []
  let port80 = new Set<string>()
  const ask = async (look: () => Promise<Finding[]>) => {
    try {
      findings.push(...(await look()))
    } catch (error) {
      findings.push(warning('facts', sentenceOf(error), msg('Ask again in a moment.')))
    }
  }
  if (seen.consul?.leader) await ask(() => dnsSilent(cluster))
  if (seen.consul?.leader && seen.nomad?.leader) {
    if (seen.nomad.nodes.some((node) => node.status === 'ready'))
      await ask(() => labServicesMissing(cluster))
    await ask(async () => {
      const foreign = await lookForForeign(cluster, left, false)
      port80 = foreign.port80
      return foreign.findings
    })
  }
  const noWay = noWayToSwitch(cluster)
  if (noWay) findings.push(noWay)
  return { findings, port80 }
}

/** Nobody can say what holds a port of a VM that does not let anybody in. */
const withOpenDoors = (looks: ClientSeen[]) =>
  looks
    .filter(({ findings }) => findings.every((one) => one.what !== 'client-off'))
    .map(({ client }) => client)

/** A service that somebody registered by hand and the server behind it are one thing. */
const withoutServices = (port80: Finding[], findings: Finding[]) =>
  port80.filter(
    ({ vms }) =>
      !findings.some((one) => one.what === 'foreign-service' && one.vms.includes(vms[0] ?? '')),
  )

const setAside = (one: Finding): Finding => ({
  ...withMore(one, msg('A run goes on without it.')),
  weight: 'warning',
})

const unknownClient = (name: string) =>
  fatal(
    'client-off',
    msg('The cluster file asks for the client {name}, and Nomad knows no such node.', { name }),
    msg('Correct "{key}" in the cluster file ({code} lists them), or start that VM.', {
      key: 'clients:',
      code: 'nomad node status',
    }),
    [name],
  )

/** What the open journal tells is not told again. */
const explained = ({ what, vms }: Finding, left: Outages) => {
  const known = what === 'ineligible' ? left.ineligible : what === 'client-off' ? left.vms : []
  return vms.some((vm) => known.some(({ name }) => name === vm))
}

/** Only where nothing else says why. */
function tooFew(seen: ServerSeen, clients: number, single: Finding[]): Finding[] {
  if (clients >= fewestClients || seen.findings.length > 0) return []
  if (single.some((one) => one.weight === 'fatal')) return []
  return [
    fatal(
      'too-few-clients',
      msg(
        'Only {clients, plural, one {# client} other {# clients}} of Nomad can be graded on, and the sheet needs {needed}.',
        { clients, needed: fewestClients },
      ),
      msg('Start more VMs, with {code} in {file}; box-1 as the server does not count.', {
        code: 'client { enabled = true }',
        file: '/etc/nomad.d/nomad.hcl',
      }),
    ),
  ]
}

function facts(cluster: Connected, seen: ServerSeen): Finding[] {
  const { nomad, consul } = seen
  const grace = nomad?.leader ? (20_000 + nomad.graceMs) / 1000 : 0
  return [
    ...howSwitched(cluster),
    ...(grace > 0
      ? [
          info(
            msg(
              'Nomad misses a stopped client after at most {longest} s (heartbeats of up to 20 s and {grace} s of grace); after a change of its leader once after 300 s, which a run waits out.',
              { longest: grace, grace: grace - 20 },
            ),
          ),
        ]
      : []),
    ...(nomad?.version && consul?.version
      ? [
          info(
            msg('Nomad {nomad}, Consul {consul}.', {
              nomad: nomad.version,
              consul: consul.version,
            }),
          ),
        ]
      : []),
    ...(nomad || consul
      ? []
      : [
          info(
            msg('While the server is silent nobody can name its clients: they were not looked at.'),
          ),
        ]),
  ]
}
