import { expect, test } from 'vitest'
import { testCluster } from '../test-cluster.ts'

/** `@{` stands for HCL's interpolation. */
const hcl = (text: string) => text.replaceAll('@{', '${')

interface Asked {
  group?: string
  network?: string
  resources?: string
  name?: string
  count?: number
}

function file({
  group = '',
  network = '',
  resources = 'memory = 64',
  name = 'web',
  count = 3,
}: Asked) {
  return hcl(`job "${name}" {
  datacenters = ["dc1"]
  group "g" {
    count = ${count}
    ${group}
    ${network && `network {\n ${network}\n }`}
    task "t" {
      driver = "docker"
      config {
        image = "nginx:1.22.1"
      }
      resources {
        ${resources}
      }
    }
  }
}`)
}

/** Where a job's allocations run, and why the rest waits. */
async function placed(asked: Asked, clients = 3, seed = 2) {
  const cluster = testCluster({ seed, clients })
  const { EvalID } = await cluster.register(file(asked))
  cluster.pass(3000)
  const failures = cluster.store.evals.get(EvalID)!.FailedTGAllocs?.g
  return { ...cluster, vms: cluster.vmsOf(cluster.running('web')), failures }
}

const constraint = (attribute: string, operator: string, value: string) =>
  `constraint {\n attribute = "@{${attribute}}"\n operator = "${operator}"\n value = "${value}"\n }`
const name = 'node.unique.name'

test.each([
  ['=', constraint(name, '=', 'box-7'), ['box-7']],
  ['!=', constraint(name, '!=', 'box-7'), ['box-5', 'box-8']],
  ['!= of what nobody has', constraint('meta.rack', '!=', 'r1'), ['box-5', 'box-7', 'box-8']],
  ['> of numbers', constraint('attr.cpu.numcores', '>', '1'), ['box-5', 'box-7', 'box-8']],
  ['< as text', constraint(name, '<', 'box-6'), ['box-5']],
  ['regexp', constraint(name, 'regexp', '^box-[57]$'), ['box-5', 'box-7']],
  ['regexp with a flag', constraint(name, 'regexp', '(?i)BOX-5'), ['box-5']],
  [
    'version',
    constraint('attr.nomad.version', 'version', '~> 1.4, < 1.5'),
    ['box-5', 'box-7', 'box-8'],
  ],
  ['semver', constraint('attr.consul.version', 'semver', '>= 1.8.0'), ['box-5', 'box-7', 'box-8']],
  [
    'set_contains',
    constraint('attr.driver.docker.runtimes', 'set_contains', 'runc'),
    ['box-5', 'box-7', 'box-8'],
  ],
  ['is_set', constraint(name, 'is_set', ''), ['box-5', 'box-7', 'box-8']],
  [
    'distinct_hosts taken back',
    'constraint {\n operator = "distinct_hosts"\n value = "false"\n }',
    ['box-5', 'box-7', 'box-8'],
  ],
  ['is_not_set', constraint('meta.rack', 'is_not_set', ''), ['box-5', 'box-7', 'box-8']],
  ['a shorthand', `constraint {\n attribute = "@{${name}}"\n regexp = "8$"\n }`, ['box-8']],
])('a constraint with %s leaves the VMs that meet it', async (_, group, vms) => {
  const found = await placed({ group, count: 6 })
  expect(found.failures ?? 'all placed').toBe('all placed')
  expect([...new Set(found.vms)]).toEqual(vms)
})

test.each([
  [
    'a constraint that nobody meets',
    { group: constraint(name, '=', 'box-1') },
    { ConstraintFiltered: { [hcl(`@{${name}} = box-1`)]: 3 }, NodesFiltered: 3 },
  ],
  [
    'a version that nobody has',
    { group: constraint('attr.nomad.version', 'semver', '>= 9.0.0') },
    { ConstraintFiltered: { [hcl('@{attr.nomad.version} semver >= 9.0.0')]: 3 } },
  ],
  [
    'distinct_hosts and one too many',
    { group: 'constraint {\n distinct_hosts = true\n }', count: 4 },
    { ConstraintFiltered: { distinct_hosts: 3 } },
  ],
  [
    'distinct_property',
    { group: 'constraint {\n distinct_property = "@{node.datacenter}"\n value = "2"\n }' },
    {
      ConstraintFiltered: {
        [hcl('distinct_property: @{node.datacenter}=dc1 used by 2 allocs')]: 3,
      },
    },
  ],
  [
    'a static port and one too many',
    { network: 'port "http" {\n static = 80\n }', count: 4 },
    { NodesExhausted: 3, DimensionExhausted: { 'network: reserved port collision http=80': 3 } },
  ],
  [
    'memory',
    { resources: 'memory = 9000' },
    { DimensionExhausted: { memory: 3 }, CoalescedFailures: 2 },
  ],
  [
    'cpu',
    { resources: 'cpu = 9000' },
    { DimensionExhausted: { cpu: 3 }, ResourcesExhausted: { t: { CPU: 9000, MemoryMB: 0 } } },
  ],
  ['disk', { group: 'ephemeral_disk {\n size = 90000\n }' }, { DimensionExhausted: { disk: 3 } }],
  ['another datacenter', { datacenters: 'dc2' }, { NodesEvaluated: 0, NodesAvailable: { dc2: 0 } }],
])('%s blocks, with the reason in Nomad’s words', async (_, asked, metrics) => {
  const cluster = testCluster({ seed: 2 })
  const { datacenters = 'dc1', ...rest } = asked as Asked & { datacenters?: string }
  const { EvalID } = await cluster.register(file(rest).replace('"dc1"', `"${datacenters}"`))
  cluster.pass(3000)
  const evaluation = cluster.store.evals.get(EvalID)!
  expect(evaluation.FailedTGAllocs!.g).toMatchObject(metrics)
  expect(cluster.store.evals.get(evaluation.BlockedEval)!.Status).toBe('blocked')
})

test('what waits for memory is placed when another job goes', async () => {
  const cluster = testCluster({ seed: 2 })
  const most = `memory = ${Math.round(cluster.world.server.memoryMb * 0.7)}`
  await cluster.register(file({ name: 'first', resources: most }))
  await cluster.register(file({ resources: most }))
  cluster.pass(3000)
  expect(cluster.running('web')).toEqual([])
  cluster.nomad.jobs.deregister('first', true)
  cluster.pass(10_000)
  expect(cluster.vmsOf(cluster.running('web'))).toEqual(['box-5', 'box-7', 'box-8'])
})

test('an affinity draws what anti-affinity does not push away', async () => {
  const affinity = `affinity {\n attribute = "@{${name}}"\n value = "box-7"\n weight = 100\n }`
  for (const seed of [1, 2, 3, 4, 5]) {
    expect((await placed({ group: affinity, count: 1 }, 5, seed)).vms).toEqual(['box-7'])
  }
  const against = affinity.replace('100', '-100')
  for (const seed of [1, 2, 3, 4, 5]) {
    expect((await placed({ group: against, count: 2 }, 3, seed)).vms).toEqual(['box-5', 'box-8'])
  }
})

test('a spread over the nodes is even, and one with targets keeps to them', async () => {
  const even = `spread {\n attribute = "@{${name}}"\n }`
  for (const seed of [1, 2, 3, 4, 5]) {
    expect(new Set((await placed({ group: even }, 5, seed)).vms).size).toBe(3)
  }
  const target = (vm: string, percent: number) => `target "${vm}" {\n percent = ${percent}\n }`
  const wanted = even.replace(' }', `${target('box-5', 75)}\n${target('box-7', 25)}\n }`)
  const { vms } = await placed({ group: wanted, count: 4 }, 4)
  expect(vms).toEqual(['box-5', 'box-5', 'box-5', 'box-7'])
})
