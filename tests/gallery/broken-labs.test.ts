import { expect, test } from 'vitest'
import type { Lie, World } from '../../lab/contract.ts'
import { rubric } from '../../suites/rubric.ts'
import { grade, reference } from '../harness.ts'

/**
 * For each criterion that only the cluster can spoil: the sheet's own files on a lab that spoils just
 * this one while the item is graded. It is inconclusive there, and nobody loses a mark.
 */
const spoilt = Object.entries(rubric.items).flatMap(([item, { criteria }]) =>
  criteria.filter(({ by }) => by === 'cluster').map(({ id }) => ({ item, criterion: id })),
)

/** Hides the criterion from now on; the lab's own lies are named like the criteria. */
function spoil(criterion: string, { faults, vms }: World): void {
  if (criterion === 'stopped') faults.vmsThatDoNotStop = new Set(vms.keys())
  else if (criterion === 'agents') faults.consulDown = true
  else faults.lies.add(criterion as Lie)
}

/** In an item that stops VMs, what was there before the stop must be as it was. */
function whenItIsTime(item: string, criterion: string, world: World): void {
  const stops = ['01.2', '02.3'].includes(item) && criterion !== 'stopped'
  if (!stops) spoil(criterion, world)
  else for (const vm of world.vms.values()) vm.on('cut', () => spoil(criterion, world))
}

/** The item and what it builds on. */
const asked = (item: string) => {
  const { buildsOn } = rubric.items[item as keyof typeof rubric.items] as {
    buildsOn?: { item: string }
  }
  return buildsOn ? [buildsOn.item, item] : [item]
}

for (const { item, criterion } of spoilt) {
  test(`${item} ${criterion}: a lab that hides it makes it inconclusive, right there`, async () => {
    const result = await grade(reference, {
      seed: 2,
      // With three clients one replica is left in 02.3, with four there are two.
      clients: criterion === 'own-vm' ? 4 : 3,
      asked: asked(item),
      disturb: (now, world) => {
        if (now === item) whenItIsTime(item, criterion, world)
      },
    })
    const seen = result.items.find(({ id }) => id === item)
    expect(seen?.verdict, seen?.sentence).toBe('inconclusive')
    expect(seen?.criteria.find((c) => c.met !== true)).toMatchObject({ id: criterion, met: null })
    expect(seen?.hint).not.toBe('')
    expect(result.items.filter(({ verdict }) => verdict === 'failed')).toEqual([])
  })
}
