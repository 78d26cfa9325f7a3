import { nodeDiskMb } from '../nomad/render-node.ts'
import { isTerminal, type Node } from '../nomad/types.ts'
import { Refusal, sendJson } from './nomad-answer.ts'
import type { Asked } from './nomad-http.ts'
import { bodyOf, sendWritten } from './nomad-submit.ts'

/** What the command line asks and the grader does not. Shapes: structs of Nomad 1.4.4 and 2.0.5. */

const megabyte = 1024 * 1024
/** Search gives so many of a kind (Nomad's search_endpoint.go). */
const searchLimit = 20
const meta = { LastContact: 0, KnownLeader: true, NextToken: '' }

/** `nomad status ID`: which kind of thing has a name that begins so. */
export function search(asked: Asked): void {
  const { index } = asked.nomad.store
  const { Prefix = '', Context = 'all' } = bodyOf(asked)
  const kinds = searched(asked)
  if (Context !== 'all' && !kinds.has(String(Context))) {
    const list = [...kinds.keys()].join(' ')
    const or = `or 'all' for all contexts; got "${Context}"`
    throw new Refusal(500, `context must be one of [${list}] ${or}`)
  }
  // What cannot begin a UUID is not looked for among UUIDs.
  const mayBeUuid = /^[0-9a-f-]*$/.test(String(Prefix))
  const found = [...kinds]
    .filter(([kind]) => Context === 'all' || Context === kind)
    .filter(([kind]) => mayBeUuid || !uuidKinds.includes(kind))
    .map(([kind, ids]) => [kind, ids.filter((id) => id.startsWith(String(Prefix))).sort()] as const)
  const first = (ids: string[]) => (ids.length > 0 ? ids.slice(0, searchLimit) : null)
  sendRead(asked, index, {
    Matches: Object.fromEntries(found.map(([kind, ids]) => [kind, first(ids)])),
    Truncations: Object.fromEntries(found.map(([kind, ids]) => [kind, ids.length > searchLimit])),
    Index: index,
    ...meta,
  })
}

const uuidKinds = ['allocs', 'nodes', 'evals', 'deployment']

/** The names of everything, by kind, in Nomad's order. */
function searched({ nomad, world }: Asked): Map<string, string[]> {
  const { allocs, jobs, nodes, evals, deployments } = nomad.store
  const newer = world.versions.nomad === '2.0.5'
  return new Map([
    ['allocs', [...allocs.keys()]],
    ['jobs', [...jobs.keys()]],
    ['nodes', [...nodes.keys()]],
    ...(newer ? [['node_pools', ['all', 'default']] as const] : []),
    ['evals', [...evals.keys()]],
    ['deployment', [...deployments.keys()]],
    ['plugins', []],
    ['volumes', []],
    ['scaling_policy', []],
    ['vars', []],
    ['namespaces', ['default']],
    ...(newer ? [['host_volumes', []] as const] : []),
  ] as [string, string[]][])
}

/** With the headers of what the server's state answers. */
function sendRead(asked: Asked, index: number, body: unknown): void {
  asked.response.setHeader('X-Nomad-Index', String(index))
  asked.response.setHeader('X-Nomad-KnownLeader', 'true')
  asked.response.setHeader('X-Nomad-LastContact', '0')
  sendJson(asked, body)
}

export function namespaces(asked: Asked): void {
  const newer = asked.world.versions.nomad === '2.0.5'
  const configurations = {
    NodePoolConfiguration: null,
    VaultConfiguration: null,
    ConsulConfiguration: null,
  }
  const only = {
    Name: 'default',
    Description: 'Default shared namespace',
    Quota: '',
    Capabilities: null,
    ...(newer && configurations),
    Meta: null,
    Hash: 'C7UbjDwBK0dK8wQq7Izg7SJIzaV+lIo2X7wRtzY3pSw=',
    CreateIndex: 1,
    ModifyIndex: 1,
    ...(newer && { RequiredExtraClaims: null, OptionalExtraClaims: null }),
  }
  sendRead(asked, 1, [only])
}

export function raftConfiguration(asked: Asked): void {
  const { server } = asked.world
  const own = { ID: asked.nomad.serverId, Node: `${server.name}.global` }
  const Address = `${server.ip}:4647`
  sendJson(asked, {
    Servers: [{ ...own, Address, Leader: true, Voter: true, RaftProtocol: '3' }],
    Index: 0,
  })
}

export function scaleStatus(asked: Asked): void {
  const { store } = asked.nomad
  const job = jobOf(asked)
  const allocs = store.allocsOf(job.ID)
  const groups = job.TaskGroups.map(({ Name, Count }) => {
    const live = allocs
      .filter((alloc) => alloc.TaskGroup === Name && !isTerminal(alloc))
      .filter((alloc) => alloc.DeploymentStatus?.Canary !== true)
    const count = (met: (alloc: (typeof live)[number]) => boolean) => live.filter(met).length
    const status = {
      Desired: Count,
      Placed: live.length,
      Running: count((alloc) => alloc.ClientStatus === 'running'),
      Healthy: count((alloc) => alloc.DeploymentStatus?.Healthy === true),
      Unhealthy: count((alloc) => alloc.DeploymentStatus?.Healthy === false),
      Events: null,
    }
    return [Name, status]
  })
  sendJson(asked, {
    JobID: job.ID,
    Namespace: 'default',
    JobCreateIndex: job.CreateIndex,
    JobModifyIndex: job.ModifyIndex,
    JobStopped: job.Stop,
    TaskGroups: Object.fromEntries(groups),
  })
}

/** `nomad job scale` (recordings: job-nginx-scale.json is its refusal). Scaling events are not kept. */
export function scale(asked: Asked): void {
  const { nomad } = asked
  const { Count, Target } = bodyOf(asked)
  const job = jobOf(asked)
  const name = String((Target as { Group?: unknown } | null)?.Group ?? '')
  if (name === '') throw new Refusal(400, 'missing task group name for scaling action')
  if (!job.TaskGroups.some((group) => group.Name === name)) {
    throw new Refusal(400, `task group "${name}" specified for scaling does not exist in job`)
  }
  if (typeof Count !== 'number') {
    throw new Refusal(501, 'lab: a scaling event without a count is not simulated')
  }
  if (Count < 0) throw new Refusal(400, "scaling action count can't be negative")
  const deployment = nomad.store.deploymentsOf(job.ID).at(-1)
  if (deployment?.Status === 'running' && deployment.JobCreateIndex === job.CreateIndex) {
    throw new Refusal(400, 'job scaling blocked due to active deployment')
  }
  const TaskGroups = job.TaskGroups.map((group) =>
    group.Name === name ? { ...group, Count } : group,
  )
  sendWritten(asked, nomad.jobs.register({ ...job, TaskGroups }), { Warnings: '' })
}

function jobOf({ nomad, at }: Asked) {
  const job = nomad.store.jobs.get(at[0] ?? '')
  if (!job) throw new Refusal(404, 'job not found')
  return job
}

/** `/v1/client/stats` (recordings: client-stats-*.json). The lab's VMs are idle. */
export function clientStats(asked: Asked): void {
  const { nomad, params, vm, world } = asked
  const id = params.get('node_id') ?? nomad.clients.get(vm.name)?.nodeId ?? ''
  const node = nomad.store.nodes.get(id)
  if (!node) throw new Refusal(404, `Unknown node ${id}`)
  const { memoryMb, upSince } = reachable(asked, node)
  const newer = world.versions.nomad === '2.0.5'
  const total = newer ? { TotalPercent: 0, TotalTicks: 0 } : { Total: 0 }
  const cpu = (CPU: string) => ({ CPU, Idle: 100, System: 0, User: 0, ...total })
  const Size = nodeDiskMb * megabyte
  const disk = { Available: Size, InodesUsedPercent: 0, Size, Used: 0, UsedPercent: 0 }
  const Device = node.Attributes['unique.storage.volume'] ?? ''
  const memory = memoryMb * megabyte
  sendJson(asked, {
    AllocDirStats: { ...disk, Device: '', Mountpoint: '' },
    CPU: [cpu('cpu0'), cpu('cpu1')],
    CPUTicksConsumed: 0,
    DeviceStats: null,
    DiskStats: [{ ...disk, Device, Mountpoint: '/' }],
    Memory: { Available: memory, Free: memory, Total: memory, Used: 0 },
    Timestamp: world.now() * 1e6,
    Uptime: Math.floor((world.now() - upSince) / 1000),
  })
}

/**
 * `/v1/client/allocation/:id/stats`: what a real client says of an allocation that it has not measured
 * yet (Nomad 2.0.5, 2026-11-25). The lab never measures.
 */
export function allocationStats(asked: Asked): void {
  const { nomad, at } = asked
  const alloc = nomad.store.allocs.get(at[0] ?? '')
  const node = alloc && nomad.store.nodes.get(alloc.NodeID)
  if (!node) throw new Refusal(404, `Unknown allocation "${at[0]}"`)
  reachable(asked, node)
  const MemoryStats = {
    RSS: 0,
    Cache: 0,
    Swap: 0,
    MappedFile: 0,
    Usage: 0,
    MaxUsage: 0,
    KernelUsage: 0,
    KernelMaxUsage: 0,
    Measured: null,
  }
  const CpuStats = {
    SystemMode: 0,
    UserMode: 0,
    TotalTicks: 0,
    ThrottledPeriods: 0,
    ThrottledTime: 0,
    Percent: 0,
    Measured: null,
  }
  const ResourceUsage = { MemoryStats, CpuStats, DeviceStats: [] }
  sendJson(asked, { ResourceUsage, Tasks: {}, Timestamp: 0 })
}

/** The VM of a node, if its client can be asked. */
export function reachable({ world, response }: Asked, node: Node) {
  response.setHeader('Vary', ['Accept-Encoding', 'Origin'])
  const vm = world.vms.get(node.Name)
  if (node.Status !== 'ready' || vm?.power !== 'running') throw new Refusal(404, 'No path to node')
  return vm
}
