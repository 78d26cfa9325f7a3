import { expect, test } from 'vitest'
import { recorded, testCluster } from './test-cluster.ts'

const versions = ['1.4.4', '2.0.5'] as const
const hour = 3_600_000_000_000

/** Three replicas run on four clients, and are healthy; one of their VMs is drained. */
async function drained(version: (typeof versions)[number], edit = (text: string) => text) {
  const cluster = testCluster({ seed: 3, version, clients: 4 })
  const { nomad, running, store, until } = cluster
  await cluster.register(edit(recorded('right-dynamic').replace('count = 1', 'count = 3')))
  const healthy = () => running('nginx').filter((one) => one.DeploymentStatus?.Healthy)
  until(() => healthy().length === 3)
  cluster.pass(3000)
  const nodeId = running('nginx')[0]!.NodeID
  const old = running('nginx').filter((one) => one.NodeID === nodeId)
  const drain = (Deadline = hour) =>
    nomad.drainer.set(nodeId, {
      spec: { Deadline, IgnoreSystemJobs: false },
      markEligible: false,
      meta: null,
    })
  const node = () => store.nodes.get(nodeId)!
  return { ...cluster, healthy, nodeId, node, old, drain }
}

test.each(versions)(
  '%s: what runs on a drained VM moves, one after the other, and the VM stays ineligible',
  async (version) => {
    const one = await drained(version)
    const { running, healthy, nodeId, node, old, store, until } = one
    one.drain()
    expect(node()).toMatchObject({ SchedulingEligibility: 'ineligible' })
    const marked = until(() => store.allocs.get(old[0]!.ID)!.migrate)
    expect(marked).toBeGreaterThanOrEqual(1000)
    until(() => store.allocs.get(old[0]!.ID)!.DesiredStatus === 'stop')
    expect(store.evalsOf('nginx').at(-1)?.TriggeredBy).toBe('node-drain')
    expect(store.allocs.get(old[0]!.ID)!.DesiredDescription).toBe('alloc is being migrated')
    let fewest = 3
    until(() => {
      fewest = Math.min(fewest, healthy().length)
      return node().DrainStrategy === null
    })
    expect(fewest).toBe(2)
    until(() => healthy().length === 3)
    expect(running('nginx').some((alloc) => alloc.NodeID === nodeId)).toBe(false)
    expect(running('nginx').some((alloc) => alloc.PreviousAllocation === old[0]!.ID)).toBe(true)
    // Whoever is placed anew without a deployment is healthy, too (recordings: 02.3).
    const moved = running('nginx').find((alloc) => alloc.DeploymentID === '')
    expect(moved?.DeploymentStatus?.Healthy).toBe(true)
    expect(node()).toMatchObject({
      SchedulingEligibility: 'ineligible',
      LastDrain: { Status: 'complete' },
    })
    expect(node().Events.at(-1)).toMatchObject({
      Message: 'Node drain complete',
      Subsystem: 'Drain',
      Details: null,
    })
  },
)

test('a drain that is taken back leaves what has not been marked where it is', async () => {
  const { drain, nomad, nodeId, node, old, running, pass } = await drained('2.0.5')
  drain()
  nomad.drainer.set(nodeId, { spec: null, markEligible: true, meta: null })
  pass(30_000)
  expect(node()).toMatchObject({
    SchedulingEligibility: 'eligible',
    DrainStrategy: null,
    LastDrain: { Status: 'canceled' },
  })
  expect(running('nginx').map(({ ID }) => ID)).toEqual(expect.arrayContaining([old[0]!.ID]))
})

test('with max_parallel 0 nothing moves before the deadline, and then everything', async () => {
  const never = (text: string) =>
    text.replace('task "', 'migrate {\n max_parallel = 0\n }\n task "')
  const { drain, node, old, store, until, pass } = await drained('2.0.5', never)
  drain(60_000_000_000)
  pass(55_000)
  expect(old.map(({ ID }) => store.allocs.get(ID)!.migrate)).not.toContain(true)
  until(() => node().DrainStrategy === null)
  expect(node().Events.at(-1)!.Details).toEqual({ deadline_reached: 'true' })
  pass(3000)
  expect(old.map(({ ID }) => store.allocs.get(ID)!.DesiredStatus)).not.toContain('run')
})

test('system jobs stay when they are to be ignored, and go last when they are not', async () => {
  for (const IgnoreSystemJobs of [true, false]) {
    const cluster = testCluster({ clients: 3 })
    const { running, store, until, pass, nomad } = cluster
    await cluster.register(
      recorded('right-dynamic').replace('datacenters', 'type = "system"\n datacenters'),
    )
    until(() => running('nginx').length === 3)
    const { NodeID } = running('nginx')[0]!
    const spec = { Deadline: hour, IgnoreSystemJobs }
    nomad.drainer.set(NodeID, { spec, markEligible: false, meta: null })
    until(() => store.nodes.get(NodeID)!.DrainStrategy === null)
    pass(5000)
    expect(running('nginx').length).toBe(IgnoreSystemJobs ? 3 : 2)
  }
})
