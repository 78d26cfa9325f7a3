import { type ClusterFileInput, clusterFileSchema } from '../cluster/file.ts'
import type { SshOptions } from '../cluster/ssh/ssh.ts'
import { connect } from '../connect.ts'
import { inLanguage } from '../language/message.ts'
import type { Clock } from '../time/clock.ts'
import { type SshFound, trySsh } from './discover-ssh.ts'
import { asFault } from './finding.ts'
import { lookAfterElection } from './server.ts'
import { type Client, clientsOf } from './standing.ts'

/** What the cluster says of itself, for a cluster file. */
export interface Discovered {
  server: string
  /** Consul's name of the server. */
  serverName: string
  versions: { nomad: string; consul: string }
  datacenter: string
  clients: Client[]
  /** Clients that are never stopped, and why. */
  kept: { name: string; why: string }[]
  ssh: SshFound
}

/**
 * Asks the cluster at `input.server` who is there, and tries how its clients are reached. Rejects with
 * a Fault when the server cannot be asked. Changes nothing.
 */
export async function discover(
  input: ClusterFileInput,
  clock: Clock,
  options: SshOptions = {},
): Promise<Discovered> {
  const file = clusterFileSchema.parse(input)
  const cluster = connect(file, clock, 'file', options)
  try {
    const { nomad, consul, findings } = await lookAfterElection(cluster)
    const [trouble] = findings
    if (trouble) throw asFault(trouble)
    if (!nomad || !consul) throw new Error('a server that cannot be asked has no finding')
    const { clients, kept } = clientsOf({ nomad, consul }, file)
    const vms = clients.map(({ name, host }) => ({ name, host }))
    return {
      server: outside(file.server, consul.leader),
      serverName: consul.node,
      versions: { nomad: nomad.version, consul: consul.version },
      datacenter: mostOf(clients.map((one) => one.node?.datacenter ?? '')) || file.datacenter,
      clients,
      kept: kept.map(({ client, why }) => ({ name: client.name, why: inLanguage(why, 'en') })),
      ssh: await trySsh(file, clock, vms, options),
    }
  } finally {
    await cluster.close()
  }
}

/** Asked on the server itself: the others know it by the address that it gives out. */
function outside(asked: string, leader: string): string {
  const host = leader.slice(0, leader.lastIndexOf(':'))
  return /^(127\.|localhost$|::1$)/.test(asked) && host !== '' ? host : asked
}

function mostOf(words: string[]): string {
  const count = (word: string) => words.filter((one) => one === word).length
  return [...new Set(words)].sort((a, b) => count(b) - count(a))[0] ?? ''
}
