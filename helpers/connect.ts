import { consulAccess, nomadAccess } from './access.ts'
import type { ClusterFile } from './cluster/file.ts'
import { createNames, type Names } from './cluster/names.ts'
import { createPower, type Power } from './cluster/power/power.ts'
import type { Wires } from './cluster/route.ts'
import { routeFor } from './cluster/route-for.ts'
import { createSsh, type Ssh } from './cluster/ssh/ssh.ts'
import { sshRoute } from './cluster/ssh-route.ts'
import { type Consul, createConsul } from './consul/client.ts'
import { askDns } from './consul/dns.ts'
import { watchService } from './consul/watch.ts'
import type { Talk } from './grade/rubric.ts'
import type { DnsView, Unseen } from './grade/view.ts'
import { createHttp, type Http } from './http.ts'
import { httpInside, insideRoute } from './http-inside.ts'
import type { Message } from './language/message.ts'
import { createNomad, type Nomad } from './nomad/client.ts'
import { topics, watchNomad } from './nomad/events.ts'
import type { Clock } from './time/clock.ts'
import { createWakes, type Wakes } from './time/eventually.ts'
import { codeOf } from './time/fault.ts'
import { createKept, type Kept } from './time/kept.ts'
import { createPace, type Pace } from './time/pace.ts'
import { askCounts } from './web/count.ts'
import { lookAt } from './web/look.ts'
import { talkTo } from './web/talk.ts'

/** One cluster with everything that may be asked of it. */
export interface Connected {
  kind: 'lab' | 'local' | 'file'
  file: ClusterFile
  clock: Clock
  nomad: Nomad
  consul: Consul
  ssh: Ssh
  power: Power
  /** Woken by Nomad's event stream and Consul's blocking queries. */
  wakes: Wakes
  /** What looks share that follow each other soon. */
  kept: Kept
  /** How much the server's Nomad has been asked. */
  pace: { room(questions: number): Promise<void> }
  dns(name: string): Promise<DnsView | Unseen>
  web(address: string, port: number): ReturnType<typeof lookAt>
  /** One line each way over TCP. */
  talk(address: string, port: number, talk: Talk): ReturnType<typeof talkTo>
  /** What HashiCorp's demo dashboard counts, asked so many times. */
  counts(address: string, port: number, times: number): ReturnType<typeof askCounts>
  /** Whether it answers from inside the VM, over SSH. */
  answersInside(vm: string, address: string, port: number): Promise<boolean>
  /** The Consul agent of a VM, asked from inside: it may listen on 127.0.0.1 only. */
  consulInside(vm: { name: string; host: string }): Consul
  close(): Promise<void>
}

/** Services whose changes in Consul wake the waits. */
const watched = ['nginx', 'apache']

export interface ConnectOptions {
  /** Where host keys that are met for the first time are written down. */
  stateDir?: string
  say?(sentence: Message): void
  /** Of a lab in this process. */
  wires?: Wires
}

/** Connects to the cluster that the file describes; contacts nothing but its server yet. */
export function connect(
  file: ClusterFile,
  clock: Clock,
  kind: Connected['kind'],
  options: ConnectOptions = {},
): Connected {
  const access = { nomad: nomadAccess(file), consul: consulAccess(file) }
  const names = createNames(file)
  const base = routeFor(file, options.wires)
  const ssh = createSsh(file, base, clock, options)
  const agentPorts = [access.nomad.port, access.consul.port, file.dns.port]
  const through = { names, server: file.server, agentPorts }
  const route = file.route === 'ssh' ? sshRoute(ssh, through) : base
  const pace = createPace(clock)
  // One client for each: no token may go to the other's agents, nor to what students run.
  const https = {
    nomad: counted(createHttp(route, clock, access.nomad), pace),
    consul: createHttp(route, clock, access.consul),
    web: createHttp(route, clock),
  }
  const ending = new AbortController()
  const { signal } = ending
  const wakes = createWakes(clock)
  const kept = createKept(clock)
  const heardOf = (changed: readonly string[]) => {
    kept.changed(changed)
    wakes.notify()
  }
  const nomadInside = (host: string) =>
    createNomad(httpInside(ssh, names.of(host), { clock, access: access.nomad }), access.nomad)
  const nomad = alsoInside(createNomad(https.nomad, access.nomad), names, nomadInside)
  const consul = createConsul(https.consul, access.consul)
  const { host, port } = access.nomad
  const onOpen = (open: boolean) => kept.watched(topics, open)
  const watching = [
    watchNomad({ http: https.nomad, host, port, clock, signal, onOpen }, ({ topics }) =>
      heardOf(topics),
    ),
    ...watched.map((service) =>
      watchService(
        { consul, service, clock, signal, onOpen: (open) => kept.watched([service], open) },
        () => heardOf([service]),
      ),
    ),
  ]
  return {
    kind,
    file,
    clock,
    nomad,
    consul,
    ssh,
    power: createPower(file, clock, {
      ssh,
      addressOf: async (node) => (await nomad.nodes()).find((n) => n.name === node)?.address ?? '',
      ...(options.say && { say: options.say }),
    }),
    wakes,
    kept,
    pace: { room: (questions) => pace.room(agentOf({ host, port }), questions) },
    async dns(name) {
      try {
        const at = { host: file.server, port: file.dns.port }
        return await askDns({ ...at, name, type: 'A', route, clock })
      } catch (error) {
        return { error: error instanceof Error ? error.message : String(error) }
      }
    },
    web: (address, port) => lookAt({ http: https.web, address, port }),
    talk: (address, port, talk) => talkTo({ route, clock, address, port, talk }),
    counts: (address, port, times) => askCounts({ route, clock, address, port, times }),
    consulInside: (vm) =>
      createConsul(httpInside(ssh, vm, { clock, access: access.consul }), {
        host: vm.host,
        port: access.consul.port,
      }),
    answersInside: (vm, address, port) => answersInside(ssh, clock, { vm, address, port }),
    async close() {
      ending.abort()
      await Promise.allSettled(watching)
      await Promise.all(Object.values(https).map((http) => http.close()))
      ssh.close()
    },
  }
}

const agentOf = ({ host, port }: { host: string; port: number }) => `${host}:${port}`

function counted(http: Http, pace: Pace): Http {
  return {
    ...http,
    request(ask) {
      pace.asked(agentOf(ask))
      return http.request(ask)
    },
  }
}

/**
 * The same Nomad, that learns the VMs' names, and asks a client's agent from inside its VM where it
 * refuses from outside: it may listen on 127.0.0.1 only.
 */
function alsoInside(nomad: Nomad, names: Names, inside: (host: string) => Nomad): Nomad {
  return {
    ...nomad,
    async nodes() {
      const nodes = await nomad.nodes()
      names.learn(nodes)
      return nodes
    },
    async clientSelf(host) {
      try {
        return await nomad.clientSelf(host)
      } catch (error) {
        if (codeOf(error) !== 'ECONNREFUSED') throw error
        return await inside(host)
          .clientSelf(host)
          .catch(() => {
            throw error
          })
      }
    },
  }
}

/** Whether the page answers when its own VM asks; by curl where sshd forbids forwarding. */
async function answersInside(
  ssh: Ssh,
  clock: Clock,
  { vm, address, port }: { vm: string; address: string; port: number },
): Promise<boolean> {
  const there = { name: vm, host: address }
  const http = createHttp(insideRoute(ssh, there, address), clock)
  const look = await lookAt({ http, address, port })
  if (look.error !== 'SSH_FORWARD_PROHIBITED') return look.error === ''
  const url = `http://${address}:${port}/`
  const ran = await ssh.exec(there, `curl -sI ${url}`).catch(() => null)
  return ran?.code === 0 && ran.stdout.startsWith('HTTP/')
}
