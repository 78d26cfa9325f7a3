import { expect, test } from 'vitest'
import { datacenter, taskService } from './testing.ts'

const alloc = '11111111-2222-3333-4444-555555555555'

/** Runs until `met`, at most for `ms`; gives the cluster seconds that it took. */
async function until(
  clock: { now(): number; sleep(ms: number): Promise<void> },
  met: () => boolean,
  ms = 60_000,
): Promise<number> {
  const start = clock.now()
  while (!met() && clock.now() - start < ms) await clock.sleep(50)
  return (clock.now() - start) / 1000
}

function withNginx(clients: number, seed: number, vm: string) {
  const { world, consul, time } = datacenter(clients, seed)
  consul.agent(vm).register(taskService(alloc, 'nginx', world.vms.get(vm)!.ip, 25000))
  const serf = (name: string) => consul.catalog.node(name)?.checks.get('serfHealth')?.status
  return { world, consul, clock: time.clock, serf, vm: world.vms.get(vm)! }
}

test.each([1, 2, 3, 4, 5])(
  'seed %i: a VM cut alone fails after 4.5 to 9.6 s and stays listed',
  async (seed) => {
    const { clock, serf, vm, consul } = withNginx(3, seed, 'box-7')
    vm.stop('cut')
    const seconds = await until(clock, () => serf('box-7') === 'critical')
    expect(seconds).toBeGreaterThanOrEqual(4.5)
    expect(seconds).toBeLessThan(9.7)
    expect(consul.catalog.instances('nginx')).toHaveLength(1)
    expect(consul.catalog.instances('nginx')[0]!.checks[0]).toMatchObject({
      status: 'critical',
      output: 'Agent not live or unreachable',
    })
  },
)

test('two of three VMs cut together take 12 to 17 s; of four they take 4.5 to 9.6 s', async () => {
  for (const [clients, least, most] of [
    [3, 11.9, 17.1],
    [4, 4.5, 9.7],
  ] as const) {
    const { clock, serf, world } = withNginx(clients, 7, 'box-7')
    world.vms.get('box-5')!.stop('cut')
    await clock.sleep(500)
    world.vms.get('box-7')!.stop('cut')
    const seconds = await until(clock, () => serf('box-7') === 'critical')
    expect(seconds).toBeGreaterThanOrEqual(least)
    expect(seconds).toBeLessThan(most)
    await until(clock, () => serf('box-5') === 'critical')
    expect(serf('box-5')).toBe('critical')
  }
})

test('an orderly stop leaves within a second, before the power is off, and takes the node away', async () => {
  const { clock, consul, vm, world } = withNginx(3, 2, 'box-7')
  vm.stop('orderly')
  const seconds = await until(clock, () => consul.catalog.node('box-7') === undefined)
  expect(seconds).toBeLessThanOrEqual(1)
  expect(vm.power).toBe('stopping')
  expect(consul.agent('box-7').up).toBe(false)
  expect(consul.catalog.instances('nginx')).toEqual([])
  expect(consul.members().find(({ vm: { name } }) => name === 'box-7')?.status).toBe(3)
  await until(clock, () => vm.power === 'off')
  const said = world.history.filter(({ who }) => who.endsWith('box-7')).map(({ what }) => what)
  expect(said.slice(-4)).toEqual(['shuts down', 'leaving', 'left', 'is off'])
})

test.each(['orderly', 'cut'] as const)(
  'after an %s stop the VM comes back with its ghost',
  async (how) => {
    const { clock, consul, serf, vm } = withNginx(3, 4, 'box-7')
    vm.stop(how)
    await clock.sleep(20_000)
    expect(vm.power).toBe('off')
    vm.start()
    expect(vm.power).toBe('booting')
    const boot = await until(clock, () => vm.power === 'running')
    expect(boot).toBeGreaterThanOrEqual(8)
    await until(clock, () => serf('box-7') === 'passing')
    // The agent tells the catalog what it has within a second.
    await clock.sleep(1000)
    const [ghost] = consul.catalog.instances('nginx')
    expect(ghost?.service.id).toContain(alloc)
    expect(ghost?.checks.map((check) => check.status)).toEqual(['passing'])
    consul.agent('box-7').deregister(ghost!.service.id)
    expect(consul.catalog.instances('nginx')).toEqual([])
  },
)

test('an agent that is down takes nothing', async () => {
  const { clock, consul, vm } = withNginx(3, 4, 'box-7')
  vm.stop('cut')
  consul.agent('box-7').deregister(`_nomad-task-${alloc}-nginx-nginx-http`)
  vm.start()
  await clock.sleep(30_000)
  expect(consul.catalog.instances('nginx')).toHaveLength(1)
})

test('the index of a service moves with its own changes and with its nodes alone', () => {
  const { consul } = withNginx(3, 1, 'box-7')
  const { indexes, setCheck } = consul.catalog
  const before = indexes.service('nginx', true)
  consul.agent('box-5').register(taskService('other', 'apache', '192.168.56.105', 21000))
  expect(indexes.service('nginx', true)).toBe(before)
  setCheck('box-5', { id: 'serfHealth', status: 'critical', output: '' })
  expect(indexes.service('nginx', true)).toBe(before)
  setCheck('box-7', { id: 'serfHealth', status: 'critical', output: '' })
  expect(indexes.service('nginx', true)).toBeGreaterThan(before)
  const unknown = indexes.service('nothere', true)
  consul.agent('box-5').deregister('_nomad-task-other-apache-apache-http')
  expect(indexes.service('nothere', true)).toBeGreaterThan(unknown)
})

test('a session that is not renewed lets its lock go', async () => {
  const { consul, clock } = withNginx(3, 1, 'box-7')
  const { kv } = consul
  const settings = { name: 's', node: 'box-1', lockDelay: 0, behavior: 'delete' } as const
  const { id } = kv.createSession({ ...settings, ttl: '10s', ttlMs: 10_000 })
  expect(kv.put('lock', Buffer.from('a'), { acquire: id })).toBe(true)
  await clock.sleep(9000)
  kv.renew(id)
  await clock.sleep(9000)
  expect(kv.get('lock')?.session).toBe(id)
  await clock.sleep(30_000)
  expect([kv.session(id), kv.get('lock')]).toEqual([undefined, undefined])
})
