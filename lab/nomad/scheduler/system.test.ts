import { expect, test } from 'vitest'
import { serverJob } from '../job/structs.ts'
import { recorded, testCluster } from '../test-cluster.ts'

/** `@{` stands for HCL's interpolation. */
const hcl = (text: string) => text.replaceAll('@{', '${')

const typed = (type: string, lines = '') =>
  recorded('right-static').replace('datacenters', `type = "${type}"\n ${hcl(lines)}\n datacenters`)
const notOnBox6 =
  'constraint {\n attribute = "@{attr.unique.hostname}"\n operator = "!="\n value = "box-6"\n }'

// The answers of a real agent with one client, of 1.4.4 and 2.0.5, 2026-11-25; several clients: read.
test.each([
  ['1.4.4', []],
  ['2.0.5', ['successful']],
] as const)(
  '%s: a system job runs once on each client that it may use',
  async (version, rolled) => {
    const { register, running, vmsOf, store, world, pass, nomad, until } = testCluster({
      version,
      clients: 4,
    })
    const vms = () => vmsOf(running('nginx'))
    await register(typed('system', notOnBox6))
    pass(30_000)
    expect(vms()).toEqual(['box-5', 'box-7', 'box-8'])
    expect(running('nginx').map((one) => one.Name)).toEqual(Array(3).fill('nginx.nginx[0]'))
    expect(store.evalsOf('nginx')[0]).toMatchObject({ Type: 'system', FailedTGAllocs: null })
    expect(store.deploymentsOf('nginx').map((one) => one.Status)).toEqual(rolled)
    const { Summary } = store.summaries.get('nginx')!
    expect(Summary.nginx).toMatchObject({ Running: 3, Queued: 0 })

    const vm = world.vms.get('box-7')!
    vm.stop('cut')
    until(() => store.allocsOf('nginx').some((one) => one.ClientStatus === 'lost'))
    pass(5000)
    expect(vms()).toEqual(['box-5', 'box-8'])
    vm.start()
    until(() => vms().length === 3)

    await register(typed('system'))
    until(() => vms().length === 4)
    await register(typed('system').replace('1.22.1', '1.23'))
    pass(120_000)
    expect(running('nginx').map((one) => one.Job.Version)).toEqual([2, 2, 2, 2])
    nomad.jobs.deregister('nginx', true)
    pass(20_000)
    expect(vms()).toEqual([])
  },
)

test('a client that is ineligible keeps its allocation and gets no new one', async () => {
  const { register, running, nomad, store, pass } = testCluster()
  const [first] = store.nodes.values()
  nomad.nodes.setEligibility(first!.ID, 'ineligible')
  await register(typed('system'))
  pass(20_000)
  expect(running('nginx')).toHaveLength(2)
  nomad.nodes.setEligibility(first!.ID, 'eligible')
  pass(20_000)
  expect(running('nginx')).toHaveLength(3)
  nomad.nodes.setEligibility(first!.ID, 'ineligible')
  pass(20_000)
  expect(running('nginx')).toHaveLength(3)
})

test('a sysbatch job is done once on each client', async () => {
  const { register, store, pass, world } = testCluster({ version: '2.0.5' })
  const program = (seconds: string) =>
    recorded('no-service')
      .replace('datacenters', 'type = "sysbatch"\n datacenters')
      .replace('config {', `config {\n command = "sleep"\n args = ["${seconds}"]`)
  await register(program('2'))
  pass(30_000)
  const ends = () => store.allocsOf('nginx').map((one) => one.ClientStatus)
  expect(ends()).toEqual(Array(3).fill('complete'))
  expect(store.jobs.get('nginx')!.Status).toBe('dead')
  const [vm] = [...world.vms.values()].filter((one) => !one.isServer)
  vm!.stop('cut')
  pass(60_000)
  vm!.start()
  pass(90_000)
  expect(ends()).toEqual(Array(3).fill('complete'))
  await register(program('3'))
  pass(30_000)
  expect(ends()).toEqual(Array(6).fill('complete'))
})

test('an update block in a system job of 1.4, which waits between clients, is a gap', async () => {
  const lines = 'update {\n max_parallel = 1\n stagger = "10s"\n }'
  const { register } = testCluster()
  await expect(register(typed('system', lines))).rejects.toThrow('an update block in a system job')
})

// parse with Canonicalize of real agents, 2026-11-25.
test.each([
  ['system', '1.4.4', { update: null, rescheduled: null, attempts: 2 }],
  ['system', '2.0.5', { update: 1, rescheduled: null, attempts: 2 }],
  ['sysbatch', '1.4.4', { update: null, rescheduled: 0, attempts: 3 }],
  ['sysbatch', '2.0.5', { update: null, rescheduled: null, attempts: 3 }],
] as const)('defaults of a %s job in %s', (Type, version, wanted) => {
  const [group] = serverJob(
    { ID: 'a', Type, TaskGroups: [{ Name: 'g', Tasks: [] }] },
    version,
  ).TaskGroups
  expect({
    update: group!.Update?.MaxParallel ?? null,
    rescheduled: group!.ReschedulePolicy?.Attempts ?? null,
    attempts: group!.RestartPolicy.Attempts,
  }).toEqual(wanted)
})
