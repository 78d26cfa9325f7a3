import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import { makeTime } from './clock.ts'
import { type Consul, startConsul } from './consul/consul.ts'
import type { Lab, LabOptions, Undo } from './contract.ts'
import { type ConsulDns, consulDns } from './doors/consul-dns.ts'
import { consulDoor } from './doors/consul-http.ts'
import { askDns } from './doors/dns-ask.ts'
import { openDns } from './doors/dns-port.ts'
import { httpDate } from './doors/http-date.ts'
import { nomadDoor } from './doors/nomad-http.ts'
import { powerDoor } from './doors/power.ts'
import { spoilt } from './doors/spoilt.ts'
import { makeSshKeys, type SshSurroundings, sshDoor, sshUser } from './doors/ssh.ts'
import {
  listen,
  makeOpenings,
  type Openings,
  openPort,
  openSwitchboard,
} from './doors/switchboard.ts'
import { makeContainers } from './doors/web.ts'
import { faultsWith } from './faults.ts'
import { startNomad } from './nomad/nomad.ts'
import { makeOthers } from './others.ts'
import { viewOf } from './view.ts'
import type { VmInside } from './vm.ts'
import { makeWorld, type WorldInside } from './world.ts'

/** What is imitated unless asked otherwise: the older pair of the recordings. */
export const defaultVersions = { nomad: '1.4.4', consul: '1.14.4' } as const

const ports = { ssh: 22, nomad: 4646, consul: 8500, dns: 8600 }

/**
 * Starts a cluster: every VM is up, every agent settled, all doors open on loopback. Rejects when a
 * port cannot be opened or the options make no sense.
 */
export async function startLab(options: LabOptions): Promise<Lab> {
  const openings = makeOpenings()
  try {
    return await openLab(options, openings)
  } catch (error) {
    await openings.close()
    throw error
  }
}

async function openLab(options: LabOptions, openings: Openings): Promise<Lab> {
  const { seed, clients = 3, later = 0 } = options
  const time = makeTime(options.time, Math.floor(Date.now() / 1000) * 1000)
  const versions = options.versions ?? defaultVersions
  const world = makeWorld(
    { seed, clients, later, versions, faults: faultsWith(options.faults) },
    time,
  )
  /** A door answers in cluster time, and until it has, time stands still. */
  const watched = (server: Server): Server => {
    time.quiet.watch(server)
    server.prependListener('request', (_, response) => {
      response.setHeader('Date', httpDate(world.now()))
    })
    return server
  }
  const consul = startConsul(world)
  const nomad = startNomad(
    world,
    consul.agent,
    makeContainers(watched, () => world.faults.lies.has('answers')),
  )
  world.others = makeOthers(world, nomad, consul)
  const switchboard = await openSwitchboard(world, time.quiet, openings)
  const parts = {
    world,
    watched,
    consul,
    nomad,
    openings,
    dns: consulDns(consul, world),
    ssh: { world, quiet: time.quiet, switchboard, keys: await makeSshKeys(openings) },
    doors: { connect: switchboard.address } as Record<string, string>,
    udp: {} as Record<string, string>,
    hosts: {} as Record<string, { fingerprint: string }>,
  }
  for (const vm of world.vms.values()) await openVm(vm, parts)
  const { doors, hosts, udp } = parts
  const power = powerDoor(world)
  doors.power = await listen(watched(power.server), openings)

  const id = `lab-${randomUUID()}`
  const speed = options.time.kind === 'wall' ? options.time.speed : 1
  return {
    id,
    seed,
    clock: time.clock,
    world,
    doors,
    wires: {
      dial: (host, port) => switchboard.dial(host, port),
      async datagram(host, port, bytes) {
        const vm = world.vmAt.get(host)
        const heard = vm && port === ports.dns && consul.agent(vm.name).up
        return heard ? parts.dns.udp(bytes) : undefined
      },
    },
    file: {
      server: world.server.ip,
      clients: 'discover',
      datacenter: world.datacenter,
      ssh: { user: sshUser, key: parts.ssh.keys.file, hosts },
      power: { driver: 'lab', address: `http://${doors.power}`, how: options.how ?? 'orderly' },
      lab: { id, seed, speed, connect: switchboard.address, udp },
    },
    view: () => viewOf(world, nomad, consul),
    dns: (service) => askDns(parts.dns, consul.agent(world.server.name).up, service),
    watch(changed) {
      let heard = changed
      world.onLog(() => heard())
      nomad.store.onCommit(() => heard())
      const undo = consul.raft.watch(() => heard())
      return () => {
        heard = () => {}
        undo()
      }
    },
    front: power.front,
    async close() {
      time.close()
      await openings.close()
      if (time.failure) throw time.failure
    },
  }
}

interface Parts {
  world: WorldInside
  watched(server: Server): Server
  consul: Consul
  nomad: ReturnType<typeof startNomad>
  openings: Openings
  dns: ConsulDns
  ssh: SshSurroundings
  /** These three are filled in. */
  doors: Record<string, string>
  udp: Record<string, string>
  hosts: Record<string, { fingerprint: string }>
}

/** Starts what listens on a VM, and gives each of its ports a port of loopback. */
async function openVm(vm: VmInside, parts: Parts): Promise<void> {
  const { consul, world, watched, dns, doors, openings } = parts
  const ssh = sshDoor(vm, parts.ssh)
  parts.hosts[vm.name] = { fingerprint: ssh.fingerprint }
  const nomadServer = watched(spoilt(nomadDoor(parts.nomad, world, vm), world, 'nomad', vm.name))
  const consulServer = watched(spoilt(consulDoor(consul, world, vm), world, 'consul', vm.name))
  const stopNomad = serveWhileUp(vm, () => [
    vm.listen(ports.nomad, (socket) => void nomadServer.emit('connection', socket)),
  ])
  const consulPorts = portsOf(() => [
    vm.listen(ports.consul, (socket) => void consulServer.emit('connection', socket)),
    vm.listen(ports.dns, dns.tcp),
  ])
  if (vm.power === 'running') consulPorts.open()
  vm.on('cut', consulPorts.close)
  serveWhileUp(vm, () => [vm.listen(ports.ssh, ssh.accept)])
  // Nomad exits at once on its signal; Consul leaves first (cluster-facts §1.4).
  vm.on('shutdown', stopNomad)
  consul.onStart((started) => started === vm && consulPorts.open())
  consul.onStop((stopped) => stopped === vm && consulPorts.close())
  const isUp = () => consul.agent(vm.name).up
  for (const [name, port] of Object.entries(ports)) {
    doors[`${name} ${vm.name}`] =
      name === 'dns'
        ? await openDns(vm, port, dns, isUp, openings)
        : await openPort(vm, port, openings)
  }
  parts.udp[`${vm.ip}:${ports.dns}`] = doors[`dns ${vm.name}`] ?? ''
}

/** Opens ports now and after each boot; the returned function closes them until then. */
function serveWhileUp(vm: VmInside, listening: () => Undo[]): Undo {
  const { open, close } = portsOf(listening)
  if (vm.power === 'running') open()
  vm.on('cut', close)
  vm.on('boot', open)
  return close
}

/** Ports that a program opens when it starts, and that close with it. */
function portsOf(listening: () => Undo[]): { open(): void; close(): void } {
  let closers: Undo[] = []
  const close = () => {
    for (const undo of closers) undo()
    closers = []
  }
  const open = () => {
    close()
    closers = listening()
  }
  return { open, close }
}
