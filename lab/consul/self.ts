import type { Vm, World } from '../contract.ts'
import type { Consul } from './consul.ts'
import { memberStatus } from './serf.ts'
import { memberShape } from './shapes.ts'

/** /v1/agent/self of a server and of a client (recordings; the long DebugConfig is left out). */
export function selfShape(consul: Consul, world: World, vm: Vm) {
  const agent = consul.agent(vm.name)
  const services = agent.services()
  const count = (status: number) =>
    String(consul.members().filter((member) => member.status === status).length)
  const serf = {
    coordinate_resets: '0',
    encrypted: 'false',
    event_queue: '0',
    event_time: '2',
    failed: count(memberStatus.failed),
    health_score: '0',
    intent_queue: '0',
    left: count(memberStatus.left),
    member_time: '4',
    members: String(consul.members().length),
    query_queue: '0',
    query_time: '1',
  }
  return {
    Config: {
      Datacenter: world.datacenter,
      PrimaryDatacenter: world.datacenter,
      NodeName: vm.name,
      NodeID: consul.nodeId(vm.name),
      Revision: '',
      Server: vm.isServer,
      Version: world.versions.consul,
      BuildDate: '1970-01-01T00:00:01Z',
    },
    Coord: { Vec: Array(8).fill(0.0001), Error: 0.25, Adjustment: 0.00004, Height: 0.0001 },
    Member: memberShape(consul, world, vm.name, memberStatus.alive),
    Stats: {
      agent: {
        check_monitors: '0',
        check_ttls: '0',
        checks: String(services.flatMap((service) => service.checks).length),
        services: String(services.length),
      },
      build: {
        prerelease: 'dev',
        revision: '',
        version: world.versions.consul,
        version_metadata: '',
      },
      runtime: {
        arch: 'amd64',
        cpu_count: '2',
        goroutines: '55',
        max_procs: '2',
        os: 'linux',
        version: 'go1.26.8',
      },
      serf_lan: serf,
      ...(vm.isServer ? serverStats(consul, vm) : clientStats),
    },
    Meta: { 'consul-network-segment': '' },
    ...(vm.isServer ? { xDS: xds } : {}),
  }
}

const clientStats = { consul: { acl: 'disabled', known_servers: '1', server: 'false' } }

const xds = {
  SupportedProxies: { envoy: ['1.24.0', '1.23.2', '1.22.5', '1.21.5'] },
  Port: 8503,
  Ports: { Plaintext: -1, TLS: 8503 },
}

function serverStats(consul: Consul, vm: Vm) {
  const index = String(consul.raft.index)
  return {
    consul: {
      acl: 'disabled',
      bootstrap: 'true',
      known_datacenters: '1',
      leader: 'true',
      leader_addr: `${vm.ip}:8300`,
      server: 'true',
    },
    raft: {
      applied_index: index,
      commit_index: index,
      fsm_pending: '0',
      last_contact: '0',
      last_log_index: index,
      last_log_term: '2',
      last_snapshot_index: '0',
      last_snapshot_term: '0',
      latest_configuration: `[{Suffrage:Voter ID:${consul.nodeId(vm.name)} Address:${vm.ip}:8300}]`,
      latest_configuration_index: '0',
      num_peers: '0',
      protocol_version: '3',
      protocol_version_max: '3',
      protocol_version_min: '0',
      snapshot_version_max: '1',
      snapshot_version_min: '0',
      state: 'Leader',
      term: '2',
    },
    serf_wan: {
      coordinate_resets: '0',
      encrypted: 'false',
      event_queue: '0',
      event_time: '1',
      failed: '0',
      health_score: '0',
      intent_queue: '0',
      left: '0',
      member_time: '1',
      members: '1',
      query_queue: '0',
      query_time: '1',
    },
  }
}
