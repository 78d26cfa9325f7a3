import type { Vm, World } from '../contract.ts'
import { goDuration } from '../nomad/client/restarts.ts'
import type { Nomad } from '../nomad/nomad.ts'
import { sendJson } from './nomad-answer.ts'
import type { Asked } from './nomad-http.ts'

type Json = Record<string, unknown>

/** `/v1/agent/self`: shortened to what readers use (recordings: nomad-agent-self, client-agent-self). */
export function agentSelf(asked: Asked): void {
  const { nomad, vm, world } = asked
  const server = vm.isServer
  sendJson(asked, {
    config: configOf(world, vm),
    member: server ? member(nomad, world) : noMember,
    stats: server ? serverStats(nomad, world) : clientStats(nomad, world, vm),
  })
}

export function agentMembers(asked: Asked): void {
  const { nomad, world } = asked
  sendJson(asked, {
    ServerName: world.server.name,
    ServerRegion: 'global',
    ServerDC: world.datacenter,
    Members: [member(nomad, world)],
  })
}

export function health(asked: Asked): void {
  sendJson(asked, { [asked.vm.isServer ? 'server' : 'client']: { message: 'ok', ok: true } })
}

/** Shape: recordings, nomad-autopilot; `StableSince` begins with the leadership of a lone server. */
export function autopilotHealth(asked: Asked): void {
  const { nomad, world } = asked
  const { server, versions } = world
  const isNew = versions.nomad === '2.0.5'
  sendJson(asked, {
    FailureTolerance: 0,
    Healthy: true,
    ...(isNew && { Leader: nomad.serverId }),
    Servers: [
      {
        LastContact: '0s',
        ID: nomad.serverId,
        Name: `${server.name}.global`,
        Address: `${server.ip}:4647`,
        SerfStatus: 'alive',
        Version: versions.nomad,
        Leader: true,
        LastTerm: 2,
        LastIndex: nomad.store.index,
        Healthy: true,
        Voter: true,
        StableSince: new Date(nomad.leaderSince).toISOString().replace(/\.\d+Z$/, 'Z'),
      },
    ],
    ...(isNew && { Voters: [nomad.serverId] }),
  })
}

function configOf(world: World, vm: Vm): Json {
  const server = vm.isServer
  return {
    ACL: { Enabled: false },
    Addresses: { HTTP: '0.0.0.0', RPC: '0.0.0.0', Serf: '0.0.0.0' },
    AdvertiseAddrs: {
      HTTP: `${vm.ip}:4646`,
      RPC: `${vm.ip}:4647`,
      Serf: server ? `${vm.ip}:4648` : vm.ip,
    },
    BindAddr: '0.0.0.0',
    Client: {
      Enabled: !server,
      MaxDynamicPort: 32_000,
      MaxKillTimeout: '30s',
      MinDynamicPort: 20_000,
      NetworkInterface: server ? '' : 'eth1',
      Servers: server ? null : [`${world.server.ip}:4647`],
    },
    DataDir: '/opt/nomad',
    Datacenter: world.datacenter,
    DevMode: false,
    LeaveOnInt: false,
    LeaveOnTerm: false,
    Limits: { HTTPMaxConnsPerClient: 100, RPCMaxConnsPerClient: 100 },
    NodeName: vm.name,
    Ports: { HTTP: 4646, RPC: 4647, Serf: 4648 },
    Region: 'global',
    // 0 is "not set": the defaults of cluster-facts §1.1.
    Server: {
      BootstrapExpect: server ? 1 : 0,
      EnableEventBroker: true,
      Enabled: server,
      EventBufferSize: 100,
      FailoverHeartbeatTTL: 0,
      HeartbeatGrace: 0,
      MaxHeartbeatsPerSecond: 0,
      MinHeartbeatTTL: 0,
    },
    Version: {
      Revision: '',
      Version: world.versions.nomad,
      VersionMetadata: '',
      VersionPrerelease: '',
      ...(world.versions.nomad === '2.0.5' && { BuildDate: null }),
    },
  }
}

function member(nomad: Nomad, world: World): Json {
  const { server, versions, datacenter } = world
  return {
    Name: `${server.name}.global`,
    Addr: server.ip,
    Port: 4648,
    Tags: {
      bootstrap: '1',
      build: versions.nomad,
      dc: datacenter,
      expect: '1',
      id: nomad.serverId,
      port: '4647',
      raft_vsn: '3',
      region: 'global',
      revision: '',
      role: 'nomad',
      rpc_addr: server.ip,
      vsn: '1',
    },
    Status: 'alive',
    ProtocolMin: 1,
    ProtocolMax: 5,
    ProtocolCur: 2,
    DelegateMin: 2,
    DelegateMax: 5,
    DelegateCur: 4,
  }
}

const noMember = {
  Addr: null,
  DelegateCur: 0,
  DelegateMax: 0,
  DelegateMin: 0,
  Name: '',
  Port: 0,
  ProtocolCur: 0,
  ProtocolMax: 0,
  ProtocolMin: 0,
  Status: 'none',
  Tags: null,
}

const runtime = {
  'kernel.name': 'linux',
  arch: 'amd64',
  version: 'go1.21.13',
  max_procs: '2',
  goroutines: '127',
  cpu_count: '2',
}

function serverStats(nomad: Nomad, world: World): Json {
  const leader = `${world.server.ip}:4647`
  return {
    nomad: {
      server: 'true',
      leader: String(nomad.serverUp),
      leader_addr: nomad.serverUp ? leader : '',
      bootstrap: 'true',
      known_regions: '1',
    },
    raft: {
      state: nomad.serverUp ? 'Leader' : 'Follower',
      term: '2',
      last_log_index: String(nomad.store.index),
      commit_index: String(nomad.store.index),
      applied_index: String(nomad.store.index),
      num_peers: '0',
      last_contact: '0',
    },
    runtime,
  }
}

/** The heartbeat can be predicted from these (cluster-facts §0.2.7). */
function clientStats(nomad: Nomad, world: World, vm: Vm): Json {
  const client = nomad.clients.get(vm.name)
  return {
    client: {
      node_id: client?.nodeId ?? '',
      known_servers: `${world.server.ip}:4647`,
      num_allocations: String(client?.allocations ?? 0),
      last_heartbeat: duration(world.now() - (client?.lastHeartbeat ?? world.now())),
      heartbeat_ttl: duration(client?.heartbeatTtl ?? 0),
    },
    runtime,
  }
}

function duration(ms: number): string {
  return goDuration(Math.round(ms * 1e6))
}
