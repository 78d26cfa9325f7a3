import type { SetAside } from './aside.ts'
import type { Aside } from './cluster/aside.ts'
import type { Connected } from './connect.ts'
import { type Finding, fatal, inOrder, merged } from './doctor/finding.ts'
import { type Client, clientsOf, fewestClients, standingTrouble } from './doctor/standing.ts'
import { met, notYetLab, type Outcome } from './grade/reason.ts'
import { msg, sentences } from './language/message.ts'
import { lookAtMembers, lookAtNodes } from './observe.ts'
import { eventually } from './time/eventually.ts'
import { Fault } from './time/fault.ts'

/** The clients by what Nomad and Consul say of them. */
export interface Clients extends ReturnType<typeof clientsOf> {
  /** What Nomad or Consul holds against some of them, by name. */
  troubles: Map<string, Finding>
  /** Clients of Nomad that are not asked for. */
  others: Client[]
}

/** `ours`: node id → what this run made ineligible, which by itself is nothing against it. */
export async function lookAtClients(
  cluster: Connected,
  ours: ReadonlyMap<string, SetAside> = new Map(),
): Promise<Clients> {
  const { file, nomad, consul } = cluster
  const [nodes, members, leader, consulLeader] = await Promise.all([
    lookAtNodes(cluster),
    lookAtMembers(cluster),
    nomad.leader(),
    consul.leader(),
  ])
  const heard = { nomad: { leader, nodes }, consul: { leader: consulLeader, members } }
  const asked = clientsOf(heard, file)
  const troubles = new Map<string, Finding>()
  for (const client of asked.clients) {
    const trouble = troubleOf(client, ours.get(client.node?.id ?? ''), file.datacenter)
    if (trouble) troubles.set(client.name, trouble)
  }
  const known = new Set([...asked.clients, ...asked.kept.map((k) => k.client)].map((c) => c.name))
  const others = nodes
    .filter((node) => !known.has(node.name))
    .map((node) => ({ name: node.name, host: node.address, node }))
  return { ...asked, troubles, others }
}

function troubleOf(client: Client, aside: SetAside | undefined, datacenter: string) {
  const { node } = client
  if (!aside || !node) return standingTrouble(client, datacenter)
  if (aside.lasting)
    return fatal('ineligible', msg('{seen}.', { seen: aside.why }), undefined, [client.name])
  return standingTrouble({ ...client, node: { ...node, eligibility: 'eligible' } }, datacenter)
}

export const fitOnes = ({ clients, troubles }: Clients): string[] =>
  inOrder(clients.map((one) => one.name).filter((name) => !troubles.has(name)))

/** Ready, and not to get a replica: a server, our own machine, what is not asked for, and the unfit. */
export function toSetAside(
  { clients, kept, others }: Clients,
  troubles: ReadonlyMap<string, Finding>,
): Aside[] {
  const all = [
    ...kept.map(({ client, why }) => ({ client, why })),
    ...clients.flatMap((client) => {
      const trouble = troubles.get(client.name)
      return trouble ? [{ client, why: trouble.said }] : []
    }),
    ...others.map((client) => ({ client, why: msg('it is not asked for') })),
  ]
  return all.flatMap(({ client: { node }, why }) =>
    node?.status === 'ready' && node.eligibility === 'eligible'
      ? [{ name: node.name, id: node.id, why }]
      : [],
  )
}

/** What an item begins with. */
export interface FitNow {
  /** Names of the fit clients. */
  fit: string[]
  /** What is held against the others. */
  troubles: Finding[]
  /** Those that Nomad would place on all the same. */
  unfit: Aside[]
}

/**
 * The clients that are fit when an item begins: between two items a client may have come or gone. One
 * of `before` that is missing is waited for: Consul may call a VM that came back `leaving` for a while
 * (docs/discoveries.md).
 */
export async function fitClients(
  cluster: Connected,
  before: readonly string[],
  ours: ReadonlyMap<string, SetAside>,
  signal: AbortSignal,
): Promise<FitNow> {
  const { seen } = await eventually({
    clock: cluster.clock,
    wakes: cluster.wakes,
    budget: { ms: 75_000, because: ['members and nodes are looked over every minute'] },
    signal,
    look: () => lookAtClients(cluster, ours),
    judge: (found): Outcome => {
      const fit = fitOnes(found)
      const missing = before.find((name) => !fit.includes(name))
      return missing ? notYetLab('client-missing', { vm: missing, status: msg('not fit') }) : met
    },
  })
  const { troubles } = seen
  return { fit: fitOnes(seen), troubles: [...troubles.values()], unfit: toSetAside(seen, troubles) }
}

export function tooFew(fit: number, troubles: readonly Finding[]): Fault {
  const causes = merged(troubles)
  const [first] = causes
  const needed = fewestClients
  const why = sentences(...causes.map((one) => one.said))
  return new Fault(
    first
      ? msg('Only {fit} clients are fit and {needed} are needed: {why}', { fit, needed, why })
      : msg('Only {fit} clients are fit and {needed} are needed.', { fit, needed }),
    {
      code: first?.what ?? 'too-few-clients',
      cure:
        first?.remedy ??
        msg('Start the VMs, and see {nomad} and {consul}.', {
          nomad: 'nomad node status',
          consul: 'consul members',
        }),
    },
  )
}
