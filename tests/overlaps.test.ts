import { expect, test } from 'vitest'
import type { World } from '../lab/contract.ts'
import {
  grade,
  mistake,
  notPassed,
  reference,
  tempFolder,
  verdictsOf,
  withStage,
} from './harness.ts'

/** What goes side by side must not show in a verdict, however long it takes. */

/** Seconds a VM takes to boot: at once, as usual, until the next items are over, and never in time. */
const boots = [0, 20, 60, 110]

function slowBoots({ vms, after }: World, seconds: number): void {
  for (const vm of vms.values()) {
    const { start } = vm
    let comes = false
    vm.start = () => {
      // A second start of what boots already is nothing: it must not come a minute late.
      if (comes) return
      comes = true
      after(seconds * 1000, () => {
        comes = false
        start.call(vm)
      })
    }
  }
}

for (const clients of [3, 4, 5]) {
  test(`${clients} clients: a VM that boots beside the next items changes no verdict`, async () => {
    for (const [seed, seconds] of boots.entries()) {
      const result = await grade(reference, {
        seed,
        clients,
        disturb: (item, world) => {
          if (item === '01.1') slowBoots(world, seconds)
        },
      })
      expect(notPassed(result), `boots ${seconds} s later`).toEqual([])
    }
  })
}

test('four clients: a wrong job loses its item while a VM boots beside it', async () => {
  using folder = tempFolder()
  withStage(folder.path, '01.3-nginx.nomad', mistake('count-2'))
  const result = await grade(folder.path, {
    clients: 4,
    asked: ['01.1', '01.2', '01.3'],
    disturb: (item, world) => {
      if (item === '01.1') slowBoots(world, 60)
    },
  })
  expect(verdictsOf(result)).toEqual({ '01.3': 'failed' })
})

for (const stop of ['orderly', 'cut'] as const) {
  test(`${stop}: when Nomad misses a VM is foretold within 0.5 s of cluster time`, async () => {
    const victims = new Set<string>()
    for (let seed = 1; seed <= 4; seed++) {
      const result = await grade(reference, { seed, stop, asked: ['01.2', '02.3'] })
      const told = result.items.flatMap(({ id, notes }) =>
        notes.flatMap((note) => {
          const [, vm, real, foretold] =
            /^(\S+): .* after (\S+) s; .* foretold (\S+) s/.exec(note) ?? []
          return vm ? [{ id, vm, off: Math.abs(Number(real) - Number(foretold)) }] : []
        }),
      )
      // Who is about to speak once more is not foretold.
      expect(told.length).toBeGreaterThanOrEqual(2)
      expect(told.filter(({ off }) => !(off <= 0.5))).toEqual([])
      victims.add(told.flatMap(({ id, vm }) => (id === '02.3' ? [vm] : [])).join())
    }
    // The two that are missed soonest, not the first two by name.
    expect(victims.size).toBeGreaterThan(1)
  })
}

test('that a VM is back is known within 0.5 s of cluster time', async () => {
  for (let seed = 1; seed <= 3; seed++) {
    let world: World | undefined
    const known: { vm: string; at: number }[] = []
    await grade(reference, {
      seed,
      clients: 4,
      asked: ['01.2', '01.3'],
      disturb: (_, of) => {
        world = of
      },
      say: (sentence) => {
        const [, vm] = /^(\S+): back$/.exec(sentence) ?? []
        if (vm && world) known.push({ vm, at: world.now() })
      },
    })
    expect(known).toHaveLength(1)
    for (const { vm, at } of known) {
      const words = world?.history.filter(
        ({ who, what }) =>
          (who === vm && what === 'Nomad says ready') ||
          (who === `consul ${vm}` && what === 'alive'),
      )
      expect(at - (words?.at(-1)?.at ?? 0)).toBeLessThanOrEqual(500)
    }
  }
})
