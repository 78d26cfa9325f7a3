import type { Connected } from '../connect.ts'
import type { NodeState } from '../grade/view.ts'
import { codeOf } from '../time/fault.ts'
import { cureOf, type Finding, fatal, sentenceOf } from './finding.ts'
import { answersInside, type Doors, isOff, knock, portsOf } from './probe.ts'

type Member = Awaited<ReturnType<Connected['consul']['members']>>[number]

/** What the server's two agents say; what could not be asked is missing, and a finding says why. */
export interface ServerSeen {
  nomad?: { leader: string; nodes: NodeState[]; version: string; graceMs: number }
  consul?: { leader: string; members: Member[]; version: string; node: string }
  findings: Finding[]
}

/** Asks both agents of the server everything that the other checks build on. */
export async function lookAtServer(cluster: Connected): Promise<ServerSeen> {
  const [nomad, consul] = await Promise.all([
    outcome(() => askNomad(cluster)),
    outcome(() => askConsul(cluster)),
  ])
  const asked = { Nomad: nomad, Consul: consul }
  const errors = Object.entries(asked).flatMap(([who, { error }]) =>
    error === undefined ? [] : [{ who: who as Who, error }],
  )
  const leaderless = Object.entries(asked)
    .filter(([, { value }]) => value?.leader === '')
    .map(([who]) =>
      fatal(
        'no-leader',
        `${who} on ${cluster.file.server} has no leader.`,
        `See its log there: journalctl -u ${who.toLowerCase()} -n 50. A lone server needs bootstrap_expect = 1.`,
      ),
    )
  return {
    ...(nomad.value && { nomad: nomad.value }),
    ...(consul.value && { consul: consul.value }),
    findings: [...leaderless, ...(await whySilent(cluster, errors))],
  }
}

/** Cluster ms. An election lasts a second or two; who has no leader for longer has none. */
const longestElection = 5000

/** As lookAtServer, for who asks only once: a server without a leader is asked again for a while. */
export async function lookAfterElection(cluster: Connected): Promise<ServerSeen> {
  const { clock } = cluster
  const until = clock.now() + longestElection
  for (;;) {
    const seen = await lookAtServer(cluster)
    const leaderless = seen.findings.some(({ what }) => what === 'no-leader')
    if (!leaderless || clock.now() >= until) return seen
    await clock.sleep(500)
  }
}

type Who = 'Nomad' | 'Consul'

async function outcome<T>(ask: () => Promise<T>): Promise<{ value?: T; error?: unknown }> {
  try {
    return { value: await ask() }
  } catch (error) {
    return { error: error ?? new Error('unknown') }
  }
}

async function askNomad({ nomad }: Connected) {
  const leader = await nomad.leader()
  // Without a leader nothing else is answered.
  if (leader === '') return { leader, nodes: [], version: '', graceMs: 0 }
  const [nodes, self] = await Promise.all([nomad.nodes(), nomad.self()])
  return { leader, nodes, version: self.version, graceMs: self.graceMs }
}

async function askConsul({ consul }: Connected) {
  const leader = await consul.leader()
  const [members, self] = await Promise.all([consul.members(), consul.self()])
  return { leader, members, version: self.version, node: self.node }
}

/** Why agents of the server could not be asked: one finding where they have one cause. */
async function whySilent(
  cluster: Connected,
  errors: { who: Who; error: unknown }[],
): Promise<Finding[]> {
  if (errors.length === 0) return []
  const denied = errors.filter(({ error }) => /_403$/.test(codeOf(error)))
  const rest = errors.filter((one) => !denied.includes(one))
  const doors = rest.length > 0 ? await knock(cluster, serverVm(cluster)) : undefined
  if (doors && isOff(doors)) return [serverOff(cluster)]
  const silent = doors ? rest.map(({ who, error }) => whyOne(cluster, who, error, doors)) : []
  return [
    ...denied.map(({ error }) => fatal('acl', sentenceOf(error), cureOf(error))),
    ...(await Promise.all(silent)),
  ]
}

/** Under which name the cluster file may say how the server is reached by SSH. */
function serverVm({ file }: Connected): { name: string; host: string } {
  const known = Object.entries(file.ssh.hosts).find(([, { host }]) => host === file.server)
  return { name: known?.[0] ?? file.server, host: file.server }
}

function serverOff(cluster: Connected): Finding {
  const { nomad, consul } = portsOf(cluster)
  return fatal(
    'server-off',
    `Neither Nomad (${nomad}), Consul (${consul}) nor SSH answers at ` +
      `${cluster.file.server}: the server is off or out of reach.`,
    'Start its VM and wait a minute, or correct "server:" in the cluster file.',
  )
}

async function whyOne(
  cluster: Connected,
  who: Who,
  error: unknown,
  doors: Doors,
): Promise<Finding> {
  const { file } = cluster
  const isNomad = who === 'Nomad'
  const port = portsOf(cluster)[isNomad ? 'nomad' : 'consul']
  const what = isNomad ? 'nomad-down' : 'consul-down'
  const service = who.toLowerCase()
  const at = `${who} on the server (${file.server}:${port})`
  if ((isNomad ? doors.nomad : doors.consul) === '') {
    // It is there, and gives no useful answer: its own words say most.
    const cure = cureOf(error) || `See its log: journalctl -u ${service} -n 50.`
    return fatal(what, `${at} gives no useful answer: ${sentenceOf(error)}`, cure)
  }
  const inside = doors.ssh ? undefined : await answersInside(cluster, serverVm(cluster), port)
  if (inside) return onLoopback(who, at)
  const seen = inside === false ? 'does not run' : 'does not answer'
  return fatal(
    what,
    `${at} ${seen}: ${sentenceOf(error)}`,
    `On the server: sudo systemctl start ${service}; journalctl -u ${service} -n 50 says why it stopped. ` +
      `If it does run, "${service}:" in the cluster file says on which port it is asked.`,
  )
}

export function onLoopback(who: Who, at: string, vms: string[] = []): Finding {
  const setting =
    who === 'Nomad'
      ? 'bind_addr = "0.0.0.0" in /etc/nomad.d/nomad.hcl'
      : 'client_addr = "0.0.0.0" in /etc/consul.d/consul.hcl'
  return fatal(
    'agent-on-loopback',
    `${at} listens on 127.0.0.1 only: it answers inside its VM and refuses from outside.`,
    `Set ${setting} there and restart ${who.toLowerCase()}; or write "route: ssh" into the cluster file.`,
    vms,
  )
}
