import { expect, test } from 'vitest'
import { recorded, testCluster } from './test-cluster.ts'

/** Indexes of the lines that a new subscriber hears at once, after the first `{}`. */
async function busyStream() {
  const { register, nomad, store, pass } = testCluster()
  await register(recorded('right-dynamic'))
  pass(30_000)
  const [node] = store.nodes.keys()
  for (let i = 0; i < 120; i++) nomad.nodes.setEligibility(node!, 'ineligible')
  const heard = (index: number) => {
    const lines: { Index?: number }[] = []
    nomad.events.subscribe(new Map([['*', ['*']]]), index, (line) => lines.push(JSON.parse(line)))()
    expect(lines[0]).toEqual({})
    return lines.slice(1).map((line) => line.Index!)
  }
  return { heard, last: store.index }
}

// Of real agents: an index from before the first line, and one ahead (1.4.4, 2.0.5; 2026-11-25).
test('the stream begins with the line nearest to the index that is asked for', async () => {
  const { heard, last } = await busyStream()
  const all = heard(0)
  // One more than its size (event_buffer.go: the first is a sentinel).
  expect(all).toHaveLength(101)
  expect(all.at(-1)).toBe(last)
  expect(all[0]).toBeGreaterThan(1)
  expect(heard(1)).toEqual(all)
  expect(heard(last - 4)).toEqual(all.slice(-5))
  expect(heard(last + 1000)).toEqual([last])
})
