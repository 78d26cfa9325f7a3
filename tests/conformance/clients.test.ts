import { afterEach, describe, expect, test } from 'vitest'
import { createConsul } from '../../helpers/consul/client.ts'
import { createHttp } from '../../helpers/http.ts'
import { createNomad } from '../../helpers/nomad/client.ts'
import { wallClock } from '../../helpers/time/clock.ts'
import { replay } from './replay.ts'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const act of undo.splice(0).reverse()) await act()
})

async function cluster(name: string) {
  const { route, asked, close } = await replay(name)
  const http = createHttp(route, wallClock())
  undo.push(close, () => http.close())
  const host = '192.168.56.101'
  return {
    asked,
    nomad: createNomad(http, { host, port: 4646 }),
    consul: createConsul(http, { host, port: 8500 }),
  }
}

const orderly = '02.3-nomad-1.4.4-consul-1.14.4-orderly-3-clients'
const cut = '02.3-nomad-2.0.5-consul-1.14.4-power-cut-4-clients'

describe('what the clients make of two VMs off, as real clusters answered', () => {
  test('Nomad 1.4.4: one replica on port 80, two lost and not replaced, the collision named', async () => {
    const { nomad } = await cluster(orderly)
    const seen = await nomad.view('nginx')
    expect(seen.job).toEqual({
      id: 'nginx',
      version: 2,
      changedAt: 60,
      stop: false,
      status: 'running',
    })
    expect(seen.queued).toEqual({ nginx: 2 })
    const running = seen.allocations.filter((a) => a.client === 'running')
    expect(running).toHaveLength(1)
    expect(running[0]).toMatchObject({
      nodeName: 'box-8',
      version: 2,
      group: 'nginx',
      desired: 'run',
      next: '',
      ports: [{ label: 'http', value: 80, to: 80, ip: '192.168.56.108' }],
      deploymentHealthy: true,
      canary: false,
    })
    expect(running[0]?.tasks[0]?.events.map((e) => e.type)).toEqual([
      'Received',
      'Task Setup',
      'Started',
    ])
    const lost = seen.allocations.filter((a) => a.client === 'lost')
    expect(lost.map((a) => [a.nodeName, a.tasks[0]?.state])).toEqual([
      ['box-7', 'running'],
      ['box-5', 'running'],
    ])
    const blocked = seen.evaluations.find((e) => e.status === 'blocked')
    expect(blocked?.failed.nginx).toMatchObject({
      nodesExhausted: 1,
      nodesAvailable: { dc1: 1 },
      dimensionExhausted: { 'network: reserved port collision http=80': 1 },
      constraintFiltered: {},
      coalesced: 1,
    })
    expect(seen.deployment).toMatchObject({ version: 2, status: 'successful' })
    expect(seen.nodes.map((n) => [n.name, n.address, n.status, n.dockerHealthy])).toContainEqual([
      'box-8',
      '192.168.56.108',
      'ready',
      true,
    ])
  })

  test('Nomad 2.0.5: two replicas, and the lost one leads to its replacement', async () => {
    const { nomad } = await cluster(cut)
    const seen = await nomad.view('nginx')
    const running = seen.allocations.filter((a) => a.client === 'running')
    expect(running.map((a) => [a.nodeName, a.ports[0]?.value]).sort()).toEqual([
      ['box-5', 80],
      ['box-8', 80],
    ])
    const nexts = seen.allocations.filter((a) => a.client === 'lost').map((a) => a.next)
    expect(running.some((a) => nexts.includes(a.id))).toBe(true)
  })

  test.each([
    [orderly, '1.4.4'],
    [cut, '2.0.5'],
  ])('%s: version, grace, leader, jobs', async (name, version) => {
    const { nomad } = await cluster(name)
    expect(await nomad.self()).toMatchObject({
      version,
      region: 'global',
      datacenter: 'dc1',
      isServer: true,
      graceMs: 10_000,
    })
    expect(await nomad.leader()).toBe('192.168.56.101:4647')
    expect(await nomad.jobs()).toEqual([
      { id: 'nginx', type: 'service', status: 'running', stop: false },
    ])
  })

  test('pages of allocations are read once while nothing changes', async () => {
    const { nomad, asked } = await cluster(orderly)
    const first = await nomad.allocations('nginx')
    const before = asked.length
    expect(await nomad.allocations('nginx')).toEqual(first)
    expect(asked.length).toBe(before + 1)
  })

  test('Consul: failed and left members, failed instances with their check, addresses', async () => {
    const { consul } = await cluster(cut)
    expect(await consul.leader()).toBe('192.168.56.101:8300')
    const status = Object.fromEntries((await consul.members()).map((m) => [m.name, m.status]))
    expect(status).toEqual({
      'box-1': 'alive',
      'box-5': 'alive',
      'box-6': 'failed',
      'box-7': 'failed',
      'box-8': 'alive',
    })
    const box7 = (await consul.health('nginx')).find((one) => one.node === 'box-7')
    expect(box7).toMatchObject({
      nodeAddress: '192.168.56.107',
      address: '192.168.56.107',
      port: 80,
      allocation: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(box7?.checks[0]).toMatchObject({
      id: 'serfHealth',
      status: 'critical',
      output: 'Agent not live or unreachable',
    })
    const left = await (await cluster(orderly)).consul.members()
    expect(left.filter((m) => m.status === 'left').map((m) => m.name)).toEqual(['box-5', 'box-7'])
  })

  test('Consul: catalog, an agent of its own, and one that does not answer', async () => {
    const { consul } = await cluster(orderly)
    const { services, index } = await consul.catalogServices()
    expect(services).toEqual(['consul', 'nginx', 'nomad', 'nomad-client'])
    expect(index).toBeGreaterThan(1)
    const { catalog } = await consul.catalogService('nginx')
    expect(catalog).toMatchObject([{ node: 'box-8', address: '192.168.56.108', port: 80 }])
    const own = await consul.agentServices('192.168.56.108')
    expect(own.map((e) => e.name).sort()).toEqual(['nginx', 'nomad-client'])
    await expect(consul.agentServices('192.168.56.105')).rejects.toMatchObject({ name: 'Fault' })
    expect(await consul.self()).toMatchObject({ datacenter: 'dc1', isServer: true })
  })
})
