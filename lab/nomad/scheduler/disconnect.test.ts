import { expect, test } from 'vitest'
import { recorded, testCluster } from '../test-cluster.ts'
import type { Allocation } from '../types.ts'
import { staysOnReturn } from './disconnect.ts'

const inGroup = (line: string) =>
  recorded('right-dynamic').replace('count = 1', `count = 1\n ${line}`)

/** A replica runs; its VM is cut, and Nomad has noticed. */
async function cut(line: string, version: '1.4.4' | '2.0.5', afterMs = 15_000) {
  const cluster = testCluster({ seed: 3, version })
  const { register, until, pass, running, store, world } = cluster
  await register(inGroup(line))
  until(() => running('nginx').length === 1)
  pass(afterMs)
  const [old] = running('nginx')
  const vm = world.vms.get(old!.NodeName)!
  vm.stop('cut')
  const node = () => store.nodes.get(old!.NodeID)!.Status
  until(() => node() !== 'ready')
  pass(3000)
  return { ...cluster, vm, node, original: () => store.allocs.get(old!.ID)! }
}

// cluster-facts §0.2.17, measured in 1.4.4.
test('1.4: unknown and replaced; when the VM returns the original runs and the other is stopped', async () => {
  const cluster = await cut('max_client_disconnect = "1h"', '1.4.4')
  const { node, original, running, store, vm, until, pass } = cluster
  expect(node()).toBe('disconnected')
  expect(original()).toMatchObject({ ClientStatus: 'unknown', DesiredStatus: 'run' })
  expect(original().TaskStates!.nginx!.State).toBe('running')
  expect(store.summaries.get('nginx')!.Summary.nginx).toMatchObject({
    Unknown: 1,
    Running: 1,
    Lost: 0,
  })
  const [replacement] = running('nginx')
  expect(replacement).toMatchObject({ Name: original().Name, PreviousAllocation: original().ID })
  expect(replacement!.NodeName).not.toBe(vm.name)
  vm.start()
  until(() => node() === 'ready')
  until(() => original().ClientStatus === 'pending')
  until(() => original().ClientStatus === 'running')
  until(() => store.allocs.get(replacement!.ID)!.ClientStatus === 'complete')
  pass(5000)
  expect(running('nginx').map((one) => one.ID)).toEqual([original().ID])
  expect(store.summaries.get('nginx')!.Summary.nginx).toMatchObject({ Unknown: 0, Running: 1 })
})

test.each([
  ['2.0.5', 'max_client_disconnect = "1h"', 'down', 'lost', 1],
  ['2.0.5', 'disconnect {\n lost_after = "1h"\n replace = false\n }', 'disconnected', 'unknown', 0],
  [
    '2.0.5',
    'disconnect {\n lost_after = "1h"\n reconcile = "keep_replacement"\n }',
    'disconnected',
    'unknown',
    0,
  ],
  ['1.4.4', 'meta {\n a = "b"\n }', 'down', 'lost', 1],
] as const)(
  '%s with %j: the node is %s, the allocation %s',
  async (version, line, status, of, others) => {
    const { node, original, running } = await cut(line, version)
    expect({
      node: node(),
      alloc: original().ClientStatus,
      others: running('nginx').length,
    }).toEqual({
      node: status,
      alloc: of,
      others,
    })
  },
)

test('keep_replacement stops the original when both run', async () => {
  const line = 'disconnect {\n lost_after = "1h"\n reconcile = "keep_replacement"\n }'
  const { running, vm, original, until } = await cut(line, '2.0.5')
  until(() => running('nginx').length === 1)
  const [replacement] = running('nginx')
  vm.start()
  until(() => original().DesiredStatus === 'stop')
  until(() => original().ClientStatus === 'complete')
  expect(running('nginx').map((one) => one.ID)).toEqual([replacement!.ID])
})

test('after its time an unknown allocation is lost, and replaced at last', async () => {
  const line = 'disconnect {\n lost_after = "60s"\n replace = false\n }'
  const { running, original, until } = await cut(line, '2.0.5')
  expect(running('nginx')).toEqual([])
  const ms = until(() => original().ClientStatus === 'lost')
  expect(Math.round(ms / 10_000)).toBe(6)
  until(() => running('nginx').length === 1)
})

// A real 2.0.5 with Consul 1.21.4, 2026-11-25: replaced 30.0 s after `unknown`, by an evaluation
// `alloc-reschedule`; cut 4 s after registering, while the deployment ran, not in 60 s.
test('2.0.5 replaces it after the delay of its reschedule block', async () => {
  const cluster = await cut('disconnect {\n lost_after = "1h"\n }', '2.0.5')
  const { running, original, until, store } = cluster
  const followUp = store.evals.get(original().FollowupEvalID)
  expect(followUp).toMatchObject({ TriggeredBy: 'alloc-reschedule', Status: 'pending' })
  const ms = until(() => running('nginx').length === 1)
  expect(Math.round(ms / 10_000)).toBe(3)
  const [replacement] = running('nginx')
  expect(original().NextAllocation).toBe(replacement!.ID)
})

test('2.0.5 never replaces what became unknown while its deployment went on', async () => {
  const line = 'disconnect {\n lost_after = "1h"\n }'
  const { running, original, pass, store } = await cut(line, '2.0.5', 2000)
  pass(90_000)
  expect(original()).toMatchObject({ ClientStatus: 'unknown', NextAllocation: '' })
  expect(running('nginx')).toEqual([])
  expect(store.deploymentsOf('nginx').at(-1)!.Status).toBe('running')
})

/** The original is on a node of score 0.5; its replacement on one that got `score`. */
function pair(score: number, more: Partial<Allocation> = {}) {
  const alloc = (NormScore: number, at: string, rest: Partial<Allocation>) =>
    ({
      Job: { Version: 0, CreateIndex: 7, TaskGroups: [{ Name: 'g', Tasks: [{ Name: 't' }] }] },
      TaskGroup: 'g',
      ClientStatus: 'running',
      Metrics: { ScoreMetaData: [{ NodeID: 'n', Scores: {}, NormScore }] },
      TaskStates: { t: { StartedAt: at } },
      ...rest,
    }) as unknown as Allocation
  const original = alloc(0.5, '2026-11-23T17:00:00Z', {})
  const replacement = alloc(score, '2026-11-23T17:01:00Z', more)
  return { original, replacement }
}
const newer = { Job: { Version: 1, CreateIndex: 7 } as Allocation['Job'] }

// scheduler/reconciler/reconnecting_picker.go of 2.0.5 and its tests; read, not recorded.
test.each([
  ['best score', 0.5, {}, 'original'],
  ['best score', 0.4, {}, 'original'],
  ['best score', 0.6, {}, 'replacement'],
  ['best score', 0.6, { ClientStatus: 'pending' }, 'original'],
  ['best score', 0.1, newer, 'replacement'],
  ['original', 0.9, {}, 'original'],
  ['original', 0.1, newer, 'replacement'],
  ['replacement', 0.1, {}, 'replacement'],
  ['longest running', 0.9, {}, 'original'],
  ['longest running', 0.9, { TaskStates: null }, 'original'],
] as const)('%s, the replacement has %d and %j: the %s stays', (keep, score, more, stays) => {
  const both = pair(score, more)
  expect(staysOnReturn(keep, both.original, both.replacement)).toBe(both[stays])
})

test('where nothing is said, the one with the better score runs on after a return', async () => {
  const line = 'disconnect {\n lost_after = "1h"\n }'
  const { running, vm, original, until, pass, store } = await cut(line, '2.0.5')
  until(() => running('nginx').length === 1)
  const [replacement] = running('nginx')
  vm.start()
  until(() => original().ClientStatus === 'running')
  until(() => running('nginx').length === 1)
  pass(5000)
  const both = [original(), store.allocs.get(replacement!.ID)!] as const
  const stays = staysOnReturn('best score', both[0], { ...both[1], ClientStatus: 'running' })
  expect(running('nginx').map((one) => one.ID)).toEqual([stays.ID])
  const stopped = both.find((one) => one.DesiredStatus === 'stop')!
  expect(stopped.DesiredDescription).toBe(
    stopped === both[0]
      ? 'alloc not needed due to job update'
      : 'alloc not needed due to disconnected client reconnect',
  )
})
