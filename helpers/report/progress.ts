import pico from 'picocolors'
import { plain, withoutCommands } from '../grade/text.ts'
import { inLanguage, type Language, msg } from '../language/message.ts'
import { cut } from './columns.ts'
import type { Look } from './screen.ts'

/** A wait as it stands. Times are cluster seconds. */
export interface Waiting {
  /** 01.2, or '' before the first item. */
  item: string
  /** For example `box-7 is declared down`. */
  waitingFor: string
  elapsed: number
  /** How long the wait should take in all, when that is known. */
  estimate?: number
}

/** Where lines cannot be written over, a wait says again after so many seconds that it goes on. */
const quietSeconds = 30

const eraseLine = '\r\u001b[2K'

/** One row, without a line end. */
export function progressLine({ item, waitingFor, elapsed, estimate }: Waiting, look: Look): string {
  const what = `${item}  … ${plain(waitingFor, 200)}`.trimStart()
  const line = withoutCommands(`${what}  ${times(elapsed, estimate, look.language ?? 'en')}`)
  // The last column stays free: some terminals break the line there.
  const fitting = look.rewrites ? cut(line, look.columns - 1) : line
  return pico.createColors(look.color).dim(fitting)
}

function times(elapsed: number, estimate: number | undefined, language: Language): string {
  const passed = `${Math.floor(elapsed)} s`
  if (estimate === undefined || !(estimate > 0)) return passed
  const expected = `${Math.ceil(estimate)} s`
  if (elapsed > estimate)
    return inLanguage(
      msg('{passed}, late: expected after {expected}', { passed, expected }),
      language,
    )
  const full = Math.floor((elapsed / estimate) * 10)
  const of = inLanguage(msg('{passed} of about {expected}', { passed, expected }), language)
  return `${'█'.repeat(full)}${'░'.repeat(10 - full)} ${of}`
}

export interface Progress {
  /** What to write now: a rewritten line, an occasional line, or '' when it is too soon. */
  show(waiting: Waiting): string
  /** What to write before anything else is written: takes the rewritten line away. */
  clear(): string
}

export function createProgress(look: Look): Progress {
  let shown: Waiting | undefined
  return {
    show(waiting) {
      if (look.rewrites) {
        shown = waiting
        return eraseLine + progressLine(waiting, look)
      }
      const same = shown?.item === waiting.item && shown.waitingFor === waiting.waitingFor
      if (same && shown && waiting.elapsed - shown.elapsed < quietSeconds) return ''
      shown = waiting
      return `${progressLine(waiting, look)}\n`
    },
    clear() {
      const clears = look.rewrites && shown !== undefined
      shown = undefined
      return clears ? eraseLine : ''
    },
  }
}
