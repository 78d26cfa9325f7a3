import { expect, test } from 'vitest'
import { recorded } from '../../tests/browser/pages.ts'
import { seenIn } from './seen.ts'
import { picturesOf } from './timeline.ts'

const right = recorded('1.4.4', '3-clients-orderly-usual-heartbeats-10-of-10')
const pictures = picturesOf(right)
const laneOf = (item: string, vm: string) => {
  const lane = pictures[item]?.lanes.find((one) => one.vm === vm)
  if (!lane) throw new Error(`no lane of ${vm} in ${item}`)
  return lane
}
const about = (n: number) => expect.closeTo(n, 0.1)

test('a replica is placed, runs, is listed, answers, and is lost with its VM', () => {
  const [first] = laneOf('01.1', 'box-5').replicas
  expect(first).toMatchObject({ allocation: '880c09df', version: '0' })
  expect(first?.spans.map(({ state }) => state)).toEqual(['pending', 'running'])
  expect(first?.answers).toEqual([{ at: about(1.1), said: '200' }])
  expect(first?.end).toBeUndefined()
  expect(laneOf('01.2', 'box-5').replicas[0]?.end).toEqual({ at: about(29.8), state: 'lost' })
  expect(laneOf('01.2', 'box-5').down).toEqual([
    { from: about(29.8), to: about(33.3), state: 'down' },
  ])
  expect(laneOf('01.2', 'box-8').replicas.map(({ allocation }) => allocation)).toEqual(['424bf30a'])
})

test('DNS gives an address as long as it was seen to', () => {
  expect(laneOf('01.2', 'box-5').dns).toEqual([
    { from: about(4.1), to: about(29.8), state: 'given' },
  ])
  expect(laneOf('01.2', 'box-8').dns).toEqual([
    { from: about(30.1), to: about(33.3), state: 'given' },
  ])
})

test('an entry of Consul whose allocation has ended is a leftover', () => {
  const ghost = laneOf('02.3', 'box-5').replicas.find((one) => one.allocation === '880c09df')
  expect(ghost?.spans).toEqual([])
  expect(new Set(ghost?.listed.map(({ state }) => state))).toEqual(new Set(['leftover']))
})

test('what lives at once is in rows of its own, and no row has two at a time', () => {
  const replicas = Object.values(pictures).flatMap(({ lanes }) =>
    lanes.map((lane) => lane.replicas),
  )
  const clashes = replicas.flatMap((all) =>
    all.filter((a) =>
      all.some(
        (b) =>
          a !== b &&
          a.row === b.row &&
          a.spans.some((one) => b.spans.some((two) => one.from < two.to && two.from < one.to)),
      ),
    ),
  )
  expect(clashes).toEqual([])
  expect(Math.max(...replicas.flat().map(({ row }) => row))).toBeGreaterThan(0)
})

test('waits tell what they took of what was allowed, and the hold at their end', () => {
  expect(pictures['02.1']?.waits).toEqual([
    {
      from: about(38.9),
      to: about(66.4),
      budget: 315,
      heldFrom: about(63.4),
      ended: 'met',
    },
  ])
  expect(pictures['02.3']?.acts.map(({ kind }) => kind)).toContain('held-back')
})

test('what a purge removed is gone from the next item', () => {
  const allocations = pictures['03.2']?.lanes.flatMap(({ replicas }) =>
    replicas.filter(({ spans }) => spans.length > 0).map(({ allocation }) => allocation),
  )
  expect(allocations).toEqual(['3837c498'])
})

test('stop, foretelling, death and start have their times where the evidence has them', () => {
  const stopped = right.map((r) =>
    r.kind === 'stop' && r.vms.length === 1
      ? {
          ...r,
          askedAt: r.at - 20_000,
          vms: r.vms.map((vm) => ({ ...vm, foretoldMs: 18_500, missedMs: 19_000 })),
        }
      : r,
  )
  const lane = picturesOf(stopped)['01.2']?.lanes.find(({ vm }) => vm === 'box-5')
  expect(lane?.acts.map(({ kind, at }) => [kind, at])).toEqual([
    ['stop', about(9.7)],
    ['foretold', about(28.2)],
    ['missed', about(28.7)],
    ['seen-off', about(29.7)],
  ])
  expect(lane?.down[0]?.from).toEqual(about(28.7))
})

test('what is asked for again, at the end of each item, is not a second start', () => {
  const asked = right.flatMap((r) =>
    r.kind === 'end' && ['01.2', '01.3'].includes(r.item)
      ? [{ ...r, kind: 'start' as const, vm: 'box-5' }, r]
      : [r],
  )
  const starts = Object.values(picturesOf(asked)).flatMap(({ item, lanes }) =>
    lanes.flatMap(({ acts }) => acts.filter(({ kind }) => kind === 'start').map(() => item)),
  )
  expect(starts).toEqual(['01.2'])
})

test('evidence that was cut, or is of strangers, is drawn as far as it goes', () => {
  for (const n of right.keys()) expect(() => seenIn(right.slice(0, n))).not.toThrow()
  expect(seenIn([])).toEqual({ pictures: {}, sources: {} })
})
