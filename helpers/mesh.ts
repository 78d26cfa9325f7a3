import { deniedBy, putBack } from './cluster/put-back.ts'
import type { Vm } from './cluster/ssh/ssh.ts'
import type { Connected } from './connect.ts'
import type { Pair } from './consul/intentions.ts'
import { see } from './datacenter.ts'
import { askDocker, mayPull } from './doctor/docker.ts'
import type { CountFact, MeshFact, PiecesFact } from './grade/fact.ts'
import type { CriterionId } from './grade/rubric.ts'
import { msg } from './language/message.ts'
import { list, record as object, text } from './loose.ts'
import { lookAtNomad } from './observe.ts'
import type { Recorder } from './recorder.ts'
import type { Run } from './run.ts'
import type { Deployed } from './student.ts'
import { within } from './time/budget.ts'

/** What a suite may expect of the mesh of services (section 04 of the sheet). */
export interface MeshWords {
  /** This cluster has what Consul Connect needs; otherwise the item says what it lacks. */
  isHere(): Promise<void>
  /** Each service and its sidecar, all passing in Consul. */
  joins(deployed: Deployed): Promise<void>
  /** Its dashboard's websocket tells a count that goes on. */
  counts(deployed: Deployed): Promise<void>
  /** With an intention that denies the way, the dashboard says that it reaches nothing. */
  isCut(deployed: Deployed): Promise<void>
  /** Without it, it counts again; and the intention stands as it was found. */
  isHealed(deployed: Deployed): Promise<void>
}

/** The mesh in the words of suite 04. */
export function meshWords(run: Run, record: Recorder): MeshWords {
  return {
    isHere: () => see(run, record, 'available', msg('the mesh is available'), () => piecesOf(run)),
    joins: (deployed) =>
      see(
        run,
        record,
        'mesh',
        msg('every service and its sidecar pass in Consul'),
        () => lookAtMesh(deployed),
        within.startup,
      ),
    counts: (deployed) => seeCount(run, record, deployed, 'counts'),
    async isCut(deployed) {
      const { consul } = run.cluster
      const pair = pairOf(deployed)
      const written = {
        ...{ kind: 'intention' as const, ...pair },
        before: await consul.intention(pair),
      }
      run.options.journal.writing(written)
      try {
        await consul.deny(pair, deniedBy)
        await seeCount(run, record, deployed, 'cut')
      } finally {
        await putBack(written, consul, run.options.journal)
      }
      const after = await consul.intention(pair)
      const same = JSON.stringify(after) === JSON.stringify(written.before)
      const fact: CountFact = {
        ...{ about: 'count', where: '', counts: [], text: '' },
        intention: same ? 'as found' : 'other',
      }
      await see(run, record, 'intention-back', msg('the intention is as it was'), async () => fact)
    },
    isHealed: (deployed) => seeCount(run, record, deployed, 'healed'),
  }
}

const servicesOf = ({ run, stage }: Deployed): readonly string[] =>
  run.rubric.items[stage]?.stage?.services ?? []

/** The dashboard calls its API. */
function pairOf(deployed: Deployed): Pair {
  const [source = '', destination = ''] = servicesOf(deployed)
  return { source, destination }
}

/** An intention reaches the sidecars within seconds, over their stream from Consul. */
const seeCount = (run: Run, record: Recorder, deployed: Deployed, criterion: CriterionId) =>
  see(run, record, criterion, msg("the dashboard's count is heard"), () =>
    lookAtCount(deployed, criterion),
  )

/** One more than replicas of an API that a policy allows: one of them is asked twice. */
const questions = 11

async function lookAtCount(deployed: Deployed, criterion: CriterionId): Promise<CountFact> {
  const { consul, nomad, counts } = deployed.run.cluster
  const pair = pairOf(deployed)
  const [instances, nodes] = await Promise.all([consul.health(pair.source), nomad.nodes()])
  const members = new Set(nodes.map(({ address }) => address))
  // Only addresses of the cluster's own members are ever asked (rubric, Who may be asked).
  const found = instances.find(({ address, port }) => members.has(address) && port > 0)
  const blank: CountFact = { about: 'count', where: '', counts: [], text: '' }
  if (!found) return { ...blank, text: `Consul: no ${pair.source}` }
  const cut = criterion === 'cut'
  const heard = await counts(found.address, found.port, cut ? 1 : questions)
  const rule = cut ? await consul.intention(pair) : undefined
  const isOurs = rule?.Action === 'deny' && rule.Description === deniedBy
  return {
    ...{ ...blank, ...heard, where: `${found.address}:${found.port}` },
    ...(cut && { intention: isOurs ? 'denied' : 'other' }),
  }
}

async function lookAtMesh(deployed: Deployed): Promise<MeshFact> {
  const { run, jobId } = deployed
  const services = servicesOf(deployed)
  const names = services.flatMap((name) => [name, `${name}-sidecar-proxy`])
  const [nomad, ...found] = await Promise.all([
    lookAtNomad(run.cluster, run.memory, jobId),
    ...names.map((name) => run.cluster.consul.health(name)),
  ])
  const tasks = new Set(
    nomad.allocations
      .filter(({ desired, client }) => desired === 'run' && client === 'running')
      .flatMap((allocation) => allocation.tasks.map(({ name }) => name)),
  )
  return {
    about: 'mesh',
    services: names.map((name, at) => {
      const instances = found[at] ?? []
      const checks = instances.map((one) => one.checks.find(({ status }) => status !== 'passing'))
      const output = checks.find((check) => check !== undefined)?.output ?? ''
      const passing = checks.filter((check) => check === undefined).length
      return { name, instances: instances.length, passing, output: output.slice(0, 200) }
    }),
    // Nomad names the sidecar's task so (1.4.4 and 2.0.5).
    alone: tasks.size === 0 ? [] : services.filter((name) => !tasks.has(`connect-proxy-${name}`)),
  }
}

const plugins = ['bridge', 'loopback', 'host-local', 'portmap', 'firewall']
const images = ['hashicorpdev/counter-api:v3', 'hashicorpdev/counter-dashboard:v3']

/** What Consul Connect needs on every client, and what of it is not there. */
async function piecesOf(run: Run): Promise<PiecesFact> {
  const { cluster, machines } = run
  const lack = (what: PiecesFact['missing'][number]['what'], code: string) => ({
    about: 'pieces' as const,
    missing: [{ what, cure: msg('It would need: {code}', { code }) }],
  })
  if (cluster.file.lab)
    return lack(
      msg('the embedded lab simulates no sidecars'),
      'grade --items 04 --cluster cluster.yaml',
    )
  const nodes = await cluster.nomad.nodes()
  for (const { id, name, address } of nodes.filter((n) => machines.clients.includes(n.name))) {
    const { json = {} } = (await cluster.nomad.node(id)) ?? {}
    const attributes = object(json.Attributes)
    const networks = list(object(json.NodeResources).Networks).map(object)
    const vm = { name, host: address }
    if (text(attributes['consul.connect']) !== 'true')
      return lack(msg('Consul Connect is off on {vm}', { vm: name }), 'connect { enabled = true }')
    if (!(Number(text(attributes['consul.grpc'])) > 0))
      return lack(
        msg("Consul's gRPC port is closed on {vm}", { vm: name }),
        'ports { grpc = 8502 }',
      )
    if (!networks.some(({ Mode }) => Mode === 'bridge'))
      return lack(msg('Nomad on {vm} has no bridge network', { vm: name }), 'modprobe bridge')
    const missing = await pluginsMissing(cluster, vm, attributes)
    if (missing.length > 0)
      return lack(
        msg('{vm} has no CNI plugin {missing}', { vm: name, missing }),
        'github.com/containernetworking/plugins → /opt/cni/bin',
      )
    const absent = await imagesMissing(cluster, vm)
    if (absent.length > 0)
      return lack(
        msg('{vm} has not got {missing}, and reaches no registry', { vm: name, missing: absent }),
        `docker load (${absent.join(', ')})`,
      )
  }
  return { about: 'pieces', missing: [] }
}

/** Nomad 1.4.4 says nothing of them: there it is looked where it looks itself. */
async function pluginsMissing(
  { ssh }: Connected,
  vm: Vm,
  attributes: Record<string, unknown>,
): Promise<string[]> {
  const untold = plugins.filter((name) => !attributes[`plugins.cni.version.${name}`])
  if (untold.length === 0) return []
  const ran = await ssh.exec(vm, 'ls /opt/cni/bin')
  const there = ran.stdout.split(/\s+/)
  return untold.filter((name) => !there.includes(name))
}

async function imagesMissing(cluster: Connected, vm: Vm): Promise<string[]> {
  const { missing, command, trouble } = await askDocker(cluster, vm, [
    ...images,
    await envoyImage(cluster),
  ])
  if (missing.length === 0 || trouble !== '') return []
  return (await mayPull(cluster, vm, command)) ? [] : missing
}

/** Nomad takes the newest Envoy that its Consul says it supports. */
async function envoyImage({ consul }: Connected): Promise<string> {
  return `envoyproxy/envoy:v${await consul.envoyVersion()}`
}
