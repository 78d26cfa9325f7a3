import type { AgentService } from '../contract.ts'
import type { Raft } from './raft.ts'

export type Status = 'passing' | 'warning' | 'critical'

export interface CatalogCheck {
  node: string
  id: string
  name: string
  status: Status
  output: string
  type: string
  /** Undefined for a check of the node itself (serfHealth). */
  service: AgentService | undefined
  createIndex: number
  modifyIndex: number
}

export interface CatalogService {
  service: AgentService
  createIndex: number
  modifyIndex: number
}

export interface CatalogNode {
  id: string
  name: string
  address: string
  createIndex: number
  modifyIndex: number
  services: Map<string, CatalogService>
  checks: Map<string, CatalogCheck>
}

export interface Instance extends CatalogService {
  node: CatalogNode
  /** The node's own checks and those of this service. */
  checks: CatalogCheck[]
}

/** What the server knows of nodes, services and checks, with the indexes that its queries wait on. */
export interface Catalog {
  registerNode(node: { id: string; name: string; address: string }): void
  deregisterNode(name: string): void
  registerService(node: string, service: AgentService): void
  deregisterService(node: string, id: string): void
  setCheck(node: string, check: Pick<CatalogCheck, 'id' | 'status' | 'output'>): void
  node(name: string): CatalogNode | undefined
  /** By name. */
  nodes(): CatalogNode[]
  /** Of one service, by node and ID. */
  instances(name: string): Instance[]
  /** Of all services, by node and ID. */
  all(): Instance[]
  indexes: CatalogIndexes
}

export interface CatalogIndexes {
  nodes(): number
  services(): number
  checks(): number
  /** What a query for one service waits on (cluster-facts §3.1). */
  service(name: string, withChecks: boolean): number
  /**
   * What a blocking query for one service's health waits on: a view that only its own events move
   * (recordings of watches: apache, which never was, stays at its first index while nginx changes).
   */
  view(name: string): number
}

export const serfHealth = {
  id: 'serfHealth',
  name: 'Serf Health Status',
  alive: 'Agent alive and reachable',
  // cluster-facts §2.1
  failed: 'Agent not live or unreachable',
}

/** The tables that a query may wait on, each with the index of its last change. */
interface Tables {
  nodes: number
  services: number
  checks: number
  byService: Map<string, number>
  /** As byService, but kept when the last instance is gone. */
  views: Map<string, number>
  /** When the last instance of any service went (cluster-facts §3.1: spurious wake-ups). */
  extinction: number
}

export function makeCatalog(raft: Raft): Catalog {
  const nodes = new Map<string, CatalogNode>()
  const maps = { byService: new Map(), views: new Map() }
  const tables: Tables = { nodes: 1, services: 1, checks: 1, ...maps, extinction: 0 }
  const sorted = () => [...nodes.values()].sort((a, b) => compare(a.name, b.name))
  const all = () => sorted().flatMap(instancesOn)

  return {
    ...catalogWrites(raft, nodes, tables),
    node: (name) => nodes.get(name),
    nodes: sorted,
    instances: (name) => all().filter((one) => one.service.name === name),
    all,
    indexes: {
      view(name) {
        const known = tables.views.get(name) ?? this.service(name, true)
        tables.views.set(name, known)
        return known
      },
      nodes: () => Math.max(tables.nodes, tables.services),
      services: () => Math.max(tables.nodes, tables.services),
      checks: () => tables.checks,
      service(name, withChecks) {
        const own = tables.byService.get(name)
        if (own !== undefined) return own
        if (tables.extinction > 0) return tables.extinction
        return Math.max(tables.nodes, tables.services, withChecks ? tables.checks : 0)
      },
    },
  }
}

function catalogWrites(raft: Raft, nodes: Map<string, CatalogNode>, tables: Tables) {
  const dropService = (node: CatalogNode, id: string, index: number) => {
    const gone = node.services.get(id)
    if (!gone) return
    node.services.delete(id)
    for (const check of [...node.checks.values()]) {
      if (check.service?.id === id) node.checks.delete(check.id)
    }
    tables.services = index
    tables.checks = index
    const { name } = gone.service
    touch(tables, name, index)
    if (instancesOf(nodes, name) > 0) return
    tables.byService.delete(name)
    tables.extinction = index
  }
  return {
    registerNode({ id, name, address }: { id: string; name: string; address: string }) {
      if (nodes.has(name)) return
      raft.write((index) => {
        const own = { id, name, address, createIndex: index, modifyIndex: index }
        nodes.set(name, {
          ...own,
          services: new Map(),
          checks: new Map([[serfHealth.id, serfCheck(name, index)]]),
        })
        tables.nodes = index
        tables.checks = index
      })
    },
    deregisterNode(name: string) {
      const node = nodes.get(name)
      if (!node) return
      raft.write((index) => {
        for (const id of [...node.services.keys()]) dropService(node, id, index)
        nodes.delete(name)
        tables.nodes = index
        tables.checks = index
      })
    },
    registerService(nodeName: string, service: AgentService) {
      const node = nodes.get(nodeName)
      if (!node || sameService(node, service)) return
      raft.write((index) => putService(node, service, index, tables))
    },
    deregisterService(nodeName: string, id: string) {
      const node = nodes.get(nodeName)
      if (!node?.services.has(id)) return
      raft.write((index) => dropService(node, id, index))
    },
    setCheck(nodeName: string, given: Pick<CatalogCheck, 'id' | 'status' | 'output'>) {
      const node = nodes.get(nodeName)
      const check = node?.checks.get(given.id)
      if (!node || !check) return
      if (check.status === given.status && check.output === given.output) return
      raft.write((index) => {
        Object.assign(check, given, { modifyIndex: index })
        tables.checks = index
        // A node's own check wakes those who wait for any service on it (cluster-facts §3.1).
        const touched = check.service ? [check.service] : servicesOn(node)
        for (const service of touched) touch(tables, service.name, index)
      })
    },
  }
}

function putService(node: CatalogNode, service: AgentService, index: number, tables: Tables): void {
  const createIndex = node.services.get(service.id)?.createIndex ?? index
  node.services.set(service.id, { service, createIndex, modifyIndex: index })
  for (const check of [...node.checks.values()]) {
    const kept =
      check.service?.id !== service.id || service.checks.some((one) => one.id === check.id)
    if (!kept) node.checks.delete(check.id)
  }
  for (const { id, name, status, type } of service.checks) {
    const before = node.checks.get(id)
    const output = before?.output ?? ''
    const indexes = { createIndex: before?.createIndex ?? index, modifyIndex: index }
    node.checks.set(id, { node: node.name, id, name, status, output, type, service, ...indexes })
    tables.checks = index
  }
  tables.services = index
  touch(tables, service.name, index)
}

function touch(tables: Tables, name: string, index: number): void {
  tables.byService.set(name, index)
  tables.views.set(name, index)
}

function serfCheck(node: string, index: number): CatalogCheck {
  const { id, name, alive: output } = serfHealth
  const indexes = { createIndex: index, modifyIndex: index }
  return { node, id, name, status: 'passing', output, type: '', service: undefined, ...indexes }
}

function sameService(node: CatalogNode, service: AgentService): boolean {
  const known = node.services.get(service.id)
  return known !== undefined && JSON.stringify(known.service) === JSON.stringify(service)
}

function servicesOn(node: CatalogNode): AgentService[] {
  return [...node.services.values()].map((one) => one.service)
}

function instancesOf(nodes: Map<string, CatalogNode>, name: string): number {
  let count = 0
  for (const node of nodes.values()) {
    for (const { service } of node.services.values()) if (service.name === name) count++
  }
  return count
}

function instancesOn(node: CatalogNode): Instance[] {
  const checks = [...node.checks.values()]
  return [...node.services.values()]
    .sort((a, b) => compare(a.service.id, b.service.id))
    .map((one) => ({
      ...one,
      node,
      checks: checks.filter((check) => !check.service || check.service.id === one.service.id),
    }))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
