import { expect, test } from 'vitest'
import { type ClusterFile, clusterFileSchema } from '../helpers/cluster/file.ts'
import { type Connected, connect } from '../helpers/connect.ts'
import { type FitOptions, whatIsFit } from '../helpers/fit.ts'
import { inLanguage, tellIn } from '../helpers/language/message.ts'
import type { Lab, LabOptions, World } from '../lab/contract.ts'
import { takePort80 } from '../lab/faults.ts'
import { startLab } from '../lab/lab.ts'
import { grade, reference } from './harness.ts'

/** What a run asks before it begins (rubric, 00), on the embedded lab. */
interface Case {
  lab?: Partial<LabOptions>
  options?: Partial<FitOptions>
  break?: (world: World, file: ClusterFile, lab: Lab) => unknown
  /** Nomad has forgotten allocations that are over, as after its garbage collection. */
  forgets?: boolean
}

async function fitness(one: Case) {
  const lab = await startLab({ seed: 1, time: { kind: 'virtual' }, ...one.lab })
  const file = clusterFileSchema.parse(lab.file)
  await one.break?.(lab.world, file, lab)
  const cluster = connect(file, lab.clock, 'lab')
  const nomad = { ...cluster.nomad, allocation: async () => null }
  try {
    return await whatIsFit(one.forgets ? { ...cluster, nomad } : cluster, {
      signal: new AbortController().signal,
      stops: true,
      ours: { jobs: [], allocations: new Map() },
      purge: false,
      shared: false,
      say: () => {},
      ...one.options,
    })
  } finally {
    await cluster.close()
    await lab.close()
  }
}

const asideOf = (found: Awaited<ReturnType<typeof fitness>>) =>
  found.setAside.map(({ name, why }) => `${name}: ${tellIn(why, 'en')}`)

test('a fit cluster: its clients, its versions, the longest silence of a client', async () => {
  expect(await fitness({})).toMatchObject({
    clients: ['box-5', 'box-7', 'box-8'],
    setAside: [],
    versions: { nomad: '1.4.4', consul: '1.14.4' },
    heartbeatMs: 30_000,
  })
})

const four = { clients: 4 }
const aside: (Case & { name: string; why: RegExp })[] = [
  {
    name: 'sudo wants a password',
    break: (world) => world.faults.sudoRefused.add('box-7'),
    why: /^box-7: On box-7, "sudo -n true" ended with 1: sudo: a password is required\.$/,
  },
  {
    name: 'its host key is another',
    break: (_, file) => {
      file.ssh.hosts['box-7'] = { fingerprint: `SHA256:${'A'.repeat(43)}` }
    },
    why: /^box-7: .*host key/,
  },
  {
    name: 'something outside Nomad holds port 80',
    break: (world) => takePort80(world, 'box-7', 'apache2'),
    why: /^box-7: Port 80 on box-7 is held by apache2, outside Nomad\.$/,
  },
  {
    name: 'it is excluded',
    break: (_, file) => {
      file.exclude = ['box-7']
    },
    why: /^box-7: it is not asked for$/,
  },
]

for (const { name, why, ...one } of aside) {
  test(`one of four where ${name} is set aside`, async () => {
    const found = await fitness({ ...one, lab: four })
    expect(found.clients).toEqual(['box-5', 'box-6', 'box-8'])
    expect(asideOf(found)).toEqual([expect.stringMatching(why)])
  })

  if (name !== 'it is excluded')
    test(`one of three where ${name} leaves too few: its sentence and its cure`, async () => {
      await expect(fitness(one)).rejects.toMatchObject({
        message: expect.stringMatching(/^Only 2 clients are fit and 3 are needed: .*box-7/),
        cure: expect.stringMatching(/./),
      })
    })
}

test('a run that stops nothing needs neither sudo nor a way to start VMs', async () => {
  const found = await fitness({
    options: { stops: false },
    break: (world, file) => {
      world.faults.sudoRefused.add('box-7')
      delete file.power
    },
  })
  expect(found.clients).toEqual(['box-5', 'box-7', 'box-8'])
})

test('a run that stops VMs needs a way to start them', async () => {
  const noPower = (_: World, file: ClusterFile) => void delete file.power
  await expect(fitness({ break: noPower })).rejects.toMatchObject({ code: 'no-power' })
})

test('another datacenter than the sheet names is said', async () => {
  const toronto = (_: World, file: ClusterFile) => {
    file.datacenter = 'toronto'
  }
  await expect(fitness({ break: toronto })).rejects.toThrow(
    /is in the datacenter dc1, and the sheet names toronto/,
  )
})

test('the server is off: found at once', async () => {
  await expect(fitness({ break: (world) => world.server.stop('cut') })).rejects.toMatchObject({
    code: 'server-off',
  })
})

const job = (id: string) => ({
  ID: id,
  Datacenters: ['dc1'],
  Type: 'service',
  TaskGroups: [
    {
      Name: 'g',
      Networks: [{ ReservedPorts: [{ Label: 'http', Value: 80, To: 80 }] }],
      Tasks: [
        {
          Name: 't',
          Driver: 'docker',
          Config: { image: 'nginx:1.22.1', ports: ['http'] },
          Services: [{ Name: id, PortLabel: 'http' }],
        },
      ],
    },
  ],
})

const runs =
  (id: string): Case['break'] =>
  async (_, file, lab) => {
    const cluster: Connected = connect(file, lab.clock, 'lab')
    const registered = await cluster.nomad.register(job(id))
    expect(registered).toHaveProperty('evalId')
    await lab.clock.sleep(30_000)
    await cluster.close()
  }

test("somebody's nginx: asked for, or purged where that was allowed", async () => {
  const broken = { break: runs('nginx') }
  await expect(fitness(broken)).rejects.toMatchObject({
    code: 'foreign-job',
    cure: expect.stringMatching(/--purge/),
  })
  const found = await fitness({ ...broken, options: { purge: true } })
  expect(found.clients).toEqual(['box-5', 'box-7', 'box-8'])
})

test('our own nginx of an earlier run is no stranger', async () => {
  const ours = { jobs: ['nginx'], allocations: new Map<string, string>() }
  const found = await fitness({ lab: four, break: runs('nginx'), options: { ours } })
  expect(found.clients.length).toBeGreaterThanOrEqual(3)
})

test('a job of others: refused, or its VM set aside where it holds port 80', async () => {
  const broken = { lab: four, break: runs('web') }
  await expect(fitness(broken)).rejects.toMatchObject({
    code: 'foreign-allocation',
    cure: expect.stringMatching(/--shared/),
  })
  const found = await fitness({ ...broken, options: { shared: true } })
  expect(found.clients).toHaveLength(3)
  expect(asideOf(found)).toEqual([expect.stringMatching(/Somebody's job holds port 80/)])
})

test('a run goes on without the VM that is not fit, and says so', async () => {
  const said: string[] = []
  const result = await grade(reference, {
    clients: 4,
    asked: ['01.1', '01.2', '02.1'],
    lab: { faults: { sudoRefused: new Set(['box-7']) } },
    say: (sentence) => void said.push(sentence),
  })
  expect(result.items.map((one) => one.verdict)).toEqual(['passed', 'passed', 'passed'])
  expect(result.cluster.clients).not.toContain('box-7')
  expect(said.join('\n')).toMatch(/box-7 takes no replica in this run: On box-7, "sudo -n true"/)
})

test('a run on too few fit clients: each item is inconclusive, with the cure', async () => {
  const result = await grade(reference, {
    asked: ['01.1', '01.2'],
    lab: { faults: { sudoRefused: new Set(['box-7']) } },
  })
  for (const item of result.items) {
    expect(item.verdict).toBe('inconclusive')
    expect(item.sentence).toMatch(/Only 2 clients are fit.*password is required/)
    expect(item.hint).toMatch(/sudoers/)
  }
})

test('a VM that came back with a service of a job that is gone: its ghost is waited for', async () => {
  const said: string[] = []
  const found = await fitness({
    options: { say: (sentence) => said.push(inLanguage(sentence, 'en')) },
    forgets: true,
    break: async (world, file, lab) => {
      const cluster = connect(file, lab.clock, 'lab')
      await runs('nginx')?.(world, file, lab)
      const [replica] = await cluster.nomad.allocations('nginx')
      const home = world.vms.get(replica?.nodeName ?? '')
      home?.stop('cut')
      await cluster.clock.sleep(60_000)
      await cluster.nomad.purge('nginx')
      home?.start()
      while ((await cluster.consul.health('nginx')).every((i) => i.node !== home?.name))
        await cluster.clock.sleep(1000)
      await cluster.close()
    },
  })
  expect(said).toEqual([expect.stringMatching(/Consul on box-\d still has a service nginx/)])
  expect(found.clients).toEqual(['box-5', 'box-7', 'box-8'])
})
