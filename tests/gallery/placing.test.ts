import { expect, test } from 'vitest'
import { grade, lastState, notPassed, reference } from '../harness.ts'

test('a scheduler that is switched off makes 02.3 inconclusive, never passed', async () => {
  const result = await grade(lastState, {
    disturb: (item, world) => {
      world.faults.schedulerDead = item === '02.3'
    },
  })
  expect(result.items.find((i) => i.id === '02.3')).toMatchObject({
    verdict: 'inconclusive',
    points: 0,
  })
  expect(result.exitCode).toBe(2)
})

test('small VMs: two replicas on one VM is right in 01.3, and said', async () => {
  const notes: string[] = []
  for (let seed = 1; seed <= 12; seed++) {
    const result = await grade(reference, { seed, asked: ['01.1', '01.3'] })
    expect(notPassed(result), `seed ${seed}`).toEqual([])
    notes.push(...(result.items[1]?.notes ?? []))
  }
  expect(notes.some((note) => /^3 replicas on 2 VM/.test(note))).toBe(true)
})
