/**
 * `npm run soak`: grades submissions of the gallery on labs with faults, without end, and holds each
 * verdict against what the tables state. Ctrl-C ends it with the summary; exit code 1 when anything
 * was wrong. Options: --items 10000, --minutes M, --seed S, --every (each submission with each fault
 * once, some hours), --replay 'ENTRY|FAULT|SIZE|SEED'.
 */
import { parseArgs } from 'node:util'
import { type Draw, drawNamed, draws, everyPair } from './draw.ts'
import { gradeDraw } from './grade-draw.ts'
import { itemIds } from './oracle.ts'
import { gradeAll } from './pool.ts'
import { complaint, count, emptyTally, summary } from './tally.ts'

const { values } = parseArgs({
  options: {
    items: { type: 'string' },
    minutes: { type: 'string' },
    seed: { type: 'string', default: '1' },
    every: { type: 'boolean', default: false },
    replay: { type: 'string' },
  },
})

process.exitCode = values.replay ? await replay(values.replay) : await soak()

async function replay(name: string): Promise<number> {
  const draw = drawNamed(name)
  if (typeof draw === 'string') {
    console.error(draw)
    return 64
  }
  const outcome = await gradeDraw(draw)
  console.log(`${outcome.seen}  ${outcome.seconds.toFixed(1)} s`)
  for (const line of complaint(draw, outcome)) console.log(line)
  return outcome.wrong.length > 0 ? 1 : 0
}

async function soak(): Promise<number> {
  const tally = emptyTally()
  const began = Date.now()
  const mostItems = Number(values.items ?? Number.POSITIVE_INFINITY)
  const mostMs = Number(values.minutes ?? Number.POSITIVE_INFINITY) * 60_000
  let isInterrupted = false
  process.once('SIGINT', () => {
    isInterrupted = true
    console.log('\nEnding: two runs are still on their way (Ctrl-C again drops them).')
  })
  let begun = 0
  const isOver = () =>
    isInterrupted || begun * itemIds.length >= mostItems || Date.now() - began >= mostMs
  const counted = (function* (): Generator<Draw> {
    for (const draw of (values.every ? everyPair : draws)(Number(values.seed))) {
      begun += 1
      yield draw
    }
  })()
  let told = began
  await gradeAll(counted, isOver, (draw, answer) => {
    count(tally, draw, answer)
    for (const line of complaint(draw, answer)) console.log(line)
    if (Date.now() - told < 10_000) return
    told = Date.now()
    console.log(progress(tally.items, tally.wrong, (told - began) / 1000))
  })
  for (const line of summary(tally, (Date.now() - began) / 1000)) console.log(line)
  return tally.wrong > 0 ? 1 : 0

  function progress(items: number, wrong: number, seconds: number): string {
    const rate = items / seconds
    const bySize = Number.isFinite(mostItems)
      ? (mostItems - items) / rate
      : Number.POSITIVE_INFINITY
    const left = Math.min(bySize, mostMs / 1000 - seconds)
    const ends = Number.isFinite(left) ? `, about ${Math.ceil(left / 60)} min left` : ''
    return `${items} items, ${wrong} wrong, ${rate.toFixed(1)} items/s${ends}`
  }
}
