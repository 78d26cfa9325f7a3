/** Months as Moodle writes them in English, Catalan and Spanish, by their first letters. */
const months = [
  ['jan', 'gen', 'ene'],
  ['feb'],
  ['mar'],
  ['apr', 'abr'],
  ['may', 'mai'],
  ['jun'],
  ['jul'],
  ['aug', 'ag'],
  ['sep', 'set'],
  ['oct'],
  ['nov'],
  ['dec', 'des', 'dic'],
]

/** A point in time, and whether its hour was said. */
export interface Time {
  at: Date
  dayOnly: boolean
}

interface Parts {
  year: number
  month: number
  day: number
  rest: string
}

/**
 * A point in time as people and Moodle write it: ISO 8601 (`2026-11-24T23:59+01:00`, `2026-11-24
 * 23:59`), `2026-09-18 23:59:59 UTC` (GitHub Classroom), `24/11/2026 23:59` (day first), `Tuesday, 24
 * November 2026, 11:59 PM`, `dimarts, 24 de novembre 2026, 23:59`. Without an offset it is the time of
 * this machine. Undefined where it is none.
 */
export function timeOf(text: string): Time | undefined {
  const trimmed = text.trim().replace(/\s+/g, ' ')
  if (trimmed.length > 80) return undefined
  const parts = numbered(trimmed) ?? named(trimmed)
  if (!parts || parts.year < 1990 || parts.year > 2200) return undefined
  const clock = clockOf(parts.rest)
  if (!clock) return undefined
  const { year, month, day } = parts
  const { hour, minute, second, offset, dayOnly } = clock
  const utc = Date.UTC(year, month - 1, day, hour, minute, second)
  // 31 November is none, though Date takes it for 1 December.
  if (new Date(utc).getUTCDate() !== day || new Date(utc).getUTCMonth() !== month - 1)
    return undefined
  const at =
    offset === undefined
      ? new Date(year, month - 1, day, hour, minute, second)
      : new Date(utc - offset * 60_000)
  return { at, dayOnly }
}

/** As `timeOf`, for a deadline: a day alone lasts until its end. */
export function deadlineOf(text: string): string | undefined {
  const time = timeOf(text)
  if (!time) return undefined
  if (time.dayOnly) time.at.setHours(23, 59, 59)
  return time.at.toISOString()
}

function numbered(text: string): Parts | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](.*))?$/i.exec(text)
  if (iso) return { year: +iso[1]!, month: +iso[2]!, day: +iso[3]!, rest: iso[4] ?? '' }
  const usual = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:,? (.*))?$/.exec(text)
  if (!usual) return undefined
  return { year: +usual[3]!, month: +usual[2]!, day: +usual[1]!, rest: usual[4] ?? '' }
}

function named(text: string): Parts | undefined {
  const words = text.replace(/^\p{L}+, /u, '')
  const dayFirst = /^(\d{1,2}) (?:de |d['’])?(\p{L}+)\.?,? (?:de |del )?(\d{4})(?:,? (.*))?$/u.exec(
    words,
  )
  if (dayFirst) {
    const month = monthOf(dayFirst[2]!)
    return month
      ? { year: +dayFirst[3]!, month, day: +dayFirst[1]!, rest: dayFirst[4] ?? '' }
      : undefined
  }
  const monthFirst = /^(\p{L}+)\.? (\d{1,2}),? (\d{4})(?:,? (.*))?$/u.exec(words)
  const month = monthFirst ? monthOf(monthFirst[1]!) : undefined
  if (!monthFirst || !month) return undefined
  return { year: +monthFirst[3]!, month, day: +monthFirst[2]!, rest: monthFirst[4] ?? '' }
}

function monthOf(word: string): number | undefined {
  const small = word.toLowerCase()
  const at = months.findIndex((starts) => starts.some((start) => small.startsWith(start)))
  return at < 0 ? undefined : at + 1
}

function clockOf(rest: string) {
  const text = rest.replace(/^(at|a las?|a les) /i, '').trim()
  if (text === '') return { hour: 0, minute: 0, second: 0, offset: undefined, dayOnly: true }
  const found =
    /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)? ?(am|pm)?h? ?(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?$/i.exec(
      text,
    )
  if (!found) return undefined
  const [, hours = '', minutes = '', seconds = '0', half, zone] = found
  const hour = half ? (+hours % 12) + (/pm/i.test(half) ? 12 : 0) : +hours
  if (hour > 23 || +minutes > 59 || +seconds > 59 || (half && +hours > 12)) return undefined
  return { hour, minute: +minutes, second: +seconds, offset: offsetOf(zone), dayOnly: false }
}

/** Minutes east of Greenwich. */
function offsetOf(zone: string | undefined): number | undefined {
  if (zone === undefined) return undefined
  const found = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone)
  if (!found) return 0
  const minutes = +found[2]! * 60 + +(found[3] ?? 0)
  return found[1] === '-' ? -minutes : minutes
}

/** A time in a sentence, in any language: `2026-11-24 22:59:00 UTC`. */
export const told = (at: Date | string): string =>
  `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`
