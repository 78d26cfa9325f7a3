import { expect, test } from 'vitest'
import { said } from '../language/message.ts'
import { createPool, type Slot } from './pool.ts'

const slot = (cluster: string, more: Partial<Slot> = {}): Slot => ({
  ...{ cluster, machine: cluster, own: false, worker: 0, where: said(cluster), ...more },
})
const { signal } = new AbortController()

/** `a`, why there is none, or `waits`. */
async function now(taken: ReturnType<ReturnType<typeof createPool>['take']>): Promise<string> {
  const got = await Promise.race([taken, new Promise<undefined>((done) => setTimeout(done, 5))])
  if (!got) return 'waits'
  return 'parked' in got ? `parked: ${got.parked.values.said}` : got.cluster
}

test('each cluster grades one student at a time, in the order of asking', async () => {
  const [a, b] = [slot('a'), slot('b')]
  const pool = createPool([a, b])
  expect(await now(pool.take(undefined, signal))).toBe('a')
  expect(await now(pool.take(undefined, signal))).toBe('b')
  const [third, fourth] = [pool.take(undefined, signal), pool.take(undefined, signal)]
  expect(await now(third)).toBe('waits')
  pool.give(b)
  expect(await now(third)).toBe('b')
  expect(await now(fourth)).toBe('waits')
})

test('a parked cluster grades nobody until it may again, and then comes last', async () => {
  const [a, b] = [slot('a'), slot('b')]
  const pool = createPool([a, b])
  await pool.take(undefined, signal)
  pool.give(a, said('no leader'))
  expect(await now(pool.take(undefined, signal))).toBe('b')
  const waiting = pool.take(undefined, signal)
  expect(await now(waiting)).toBe('waits')
  pool.give(b, said('no DNS'))
  // The last one that could have graded is parked too: nobody waits for nothing.
  expect(await now(waiting)).toMatch(/^parked: no/)
  pool.again()
  pool.give(a)
  expect(await now(pool.take(undefined, signal))).toBe('a')
})

test('a student’s own cluster grades nobody else, and two files of one server take turns', async () => {
  const own = slot('anna.yaml', { own: true, machine: 'server 1' })
  const shared = slot('cluster.yaml', { machine: 'server 1' })
  const pool = createPool([own, shared])
  expect(await now(pool.take('anna.yaml', signal))).toBe('anna.yaml')
  const other = pool.take(undefined, signal)
  expect(await now(other)).toBe('waits')
  pool.give(own)
  expect(await now(other)).toBe('cluster.yaml')
})

test('who stops waiting takes no cluster', async () => {
  const a = slot('a')
  const pool = createPool([a])
  await pool.take(undefined, signal)
  const stopped = new AbortController()
  const first = pool.take(undefined, stopped.signal)
  const second = pool.take(undefined, signal)
  stopped.abort(new Error('interrupted'))
  await expect(first).rejects.toThrow('interrupted')
  pool.give(a)
  expect(await now(second)).toBe('a')
})
