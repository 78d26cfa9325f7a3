import type { ItemResult, Result } from '../grade/result.ts'
import { inLanguage, type Language, msg } from '../language/message.ts'

/** Items that the teacher decided on. */
export const decidedIn = ({ items }: Result): string[] =>
  items.filter(({ override, waiver }) => override || waiver).map(({ id }) => id)

/** The teacher's word where there is one, then what was seen and what to do. */
export function toldOf(item: ItemResult): string {
  const [note = ''] = item.override ? item.notes : []
  return [note, item.sentence, item.hint].filter((text) => text !== '').join(' ')
}

/** That the teacher decided on items; none where not. */
export function teacherSentences(result: Result, language: Language): string[] {
  const items = decidedIn(result)
  if (items.length === 0) return []
  return [inLanguage(msg('The teacher decided on {items}: see there.', { items }), language)]
}

/** The mark on the scale, with its label: `7,3 (NT)`, `6–8` while it is open; '' without a scale. */
export function gradeOf({ score, scale }: Result, language: Language): string {
  const { scaled } = score
  if (!scaled || !scale) return ''
  const n = (value: number) =>
    value.toLocaleString(language, { minimumFractionDigits: scale.decimals, useGrouping: false })
  const value = scaled.value === null ? `${n(scaled.low)}–${n(scaled.high)}` : n(scaled.value)
  return scaled.label === '' ? value : `${value} (${scaled.label})`
}

/** What the mark is on the scale, with the value before rounding; none without a scale. */
export function scaleSentences(result: Result, language: Language): string[] {
  const { scaled } = result.score
  const { scale } = result
  if (!scaled || !scale) return []
  const unrounded = scaled.unrounded.split('–').map((one) => Number(one))
  const exact = unrounded.map((one) => one.toLocaleString(language, { maximumFractionDigits: 4 }))
  return [
    inLanguage(
      msg('Grade: {grade} on the scale {scale}; {unrounded} before rounding ({rounding}).', {
        grade: gradeOf(result, language),
        scale: scale.name,
        unrounded: exact.join('–'),
        rounding: scale.rounding,
      }),
      language,
    ),
  ]
}
