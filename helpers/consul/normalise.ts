import type { ConsulView, Instance } from '../grade/view.ts'
import { list, number, record, text } from '../loose.ts'

/** Consul's JSON (cluster-facts §4.2) → the view's types. */

/** An entry of health, without what only the run knows of its allocation. */
export type Registered = Omit<Instance, 'owner'>

/** One of an agent's own services. */
export interface Entry {
  id: string
  name: string
  /** The service's address, or the node's where that is empty. */
  address: string
  /** 0 when the service has none. */
  port: number
}

export interface CatalogEntry extends Entry {
  node: string
  nodeAddress: string
}

const memberStatus = ['none', 'alive', 'leaving', 'left', 'failed'] as const

export function member(json: unknown): ConsulView['members'][number] {
  const one = record(json)
  const status = memberStatus[number(one.Status)] ?? 'none'
  return { name: text(one.Name), address: text(one.Addr), status }
}

/** A row of `consul members`: the type and the datacenter are in serf's tags. */
export function memberRow(json: unknown) {
  const tags = record(record(json).Tags)
  const roles: Record<string, string> = { consul: 'server', node: 'client' }
  const role = text(tags.role)
  return { ...member(json), role: roles[role] ?? role, datacenter: text(tags.dc) }
}

export function instance(json: unknown): Registered {
  const { Node, Service, Checks } = record(json)
  const node = record(Node)
  const service = record(Service)
  const id = text(service.ID)
  return {
    id,
    node: text(node.Node),
    nodeAddress: text(node.Address),
    address: text(service.Address) || text(node.Address),
    port: number(service.Port),
    checks: list(Checks).map((check) => {
      const { CheckID, Status, Output } = record(check)
      return { id: text(CheckID), status: text(Status), output: text(Output).slice(0, 500) }
    }),
    allocation: allocationIn(id),
  }
}

export function catalogEntry(json: unknown): CatalogEntry {
  const one = record(json)
  return {
    id: text(one.ServiceID),
    name: text(one.ServiceName),
    node: text(one.Node),
    nodeAddress: text(one.Address),
    address: text(one.ServiceAddress) || text(one.Address),
    port: number(one.ServicePort),
  }
}

export function agentEntry(json: unknown, host: string): Entry {
  const { ID, Service, Address, Port } = record(json)
  return { id: text(ID), name: text(Service), address: text(Address) || host, port: number(Port) }
}

/** The UUID that Nomad writes into a service's id (cluster-facts §2.2), '' when there is none. */
function allocationIn(serviceId: string): string {
  return /^_nomad-task-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-/.exec(serviceId)?.[1] ?? ''
}
