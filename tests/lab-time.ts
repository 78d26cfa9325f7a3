import { expect } from 'vitest'
import type { Vm } from '../lab/contract.ts'
import { recorded, testCluster } from '../lab/nomad/test-cluster.ts'

/** For tests of the lab's time: when things happen in a world without sockets, and in which order. */

type Cluster = ReturnType<typeof testCluster>
export type Options = Parameters<typeof testCluster>[0]

/** When each of these was first true, in seconds from now; ends when all were. */
export function firsts<Name extends string>(
  { world, until }: Cluster,
  what: Record<Name, () => boolean>,
): Record<Name, number> {
  const start = world.now()
  const seen = {} as Record<Name, number>
  const names = Object.keys(what) as Name[]
  until(() => {
    for (const name of names) if (what[name]()) seen[name] ??= (world.now() - start) / 1000
    return names.every((name) => name in seen)
  }, 400_000)
  return seen
}

/** In this order; two of one write may fall on one moment. */
export function expectInOrder(times: Record<string, number>, ...names: string[]): void {
  const inOrder = names.toSorted((a, b) => times[a]! - times[b]!)
  expect(inOrder, JSON.stringify(times)).toEqual(names)
}

/** Every number of seconds is in the range, and they fill it but for a fifth at each end. */
export function expectToFill(values: number[], [least, most]: readonly [number, number]): void {
  const slack = (most - least) / 5
  const [first, last] = [Math.min(...values), Math.max(...values)]
  expect(first).toBeGreaterThanOrEqual(least)
  expect(last).toBeLessThanOrEqual(most)
  expect(first).toBeLessThan(least + slack)
  expect(last).toBeGreaterThan(most - slack)
}

export const listed = ({ consul }: Cluster, allocId: string) =>
  consul.catalog.instances('nginx').filter(({ service }) => service.id.includes(allocId))
export const critical = ({ consul }: Cluster, vm: Vm) =>
  consul.catalog.node(vm.name)?.checks.get('serfHealth')?.status === 'critical'
export const member = ({ consul }: Cluster, vm: Vm) =>
  consul.members().find((one) => one.vm === vm)?.status
export const statusOf = ({ nomad, store }: Cluster, vm: Vm) =>
  store.nodes.get(nomad.nodes.idOf(vm))?.Status

/** One nginx that has run for a while, at a moment of its VM's heartbeat that differs by seed. */
export async function oneNginx(options: Options) {
  const cluster = testCluster(options)
  await cluster.register(recorded('right-dynamic'))
  cluster.until(() => cluster.running('nginx').length === 1)
  cluster.pass(20_000)
  const [old] = cluster.running('nginx')
  const vm = cluster.world.vms.get(old!.NodeName)!
  return { cluster, vm, old: () => cluster.store.allocs.get(old!.ID)! }
}

/** The sheet's 01.3 and then 02.1; `seconds` from registering 02.1 until each container started. */
export async function threeOnPort80(seed: number, version: '1.4.4' | '2.0.5' = '1.4.4') {
  const cluster = testCluster({ seed, version })
  await cluster.register(recorded('right-dynamic').replace('count = 1', 'count = 3'))
  cluster.until(() => cluster.running('nginx').length === 3)
  cluster.pass(15_000)
  const start = cluster.world.now()
  await cluster.register(recorded('right-static'))
  const onPort80 = () =>
    cluster.running('nginx').filter((alloc) => alloc.Ports.some(({ Value }) => Value === 80))
  cluster.until(() => onPort80().length === 3)
  const started = onPort80()
    .map((alloc) => Date.parse(alloc.TaskStates!.nginx!.StartedAt!))
    .sort((a, b) => a - b)
  const vm = cluster.world.vms.get('box-7')!
  cluster.until(() => cluster.store.deploymentsOf('nginx').at(-1)!.Status === 'successful')
  return { cluster, vm, seconds: started.map((at) => (at - start) / 1000) }
}
