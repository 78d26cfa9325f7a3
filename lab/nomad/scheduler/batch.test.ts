import { expect, test } from 'vitest'
import { recorded, testCluster } from '../test-cluster.ts'

const batch = (program: string, lines = '') =>
  recorded('no-service')
    .replace('datacenters', 'type = "batch"\n datacenters')
    .replace('count = 1', `count = 3\n ${lines}`)
    .replace('config {', `config {\n command = "${program}"\n args = ["2"]`)

test('a batch job is done once, without a deployment, and not again until it changes', async () => {
  const { register, until, pass, store } = testCluster()
  await register(batch('sleep'))
  until(() => store.jobs.get('nginx')!.Status === 'dead')
  const ends = () => store.allocsOf('nginx').map((one) => one.ClientStatus)
  expect(ends()).toEqual(['complete', 'complete', 'complete'])
  expect(store.deploymentsOf('nginx')).toEqual([])
  await register(batch('sleep'))
  pass(30_000)
  expect(ends()).toHaveLength(3)
  await register(batch('sleep').replace('"2"', '"3"'))
  pass(30_000)
  expect(ends()).toEqual(Array(6).fill('complete'))
})

// cluster-facts §1.7; for batch: 3 restarts, 1 rescheduling after 5 s (api/tasks.go).
test('one that fails is restarted three times and placed anew once', async () => {
  const { register, pass, store } = testCluster()
  await register(batch('false').replace('args = ["2"]', '').replace('count = 3', 'count = 1'))
  pass(300_000)
  const all = store.allocsOf('nginx')
  expect(all.map((one) => one.ClientStatus)).toEqual(['failed', 'failed'])
  expect(all.map((one) => one.TaskStates!.nginx!.Restarts)).toEqual([3, 3])
  expect(all[1]!.RescheduleTracker!.Events[0]!.Delay).toBe(5e9)
  expect(store.jobs.get('nginx')!.Status).toBe('dead')
})
