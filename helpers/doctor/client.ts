import type { Vm } from '../cluster/ssh/ssh.ts'
import type { Connected } from '../connect.ts'
import { msg, sentences } from '../language/message.ts'
import { list, record, text } from '../loose.ts'
import { codeOf, remedyOf, sentenceOf } from '../time/fault.ts'
import { dockerTrouble } from './docker.ts'
import { type Finding, fatal, warning } from './finding.ts'
import { clockOffset, diskFull } from './inside.ts'
import { switchOf } from './power.ts'
import { answersInside, type Doors, isOff, knock, portsOf } from './probe.ts'
import { whyNotStoppable } from './reach.ts'
import { onLoopback } from './server.ts'
import { type Client, natAddress, natCure, natSentence, standingTrouble } from './standing.ts'

export interface ClientSeen {
  client: Client
  /** Only causes: what follows from one of them is not told again. */
  findings: Finding[]
  /** Seconds that its clock is ahead of ours, where it said. */
  clockAhead?: number
}

/** What the whole cluster's look says, for looking at one client. */
export interface Around {
  datacenter: string
  /** Whether Consul could be asked for its members. */
  consulAsked: boolean
}

/** Looks at one client from everywhere: Nomad, Consul, its ports, SSH, inside, its hypervisor. */
export async function examineClient(
  cluster: Connected,
  client: Client,
  around: Around,
): Promise<ClientSeen> {
  const vm = { name: client.name, host: client.host }
  const [doors, power] = await Promise.all([knock(cluster, vm), switchOf(cluster, client.name)])
  if (isOff(doors)) return { client, findings: [off(cluster, client, power.state)] }
  const unknown = power.trouble ? [power.trouble] : []
  const [dead, looped] = await agentsTrouble(cluster, vm, doors)
  const standing = standingTrouble(client, around.datacenter, around.consulAsked)
  const cause = dead.length > 0 ? dead : standing ? [standing] : []
  // What a shut door hides is not guessed at.
  if (doors.ssh)
    return { client, findings: [...cause, ...looped, noSsh(vm, doors.ssh), ...unknown] }
  const inside = await lookInside(cluster, client)
  const docker = inside.findings.some((one) => one.what === 'docker')
  const told = cause.filter((one) => !(docker && one.what === 'docker'))
  return {
    client,
    findings: [...told, ...looped, ...inside.findings, ...unknown],
    ...(inside.clockAhead !== undefined && { clockAhead: inside.clockAhead }),
  }
}

function off({ power }: Connected, { name, host }: Client, state: string): Finding {
  const seen =
    state === 'off'
      ? msg(
          '{name} ({host}) is off or out of reach: neither Nomad, Consul nor SSH answers there, and its hypervisor says so.',
          { name, host },
        )
      : msg(
          '{name} ({host}) is off or out of reach: neither Nomad, Consul nor SSH answers there.',
          { name, host },
        )
  const start = power.can.start
    ? msg('Start it: {how}.', { how: power.describe })
    : msg('Start its VM.')
  const leave = msg('Or leave it out: {code}', { code: `exclude: [${name}]` })
  return fatal('client-off', seen, sentences(start, leave), [name])
}

function noSsh(vm: Vm, error: Error): Finding {
  const what = codeOf(error) === 'SSH_HOST_KEY' ? 'host-key' : 'ssh'
  return fatal(what, sentenceOf(error), remedyOf(error), [vm.name])
}

/** Agents of a client that do not run, and those that listen on 127.0.0.1 only. */
async function agentsTrouble(
  cluster: Connected,
  vm: Vm,
  doors: Doors,
): Promise<[Finding[], Finding[]]> {
  const ports = portsOf(cluster)
  const agents = [
    { who: 'Nomad', what: 'client-not-ready', port: ports.nomad, shut: doors.nomad },
    { who: 'Consul', what: 'client-not-alive', port: ports.consul, shut: doors.consul },
  ] as const
  const dead: Finding[] = []
  const looped: Finding[] = []
  for (const { who, what, port, shut } of agents) {
    if (shut === '') continue
    const inside = doors.ssh ? undefined : await answersInside(cluster, vm, port)
    const at = msg('{who} on {vm}', { who, vm: vm.name })
    // Such an agent is asked through SSH: no run is lost for it.
    if (inside) looped.push({ ...onLoopback(who, at, [vm.name]), weight: 'warning' })
    else if (inside === false)
      dead.push(
        fatal(
          what,
          msg('{who} on {vm} does not run: nothing listens on port {port} ({shut}).', {
            ...{ who, vm: vm.name, port, shut },
          }),
          msg('There: {code}; {log} says why it stopped.', {
            code: `sudo systemctl start ${who.toLowerCase()}`,
            log: `journalctl -u ${who.toLowerCase()} -n 50`,
          }),
          [vm.name],
        ),
      )
    else if (!doors.ssh)
      dead.push(
        warning(
          what,
          msg('{who} on {vm} does not answer on port {port} ({shut}).', {
            ...{ who, vm: vm.name, port, shut },
          }),
          msg('See whether a firewall on the VM drops it.'),
          [vm.name],
        ),
      )
  }
  return [dead, looped]
}

/** What only a command on the VM can tell, one after another: sshd lets few in at once. */
async function lookInside(
  cluster: Connected,
  client: Client,
): Promise<{ findings: Finding[]; clockAhead?: number }> {
  const vm = { name: client.name, host: client.host }
  const findings: Finding[] = []
  const stop = await whyNotStoppable(cluster, vm)
  if (stop) findings.push(stop)
  let clockAhead: number | undefined
  try {
    const healthy = client.node?.dockerHealthy === true
    const docker = await dockerTrouble(cluster, vm, healthy)
    findings.push(...docker, ...(await diskFull(cluster, vm)))
    clockAhead = await clockOffset(cluster, vm)
  } catch (error) {
    if (!stop) findings.push(fatal('ssh', sentenceOf(error), remedyOf(error), [vm.name]))
  }
  if (await hasNatAddress(cluster, client))
    findings.push(fatal('nat-address', natSentence(vm.name), natCure, [vm.name]))
  return { findings, ...(clockAhead !== undefined && { clockAhead }) }
}

/** Nomad may be asked at a right address and still give containers the wrong one. */
async function hasNatAddress({ nomad }: Connected, { node }: Client): Promise<boolean> {
  if (!node || natAddress.test(node.address)) return false
  const page = await nomad.node(node.id).catch(() => null)
  const networks = list(record(record(page?.json).NodeResources).Networks)
  return networks.some((one) => natAddress.test(text(record(one).IP)))
}
