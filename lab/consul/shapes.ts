import type { AgentService, World } from '../contract.ts'
import type { CatalogCheck, CatalogNode, Instance } from './catalog.ts'
import type { Consul } from './consul.ts'
import type { MemberStatus } from './serf.ts'

/** Consul 1.14.4's JSON, field by field as in the recordings (cluster-facts §4.2). */

export function nodeShape(node: CatalogNode, datacenter: string) {
  return {
    ID: node.id,
    Node: node.name,
    Address: node.address,
    Datacenter: datacenter,
    TaggedAddresses: lanAndWan(node.address),
    Meta: nodeMeta,
    CreateIndex: node.createIndex,
    ModifyIndex: node.modifyIndex,
  }
}

const nodeMeta = { 'consul-network-segment': '' }
const weights = { Passing: 1, Warning: 1 }
const proxy = { Mode: '', MeshGateway: {}, Expose: {} }

function lanAndWan(address: string) {
  return { lan: address, lan_ipv4: address, wan: address, wan_ipv4: address }
}

/** Only services that have an address of their own have tagged ones (cluster-facts §2.2). */
function taggedAddresses({ address, port }: AgentService) {
  if (address === '') return undefined
  const one = { Address: address, Port: port }
  return { lan_ipv4: one, wan_ipv4: one }
}

export function checkShape(check: CatalogCheck) {
  const interval = check.type === '' ? '' : '10s'
  const timeout = check.type === '' ? '' : check.type === 'http' ? '5s' : '3s'
  return {
    Node: check.node,
    CheckID: check.id,
    Name: check.name,
    Status: check.status,
    Notes: '',
    Output: check.output,
    ServiceID: check.service?.id ?? '',
    ServiceName: check.service?.name ?? '',
    ServiceTags: check.service?.tags ?? [],
    Type: check.type,
    Interval: interval,
    Timeout: timeout,
    ExposedPort: 0,
    Definition: {},
    CreateIndex: check.createIndex,
    ModifyIndex: check.modifyIndex,
  }
}

/** An entry of /v1/health/service/:name. `Port` is left out when there is none (cluster-facts §0.2.6). */
export function healthShape(
  { node, service, checks, createIndex, modifyIndex }: Instance,
  dc: string,
) {
  return {
    Node: nodeShape(node, dc),
    Service: {
      ID: service.id,
      Service: service.name,
      Tags: service.tags,
      Address: service.address,
      TaggedAddresses: taggedAddresses(service),
      Meta: service.meta,
      Port: service.port === 0 ? undefined : service.port,
      Weights: weights,
      EnableTagOverride: false,
      Proxy: proxy,
      Connect: {},
      PeerName: '',
      CreateIndex: createIndex,
      ModifyIndex: modifyIndex,
    },
    Checks: checks.map(checkShape),
  }
}

/** An entry of /v1/catalog/service/:name. */
export function catalogShape({ node, service, createIndex, modifyIndex }: Instance, dc: string) {
  return {
    ID: node.id,
    Node: node.name,
    Address: node.address,
    Datacenter: dc,
    TaggedAddresses: lanAndWan(node.address),
    NodeMeta: nodeMeta,
    ServiceKind: '',
    ServiceID: service.id,
    ServiceName: service.name,
    ServiceTags: service.tags,
    ServiceAddress: service.address,
    ServiceTaggedAddresses: taggedAddresses(service),
    ServiceWeights: weights,
    ServiceMeta: service.meta,
    ServicePort: service.port,
    ServiceSocketPath: '',
    ServiceEnableTagOverride: false,
    ServiceProxy: proxy,
    ServiceConnect: {},
    CreateIndex: createIndex,
    ModifyIndex: modifyIndex,
  }
}

/** An entry of /v1/agent/services. */
export function agentServiceShape(service: AgentService, datacenter: string) {
  return {
    ID: service.id,
    Service: service.name,
    Tags: service.tags,
    Meta: service.meta,
    Port: service.port,
    Address: service.address,
    TaggedAddresses: taggedAddresses(service),
    Weights: weights,
    EnableTagOverride: false,
    Datacenter: datacenter,
  }
}

export function memberShape(consul: Consul, world: World, name: string, status: MemberStatus) {
  const vm = world.vms.get(name)
  const common = {
    build: `${world.versions.consul}dev:`,
    dc: world.datacenter,
    id: consul.nodeId(name),
    segment: '',
    vsn: '2',
    vsn_max: '3',
    vsn_min: '2',
  }
  const server = {
    acls: '0',
    bootstrap: '1',
    ft_fs: '1',
    ft_si: '1',
    grpc_tls_port: '8503',
    port: '8300',
    raft_vsn: '3',
    role: 'consul',
    wan_join_port: '8302',
  }
  return {
    Name: name,
    Addr: vm?.ip,
    Port: 8301,
    Tags: { ...common, ...(vm?.isServer ? server : { role: 'node' }) },
    Status: status,
    ProtocolMin: 1,
    ProtocolMax: 5,
    ProtocolCur: 2,
    DelegateMin: 2,
    DelegateMax: 5,
    DelegateCur: 4,
  }
}

/** An entry of /v1/internal/ui/services: checks are counted once a node (cluster-facts §0.2.20). */
export function uiShape(name: string, instances: Instance[], datacenter: string) {
  const tags = [...new Set(instances.flatMap(({ service }) => service.tags))].sort()
  const checks = new Map(
    instances.flatMap(({ checks }) => checks).map((check) => [`${check.node}/${check.id}`, check]),
  )
  const count = (status: string) => [...checks.values()].filter((c) => c.status === status).length
  const sources = instances.flatMap(({ service }) => service.meta['external-source'] ?? [])
  return {
    Name: name,
    Datacenter: datacenter,
    Tags: tags.length === 0 ? null : tags,
    Nodes: instances.map(({ node }) => node.name),
    ExternalSources: sources.length === 0 ? null : [...new Set(sources)],
    InstanceCount: instances.length,
    ChecksPassing: count('passing'),
    ChecksWarning: count('warning'),
    ChecksCritical: count('critical'),
    GatewayConfig: {},
    TransparentProxy: false,
    ConnectNative: false,
    ConnectedWithProxy: false,
    ConnectedWithGateway: false,
  }
}
