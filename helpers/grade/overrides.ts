import { z } from 'zod'
import { inLanguage, msg, textIn } from '../language/message.ts'
import type { ItemResult, Result } from './result.ts'
import { scoreOfItems } from './score.ts'
import { isOpen, standingOf, stateOf } from './standing.ts'

const day = z.iso.date()
const text = z.string().min(1)

/** overrides.yaml: what the teacher says of items, whatever the evidence says. docs/scales.md. */
export const overridesSchema = z.strictObject({
  overrides: z
    .array(
      z.strictObject({
        student: text,
        item: text,
        marks: z.number().min(0),
        reason: text,
        date: day,
      }),
    )
    .default([]),
  waivers: z
    .array(z.strictObject({ student: text, item: text, reason: text, until: day }))
    .default([]),
})

export type Overrides = z.infer<typeof overridesSchema>

/** A name as two keyboards may write it. */
const sameName = (a: string, b: string) => a.normalize('NFC') === b.normalize('NFC')

/**
 * The result with the teacher's word: pure. An override gives the item's marks, and closes it where
 * it was inconclusive; a waiver lifts the item out of the mark, so that the mark is of fewer. A waiver
 * holds for runs that began on its last day or before. The verdict stays what the evidence says.
 */
export function applyOverrides(result: Result, { overrides, waivers }: Overrides): Result {
  const language = result.language ?? 'en'
  const mine = <One extends { student: string }>(all: One[]) =>
    all.filter(({ student }) => sameName(student, result.student))
  const today = result.startedAt.slice(0, 10)
  const ended = mine(waivers).filter(({ until }) => until < today)
  const valid = mine(waivers).filter(({ until }) => until >= today)
  const given = mine(overrides)
  if (ended.length + valid.length + given.length === 0) return result
  const items = result.items.map((item) => {
    const waiver = valid.find((one) => one.item === item.id)
    const override = given.find((one) => one.item === item.id)
    if (waiver) return waived(item, waiver, language)
    return override ? overridden(item, override, language) : item
  })
  const notes = ended.map(({ item, until, reason }) =>
    inLanguage(
      msg('The waiver of {item} ended on {until} and was not applied: {reason}', {
        item,
        until,
        reason,
      }),
      language,
    ),
  )
  const known = new Set(items.map(({ id }) => id))
  const without = result.score.asked.filter((id) => !known.has(id)).length
  const open = result.score.max - items.reduce((total, item) => total + item.max, 0)
  const score = scoreOfItems(items, result.score.asked, without > 0 ? open : 0)
  const told = { ...result, items, score, notes: [...result.notes, ...notes] }
  return { ...told, exitCode: exitCodeOf(result, told) }
}

function overridden(
  item: ItemResult,
  { marks, reason, date }: Overrides['overrides'][number],
  language: string,
): ItemResult {
  const note = msg(
    'By the teacher, {date}: {marks, number} of {max, number} marks, whatever was seen. {reason}',
    { date, marks, max: item.max, reason },
  )
  const notes = [inLanguage(note, language), ...item.notes]
  return { ...item, points: marks, notes, override: { marks, reason, date } }
}

function waived(
  item: ItemResult,
  { reason, until }: Overrides['waivers'][number],
  language: string,
): ItemResult {
  const note = msg('Waived by the teacher until {until}: it does not count. {reason}', {
    until,
    reason,
  })
  return {
    ...item,
    points: 0,
    notes: [inLanguage(note, language), ...item.notes],
    waiver: { reason, until },
  }
}

/** As in score.ts, of items as they stand now; 70 stays where it is not the open items' alone. */
function exitCodeOf(before: Result, after: Result): number {
  const own = before.exitCode === 70
  if (own && !before.items.some(isOpen)) return 70
  if (stateOf({ ...after, exitCode: 0 }) === 'inconclusive') return own ? 70 : 2
  const lost = after.items.some((item) => !['passed', 'waived'].includes(standingOf(item)))
  return lost ? 1 : 0
}

/** The word for what an item stands at, in a language. */
export const standingIn = (item: ItemResult, language: string): string => {
  const standing = standingOf(item)
  return textIn(standing === 'missing' ? 'not handed in' : standing, language)
}
