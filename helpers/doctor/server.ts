import type { Connected } from '../connect.ts'
import type { NodeState } from '../grade/view.ts'
import { type Message, msg } from '../language/message.ts'
import { codeOf, remedyOf, sentenceOf } from '../time/fault.ts'
import { type Finding, fatal } from './finding.ts'
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
        msg('{who} on {server} has no leader.', { who, server: cluster.file.server }),
        msg('See its log there: {log}. A lone server needs {code}.', {
          log: `journalctl -u ${who.toLowerCase()} -n 50`,
          code: 'bootstrap_expect = 1',
        }),
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
    ...denied.map(({ error }) => fatal('acl', sentenceOf(error), remedyOf(error))),
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
    msg(
      'Neither Nomad ({nomad}), Consul ({consul}) nor SSH answers at {server}: the server is off or out of reach.',
      { nomad, consul, server: cluster.file.server },
    ),
    msg('Start its VM and wait a minute, or correct "{key}" in the cluster file.', {
      key: 'server:',
    }),
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
  const at = msg('{who} on the server ({where})', { who, where: `${file.server}:${port}` })
  if ((isNomad ? doors.nomad : doors.consul) === '') {
    // It is there, and gives no useful answer: its own words say most.
    const cure =
      remedyOf(error) ?? msg('See its log: {log}', { log: `journalctl -u ${service} -n 50` })
    const seen = sentenceOf(error)
    return fatal(what, msg('{at} gives no useful answer: {seen}', { at, seen }), cure)
  }
  const inside = doors.ssh ? undefined : await answersInside(cluster, serverVm(cluster), port)
  if (inside) return onLoopback(who, at)
  const seen = sentenceOf(error)
  return fatal(
    what,
    inside === false
      ? msg('{at} does not run: {seen}', { at, seen })
      : msg('{at} does not answer: {seen}', { at, seen }),
    msg(
      'On the server: {code}; {log} says why it stopped. If it does run, "{key}" in the cluster file says on which port it is asked.',
      {
        code: `sudo systemctl start ${service}`,
        log: `journalctl -u ${service} -n 50`,
        key: `${service}:`,
      },
    ),
  )
}

export function onLoopback(who: Who, at: Message, vms: string[] = []): Finding {
  const service = who.toLowerCase()
  return fatal(
    'agent-on-loopback',
    msg('{at} listens on {loopback} only: it answers inside its VM and refuses from outside.', {
      ...{ at, loopback: '127.0.0.1' },
    }),
    msg(
      'Set {code} in {file} there and restart {service}; or write "{route}" into the cluster file.',
      {
        code: `${who === 'Nomad' ? 'bind_addr' : 'client_addr'} = "0.0.0.0"`,
        file: `/etc/${service}.d/${service}.hcl`,
        ...{ service, route: 'route: ssh' },
      },
    ),
    vms,
  )
}
