import fc from 'fast-check'
import { expect, test } from 'vitest'
import { conclude } from '../../helpers/grade/conclude.ts'
import type { Evidence } from '../../helpers/grade/evidence.ts'
import { rubric } from '../../suites/rubric.ts'
import { checksOf, isPassed, judged, type Kept, kept, right, withoutExcuse } from './kept.ts'
import { runs } from './runs.ts'

const file = { file: 'evidence.ndjson', sha256: '' }
const some = fc.constantFrom(...kept)
const someRight = fc.constantFrom(...right)
const scoreOf = (records: readonly Evidence[]) => conclude(records, rubric, file).score
const isOf = (record: Evidence) => ('item' in record ? record.item : '')

test('marks are never above their maximum, and the interval holds them', () => {
  for (const { name, records } of kept) {
    const { items, score } = conclude(records, rubric, file)
    for (const { points, max } of items) expect(points, name).toBeLessThanOrEqual(max)
    const { low, points, high, max } = score
    expect([low, points, high, max], name).toEqual([low, points, high, max].sort((a, b) => a - b))
  }
})

/** Nothing in it can be written to; what tries throws. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null)
    Object.values(Object.freeze(value)).forEach(frozen)
  return value
}

test('judging leaves the evidence as it is, and gives the same bytes again', () => {
  for (const { name, records } of kept) {
    const copy = frozen(structuredClone(records))
    const bytes = JSON.stringify(conclude(copy, rubric, file))
    expect(JSON.stringify(conclude(records, rubric, file)), name).toBe(bytes)
    expect(JSON.stringify(conclude(copy, rubric, file)), name).toBe(bytes)
  }
})

/**
 * The law of more evidence: an item that has a conclusive verdict at some length of the evidence has
 * the same at every greater length, so the interval only ever shrinks and holds the final mark.
 */
test('at every length the interval holds the final mark', () => {
  const cut = fc.record({ of: some, part: fc.double({ min: 0, max: 1, noNaN: true }) })
  fc.assert(
    fc.property(cut, ({ of: { records }, part }) => {
      const whole = scoreOf(records)
      const early = scoreOf(records.slice(0, 1 + Math.floor(part * (records.length - 1))))
      expect(early.low).toBeLessThanOrEqual(whole.low)
      expect(early.high).toBeGreaterThanOrEqual(whole.high)
    }),
    runs(80),
  )
})

/** Evidence with each record kept or not; what a fault hid is a fault’s to say, so faults stay. */
const holed = some.chain(({ name, records }) =>
  fc
    .array(fc.nat({ max: 9 }), { minLength: records.length, maxLength: records.length })
    .map((dice) => ({
      name,
      records,
      left: records.filter((r, i) => dice[i] !== 0 || r.kind === 'run' || r.kind === 'fault'),
    })),
)

test('records that are missing never make an item pass', () => {
  fc.assert(
    fc.property(holed, ({ records, left }) => {
      const whole = judged(records)
      for (const [id, verdict] of Object.entries(judged(left)))
        if (isPassed(verdict)) expect(isPassed(whole[id]), id).toBe(true)
    }),
    runs(80),
  )
})

test('records of a right run that are missing never lose a mark', () => {
  const pieces = someRight.chain(({ records }) =>
    fc.subarray([...records]).map((left) => [records[0]!, ...left.filter((r) => r.kind !== 'run')]),
  )
  fc.assert(
    fc.property(pieces, (left) => {
      for (const [id, verdict] of Object.entries(judged(left)))
        expect(`${id} ${verdict}`).toMatch(/passed|inconclusive/)
    }),
    runs(80),
  )
})

test('records that are there twice change nothing', () => {
  const doubled = some.chain((of) =>
    fc.record({ of: fc.constant(of), which: fc.nat(of.records.length - 1), later: fc.nat(3) }),
  )
  fc.assert(
    fc.property(doubled, ({ of: { records }, which, later }) => {
      expect(judged(records.toSpliced(which + 1 + later, 0, records[which]!))).toEqual(
        judged(records),
      )
    }),
    runs(80),
  )
})

test('how records of different items stand to each other changes nothing', () => {
  const mixed = some.chain((of) => {
    const dice = fc.array(fc.nat(), { minLength: of.records.length, maxLength: of.records.length })
    return fc.record({ of: fc.constant(of), dice })
  })
  fc.assert(
    fc.property(mixed, ({ of: { records }, dice }) => {
      // Each place of the file goes to an item by chance; an item's own records keep their order.
      const queues = Map.groupBy(records, isOf)
      const places = records
        .map(isOf)
        .map((id, i) => ({ id, at: dice[i]! }))
        .sort((a, b) => a.at - b.at)
      expect(judged(places.map(({ id }) => queues.get(id)!.shift()!))).toEqual(judged(records))
    }),
    runs(60),
  )
})

/** Every list of a look whose order means nothing, shuffled by `dice`. */
function shuffled(records: readonly Evidence[], dice: readonly number[]): Evidence[] {
  const copy = structuredClone([...records])
  let turn = 0
  const next = () => dice[turn++ % dice.length]!
  const shuffle = (list: unknown[] | undefined) => {
    for (let i = (list?.length ?? 0) - 1; list && i > 0; i--) {
      const other = next() % (i + 1)
      ;[list[i], list[other]] = [list[other], list[i]]
    }
  }
  for (const check of checksOf(copy)) {
    for (const { nomad, consul, dns, web } of check.views) {
      shuffle(web)
      if ('nodes' in nomad)
        for (const list of [nomad.nodes, nomad.allocations, nomad.evaluations]) shuffle(list)
      if ('members' in consul)
        for (const list of [consul.members, consul.instances, consul.others]) shuffle(list)
      if ('addresses' in dns) shuffle(dns.addresses)
    }
    shuffle(check.agents)
    for (const { entries, catalog } of check.agents ?? [])
      for (const list of [entries, catalog]) shuffle(list)
  }
  return copy
}

/** Some task of some replica had restarted before the hold began, as it may on a slow VM. */
function restartedBefore(records: readonly Evidence[], which: number): Evidence[] {
  const copy = structuredClone([...records])
  for (const { views } of checksOf(copy)) {
    const first = views[0]?.nomad
    if (!first || !('allocations' in first) || first.allocations.length === 0) continue
    const { id } = first.allocations[which % first.allocations.length]!
    for (const { nomad } of views)
      if ('allocations' in nomad)
        for (const a of nomad.allocations) if (a.id === id) for (const t of a.tasks) t.restarts += 1
  }
  return copy
}

test('the order in which Nomad, Consul and DNS list things changes no verdict', () => {
  const dice = fc.array(fc.nat(1000), { minLength: 20, maxLength: 40 })
  fc.assert(
    fc.property(some, dice, fc.nat(9), ({ records }, order, which) => {
      const begun = restartedBefore(records, which)
      expect(judged(shuffled(begun, order))).toEqual(judged(begun))
    }),
    runs(80),
  )
})

/** What a witness of a look may fail to say, without a replica being any different. */
const blinds: [string, (of: Evidence[]) => void][] = [
  ['Nomad', (of) => eachView(of, (view) => Object.assign(view, { nomad: { error: 'ETIMEDOUT' } }))],
  [
    'Consul',
    (of) => eachView(of, (view) => Object.assign(view, { consul: { error: 'HTTP 500' } })),
  ],
  ['DNS', (of) => eachView(of, (view) => Object.assign(view, { dns: { error: 'SERVFAIL' } }))],
  ['the wire', (of) => eachView(of, (view) => Object.assign(view, { web: [] }))],
  [
    'agents',
    (of) => {
      for (const check of checksOf(of))
        for (const agent of check.agents ?? []) agent.error = 'ETIMEDOUT'
    },
  ],
]
function eachView(of: Evidence[], change: (view: object) => void) {
  for (const { views } of checksOf(of)) for (const view of views) change(view)
}
const lost = (records: readonly Evidence[]) =>
  Object.entries(judged(records)).filter(([, verdict]) => !/^(passed|inconclusive)/.test(verdict))

test.each(blinds)('with %s blind a right run on a fit cluster loses no mark', (_, blind) => {
  for (const { name, records } of right) {
    const copy = withoutExcuse(records)
    blind(copy)
    expect(lost(copy), name).toEqual([])
  }
})

type Row = { list: unknown[]; what: string }
/** Every list of a right run's looks that a cluster could give one entry too few of. */
function listsOf(records: Evidence[]): Row[] {
  return checksOf(records).flatMap(({ views, agents }) => [
    ...views.flatMap(({ nomad, consul, dns, web }): Row[] => [
      { list: web, what: 'web' },
      ...('nodes' in nomad
        ? [
            { list: nomad.nodes, what: 'nodes' },
            { list: nomad.allocations, what: 'allocations' },
          ]
        : []),
      ...('members' in consul
        ? [
            { list: consul.members, what: 'members' },
            { list: consul.instances, what: 'instances' },
          ]
        : []),
      ...('addresses' in dns ? [{ list: dns.addresses, what: 'addresses' }] : []),
    ]),
    ...(agents ?? []).flatMap(({ entries, services, catalog }): Row[] => [
      { list: entries ?? [], what: 'entries' },
      { list: services ?? [], what: 'services' },
      { list: catalog ?? [], what: 'catalog' },
    ]),
  ])
}

test('an entry that a cluster leaves out of a right run loses no mark', () => {
  fc.assert(
    fc.property(
      someRight,
      fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 6 }),
      (of: Kept, gone) => {
        const copy = withoutExcuse(of.records)
        const lists = listsOf(copy).filter(({ list }) => list.length > 0)
        const what = gone.map(([list, entry]) => {
          const row = lists[list % lists.length]!
          row.list.splice(entry % (row.list.length || 1), 1)
          return row.what
        })
        expect(lost(copy), what.join()).toEqual([])
      },
    ),
    runs(150),
  )
})
