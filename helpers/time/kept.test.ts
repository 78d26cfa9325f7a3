import { expect, test } from 'vitest'
import { hopelessLab, met, notYetLab } from '../grade/reason.ts'
import type { Clock } from './clock.ts'
import { createWakes, eventually } from './eventually.ts'
import { createKept, type Look } from './kept.ts'
import { createPace } from './pace.ts'

/** Time that passes only while somebody sleeps. */
function handClock() {
  let now = 1_000_000
  const clock: Clock = {
    now: () => now,
    async sleep(ms, signal) {
      await Promise.resolve()
      signal?.throwIfAborted()
      now += ms
    },
    hold: () => () => {},
    track: () => {},
  }
  return clock
}

/** A source whose answer is how often it was asked. */
function source() {
  const clock = handClock()
  const kept = createKept(clock)
  let asked = 0
  const ask = async (fresh = false, keeping = { ms: 1000, topics: ['Job'] }) => {
    const look: Look = { fresh, reused: false }
    const answer = await kept.answer(look, 'job', keeping, async () => ++asked)
    return { answer, ...look, fresh: undefined }
  }
  return { clock, kept, ask }
}

test('an answer is used again while a watch is there and tells of no change', async () => {
  const { kept, ask } = source()
  kept.watched(['Job'], true)
  expect(await ask()).toEqual({ answer: 1, reused: false })
  expect(await ask()).toEqual({ answer: 1, reused: true })
  kept.changed(['Node'])
  expect(await ask()).toEqual({ answer: 1, reused: true })
  kept.changed(['Job'])
  expect(await ask()).toEqual({ answer: 2, reused: false })
})

test('it is asked for again when it is old, unwatched, or nothing may be used again', async () => {
  const { clock, kept, ask } = source()
  await ask()
  expect(await ask()).toEqual({ answer: 2, reused: false })
  kept.watched(['Job'], true)
  expect(await ask(true)).toEqual({ answer: 3, reused: false })
  await clock.sleep(1001)
  expect(await ask()).toEqual({ answer: 4, reused: false })
  // What happened while the stream was broken is not told.
  kept.watched(['Job'], false)
  kept.watched(['Job'], true)
  expect(await ask()).toEqual({ answer: 5, reused: false })
})

test('changes on each other’s heels are one question, and the last of them is asked for soon', async () => {
  const { clock, kept, ask } = source()
  const keeping = { ms: 1000, topics: ['Job'], apart: 250 }
  kept.watched(['Job'], true)
  await ask(false, keeping)
  await clock.sleep(100)
  kept.changed(['Job'])
  expect(await ask(false, keeping)).toEqual({ answer: 1, reused: true, againIn: 150 })
  // What decides is asked for at once.
  expect(await ask(true, keeping)).toEqual({ answer: 2, reused: false })
  kept.changed(['Job'])
  await clock.sleep(250)
  expect(await ask(false, keeping)).toEqual({ answer: 3, reused: false })
})

test('a wait looks again as soon as what it left out may be asked for', async () => {
  const clock = handClock()
  const looks: number[] = []
  const waited = await eventually({
    clock,
    wakes: createWakes(clock),
    budget: { ms: 20_000, because: [] },
    signal: new AbortController().signal,
    async look(how) {
      looks.push(clock.now())
      how.reused = !how.fresh
      // Long into a wait nobody wakes, which looks every 5 s by itself.
      if (looks.length === 9) how.againIn = 150
      return looks.length
    },
    judge: (n) => (n >= 10 ? met : notYet),
  })
  expect(waited.ended).toBe('met')
  expect((looks[9] ?? 0) - (looks[8] ?? 0)).toBe(150)
})

test('what decides waits for room where an agent has been asked much within a second', async () => {
  const clock = handClock()
  const pace = createPace(clock)
  const began = clock.now()
  for (let i = 0; i < 16; i++) {
    pace.asked('a')
    await clock.sleep(10)
  }
  await pace.room('b', 6)
  await pace.room('a', 4)
  expect(clock.now() - began).toBe(160)
  await pace.room('a', 6)
  // The first two are then a second old.
  expect(clock.now() - began).toBe(1010)
})

test('a change on its way while an answer is waited for counts', async () => {
  const clock = handClock()
  const kept = createKept(clock)
  kept.watched(['Job'], true)
  const look = (): Look => ({ fresh: false, reused: false })
  const first = await kept.answer(look(), 'job', { ms: 1000, topics: ['Job'] }, async () => {
    kept.changed(['Job'])
    return 'old'
  })
  const second = await kept.answer(look(), 'job', { ms: 1000, topics: ['Job'] }, async () => 'new')
  expect([first, second]).toEqual(['old', 'new'])
})

const notYet = notYetLab('client-missing', { vm: 'box-5', status: 'not fit' })

for (const [what, stale] of [
  ['met', met],
  ['hopeless', hopelessLab('client-missing', { vm: 'box-5', status: 'not fit' })],
] as const) {
  test(`an answer from before never decides: ${what} is asked for again`, async () => {
    const clock = handClock()
    const looks: boolean[] = []
    const waited = await eventually({
      clock,
      wakes: createWakes(clock),
      budget: { ms: 5000, because: [] },
      signal: new AbortController().signal,
      async look(how) {
        looks.push(how.fresh)
        how.reused = !how.fresh
        return how.reused ? stale : notYet
      },
      judge: (outcome) => outcome,
    })
    expect(waited.ended).toBe('time')
    expect(looks.at(-1)).toBe(true)
    expect(looks).toContain(false)
  })
}

test('changes that come one on the other’s heels are looked at some 20 times in a second', async () => {
  const clock = handClock()
  const wakes = createWakes(clock)
  let looks = 0
  await eventually({
    clock,
    wakes,
    budget: { ms: 1000, because: [] },
    signal: new AbortController().signal,
    async look() {
      looks++
      // Heard of before the wait begins: it need not sleep for it.
      queueMicrotask(() => wakes.notify())
      return clock.now()
    },
    judge: () => notYet,
  })
  expect(looks).toBeGreaterThan(10)
  expect(looks).toBeLessThan(30)
})
