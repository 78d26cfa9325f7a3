import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { clusterFileSchema } from '../../helpers/cluster/file.ts'
import { openJournal } from '../../helpers/cluster/journal.ts'
import { restore } from '../../helpers/cluster/restore.ts'
import { stopVm } from '../../helpers/cluster/stop.ts'
import { connect } from '../../helpers/connect.ts'
import { inLanguage, type Message } from '../../helpers/language/message.ts'
import { startLab } from '../../lab/lab.ts'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const act of undo.splice(0).reverse()) await act()
})

async function labCluster(seed: number) {
  const lab = await startLab({ seed, time: { kind: 'virtual' } })
  const file = clusterFileSchema.parse(lab.file)
  const cluster = connect(file, lab.clock, 'lab')
  undo.push(
    () => lab.close(),
    () => cluster.close(),
  )
  return { lab, cluster }
}

test('every door of the lab is reached, and no time passes meanwhile', async () => {
  const { lab, cluster } = await labCluster(1)
  const began = lab.clock.now()
  const { nomad, consul, ssh } = cluster
  expect(await nomad.leader()).toBe('192.168.56.101:4647')
  const nodes = await nomad.nodes()
  expect(nodes.map((n) => [n.name, n.status, n.dockerHealthy]).sort()).toEqual([
    ['box-5', 'ready', true],
    ['box-7', 'ready', true],
    ['box-8', 'ready', true],
  ])
  const beat = await nomad.clientSelf('192.168.56.107')
  expect(beat.nodeId).toBe(nodes.find((n) => n.name === 'box-7')?.id)
  expect((await consul.catalogServices('192.168.56.105')).services).toEqual([
    'consul',
    'nomad',
    'nomad-client',
  ])
  expect(await cluster.dns('consul.service.consul')).toMatchObject({
    via: 'udp',
    addresses: ['192.168.56.101'],
  })
  expect((await ssh.exec({ name: 'box-8', host: '192.168.56.108' }, 'hostname')).stdout).toBe(
    'box-8\n',
  )
  expect(await cluster.web('192.168.56.105', 80)).toMatchObject({ error: 'ECONNREFUSED' })
  expect(await nomad.view('nginx')).toMatchObject({ job: null, allocations: [] })
  expect(lab.clock.now()).toBe(began)
})

test.each([
  ['orderly', 1],
  ['orderly', 2],
  ['cut', 1],
  ['cut', 2],
] as const)('two VMs stopped (%s) a moment ago are brought back, seed %i', async (how, seed) => {
  const { lab, cluster } = await labCluster(seed)
  const dir = mkdtempSync(join(tmpdir(), 'reaching-'))
  undo.push(() => rmSync(dir, { recursive: true }))
  const of = { dir, cluster: lab.id, embedded: true }
  const journal = await openJournal(of, { clock: lab.clock, say: () => {} })
  const vms = [5, 7].map((n) => ({ name: `box-${n}`, host: `192.168.56.10${n}` }))
  for (const vm of vms) {
    journal.stopping(vm)
    await stopVm(vm, how, cluster)
  }
  const said: string[] = []
  const say = (sentence: Message) => said.push(inLanguage(sentence, 'en'))
  expect(await restore(journal, cluster, { say })).toBe(true)
  expect(said.toSorted()).toEqual(['box-5 was off and is back.', 'box-7 was off and is back.'])
  for (const { name } of vms) {
    expect(lab.world.vms.get(name)?.power).toBe('running')
    expect((await cluster.nomad.nodes()).find((n) => n.name === name)?.status).toBe('ready')
  }
  journal.close()
})
