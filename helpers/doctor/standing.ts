import { networkInterfaces } from 'node:os'
import type { ClusterFile } from '../cluster/file.ts'
import type { NodeState } from '../grade/view.ts'
import { asMessage, type Message, msg } from '../language/message.ts'
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

/** Addresses of the machine that the grader runs on. */
const ownAddresses = () =>
  new Set(Object.values(networkInterfaces()).flatMap((all) => all?.map((one) => one.address) ?? []))

/** Why a machine is never stopped, where it may not be. */
function whyKept(
  address: string,
  file: ClusterFile,
  leaders: readonly string[],
  own: ReadonlySet<string>,
): Message | undefined {
  if (address === file.server || leaders.some((l) => l.slice(0, l.lastIndexOf(':')) === address))
    return msg('it is a server')
  return own.has(address) ? msg('the grader itself runs on it') : undefined
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
  const own = ownAddresses()
  const kept = asked.flatMap((client) => {
    const why = whyKept(client.host, file, leaders, own)
    return why ? [{ client, why }] : []
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
  const said = (what: Finding['what'], sentence: Message, cure: Message) =>
    fatal(what, sentence, cure, [name])
  if (node && node.status !== 'ready')
    return said(
      'client-not-ready',
      msg('Nomad says {name} is {status}.', { name, status: node.status }),
      msg('See that the VM is up and Nomad runs on it: {code}, and there {log}', {
        code: 'nomad node status',
        log: 'journalctl -u nomad -n 50',
      }),
    )
  if (node && node.datacenter !== datacenter)
    return said(
      'datacenter',
      msg('{name} is in the datacenter {its}, and the sheet names {datacenter}.', {
        ...{ name, its: node.datacenter, datacenter },
      }),
      msg("Set {code} in Nomad's and Consul's configuration there, and restart both.", {
        code: `datacenter = "${datacenter}"`,
      }),
    )
  if (consul && member !== 'alive')
    return said(
      'client-not-alive',
      member
        ? msg('Consul says {name} ({host}) is {member}.', { name, host, member })
        : msg('Consul says {name} ({host}) is no member.', { name, host }),
      msg('See {code}, and there: {log}', {
        code: 'consul members',
        log: 'sudo systemctl restart consul; journalctl -u consul -n 50',
      }),
    )
  if (node && natAddress.test(node.address)) return said('nat-address', natSentence(name), natCure)
  if (node && !node.dockerHealthy)
    return said(
      'docker',
      msg('Nomad says that Docker is not healthy on {name}.', { name }),
      msg('There: {code}, and half a minute later {look} shows it.', {
        code: 'sudo systemctl restart docker',
        look: 'nomad node status',
      }),
    )
  if (node && node.eligibility !== 'eligible')
    return said(
      'ineligible',
      msg('Nomad gives {name} no work: it is {eligibility} (by hand, or by a drain).', {
        ...{ name, eligibility: node.eligibility },
      }),
      asMessage(`nomad node eligibility -enable ${node.id}`),
    )
  return undefined
}

/** VirtualBox gives this address to every VM (lab-conventions §3). */
export const natAddress = /^10\.0\.2\./
export const natSentence = (name: string) =>
  msg(
    "Nomad on {name} gives out VirtualBox's NAT address {nat}, which is the same on every VM: no container there can be reached.",
    { name, nat: '10.0.2.15' },
  )
export const natCure = msg(
  'Set {one} and {other} to the host-only interface in {file} there, and restart {service}.',
  {
    one: 'network_interface (client { })',
    other: 'advertise { http, rpc, serf }',
    file: '/etc/nomad.d/nomad.hcl',
    service: 'nomad',
  },
)
