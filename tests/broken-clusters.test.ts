import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { World } from '../lab/contract.ts'
import { grade, reference, tempFolder, verdictsOf } from './harness.ts'

/**
 * The sheet's own files on clusters that break: no item may be lost. What the fault hides is
 * inconclusive, with its cause; everything else passes. `from`: the item before which it breaks.
 */
interface Broken {
  name: string
  clients?: number
  break: (world: World, item: string) => void
  inconclusive: string[]
  says: RegExp
}

const after01 = ['01.3', '02.1', '02.2', '02.3', '03.1', '03.2', '03.3', '03.4']
const clients = (world: World) => [...world.vms.values()].filter((vm) => !vm.isServer)

const table: Broken[] = [
  {
    name: 'the scheduler is dead while 01.1 is graded',
    break: (w, item) => {
      w.faults.schedulerDead = item === '01.1'
    },
    inconclusive: ['01.1', '01.2'],
    says: /scheduler/,
  },
  {
    name: 'the scheduler dies before the VM of 01.2 is stopped',
    break: (w, item) => {
      w.faults.schedulerDead = item === '01.2'
    },
    inconclusive: ['01.2'],
    says: /did not place the grader.s own tiny probe job/,
  },
  {
    name: 'Consul has no leader from 02.1 on',
    break: (w, item) => {
      w.faults.consulDown = item >= '02'
    },
    inconclusive: after01.slice(1),
    says: /Consul/,
  },
  {
    name: 'no stopped VM ever returns, with three clients',
    break: (w) => {
      for (const vm of clients(w)) w.faults.vmsThatNeverReturn.add(vm.name)
    },
    inconclusive: after01,
    says: /is not back after/,
  },
  {
    name: 'the VM of 01.2 never returns, with four clients: three are enough where the rubric says so',
    clients: 4,
    break: (w, item) => {
      if (item === '01.2') for (const vm of clients(w)) w.faults.vmsThatNeverReturn.add(vm.name)
    },
    inconclusive: ['02.3', '03.2', '03.3', '03.4'],
    says: /is not back after/,
  },
  {
    name: 'no VM obeys an orderly stop',
    break: (w) => {
      for (const vm of clients(w)) w.faults.vmsThatDoNotStop.add(vm.name)
    },
    inconclusive: ['01.2', '02.3'],
    says: /Stopping box-\d had no effect/,
  },
  {
    name: 'the registry cannot be reached and no VM has the images',
    break: (w) => {
      w.faults.registryDown = true
      for (const vm of clients(w)) vm.images.clear()
    },
    inconclusive: ['01.1', '01.2', ...after01],
    says: /could not pull the image/,
  },
  {
    name: 'no VM has the images and the registry is slow',
    break: (w, item) => {
      if (item === '01.1') for (const vm of clients(w)) vm.images.clear()
    },
    inconclusive: [],
    says: /$/,
  },
  {
    name: 'a client loses its power in the middle of 02.1 and nobody starts it',
    break: (w, item) => {
      const victim = w.vms.get('box-8')
      if (item === '02.1') w.after(8_000, () => victim?.stop('cut'))
    },
    inconclusive: after01.slice(1),
    says: /box-8 (was (down|failed)|could not be asked|is not fit)|Only 2 clients are fit/,
  },
  {
    name: 'a client of four loses its power during 01.3: the other three are enough',
    clients: 4,
    break: (w, item) => {
      const victim = w.vms.get('box-6')
      if (item === '01.3') w.after(100, () => victim?.stop('cut'))
    },
    inconclusive: [],
    says: /box-6/,
  },
  {
    name: 'a client of four goes and comes back by itself: a second try finds the cluster steady',
    clients: 4,
    break: (w, item) => {
      const vm = w.vms.get('box-6')
      if (item === '01.2') w.after(1, () => vm?.stop('cut'))
      if (item === '01.3') w.after(50, () => vm?.start())
    },
    inconclusive: [],
    says: /box-6/,
  },
]

for (const { name, clients: count, break: breaks, inconclusive, says } of table) {
  test(`${name}: ${inconclusive.length} inconclusive, nothing lost`, async () => {
    const result = await grade(reference, {
      seed: 2,
      ...(count && { clients: count }),
      disturb: (item, world) => breaks(world, item),
    })
    const by = (verdict: string) => result.items.filter((i) => i.verdict === verdict)
    expect(by('inconclusive').map((i) => i.id)).toEqual(inconclusive)
    expect(by('passed').length).toBe(10 - inconclusive.length)
    for (const item of by('inconclusive')) {
      expect(item.sentence).toMatch(says)
      expect(item.hint).not.toBe('')
    }
    expect(result.score).toMatchObject({ low: 10 - inconclusive.length, high: 10 })
    expect(result.exitCode).toBe(inconclusive.length > 0 ? 2 : 0)
  })
}

test('on Nomad 2.0.5 a second try registers the same job again, and is judged', async () => {
  const { items } = await grade(reference, {
    ...{ seed: 2, asked: ['01.3'], maxWaitMs: 60_000 },
    lab: { versions: { nomad: '2.0.5', consul: '1.14.4' } },
    disturb: (_, world) => {
      const until = world.now() + 70_000
      world.faults.http = ({ path }) =>
        path === 'health/service/nginx' && world.now() < until ? '500' : undefined
    },
  })
  expect(items[0]).toMatchObject({ id: '01.3', verdict: 'passed', attempts: 2 })
})

test('Consul agents that listen on 127.0.0.1 only are asked through SSH: 10 of 10, with a note', async () => {
  const result = await grade(reference, {
    seed: 2,
    disturb: (_, world) => {
      for (const vm of clients(world)) world.faults.agentsOnLoopback.add(vm.name)
    },
  })
  expect(result.score.points).toBe(10)
  for (const id of ['03.2', '03.3', '03.4']) {
    const notes = result.items.find((i) => i.id === id)?.notes ?? []
    expect(notes.filter((n) => /127\.0\.0\.1 only: it was asked through SSH/.test(n)).length).toBe(
      3,
    )
  }
})

test('03.1 is refuted and then Consul breaks: 03.2–03.4 are not known, never blocked', async () => {
  using folder = tempFolder()
  cpSync(reference, folder.path, { recursive: true })
  const path = join(folder.path, '03.1-apache.nomad')
  writeFileSync(path, readFileSync(path, 'utf8').replace('count = 1', 'count = 3'))
  const result = await grade(folder.path, {
    disturb: (item, world) => {
      world.faults.consulDown = item >= '03.2'
    },
  })
  expect(verdictsOf(result)).toEqual({
    '03.1': 'failed',
    '03.2': 'inconclusive',
    '03.3': 'inconclusive',
    '03.4': 'inconclusive',
  })
  expect(result.score).toMatchObject({ low: 6, high: 9 })
})

test('--deadline: what no time is left for is inconclusive, with that sentence', async () => {
  const result = await grade(reference, { seed: 2, deadlineMs: 60_000 })
  expect(result.items.filter((i) => i.verdict === 'failed' || i.verdict === 'blocked')).toEqual([])
  expect(result.items.find((i) => i.id === '01.1')?.verdict).toBe('passed')
  expect(result.items.find((i) => i.id === '03.1')).toMatchObject({
    verdict: 'inconclusive',
    sentence: expect.stringContaining('--deadline'),
  })
})
