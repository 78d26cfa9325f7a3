import type { Json, Version } from './render.ts'
import type { Node } from './types.ts'

/** `/v1/node/:id` (recordings: node.json). */
export function nodeJson(node: Node, version: Version, dockerDead: boolean): Json {
  const newer = version === '2.0.5'
  const resources = resourcesJson(node, version)
  return {
    Attributes: node.Attributes,
    CSIControllerPlugins: {},
    CSINodePlugins: {},
    CgroupParent: newer ? 'nomad.slice' : '/nomad',
    ComputedClass: node.ComputedClass,
    CreateIndex: node.CreateIndex,
    Datacenter: node.Datacenter,
    Drain: node.DrainStrategy !== null,
    DrainStrategy: node.DrainStrategy,
    Drivers: driversJson(node, dockerDead),
    Events: node.Events,
    ...(newer && { GCVolumesOnNodeGC: false }),
    HTTPAddr: `${node.ip}:4646`,
    HostNetworks: null,
    HostVolumes: newer ? {} : null,
    ID: node.ID,
    LastDrain: node.LastDrain,
    Links: { consul: `${node.Datacenter}.${node.Name}` },
    Meta: metaJson(version),
    ModifyIndex: node.ModifyIndex,
    Name: node.Name,
    NodeClass: '',
    ...(newer && { NodeMaxAllocs: 0, NodePool: 'default' }),
    NodeResources: resources,
    ...(!newer && legacyResources(node)),
    ReservedResources: reservedJson,
    SchedulingEligibility: node.SchedulingEligibility,
    SecretID: '',
    Status: node.Status,
    StatusDescription: '',
    StatusUpdatedAt: node.StatusUpdatedAt,
    TLSEnabled: false,
  }
}

/** A line of `/v1/nodes`. */
export function nodeStub(
  node: Node,
  version: Version,
  asked: { resources: boolean; os: boolean },
  dockerDead: boolean,
): Json {
  const { resources, os } = asked
  const newer = version === '2.0.5'
  const attributes = { 'os.name': 'debian', 'os.version': '12.11' }
  return {
    Address: node.ip,
    ID: node.ID,
    Attributes: os ? attributes : null,
    Datacenter: node.Datacenter,
    Name: node.Name,
    ...(newer && { NodePool: 'default' }),
    NodeClass: '',
    Version: version,
    Drain: node.DrainStrategy !== null,
    SchedulingEligibility: node.SchedulingEligibility,
    Status: node.Status,
    StatusDescription: '',
    Drivers: driversJson(node, dockerDead),
    HostVolumes: newer ? {} : null,
    ...(resources && {
      NodeResources: resourcesJson(node, version),
      ReservedResources: reservedJson,
    }),
    LastDrain: node.LastDrain,
    CreateIndex: node.CreateIndex,
    ModifyIndex: node.ModifyIndex,
  }
}

const reservedJson = {
  Cpu: { CpuShares: 0, ReservedCpuCores: null },
  Memory: { MemoryMB: 0 },
  Disk: { DiskMB: 0 },
  Networks: { ReservedHostPorts: '' },
}

export const nodeDiskMb = 60_547
const cores = 2

function resourcesJson(node: Node, version: Version): Json {
  const newer = version === '2.0.5'
  const host = { Mode: 'host', Device: 'eth1', CIDR: `${node.ip}/32`, IP: node.ip }
  const empty = { DNS: null, ReservedPorts: null, DynamicPorts: null }
  const core = (id: number) => ({
    BaseSpeed: Math.floor(node.cpuMhz / cores),
    Disable: false,
    Grade: true,
    GuessSpeed: 0,
    ID: id,
    MaxSpeed: 0,
    NodeID: 0,
    SocketID: 0,
  })
  const topology = {
    Cores: [core(0), core(1)],
    Distances: null,
    Nodes: [0],
    OverrideTotalCompute: 0,
    OverrideWitholdCompute: 0,
  }
  const address = {
    Family: 'ipv4',
    Alias: 'default',
    Address: node.ip,
    ReservedPorts: '',
    Gateway: '',
  }
  return {
    Cpu: { CpuShares: node.cpuMhz, TotalCpuCores: cores, ReservableCpuCores: [0, 1] },
    ...(newer && { Processors: { Topology: topology } }),
    Memory: { MemoryMB: node.memoryMb },
    Disk: { DiskMB: nodeDiskMb },
    Devices: null,
    NodeNetworks: [
      ...(newer ? [{ Mode: 'bridge', Device: '', MacAddress: '', Speed: 0, Addresses: null }] : []),
      {
        Mode: 'host',
        Device: 'eth1',
        MacAddress: `08:00:27:00:00:${node.ip
          .split('.')
          .map((part) => hex(Number(part)))
          .at(-1)}`,
        Speed: 1000,
        Addresses: [address],
      },
    ],
    Networks: newer
      ? [{ Mode: 'bridge' }, { ...host, MBits: 1000 }]
      : [{ ...host, Hostname: '', MBits: 1000, ...empty }],
    MinDynamicPort: 20_000,
    MaxDynamicPort: 32_000,
  }
}

function legacyResources(node: Node): Json {
  const empty = { DNS: null, ReservedPorts: null, DynamicPorts: null }
  const none = { Cores: 0, MemoryMaxMB: 0, IOPS: 0, Devices: null }
  const network = { Mode: 'host', Device: 'eth1', CIDR: `${node.ip}/32`, IP: node.ip }
  return {
    Reserved: { ...none, CPU: 0, MemoryMB: 0, DiskMB: 0, Networks: null },
    Resources: {
      ...none,
      CPU: node.cpuMhz,
      MemoryMB: node.memoryMb,
      DiskMB: nodeDiskMb,
      Networks: [{ ...network, Hostname: '', MBits: 1000, ...empty }],
    },
  }
}

function driversJson(node: Node, dockerDead: boolean): Json {
  const at = new Date((node.StatusUpdatedAt || 0) * 1000).toISOString()
  const driver = (Detected: boolean, HealthDescription: string, Attributes: Json = {}) => ({
    Attributes,
    Detected,
    Healthy: Detected,
    HealthDescription,
    UpdateTime: at,
  })
  const docker = Object.fromEntries(
    Object.entries(node.Attributes).filter(([name]) => name.startsWith('driver.docker')),
  )
  return {
    docker: dockerDead
      ? { ...driver(true, 'Failed to connect to docker daemon'), Healthy: false }
      : driver(true, 'Healthy', { ...docker, 'driver.docker': 'true' }),
    exec: driver(true, 'Healthy', { 'driver.exec': 'true' }),
    java: driver(false, ''),
    qemu: driver(false, ''),
    raw_exec: driver(false, 'disabled'),
  }
}

function metaJson(version: Version): Json {
  const image = version === '2.0.5' ? 'docker.io/envoyproxy/envoy' : 'envoyproxy/envoy'
  return {
    'connect.sidecar_image': `${image}:v\${NOMAD_envoy_version}`,
    'connect.gateway_image': `${image}:v\${NOMAD_envoy_version}`,
    'connect.log_level': 'info',
    'connect.proxy_concurrency': '1',
  }
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}
