import type { Consul } from './consul/consul.ts'
import { memberStatus } from './consul/serf.ts'
import type { Vm } from './contract.ts'
import type { Nomad } from './nomad/nomad.ts'
import type { WorldInside } from './world.ts'

/** What is so in the lab, in the words of Nomad and Consul. */
export interface LabView {
  /** Cluster milliseconds. */
  at: number
  vms: Pick<Vm, 'name' | 'ip' | 'isServer' | 'power'>[]
  /** As /v1/nodes. */
  nodes: { vm: string; status: string; eligible: boolean; drains: boolean }[]
  /** As `consul members`. */
  members: { vm: string; status: string }[]
  /** `blocked`: its last evaluation waits for room. */
  jobs: { id: string; version: number; stopped: boolean; blocked: boolean }[]
  /** As /v1/allocations; `ports` are address:port. */
  replicas: {
    id: string
    job: string
    version: number
    vm: string
    ports: string[]
    desired: string
    status: string
  }[]
  /** Consul's entries of services, without Nomad's and Consul's own. */
  instances: { vm: string; id: string; service: string; at: string; health: string }[]
}

export interface DnsSaid {
  name: string
  /** Sorted. */
  addresses: string[]
  /** NOERROR, NXDOMAIN, SERVFAIL …; '' when no answer came. */
  rcode: string
}

/** What belongs to Nomad and Consul themselves. */
const ownServices = ['consul', 'nomad', 'nomad-client']

/** Everything that the doors would answer now, at once (LabView); no fault hides anything of it. */
export function viewOf(world: WorldInside, nomad: Nomad, consul: Consul): LabView {
  const { store } = nomad
  const last = (id: string) => store.evalsOf(id).findLast(({ Status }) => Status !== 'canceled')
  return {
    at: world.now(),
    vms: [...world.vms.values()].map(({ name, ip, isServer, power }) => ({
      ...{ name, ip, isServer, power },
    })),
    nodes: [...store.nodes.values()].map((node) => ({
      vm: node.Name,
      status: node.Status,
      eligible: node.SchedulingEligibility === 'eligible',
      drains: node.DrainStrategy !== null,
    })),
    members: consul.members().map(({ vm, status }) => ({
      vm: vm.name,
      status: Object.entries(memberStatus).find(([, number]) => number === status)?.[0] ?? '',
    })),
    jobs: [...store.jobs.values()].map(({ ID, Version, Stop }) => ({
      id: ID,
      version: Version,
      stopped: Stop,
      blocked: last(ID)?.Status === 'blocked',
    })),
    replicas: [...store.allocs.values()].map((alloc) => ({
      id: alloc.ID,
      job: alloc.Job.ID,
      version: alloc.Job.Version,
      vm: alloc.NodeName,
      ports: alloc.Ports.map(({ HostIP, Value }) => `${HostIP}:${Value}`),
      desired: alloc.DesiredStatus,
      status: alloc.ClientStatus,
    })),
    instances: consul.catalog
      .all()
      .filter(({ service }) => !ownServices.includes(service.name))
      .map(({ node, service, checks }) => ({
        vm: node.name,
        id: service.id,
        service: service.name,
        at: `${service.address || node.address}:${service.port}`,
        health:
          ['critical', 'warning'].find((one) => checks.some((c) => c.status === one)) ?? 'passing',
      })),
  }
}
