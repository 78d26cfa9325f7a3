import { expect, test } from 'vitest'
import { recorded, testCluster } from '../test-cluster.ts'

const right = recorded('right-dynamic')
/** A program that ends with code 1 as soon as it runs. */
const crashing = right.replace('config {', 'config {\n command = "false"')
const inGroup = (text: string, lines: string) => text.replace('count = 1', `count = 1\n ${lines}`)
const noRestart = inGroup(crashing, 'restart {\n attempts = 0\n }')
const seconds = (nanoseconds: number) => Math.round(nanoseconds / 1e9)

test('a crash loop: three starts 15 to 18.75 s apart, then 30 s, 60 s, 120 s until the next', async () => {
  const { register, pass, store } = testCluster()
  await register(crashing)
  pass(400_000)
  const all = store.allocsOf('nginx')
  const starts = all[0]!.TaskStates!.nginx!.Events.filter((one) => one.Type === 'Started')
  const gaps = starts.slice(1).map((one, i) => (one.Time - starts[i]!.Time) / 1e9)
  for (const gap of gaps) {
    expect(gap).toBeGreaterThan(15)
    expect(gap).toBeLessThan(20)
  }
  expect(starts).toHaveLength(3)
  const delays = all.at(-1)!.RescheduleTracker!.Events.map((one) => seconds(one.Delay))
  expect(delays).toEqual([30, 60, 120].slice(0, delays.length))
  expect(delays.length).toBeGreaterThan(1)
  // Never twice on the VM where it failed last while another has room.
  expect(all[1]!.NodeName).not.toBe(all[0]!.NodeName)
})

// cluster-facts §1.7 and the reschedule block of the job specification.
test.each([
  ['attempts = 0\n unlimited = false', []],
  [
    'attempts = 2\n interval = "1h"\n delay = "10s"\n delay_function = "constant"\n unlimited = false',
    [10, 10],
  ],
  ['delay = "5s"\n delay_function = "fibonacci"\n max_delay = "12s"', [5, 5, 10, 12, 12]],
  ['delay = "10s"\n delay_function = "exponential"\n max_delay = "35s"', [10, 20, 35, 35]],
])('rescheduled by %j', async (policy, delays) => {
  const { register, pass, store } = testCluster()
  const update = 'update {\n max_parallel = 0\n }'
  await register(inGroup(noRestart, `${update}\n reschedule {\n ${policy}\n }`))
  pass(150_000)
  const found = (store.allocsOf('nginx').at(-1)!.RescheduleTracker?.Events ?? []).map((one) =>
    seconds(one.Delay),
  )
  expect(found.slice(0, delays.length)).toEqual(delays)
  if (policy.includes('unlimited = false')) expect(found).toEqual(delays)
})

test('mode delay waits for the end of the interval instead of failing', async () => {
  const { register, pass, store } = testCluster()
  const policy = 'restart {\n attempts = 1\n interval = "60s"\n delay = "1s"\n mode = "delay"\n }'
  await register(inGroup(crashing, policy))
  pass(150_000)
  const [alloc, ...more] = store.allocsOf('nginx')
  expect(more).toEqual([])
  expect(alloc!.ClientStatus).not.toBe('failed')
  const starts = alloc!.TaskStates!.nginx!.Events.filter((one) => one.Type === 'Started')
  expect(starts.length).toBeGreaterThanOrEqual(2)
  expect(alloc!.TaskStates!.nginx!.Restarts).toBeGreaterThanOrEqual(4)
})

const three = right.replace('count = 1', 'count = 3')
const statically = (text: string) => text.replace('to = 80', 'static = 80\n to = 80')

async function running3(clients = 3) {
  const cluster = testCluster({ seed: 2, clients })
  await cluster.register(three)
  cluster.until(() => cluster.store.deploymentsOf('nginx').at(-1)?.Status === 'successful')
  return { ...cluster, deployment: () => cluster.store.deploymentsOf('nginx').at(-1)! }
}
const updated = (lines: string) =>
  statically(three).replace('count = 3', `count = 3\n update {\n ${lines}\n }`)

// cluster-facts §1.5: at most max_parallel at a time are not yet healthy.
test.each([
  ['max_parallel = 1', 1],
  ['max_parallel = 2', 2],
  ['max_parallel = 3', 3],
  ['max_parallel = 0', 3],
])('an update with %s replaces so many at once', async (lines, most) => {
  const cluster = await running3()
  await cluster.register(updated(lines))
  cluster.pass(3000)
  const fresh = cluster.store.allocsOf('nginx').filter((one) => one.Job.Version === 1)
  expect(fresh).toHaveLength(most)
  cluster.until(() => cluster.running('nginx').filter((one) => one.Job.Version === 1).length === 3)
})

test('a version whose tasks fail stops the update, and auto_revert brings the old one back', async () => {
  for (const [lines, description, versions] of [
    ['max_parallel = 1', 'Deployment is running', [0, 0]],
    [
      'auto_revert = true',
      'Failed due to unhealthy allocations - rolling back to job version 0',
      [2, 2, 2],
    ],
  ] as const) {
    const cluster = await running3()
    const bad = updated(lines).replace('config {', 'config {\n command = "false"')
    await cluster.register(bad.replace('count = 3', 'count = 3\n restart {\n attempts = 0\n }'))
    cluster.pass(100_000)
    const told = cluster.store.deploymentsOf('nginx').find((one) => one.JobVersion === 1)!
    expect(told.StatusDescription).toBe(description)
    const still = cluster.running('nginx').map((one) => one.Job.Version)
    expect(still).toEqual(versions)
  }
})

test('no progress until the deadline fails the deployment', async () => {
  const cluster = testCluster()
  const update =
    'update {\n healthy_deadline = "20s"\n progress_deadline = "40s"\n min_healthy_time = "5s"\n }'
  await cluster.register(inGroup(noRestart, update))
  cluster.until(() => cluster.store.deploymentsOf('nginx')[0]?.Status === 'failed')
  const [deployment] = cluster.store.deploymentsOf('nginx')
  expect(deployment!.StatusDescription).toBe('Failed due to progress deadline')
})

test('a canary that is healthy waits, and goes on with auto_promote', async () => {
  for (const [more, versions] of [
    ['', [0, 0, 0, 1]],
    ['auto_promote = true', [1, 1, 1]],
  ] as const) {
    const cluster = await running3(5)
    await cluster.register(updated(`canary = 1\n ${more}`))
    cluster.pass(90_000)
    expect(
      cluster
        .running('nginx')
        .map((one) => one.Job.Version)
        .sort(),
    ).toEqual(versions)
    expect(cluster.deployment().Status).toBe(more ? 'successful' : 'running')
  }
})
