import { expect, test } from 'vitest'
import { recorded, testCluster } from './test-cluster.ts'

const unknownNode = `\${attr.unique.hostname} = box-9`

test.each([
  ['count-in-config', 'Failed Validation'],
  ['docker-port-label-unknown', 'Driver Failure'],
  ['group-service-port-label-unknown', 'Setup Failure'],
  ['privileged', 'Driver Failure'],
  ['host-mount', 'Driver Failure'],
])('%s fails with %s and is placed again after 30 s', async (name, type) => {
  const { register, until, pass, store } = testCluster()
  await register(recorded(name))
  until(() => store.allocsOf('nginx')[0]?.ClientStatus === 'failed')
  const events = store.allocsOf('nginx')[0]!.TaskStates!.nginx!.Events.map((one) => one.Type)
  expect(events).toContain(type)
  pass(5_000)
  expect(store.allocsOf('nginx')).toHaveLength(1)
  expect(store.allocsOf('nginx')[0]!.FollowupEvalID).not.toBe('')
  pass(27_000)
  expect(store.allocsOf('nginx')).toHaveLength(2)
  expect(store.allocsOf('nginx')[1]!.RescheduleTracker!.Events).toHaveLength(1)
  expect(store.allocsOf('nginx')[0]!.DesiredDescription).toBe(
    'alloc was rescheduled because it failed',
  )
})

test('a wrong image is pulled three times, then the allocation fails', async () => {
  const { register, until, store } = testCluster()
  await register(recorded('image-typo'))
  const ms = until(() => store.allocsOf('nginx')[0]?.ClientStatus === 'failed')
  expect(ms).toBeGreaterThan(30_000)
  const events = store.allocsOf('nginx')[0]!.TaskStates!.nginx!.Events
  expect(events.map((one) => one.DisplayMessage)).toContain(
    'Exceeded allowed attempts 2 in interval 30m0s and mode is "fail"',
  )
  expect(events.some((one) => one.DisplayMessage.includes('pull access denied for ngnix'))).toBe(
    true,
  )
})

test('an image that is not on the VM is pulled first', async () => {
  const { register, until, running, store, world } = testCluster()
  for (const vm of world.vms.values()) vm.images.clear()
  await register(recorded('right-dynamic'))
  const ms = until(() => running('nginx').length === 1)
  expect(ms).toBeGreaterThan(8_000)
  const types = store.allocsOf('nginx')[0]!.TaskStates!.nginx!.Events.map((one) => one.Type)
  expect(types).toEqual(['Received', 'Task Setup', 'Driver', 'Started'])
})

test('a check that fails keeps the allocation from being healthy', async () => {
  const { register, pass, running, store, instances } = testCluster()
  await register(recorded('check-failing'))
  pass(290_000)
  expect(running('nginx')).toHaveLength(1)
  expect(instances('nginx')[0]!.checks[0]!.status).toBe('critical')
  expect(store.deploymentsOf('nginx')[0]!.TaskGroups.nginx!.HealthyAllocs).toBe(0)
  pass(20_000)
  expect(store.allocsOf('nginx')[0]!.DeploymentStatus!.Healthy).toBe(false)
})

test.each([
  ['datacenter-dc2', { NodesEvaluated: 0, NodesAvailable: { dc2: 0 } }],
  ['memory-too-large', { NodesExhausted: 3, DimensionExhausted: { memory: 3 } }],
  ['constraint-unknown-node', { NodesFiltered: 3, ConstraintFiltered: { [unknownNode]: 3 } }],
  ['raw-exec', { NodesFiltered: 3, ConstraintFiltered: { 'missing drivers': 3 } }],
])('%s is blocked, with the reason', async (name, metrics) => {
  const { register, pass, store } = testCluster()
  const { EvalID } = await register(recorded(name))
  pass(1000)
  expect(store.evals.get(EvalID)!.FailedTGAllocs!.nginx).toMatchObject(metrics)
  expect(store.evals.get(store.evals.get(EvalID)!.BlockedEval)!.Status).toBe('blocked')
  expect(store.summaries.get('nginx')!.Summary.nginx!.Queued).toBe(1)
})

test.each(['docker-ports-missing', 'network-to-8080', 'network-without-to', 'nothing-listens'])(
  '%s looks right and nobody listens',
  async (name) => {
    const { register, until, running, instances, world } = testCluster()
    await register(recorded(name))
    until(() => running('nginx').length === 1 && instances('nginx').length === 1)
    const { vm, port } = instances('nginx')[0]!
    expect(world.vms.get(vm)!.isListening(port)).toBe(false)
  },
)
