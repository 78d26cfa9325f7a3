import { createHash } from 'node:crypto'
import type { Vm, World } from '../contract.ts'
import type { Node } from './types.ts'

/** A client that has never been seen before. */
export function newNode(world: World, vm: Vm, ID: string): Node {
  const digits = createHash('sha1').update(ID).digest('hex').slice(0, 15)
  return {
    ID,
    Name: vm.name,
    ip: vm.ip,
    Datacenter: world.datacenter,
    Attributes: attributesOf(world, vm),
    ComputedClass: `v1:${BigInt(`0x${digits}`)}`,
    cpuMhz: vm.cpuMhz,
    memoryMb: vm.memoryMb,
    Status: 'initializing',
    StatusUpdatedAt: 0,
    SchedulingEligibility: 'eligible',
    DrainStrategy: null,
    LastDrain: null,
    Events: [],
    CreateIndex: 0,
    ModifyIndex: 0,
  }
}

function attributesOf(world: World, vm: Vm): Record<string, string> {
  const { nomad, consul } = world.versions
  return {
    'consul.connect': 'true',
    'consul.datacenter': world.datacenter,
    'consul.ft.namespaces': 'false',
    'consul.grpc': '-1',
    'consul.server': 'false',
    'consul.sku': 'oss',
    'consul.version': consul,
    'cpu.arch': 'amd64',
    'cpu.frequency': String(Math.floor(vm.cpuMhz / 2)),
    'cpu.numcores': '2',
    'cpu.reservablecores': '2',
    'cpu.totalcompute': String(vm.cpuMhz),
    'driver.docker': '1',
    'driver.docker.bridge_ip': '172.17.0.1',
    'driver.docker.os_type': 'linux',
    'driver.docker.runtimes': 'io.containerd.runc.v2,io.containerd.runtime.v1.linux,runc',
    'driver.docker.version': '20.10.24+dfsg1',
    'driver.exec': '1',
    'kernel.arch': 'x86_64',
    'kernel.name': 'linux',
    'memory.totalbytes': String(vm.memoryMb * 1024 * 1024),
    'nomad.advertise.address': `${vm.ip}:4646`,
    'nomad.service_discovery': 'true',
    'nomad.version': nomad,
    'os.name': 'debian',
    'os.version': '12.11',
    'unique.consul.name': vm.name,
    'unique.hostname': vm.name,
    'unique.network.ip-address': vm.ip,
  }
}
