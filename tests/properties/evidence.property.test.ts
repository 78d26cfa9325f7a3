import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evidenceIn } from '../../helpers/evidence-file.ts'
import { conclude } from '../../helpers/grade/conclude.ts'
import type { Evidence } from '../../helpers/grade/evidence.ts'
import { seenIn } from '../../helpers/grade/seen.ts'
import { msg, sentences } from '../../helpers/language/message.ts'
import { readResult } from '../../helpers/result-file.ts'
import { Fault } from '../../helpers/time/fault.ts'
import { rubric } from '../../suites/rubric.ts'
import { grade, reference, tempFolder } from '../harness.ts'
import { isPassed, judged, type Kept, kept, right } from './kept.ts'
import { garbage, placesIn } from './odd.ts'
import { runs } from './runs.ts'

const file = { file: 'evidence.ndjson', sha256: '' }

/** What a right run on a good cluster has none of: a fault, an unfit cluster, sentences to be told. */
function withFaults({ name, records }: Kept): Kept {
  const at = records.at(-1)?.at ?? 0
  const begun = { at, item: '03.4', attempt: 1 }
  const who = msg('{service} settles on {replicas} replica(s)', { service: 'apache', replicas: 1 })
  const both = sentences(who, msg('There was no leader.'))
  const more: Evidence[] = [
    { ...begun, kind: 'item-note', text: both },
    { ...begun, kind: 'change', who: 'nomad', saw: who },
    { ...begun, kind: 'fault', code: 'X', sentence: both, cure: who, own: false },
    { at, kind: 'note', text: both },
    { at, kind: 'unfit', code: 'X', sentence: who, cure: both },
  ]
  return { name: `${name} and more`, records: [...records, ...more] }
}

const damage = fc.constantFrom(...kept, ...right.slice(0, 6).map(withFaults)).chain((of) =>
  fc.record({
    of: fc.constant(of),
    // Half of them near the end, where what withFaults adds is.
    which: fc.oneof(
      fc.nat(of.records.length - 1),
      fc.nat(8).map((back) => Math.max(0, of.records.length - 1 - back)),
    ),
    place: fc.nat(),
    how: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...garbage).map((value) => ({ value })) },
      { weight: 2, arbitrary: fc.constant('dropped' as const) },
      { weight: 1, arbitrary: fc.constant('doubled' as const) },
    ),
  }),
)

/** The records, or undefined where the line is refused by file and number. */
function readAgain(lines: string): Evidence[] | undefined {
  try {
    return evidenceIn(`${lines}\n`, 'evidence.ndjson')
  } catch (error) {
    expect(error, String((error as Error).stack)).toBeInstanceOf(Fault)
    const { message } = error as Fault
    expect(message).toBe('evidence.ndjson:1: this line of the evidence cannot be read.')
    return undefined
  }
}

test('garbage in real evidence is refused by file and line, or judged: nothing passes by it', () => {
  const count = { refused: 0, judged: 0 }
  fc.assert(
    fc.property(damage, ({ of: { records }, which, place, how }) => {
      const record = structuredClone(records[which]!)
      const places = placesIn(record)
      const { holder, key } = places[place % places.length]!
      if (how === 'dropped') delete holder[key]
      else if (how !== 'doubled') holder[key] = structuredClone(how.value)
      const line = JSON.stringify(record)
      const read = readAgain(how === 'doubled' ? `${line}\n${line}` : line)
      count[read ? 'judged' : 'refused']++
      const damaged = records.toSpliced(which, 1, ...(read ?? []))
      // Without a record of the run it is nobody's evidence, and is not judged at all.
      if (!read || !damaged.some(({ kind }) => kind === 'run')) return
      const { items } = conclude(damaged, rubric, file, { language: 'ca' })
      seenIn(damaged)
      const before = judged(records)
      for (const { id, verdict } of items)
        if (verdict === 'passed') expect(isPassed(before[id]), `${id} ${key} ${line}`).toBe(true)
    }),
    runs(600),
  )
  expect(Math.min(count.refused, count.judged)).toBeGreaterThan(100)
})

test('a line that is torn is dropped only where the run was killed while it wrote', () => {
  const lines = right[0]!.records.slice(0, 3).map((record) => JSON.stringify(record))
  const [first = '', second = '', third = ''] = lines
  const torn = third.slice(0, 20)
  expect(evidenceIn(`${first}\n${second}\n${torn}`, 'e')).toHaveLength(2)
  expect(() => evidenceIn(`${first}\n${torn}\n`, 'e')).toThrow('e:2: this line')
  expect(() => evidenceIn(`${torn}\n${second}\n`, 'e')).toThrow('e:1: this line')
  expect(() => evidenceIn(`${first}\n{"kind":"note","at":1}`, 'e')).toThrow('e:2: this line')
})

test('a check that lacks what its criteria are judged by is refused', () => {
  const checks = right[0]!.records.filter((record) => record.kind === 'check')
  for (const [id, key] of [
    ['port', 'port'],
    ['moved', 'replacing'],
    ['moved', 'avoiding'],
    ['held-back', 'heldBack'],
  ] as const) {
    const check = structuredClone(checks.find(({ criteria }) => criteria.includes(id))!)
    delete check.want[key]
    expect(() => evidenceIn(`${JSON.stringify(check)}\n`, 'e'), key).toThrow('e:1: this line')
  }
})

test('a run whose evidence somebody damages has its result all the same, as the grader’s own fault', async () => {
  using folder = tempFolder()
  const path = join(folder.path, 'evidence.ndjson')
  const result = await grade(reference, {
    asked: ['01.1'],
    runDir: folder.path,
    disturb: () => appendFileSync(path, 'x\n'.repeat(200_000)),
  })
  expect(result).toMatchObject({ exitCode: 70, items: [{ id: '01.1', verdict: 'passed' }] })
  expect(result.notes.join(' ')).toMatch(/evidence\.ndjson:\d+: this line of the evidence cannot/)
  expect(readResult(join(folder.path, 'result.json'))).toEqual(result)
})
