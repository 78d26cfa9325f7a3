import type { Draw } from './draw.ts'
import { gradeDraw } from './grade-draw.ts'

/** A process of the soak: grades what it is sent, one after another, until its parent leaves it. */
process.on('message', async (draw: Draw) => {
  const answer = await gradeDraw(draw).catch((error: Error) => ({
    threw: error.stack ?? `${error}`,
  }))
  process.send?.(answer)
})
process.on('disconnect', () => process.exit())
// Ctrl-C is for the parent, which prints the summary.
process.on('SIGINT', () => {})
