import { networkInterfaces } from 'node:os'
import type { ClusterFile } from '../cluster/file.ts'
import type { NodeState } from '../grade/view.ts'
import { type Finding, fatal, inOrder } from './finding.ts'

/** The sheet asks for three replicas on three VMs (rubric, 00). */
export const fewestClients = 3

/** A machine that may be graded on, by what the two servers say of it. */
export interface Client {
  name: string
  host: string
  /** Undefined: Nomad does not know it, or cannot be asked. */
  node?: NodeState
  /** Consul's word; undefined: it does not know it, or cannot be asked. */
  member?: string
}

/** Why a machine is never stopped: '' when it may be. */
function whyKept(address: string, file: ClusterFile, leaders: readonly string[]): string {
  if (address === file.server || leaders.some((l) => l.slice(0, l.lastIndexOf(':')) === address))
    return 'it is a server'
  const own = Object.values(networkInterfaces()).flatMap((all) => all ?? [])
  return own.some((one) => one.address === address) ? 'the grader itself runs on it' : ''
}

/** What the servers say of who is there; what could not be asked is missing. */
export interface Heard {
  nomad?: { leader: string; nodes: NodeState[] }
  consul?: { leader: string; members: { name: string; address: string; status: string }[] }
}

/**
 * The clients that are asked for: Nomad's nodes, and where Nomad cannot be asked Consul's members.
 * What is left out for good (a server, our own machine) comes apart.
 */
export function clientsOf(seen: Heard, file: ClusterFile) {
  const members = seen.consul?.members ?? []
  const leaders = [seen.nomad?.leader ?? '', seen.consul?.leader ?? '']
  const all: Client[] = seen.nomad
    ? newest(seen.nomad.nodes).map((node) => {
        const member = members.find((m) => m.address === node.address)?.status
        return { name: node.name, host: node.address, node, ...(member && { member }) }
      })
    : members
        .filter((m) => m.address !== file.server)
        .map((m) => ({ name: m.name, host: m.address, member: m.status }))
  const asked = all.filter(
    ({ name }) =>
      (file.clients === 'discover' || file.clients.includes(name)) && !file.exclude.includes(name),
  )
  const kept = asked.flatMap((client) => {
    const why = whyKept(client.host, file, leaders)
    return why === '' ? [] : [{ client, why }]
  })
  const clients = asked.filter((one) => !kept.some(({ client }) => client === one))
  const names = inOrder(clients.map((one) => one.name))
  clients.sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name))
  const known = new Set(all.map((one) => one.name))
  const unknown = file.clients === 'discover' ? [] : file.clients.filter((name) => !known.has(name))
  return { clients, kept, unknown }
}

/** A VM that was made again has two nodes of one name: the dead one is of no interest. */
function newest(nodes: readonly NodeState[]): NodeState[] {
  return nodes.filter(
    (node) =>
      node.status !== 'down' ||
      !nodes.some((other) => other.name === node.name && other.status !== 'down'),
  )
}

/** What Nomad or Consul holds against a client; undefined when nothing. `consul`: it was asked. */
export function standingTrouble(
  { name, host, node, member }: Client,
  datacenter: string,
  consul = true,
): Finding | undefined {
  const said = (what: Finding['what'], sentence: string, cure: string) =>
    fatal(what, sentence, cure, [name])
  if (node && node.status !== 'ready')
    return said(
      'client-not-ready',
      `Nomad says ${name} is ${node.status}.`,
      `See that the VM is up and Nomad runs on it: nomad node status, and there journalctl -u nomad -n 50.`,
    )
  if (node && node.datacenter !== datacenter)
    return said(
      'datacenter',
      `${name} is in the datacenter ${node.datacenter}, and the sheet names ${datacenter}.`,
      `Set datacenter = "${datacenter}" in Nomad's and Consul's configuration there, and restart both.`,
    )
  if (consul && member !== 'alive')
    return said(
      'client-not-alive',
      `Consul says ${name} (${host}) is ${member ?? 'no member'}.`,
      `See consul members, and there: sudo systemctl restart consul; journalctl -u consul -n 50.`,
    )
  if (node && natAddress.test(node.address)) return said('nat-address', natSentence(name), natCure)
  if (node && !node.dockerHealthy)
    return said(
      'docker',
      `Nomad says that Docker is not healthy on ${name}.`,
      `There: sudo systemctl restart docker, and half a minute later nomad node status shows it.`,
    )
  if (node && node.eligibility !== 'eligible')
    return said(
      'ineligible',
      `Nomad gives ${name} no work: it is ${node.eligibility} (by hand, or by a drain).`,
      `nomad node eligibility -enable ${node.id}`,
    )
  return undefined
}

/** VirtualBox gives this address to every VM (lab-conventions §3). */
export const natAddress = /^10\.0\.2\./
export const natSentence = (name: string) =>
  `Nomad on ${name} gives out VirtualBox's NAT address 10.0.2.15, which is the same on every VM: no container there can be reached.`
export const natCure =
  'Set network_interface (in client { }) and advertise { http, rpc, serf } to the host-only interface in /etc/nomad.d/nomad.hcl there, and restart nomad.'
