import { expect, test } from 'vitest'
import { recorded, testCluster } from '../test-cluster.ts'

const nowhere = recorded('constraint-unknown-node')

/** One replica runs as the sheet's first file says. */
async function running(version: '1.4.4' | '2.0.5') {
  const cluster = testCluster({ version })
  await cluster.register(recorded('right-dynamic'))
  cluster.until(() => cluster.running('nginx').length === 1)
  cluster.pass(15_000)
  return { ...cluster, first: cluster.running('nginx')[0]! }
}

const onlyOn = (vm: string) => nowhere.replace(/value\s*=\s*"[^"]*"/, `value = "${vm}"`)

test.each(['1.4.4', '2.0.5'] as const)(
  '%s: a new constraint that its VM does not meet moves a replica; one that it meets leaves it',
  async (version) => {
    const { register, pass, running: now, first } = await running(version)
    await register(onlyOn(first.NodeName))
    pass(30_000)
    expect(now('nginx').map((one) => one.ID)).toEqual([first.ID])
    const other = first.NodeName === 'box-5' ? 'box-7' : 'box-5'
    await register(onlyOn(other))
    pass(30_000)
    expect(now('nginx').map((one) => one.NodeName)).toEqual([other])
  },
)

test.each([0, 1, 500])(
  'registered %i ms after a purge, what no VM can take says so in an evaluation',
  async (ms) => {
    const { register, pass, nomad, store } = await running('1.4.4')
    nomad.jobs.deregister('nginx', true)
    pass(ms)
    const { EvalID } = await register(nowhere)
    pass(2000)
    expect(store.evals.get(EvalID)!.FailedTGAllocs).toMatchObject({ nginx: { NodesFiltered: 3 } })
    expect(store.summaries.get('nginx')!.Summary.nginx!.Queued).toBe(1)
    const waiting = store.evalsOf('nginx').filter((one) => one.Status === 'blocked')
    expect(waiting).toHaveLength(1)
  },
)

test('a datacenter that its VM is not in: nothing takes its place, and it stays', async () => {
  const { register, pass, first, running: now, store } = await running('2.0.5')
  const elsewhere = recorded('right-dynamic').replace('"dc1"', '"dc2"')
  const { EvalID } = await register(elsewhere)
  pass(10_000)
  expect(store.evals.get(EvalID)!.FailedTGAllocs).toMatchObject({ nginx: { NodesEvaluated: 0 } })
  expect(now('nginx').map((one) => one.ID)).toEqual([first.ID])
})
