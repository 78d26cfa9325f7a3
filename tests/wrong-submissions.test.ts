import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  grade,
  lastState,
  mistake,
  notPassed,
  reference,
  tempFolder,
  verdictsOf,
  withStage,
} from './harness.ts'
import { files, lostWith, mistakes, type StageId } from './mistakes.ts'

for (const [name, stage, criterion, says, line] of mistakes) {
  const lost = lostWith[stage]
  test(`${name} as ${stage} loses ${Object.keys(lost).join(', ')} and nothing else`, async () => {
    using folder = tempFolder()
    const result = await grade(withStage(folder.path, files[stage], mistake(name)))
    expect(verdictsOf(result)).toEqual(lost)
    const item = result.items.find((i) => i.id === stage)
    expect(item?.sentence).toMatch(says)
    expect(item?.criteria.find((c) => c.met === false)?.id).toBe(criterion)
    expect(item?.line).toBe(line)
    if (line) expect(item?.sentence).toContain(`(${files[stage]}, line ${line})`)
    expect(item?.hint).not.toBe('')
    expect(result.exitCode).toBe(1)
  })
}

/** What only looks like a mistake: 10 of 10. */
const right: [name: string, stage: StageId][] = [
  ['right-dynamic', '01.1'],
  ['right-static', '02.1'],
  ['static-without-to', '02.1'],
  ['group-service', '01.1'],
  ['job-other-name', '01.1'],
]

for (const [name, stage] of right) {
  test(`${name} as ${stage} is right: 10 of 10`, async () => {
    using folder = tempFolder()
    const result = await grade(withStage(folder.path, files[stage], mistake(name)))
    expect(notPassed(result)).toEqual([])
  })
}

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

test('a job that sends all its replicas to one VM loses 01.3: 2 + 1 by itself would not', async () => {
  using folder = tempFolder()
  cpSync(reference, folder.path, { recursive: true })
  const path = join(folder.path, files['01.3'])
  const pin = [
    'constraint {',
    '  attribute = "$' + '{attr.unique.hostname}"',
    '  value = "box-7"',
    '}',
  ]
  writeFileSync(path, readFileSync(path, 'utf8').replace('count', `${pin.join('\n')}\n    count`))
  const result = await grade(folder.path)
  expect(verdictsOf(result)).toEqual(lostWith['01.3'])
  expect(result.items.find((i) => i.id === '01.3')?.sentence).toMatch(
    /itself sends its replicas to one VM/,
  )
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
