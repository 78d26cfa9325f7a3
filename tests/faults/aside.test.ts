import { expect, test } from 'vitest'
import { createAsides } from '../../helpers/aside.ts'
import { fitClients, tooFew } from '../../helpers/clients.ts'
import { clusterFileSchema } from '../../helpers/cluster/file.ts'
import { openJournal } from '../../helpers/cluster/journal.ts'
import { restore } from '../../helpers/cluster/restore.ts'
import { connect } from '../../helpers/connect.ts'
import { tellIn } from '../../helpers/language/message.ts'
import type { World } from '../../lab/contract.ts'
import { startLab } from '../../lab/lab.ts'
import { tempFolder } from '../harness.ts'

/** A run between two items, on a lab of four clients. */
async function between(check: (run: Between) => Promise<void>): Promise<void> {
  using folder = tempFolder()
  const lab = await startLab({ seed: 1, clients: 4, time: { kind: 'virtual' } })
  const cluster = connect(clusterFileSchema.parse(lab.file), lab.clock, 'lab')
  const journal = await openJournal(
    { dir: folder.path, cluster: lab.id, embedded: true },
    { clock: lab.clock, say: () => {} },
  )
  const asides = createAsides(cluster, journal, [])
  const look = () => fitClients(cluster, [], asides.all, new AbortController().signal)
  try {
    await check({
      ...{ world: lab.world, look },
      follow: async (off = []) => {
        const { fit, changed } = await asides.follow(await look(), new Set(off))
        return { fit, changed: changed.map((one) => tellIn(one, 'en')) }
      },
      eligibility: async () =>
        (await cluster.nomad.nodes()).find((n) => n.name === 'box-7')?.eligibility,
      inJournal: () => journal.open().ineligible.map(({ name }) => name),
      restored: () => restore(journal, cluster, { say: () => {} }),
    })
  } finally {
    journal.close()
    await cluster.close()
    await lab.close()
  }
}

interface Between {
  world: World
  look(): ReturnType<typeof fitClients>
  follow(off?: string[]): Promise<{ fit: string[]; changed: string[] }>
  eligibility(): Promise<string | undefined>
  inJournal(): string[]
  restored(): Promise<boolean>
}

test('a client found unfit between two items gets no replica until it is fit again', () =>
  between(async ({ world, follow, eligibility, inJournal }) => {
    world.faults.dockerDead.add('box-7')
    const unfit = await follow()
    expect(unfit.fit).toEqual(['box-5', 'box-6', 'box-8'])
    expect(unfit.changed).toEqual([
      expect.stringMatching(/^box-7 takes no replica until it is fit again: .*Docker.*box-7\.$/),
    ])
    expect([await eligibility(), inJournal()]).toEqual(['ineligible', ['box-7']])
    expect((await follow()).changed).toEqual([])
    world.faults.dockerDead.delete('box-7')
    expect((await follow()).fit).toContain('box-7')
    expect([await eligibility(), inJournal()]).toEqual(['eligible', []])
  }))

test('what a killed run had set aside in its middle is eligible after a restore', () =>
  between(async ({ world, follow, eligibility, restored }) => {
    world.faults.dockerDead.add('box-7')
    await follow()
    expect(await restored()).toBe(true)
    expect(await eligibility()).toBe('eligible')
  }))

test('a VM of ours that is on its way back is not set aside', () =>
  between(async ({ world, follow, eligibility }) => {
    world.faults.dockerDead.add('box-7')
    await follow(['box-7'])
    expect(await eligibility()).toBe('eligible')
  }))

test('a client that somebody else made ineligible stays so, and is named where too few are left', () =>
  between(async ({ world, look, follow, eligibility, inJournal }) => {
    for (const vm of ['box-7', 'box-8']) world.others.setEligible(vm, false)
    await follow()
    expect([await eligibility(), inJournal()]).toEqual(['ineligible', []])
    const { fit, troubles } = await look()
    expect(tooFew(fit.length, troubles).message).toMatch(/^Only 2 clients are fit .*box-7.*box-8/)
  }))
