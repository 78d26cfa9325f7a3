import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clusterFileSchema } from '../../helpers/cluster/file.ts'
import { journalOf, type Outages, openOutages } from '../../helpers/cluster/journal.ts'
import { chooseImages } from '../../helpers/cluster/local/choose-images.ts'
import { whatIsMissing } from '../../helpers/cluster/local/pieces.ts'
import { startLocal } from '../../helpers/cluster/local/start.ts'
import { routeFor } from '../../helpers/cluster/route-for.ts'
import { type Connected, connect } from '../../helpers/connect.ts'
import { overTcp, overUdp } from '../../helpers/consul/dns-wire.ts'
import { createHttp, type Http } from '../../helpers/http.ts'
import { inLanguage } from '../../helpers/language/message.ts'
import { openSocket } from '../../helpers/socket.ts'
import type { Clock } from '../../helpers/time/clock.ts'
import { tell } from '../../helpers/time/fault.ts'
import type { World } from '../../lab/contract.ts'

/** A cluster that is asked: the lab, or real agents on this machine. */
export interface Arm {
  cluster: Connected
  http: Http
  /** What a run left off in this cluster: nothing. */
  outages: Outages
  /** The raw replies of Consul's DNS at the server, in the order of the questions. */
  dns(transport: 'udp' | 'tcp', questions: Buffer[]): Promise<Buffer[]>
  close(): Promise<void>
}

const server = '192.168.56.101'
const dnsPort = 8600

export async function labArm(versions: World['versions'], seed = 1): Promise<Arm> {
  // Only here: whoever records real clusters needs no lab.
  const { startLab } = await import('../../lab/lab.ts')
  const lab = await startLab({ seed, clients: 4, versions, time: { kind: 'virtual' } })
  const { udp } = (lab.file as { lab: { udp: Record<string, string> } }).lab
  const [host = '', port] = (udp[`${server}:${dnsPort}`] ?? '').split(':')
  return arm(lab, 'lab', (_, questions) =>
    Promise.all(
      questions.map((q) => overUdp({ host, port: Number(port), deadline: 5000 }, q, (got) => got)),
    ),
  )
}

/** Archives of images that real clusters are made with; without them, this machine's Docker. */
export const images = (process.env.GRADE_IMAGES ?? '').split(',').filter(Boolean)

/** Why no cluster of real agents can be made here; [] where one can. */
export async function lackingForReal(): Promise<string[]> {
  const root = process.geteuid?.() === 0
  const machine = { platform: process.platform, root, path: process.env.PATH ?? '' }
  const lacking = await whatIsMissing(machine)
  if (lacking.length > 0) return lacking.map((one) => inLanguage(one, 'en'))
  const why = await chooseImages(images, process.env).then(
    () => '',
    (fault) => tell(fault),
  )
  return why === '' ? [] : [why]
}

export async function realArm(): Promise<Arm> {
  const local = await startLocal({ clients: 4, images, env: process.env })
  // Only TCP leads into its namespaces: datagrams are sent from inside a VM.
  const made = await arm(local, 'local', async ({ ssh }, questions) => {
    const vm = { name: 'box-5', host: '192.168.56.105' }
    const input = Buffer.from(questions.map((q) => q.toString('hex')).join('\n'))
    const command = `${process.execPath} -e '${datagrams}'`
    const { stdout, stderr, code } = await ssh.exec(vm, command, { input })
    if (code !== 0) throw new Error(`asking over UDP inside ${vm.name}: ${stderr}`)
    return stdout
      .trim()
      .split('\n')
      .map((hex) => Buffer.from(hex, 'hex'))
  })
  await clientsRegistered(made.cluster)
  return made
}

/** A local cluster is ready before Nomad has registered all its clients in Consul. */
async function clientsRegistered({ consul, clock }: Connected): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    if ((await consul.health('nomad-client')).length === 4) return
    await clock.sleep(500)
  }
  throw new Error('four clients did not come up')
}

/** Sends each line of its input as a datagram and prints the answers in order. */
const datagrams = `
const { createSocket } = require("node:dgram");
const asked = require("node:fs").readFileSync(0, "latin1").split("\\n");
const ask = (hex) => new Promise((resolve) => {
  const socket = createSocket("udp4");
  socket.on("message", (m) => { socket.close(); resolve(m.toString("hex")) });
  socket.send(Buffer.from(hex, "hex"), ${dnsPort}, "${server}");
});
setTimeout(() => process.exit(1), 20000).unref();
Promise.all(asked.map(ask)).then((all) => console.log(all.join("\\n")));
`

async function arm(
  made: { file: unknown; clock: Clock; close(): Promise<void> },
  kind: 'lab' | 'local',
  udp: (cluster: Connected, questions: Buffer[]) => Promise<Buffer[]>,
): Promise<Arm> {
  const { clock } = made
  const file = clusterFileSchema.parse(made.file)
  const stateDir = mkdtempSync(join(tmpdir(), 'conformance-'))
  const route = routeFor(file)
  const cluster = connect(file, clock, kind, { stateDir })
  const http = createHttp(route, clock)
  const overOneTcp = async (question: Buffer) => {
    const socket = await openSocket(route, clock, { host: server, port: dnsPort, deadline: 5000 })
    return await overTcp(socket, question, 5000)
  }
  return {
    cluster,
    http,
    outages: openOutages(journalOf(file, { dir: stateDir, path: kind, embedded: true })),
    dns: (transport, questions) =>
      transport === 'udp' ? udp(cluster, questions) : Promise.all(questions.map(overOneTcp)),
    async close() {
      await cluster.close()
      await http.close()
      await made.close()
      rmSync(stateDir, { recursive: true, force: true })
    },
  }
}
