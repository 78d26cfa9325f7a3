import type { ClusterFile } from './cluster/file.ts'
import { createPower, type Power } from './cluster/power/power.ts'
import { routeFor } from './cluster/route-for.ts'
import { createSsh, type Ssh } from './cluster/ssh/ssh.ts'
import { type Consul, createConsul } from './consul/client.ts'
import { askDns } from './consul/dns.ts'
import { watchService } from './consul/watch.ts'
import type { DnsView, Unseen, WebLook } from './grade/view.ts'
import { createHttp } from './http.ts'
import { httpInside } from './http-inside.ts'
import { createNomad, type Nomad } from './nomad/client.ts'
import { watchNomad } from './nomad/events.ts'
import type { Clock } from './time/clock.ts'
import { createWakes, type Wakes } from './time/eventually.ts'
import { lookAt } from './web/look.ts'

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
  dns(name: string): Promise<DnsView | Unseen>
  web(address: string, port: number): Promise<Omit<WebLook, 'allocation'>>
  /** Whether it answers from inside the VM, over SSH. */
  answersInside(vm: string, address: string, port: number): Promise<boolean>
  /** The Consul agent of a VM, asked from inside: it may listen on 127.0.0.1 only. */
  consulInside(vm: { name: string; host: string }): Consul
  close(): Promise<void>
}

/** Services whose changes in Consul wake the waits. */
const watched = ['nginx', 'apache']

/** Connects to the cluster that the file describes; contacts nothing but its server yet. */
export function connect(file: ClusterFile, clock: Clock, kind: Connected['kind']): Connected {
  const route = routeFor(file)
  const http = createHttp(route, clock)
  const ending = new AbortController()
  const { signal } = ending
  const wakes = createWakes(clock)
  const nomad = createNomad(http, { host: file.server, port: file.nomad.port })
  const consul = createConsul(http, { host: file.server, port: file.consul.port })
  const ssh = createSsh(file, route, clock)
  const stream = { http, host: file.server, port: file.nomad.port, clock, signal }
  const watching = [
    watchNomad(stream, () => wakes.notify()),
    ...watched.map((service) =>
      watchService({ consul, service, clock, signal }, () => wakes.notify()),
    ),
  ]
  return {
    kind,
    file,
    clock,
    nomad,
    consul,
    ssh,
    power: createPower(file, clock),
    wakes,
    async dns(name) {
      try {
        const at = { host: file.server, port: file.dns.port }
        return await askDns({ ...at, name, type: 'A', route, clock })
      } catch (error) {
        return { error: error instanceof Error ? error.message : String(error) }
      }
    },
    web: (address, port) => lookAt({ http, address, port }),
    consulInside: (vm) =>
      createConsul(httpInside(ssh, vm), { host: vm.host, port: file.consul.port }),
    async answersInside(vm, address, port) {
      const url = `http://${address}:${port}/`
      const ran = await ssh.exec({ name: vm, host: address }, `curl -sI ${url}`).catch(() => null)
      return ran?.code === 0 && ran.stdout.startsWith('HTTP/')
    },
    async close() {
      ending.abort()
      await Promise.allSettled(watching)
      await http.close()
    },
  }
}
